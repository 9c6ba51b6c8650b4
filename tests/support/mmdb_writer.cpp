#include "tests/support/mmdb_writer.h"

#include "core/access/ip_address.h"

#include <stdexcept>

namespace support {

namespace {

// While the tree grows: 0 is "nothing", a number with this bit a country, any other number a node.
constexpr std::uint32_t CountryMark = 0x80000000U;
constexpr int MapType = 7;
constexpr int TextType = 2;

std::string bigEndian(std::uint64_t value, int size)
{
    std::string text;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        text += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xffU);
    return text;
}

/// A control byte; sizes below 29 only. Types above 7 are written in a second byte.
std::string control(int type, std::size_t size)
{
    if (type > 7)
        return {static_cast<char>(size), static_cast<char>(type - 7)};
    return {static_cast<char>(static_cast<unsigned>(type) << 5U | size)};
}

std::string text(const std::string& value)
{
    return control(TextType, value.size()) + value;
}

std::string number(int type, std::uint64_t value, int size)
{
    return control(type, static_cast<std::size_t>(size)) + bigEndian(value, size);
}

std::string country(const std::string& code)
{
    return control(MapType, 1) + text("country") + control(MapType, 1) + text("iso_code") + text(code);
}

}

MmdbWriter::MmdbWriter(std::string type)
    : m_type(std::move(type))
    , m_nodes(1)
{
}

void MmdbWriter::add(const std::string& cidr, const std::string& code)
{
    const auto network = zerotrust::Network::parse(cidr);
    if (!network)
        throw std::invalid_argument(cidr);
    // IPv4 lies at ::/96 in the tree, not where IPv6 writes it.
    auto bytes = network->base.bytes();
    if (network->base.isV4())
        bytes[10] = bytes[11] = 0;
    const int depth = network->prefix + (network->base.isV4() ? 96 : 0);
    std::uint32_t at = 0;
    for (int i = 0; i < depth; ++i) {
        const unsigned bit = bytes[static_cast<std::size_t>(i / 8)] >> static_cast<unsigned>(7 - i % 8) & 1U;
        std::uint32_t next = m_nodes[at].next[bit];
        if (i + 1 == depth) {
            m_nodes[at].next[bit] = CountryMark | static_cast<std::uint32_t>(m_countries.size());
            break;
        }
        if (next == 0 || (next & CountryMark) != 0) {
            m_nodes.push_back({{next, next}});
            next = m_nodes[at].next[bit] = static_cast<std::uint32_t>(m_nodes.size() - 1);
        }
        at = next;
    }
    m_countries.push_back(code);
}

std::string MmdbWriter::bytes() const
{
    std::string data;
    std::vector<std::uint32_t> offsets;
    for (const std::string& code : m_countries) {
        offsets.push_back(static_cast<std::uint32_t>(data.size()));
        data += country(code);
    }
    const auto count = static_cast<std::uint32_t>(m_nodes.size());
    std::string file;
    for (const Node& node : m_nodes)
        for (const std::uint32_t next : node.next) {
            const bool leaf = (next & CountryMark) != 0;
            file += bigEndian(leaf ? count + 16 + offsets[next & ~CountryMark] : next == 0 ? count : next, 3);
        }
    file += std::string(16, '\0') + data + "\xab\xcd\xefMaxMind.com" + control(MapType, 9);
    file += text("binary_format_major_version") + number(5, 2, 2) + text("binary_format_minor_version")
        + number(5, 0, 2) + text("build_epoch") + number(9, m_built, 8) + text("database_type") + text(m_type)
        + text("description") + control(MapType, 1) + text("en") + text("made by a test") + text("ip_version")
        + number(5, 6, 2) + text("languages") + control(11, 0) + text("node_count") + number(6, count, 4)
        + text("record_size") + number(5, 24, 2);
    return file;
}

}
