#pragma once

#include "core/stepup/bytes.h"

#include <string_view>

namespace support {

/// Writes CBOR with shortest lengths. The order of keys is the caller's, so that it can be wrong.
class CborWriter {
public:
    CborWriter& integer(std::int64_t value)
    {
        return value >= 0 ? head(0, static_cast<std::uint64_t>(value))
                          : head(1, static_cast<std::uint64_t>(-1 - value));
    }
    CborWriter& bytes(stepup::ByteView value)
    {
        head(2, value.size());
        return raw(value);
    }
    CborWriter& text(std::string_view value)
    {
        head(3, value.size());
        return raw(stepup::bytesOf(value));
    }
    CborWriter& array(std::size_t count) { return head(4, count); }
    CborWriter& map(std::size_t pairs) { return head(5, pairs); }
    CborWriter& raw(stepup::ByteView value)
    {
        stepup::append(m_bytes, value);
        return *this;
    }

    [[nodiscard]] const stepup::Bytes& done() const { return m_bytes; }

private:
    CborWriter& head(unsigned major, std::uint64_t value)
    {
        int size = 0; // of what follows the first byte
        unsigned low = static_cast<unsigned>(value);
        if (value >= 24) {
            low = value < 0x100 ? 24U : value < 0x10000 ? 25U : value < 0x100000000 ? 26U : 27U;
            size = 1 << (low - 24U);
        }
        m_bytes.push_back(static_cast<std::uint8_t>((major << 5) | low));
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
            m_bytes.push_back(static_cast<std::uint8_t>(value >> shift));
        return *this;
    }

    stepup::Bytes m_bytes;
};

}
