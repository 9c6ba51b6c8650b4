#include "core/stepup/canonical.h"

#include <algorithm>
#include <cassert>

namespace stepup {

namespace {

constexpr std::size_t MaxFieldSize = 0xffff;

void appendSized(Bytes& bytes, ByteView value)
{
    assert(value.size() <= MaxFieldSize);
    bytes.push_back(static_cast<std::uint8_t>(value.size() >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value.size()));
    append(bytes, value);
}

}

std::string canonicalText(const base::Decimal& number)
{
    std::string text = number.text();
    if (text.find('.') == std::string::npos)
        return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

FieldWriter::FieldWriter(std::string_view heading)
{
    append(m_bytes, bytesOf(heading));
    m_bytes.push_back(0);
}

void FieldWriter::bytes(std::uint8_t tag, ByteView value)
{
    m_bytes.push_back(tag);
    appendSized(m_bytes, value);
}

void FieldWriter::number(std::uint8_t tag, std::uint64_t value, int size)
{
    Bytes big;
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        big.push_back(static_cast<std::uint8_t>(value >> shift));
    bytes(tag, big);
}

void FieldWriter::time(std::uint8_t tag, base::UtcTime value)
{
    number(tag, static_cast<std::uint64_t>(value.time_since_epoch().count()), 8);
}

void FieldWriter::texts(std::uint8_t tag, const std::vector<std::string>& values)
{
    Bytes list;
    for (const auto& value : values)
        appendSized(list, bytesOf(value));
    bytes(tag, list);
}

bool FieldWriter::fits(const std::vector<std::string>& values)
{
    std::size_t size = 0;
    for (const auto& value : values)
        size += 2 + value.size();
    return size <= MaxFieldSize;
}

FieldReader::FieldReader(ByteView bytes, std::string_view heading)
    : m_rest(bytes)
{
    const ByteView expected = bytesOf(heading);
    if (bytes.size() <= expected.size() || !std::equal(expected.begin(), expected.end(), bytes.begin())
        || bytes[expected.size()] != 0) {
        m_failed = true;
        return;
    }
    m_rest = bytes.subspan(expected.size() + 1);
}

ByteView FieldReader::takeSized(ByteView& from)
{
    const std::size_t size = from.size() < 2 ? 0 : static_cast<std::size_t>((from[0] << 8) | from[1]);
    if (m_failed || from.size() < 2 + size) {
        m_failed = true;
        return {};
    }
    const ByteView value = from.subspan(2, size);
    from = from.subspan(2 + size);
    return value;
}

ByteView FieldReader::bytes(std::uint8_t tag)
{
    if (m_failed || m_rest.empty() || m_rest[0] != tag) {
        m_failed = true;
        return {};
    }
    m_rest = m_rest.subspan(1);
    return takeSized(m_rest);
}

ByteView FieldReader::bytesOfSize(std::uint8_t tag, std::size_t size)
{
    const ByteView value = bytes(tag);
    if (!m_failed && value.size() == size)
        return value;
    m_failed = true;
    return {};
}

Digest FieldReader::digest(std::uint8_t tag)
{
    Digest digest{};
    const ByteView value = bytesOfSize(tag, digest.size());
    std::copy(value.begin(), value.end(), digest.begin());
    return digest;
}

std::string FieldReader::text(std::uint8_t tag)
{
    const ByteView value = bytes(tag);
    return {value.begin(), value.end()};
}

std::uint64_t FieldReader::number(std::uint8_t tag, int size)
{
    const ByteView value = bytes(tag);
    if (value.size() != static_cast<std::size_t>(size)) {
        m_failed = true;
        return 0;
    }
    std::uint64_t number = 0;
    for (const std::uint8_t byte : value)
        number = (number << 8) | byte;
    return number;
}

base::Decimal FieldReader::decimal(std::uint8_t tag)
{
    const std::string digits = text(tag);
    const auto value = base::Decimal::parse(digits);
    if (!value || canonicalText(*value) != digits) {
        m_failed = true;
        return {};
    }
    return *value;
}

std::optional<base::Decimal> FieldReader::optionalDecimal(std::uint8_t tag)
{
    if (!has(tag))
        return std::nullopt;
    return decimal(tag);
}

base::UtcTime FieldReader::time(std::uint8_t tag)
{
    return base::UtcTime(std::chrono::microseconds(static_cast<std::int64_t>(number(tag, 8))));
}

std::vector<std::string> FieldReader::texts(std::uint8_t tag)
{
    ByteView list = bytes(tag);
    std::vector<std::string> values;
    while (!m_failed && !list.empty()) {
        const ByteView value = takeSized(list);
        values.emplace_back(value.begin(), value.end());
    }
    return values;
}

}
