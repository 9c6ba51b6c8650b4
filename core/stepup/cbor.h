#pragma once

#include "core/stepup/bytes.h"

#include <optional>
#include <string_view>

namespace stepup {

/// Reads the CTAP2 canonical CBOR encoding form (CTAP 2.1, 8) and nothing looser: shortest lengths, definite sizes,
/// keys in rising order and each once, at most four containers deep, no tags, no floating point. So a signed structure
/// has one spelling, and a declared size is never believed beyond the bytes that are there: nothing is allocated. A
/// call that answers nothing leaves the reader useless.
class CborReader {
public:
    explicit CborReader(ByteView bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] std::optional<std::int64_t> integer();
    [[nodiscard]] std::optional<ByteView> byteString();
    [[nodiscard]] std::optional<std::string_view> text();
    /// Number of pairs. Their order is checked by item(), not here.
    [[nodiscard]] std::optional<std::size_t> map();
    [[nodiscard]] std::optional<std::size_t> array();
    /// The bytes of the whole next item, which is well-formed throughout.
    [[nodiscard]] std::optional<ByteView> item();

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    struct Head {
        std::uint8_t major = 0;
        std::uint64_t value = 0;
    };
    std::optional<Head> head();
    std::optional<ByteView> string(std::uint8_t major);
    std::optional<std::size_t> container(std::uint8_t major);
    bool skip(int depth);
    bool skipMap(std::uint64_t pairs, int depth);

    ByteView m_rest;
};

}
