#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fix {

/// Cuts a byte stream into FIX messages by BeginString(8), BodyLength(9) and CheckSum(10). What is not a message is
/// skipped, as FIX asks for garbled messages; too much of it is an error, so that a peer cannot make it grow.
class Framer {
public:
    /// The longest message, and the most bytes without one, that are put up with.
    static constexpr std::size_t Limit = 1U << 20U;

    void add(std::string_view bytes);
    /// The next whole message, or nothing until more bytes come. Error: ProtocolViolation past the limit; the stream is
    /// then useless.
    [[nodiscard]] base::Result<std::optional<std::string>> next();
    /// Forgets everything, for a new connection.
    void clear();

private:
    enum class Shape { Incomplete, Garbled, Whole };
    [[nodiscard]] Shape shapeOfFront(std::size_t& length) const;
    [[nodiscard]] std::string_view rest() const { return std::string_view(m_buffer).substr(m_begin); }
    void skip(std::size_t count);
    void skipToBeginString();

    std::string m_buffer;
    std::size_t m_begin = 0; ///< what lies before is consumed
    std::size_t m_skipped = 0; ///< bytes skipped since the last whole message
};

}
