#pragma once

#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The canonical byte form of values: equal values have equal bytes, different values have different ones. A value is a
/// sequence of fields with rising tags; a field is its tag (1 byte), the size of what follows (2 bytes, big-endian) and
/// that. An optional value that is absent has no field.
namespace stepup {

/// What bytes are told that are not what they should be.
[[nodiscard]] inline base::Error invalid(std::string detail)
{
    return {base::Errc::InvalidInput, std::move(detail)};
}

/// Digits of the value without zeros that say nothing: 1.50 is "1.5", 2.00 is "2".
[[nodiscard]] std::string canonicalText(const base::Decimal& number);

/// Writes fields. Precondition of each call: the value has fewer than 65,536 bytes.
class FieldWriter {
public:
    /// `heading` is what the bytes start with, and a zero byte.
    explicit FieldWriter(std::string_view heading);

    void bytes(std::uint8_t tag, ByteView value);
    void text(std::uint8_t tag, std::string_view value) { bytes(tag, bytesOf(value)); }
    /// As many bytes as `size`, big-endian.
    void number(std::uint8_t tag, std::uint64_t value, int size);
    void decimal(std::uint8_t tag, const base::Decimal& value) { text(tag, canonicalText(value)); }
    /// Microseconds since 1970-01-01 00:00 UTC, 8 bytes.
    void time(std::uint8_t tag, base::UtcTime value);
    /// Each text after its size in 2 bytes.
    void texts(std::uint8_t tag, const std::vector<std::string>& values);

    /// Whether the value can be written at all.
    [[nodiscard]] static bool fits(ByteView value) { return value.size() <= 0xffff; }
    [[nodiscard]] static bool fits(const std::vector<std::string>& values);

    [[nodiscard]] Bytes take() && { return std::move(m_bytes); }

private:
    Bytes m_bytes;
};

/// Reads what FieldWriter writes, and nothing else. After the first thing that is not so every call answers an empty
/// value, and complete() false.
class FieldReader {
public:
    FieldReader(ByteView bytes, std::string_view heading);

    /// Whether this field comes next.
    [[nodiscard]] bool has(std::uint8_t tag) const { return !m_failed && !m_rest.empty() && m_rest[0] == tag; }

    ByteView bytes(std::uint8_t tag);
    ByteView bytesOfSize(std::uint8_t tag, std::size_t size);
    Digest digest(std::uint8_t tag);
    std::string text(std::uint8_t tag);
    std::uint64_t number(std::uint8_t tag, int size);
    base::Decimal decimal(std::uint8_t tag);
    std::optional<base::Decimal> optionalDecimal(std::uint8_t tag);
    base::UtcTime time(std::uint8_t tag);
    std::vector<std::string> texts(std::uint8_t tag);

    /// Everything was well-formed, and all of it was read.
    [[nodiscard]] bool complete() const { return !m_failed && m_rest.empty(); }

private:
    ByteView takeSized(ByteView& from);

    ByteView m_rest;
    bool m_failed = false;
};

}
