#include "core/access/ip_address.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <vector>

namespace zerotrust {

namespace {

using Groups = std::vector<std::uint16_t>;

base::Error malformed(std::string_view what, std::string_view text)
{
    return {base::Errc::InvalidInput, "'" + std::string(text) + "' is no " + std::string(what)};
}

/// A whole number without sign, blanks or leading zeros.
std::optional<unsigned> number(std::string_view text, unsigned most)
{
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > most)
        return std::nullopt;
    if (text.size() > 1 && text.front() == '0')
        return std::nullopt;
    return value;
}

std::optional<std::array<std::uint8_t, 4>> parseV4(std::string_view text)
{
    std::array<std::uint8_t, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto dot = text.find('.');
        if ((dot == std::string_view::npos) != (i == 3))
            return std::nullopt;
        const auto value = number(text.substr(0, dot), 255);
        if (!value)
            return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(*value);
        if (i < 3)
            text.remove_prefix(dot + 1);
    }
    return bytes;
}

std::optional<std::uint16_t> parseGroup(std::string_view text)
{
    if (text.empty() || text.size() > 4)
        return std::nullopt;
    std::uint16_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// Groups between colons; the last may be an IPv4 address. Empty text has none.
std::optional<Groups> parseGroups(std::string_view text)
{
    Groups groups;
    while (!text.empty()) {
        const auto colon = text.find(':');
        const auto part = text.substr(0, colon);
        if (colon == std::string_view::npos && part.find('.') != std::string_view::npos) {
            const auto v4 = parseV4(part);
            if (!v4)
                return std::nullopt;
            groups.push_back(static_cast<std::uint16_t>((*v4)[0] << 8U | (*v4)[1]));
            groups.push_back(static_cast<std::uint16_t>((*v4)[2] << 8U | (*v4)[3]));
            return groups;
        }
        const auto group = parseGroup(part);
        if (!group || groups.size() == 8)
            return std::nullopt;
        groups.push_back(*group);
        if (colon == std::string_view::npos)
            return groups;
        text.remove_prefix(colon + 1);
        if (text.empty())
            return std::nullopt; // ends with a colon
    }
    return groups;
}

std::optional<IpAddress::Bytes> parseV6(std::string_view text)
{
    const auto gap = text.find("::");
    const auto head = parseGroups(text.substr(0, gap));
    const auto tail = gap == std::string_view::npos ? Groups() : parseGroups(text.substr(gap + 2));
    if (!head || !tail)
        return std::nullopt;
    if (gap != std::string_view::npos && text.substr(0, gap).find('.') != std::string_view::npos)
        return std::nullopt; // IPv4 stands at the end only
    const std::size_t count = head->size() + tail->size();
    if (gap == std::string_view::npos ? count != 8 : count > 7)
        return std::nullopt;
    Groups all(8, 0);
    std::copy(head->begin(), head->end(), all.begin());
    std::copy(tail->rbegin(), tail->rend(), all.rbegin());
    IpAddress::Bytes bytes{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        bytes[2 * i] = static_cast<std::uint8_t>(all[i] >> 8U);
        bytes[2 * i + 1] = static_cast<std::uint8_t>(all[i] & 0xffU);
    }
    return bytes;
}

IpAddress::Bytes mapped(const std::array<std::uint8_t, 4>& v4)
{
    IpAddress::Bytes bytes{};
    bytes[10] = bytes[11] = 0xff;
    std::copy(v4.begin(), v4.end(), bytes.begin() + 12);
    return bytes;
}

/// Bits of the 128 that the prefix covers.
int wholePrefix(const Network& network)
{
    return network.base.isV4() ? 96 + network.prefix : network.prefix;
}

/// Eight bytes from `From`, big-endian. Without a loop compilers make one load of it: a policy may name a thousand
/// networks, and each is compared.
template <std::size_t From>
std::uint64_t wordAt(const IpAddress::Bytes& bytes)
{
    const auto at = [&](std::size_t i) { return std::uint64_t{bytes[From + i]} << (56U - 8U * i); };
    return at(0) | at(1) | at(2) | at(3) | at(4) | at(5) | at(6) | at(7);
}

bool sameTop(std::uint64_t a, std::uint64_t b, int bits)
{
    return bits <= 0 || (a ^ b) >> static_cast<unsigned>(64 - std::min(bits, 64)) == 0;
}

bool samePrefix(const IpAddress::Bytes& a, const IpAddress::Bytes& b, int bits)
{
    return sameTop(wordAt<8>(a), wordAt<8>(b), bits - 64) && sameTop(wordAt<0>(a), wordAt<0>(b), bits);
}

bool isZeroBehind(const IpAddress::Bytes& bytes, int bits)
{
    for (std::size_t i = 0; i < bytes.size(); ++i, bits -= 8) {
        const unsigned mask = bits >= 8 ? 0U : bits <= 0 ? 0xffU : 0xffU >> static_cast<unsigned>(bits);
        if ((bytes[i] & mask) != 0)
            return false;
    }
    return true;
}

std::string textOfV6(const IpAddress::Bytes& bytes)
{
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<unsigned>(bytes[2 * i] << 8U | bytes[2 * i + 1]);
    std::size_t longest = 0;
    std::size_t from = groups.size();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t length = 0;
        while (i + length < groups.size() && groups[i + length] == 0)
            ++length;
        if (length > 1 && length > longest) {
            longest = length;
            from = i;
        }
    }
    std::string text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == from) {
            text += "::";
            i += longest - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':')
            text += ':';
        std::array<char, 4> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), groups[i], 16).ptr;
        text.append(digits.data(), end);
    }
    return text;
}

}

IpAddress::IpAddress(const Bytes& bytes)
    : m_bytes(bytes)
    , m_v4(samePrefix(bytes, mapped({}), 96))
{
}

base::Result<IpAddress> IpAddress::parse(std::string_view text)
{
    if (text.find(':') == std::string_view::npos) {
        const auto v4 = parseV4(text);
        if (!v4)
            return malformed("IP address", text);
        return IpAddress(mapped(*v4));
    }
    const auto v6 = parseV6(text);
    if (!v6)
        return malformed("IP address", text);
    return IpAddress(*v6);
}

std::string IpAddress::text() const
{
    if (!m_v4)
        return textOfV6(m_bytes);
    std::string text;
    for (std::size_t i = 12; i < m_bytes.size(); ++i)
        text += (i > 12 ? "." : "") + std::to_string(m_bytes[i]);
    return text;
}

base::Result<Network> Network::parse(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return malformed("network such as 192.0.2.0/24 or 2001:db8::/32", text);
    auto base = IpAddress::parse(text.substr(0, slash));
    if (!base)
        return base.error();
    const auto prefix = number(text.substr(slash + 1), base->isV4() ? 32 : 128);
    if (!prefix)
        return malformed("network: the prefix is out of range", text);
    Network network{.base = *base, .prefix = static_cast<int>(*prefix)};
    if (!isZeroBehind(network.base.bytes(), wholePrefix(network)))
        return malformed("network: bits behind the prefix are set", text);
    return network;
}

bool Network::contains(const IpAddress& address) const
{
    return base.isV4() == address.isV4() && samePrefix(base.bytes(), address.bytes(), wholePrefix(*this));
}

std::string Network::text() const
{
    return base.text() + '/' + std::to_string(prefix);
}

}
