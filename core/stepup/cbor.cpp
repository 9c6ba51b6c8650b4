#include "core/stepup/cbor.h"

#include "core/stepup/plain_text.h"

#include <algorithm>
#include <limits>

namespace stepup {

namespace {

constexpr int MaxDepth = 4;
constexpr std::uint8_t Unsigned = 0;
constexpr std::uint8_t Negative = 1;
constexpr std::uint8_t ByteString = 2;
constexpr std::uint8_t Text = 3;
constexpr std::uint8_t Array = 4;
constexpr std::uint8_t Map = 5;
constexpr std::uint8_t Simple = 7;
constexpr std::uint64_t False = 20;
constexpr std::uint64_t Null = 22;

/// CTAP 2.1, 8: lower major type first, then the shorter, then by bytes.
bool sortsBefore(ByteView a, ByteView b)
{
    const auto majorOf = [](ByteView key) { return key[0] >> 5; };
    if (majorOf(a) != majorOf(b))
        return majorOf(a) < majorOf(b);
    if (a.size() != b.size())
        return a.size() < b.size();
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}

std::optional<CborReader::Head> CborReader::head()
{
    if (m_rest.empty())
        return std::nullopt;
    Head head{.major = static_cast<std::uint8_t>(m_rest[0] >> 5), .value = m_rest[0] & 0x1fU};
    m_rest = m_rest.subspan(1);
    if (head.value < 24)
        return head;
    if (head.value > 27 || head.major == Simple) // indefinite or reserved; a simple value of two bytes; a float
        return std::nullopt;
    const std::size_t size = std::size_t{1} << (head.value - 24);
    if (m_rest.size() < size)
        return std::nullopt;
    head.value = 0;
    for (const std::uint8_t byte : m_rest.first(size))
        head.value = (head.value << 8) | byte;
    m_rest = m_rest.subspan(size);
    const std::uint64_t smallest = size == 1 ? 24 : std::uint64_t{1} << (size * 4);
    if (head.value < smallest) // would have fitted in half as many bytes
        return std::nullopt;
    return head;
}

std::optional<std::int64_t> CborReader::integer()
{
    const auto found = head();
    if (!found || (found->major != Unsigned && found->major != Negative)
        || found->value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    const auto value = static_cast<std::int64_t>(found->value);
    return found->major == Unsigned ? value : -1 - value;
}

std::optional<ByteView> CborReader::string(std::uint8_t major)
{
    const auto found = head();
    if (!found || found->major != major || found->value > m_rest.size())
        return std::nullopt;
    const ByteView value = m_rest.first(static_cast<std::size_t>(found->value));
    m_rest = m_rest.subspan(value.size());
    return value;
}

std::optional<ByteView> CborReader::byteString()
{
    return string(ByteString);
}

std::optional<std::string_view> CborReader::text()
{
    const auto value = string(Text);
    if (!value || !isUtf8(textOf(*value)))
        return std::nullopt;
    return textOf(*value);
}

std::optional<std::size_t> CborReader::container(std::uint8_t major)
{
    const auto found = head();
    // Each member takes a byte at least: a larger number cannot be true.
    if (!found || found->major != major || found->value > m_rest.size())
        return std::nullopt;
    return static_cast<std::size_t>(found->value);
}

std::optional<std::size_t> CborReader::map()
{
    return container(Map);
}

std::optional<std::size_t> CborReader::array()
{
    return container(Array);
}

std::optional<ByteView> CborReader::item()
{
    const ByteView from = m_rest;
    if (!skip(0))
        return std::nullopt;
    return from.first(from.size() - m_rest.size());
}

bool CborReader::skipMap(std::uint64_t pairs, int depth)
{
    ByteView previous;
    for (; pairs > 0; --pairs) {
        const ByteView from = m_rest;
        if (!skip(depth))
            return false;
        const ByteView key = from.first(from.size() - m_rest.size());
        const int major = key[0] >> 5;
        const bool mayBeKey = major == Unsigned || major == Negative || major == ByteString || major == Text;
        if (!mayBeKey || (!previous.empty() && !sortsBefore(previous, key)) || !skip(depth))
            return false;
        previous = key;
    }
    return true;
}

bool CborReader::skip(int depth)
{
    const ByteView from = m_rest;
    const auto found = head();
    if (!found)
        return false;
    switch (found->major) {
    case Unsigned:
    case Negative:
        return true;
    case ByteString:
        m_rest = from;
        return byteString().has_value();
    case Text:
        m_rest = from;
        return text().has_value();
    case Array:
        if (depth == MaxDepth || found->value > m_rest.size())
            return false;
        for (auto left = found->value; left > 0; --left)
            if (!skip(depth + 1))
                return false;
        return true;
    case Map:
        return depth < MaxDepth && found->value <= m_rest.size() && skipMap(found->value, depth + 1);
    case Simple:
        return found->value >= False && found->value <= Null;
    default: // a number from outside; 6 is a tag
        return false;
    }
}

}
