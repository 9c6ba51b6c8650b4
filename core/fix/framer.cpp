#include "core/fix/framer.h"

#include "core/fix/tags.h"

#include <charconv>

namespace fix {

namespace {

constexpr std::string_view BeginString = "8=FIX";
constexpr std::size_t LongestHead = 32; ///< "8=FIXT.1.1|9=1048576|" and some
constexpr std::size_t TrailerLength = 7; ///< "10=nnn|"

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool checkSumMatches(std::string_view message)
{
    const std::string_view trailer = message.substr(message.size() - TrailerLength);
    if (trailer.substr(0, 3) != "10=" || trailer[TrailerLength - 1] != Soh)
        return false;
    unsigned sum = 0;
    for (const char c : message.substr(0, message.size() - TrailerLength))
        sum += static_cast<unsigned char>(c);
    unsigned written = 0;
    for (const char c : trailer.substr(3, 3)) {
        if (!isDigit(c))
            return false;
        written = written * 10 + static_cast<unsigned>(c - '0');
    }
    return written == sum % 256;
}

}

void Framer::add(std::string_view bytes)
{
    if (m_begin == m_buffer.size()) {
        m_buffer.clear();
        m_begin = 0;
    }
    m_buffer += bytes;
}

base::Result<std::optional<std::string>> Framer::next()
{
    while (true) {
        skipToBeginString();
        std::size_t length = 0;
        const Shape shape = rest().size() < BeginString.size() ? Shape::Incomplete : shapeOfFront(length);
        if (shape == Shape::Whole) {
            std::string message(rest().substr(0, length));
            m_begin += length;
            m_skipped = 0;
            return std::optional(std::move(message));
        }
        if (shape == Shape::Garbled)
            skip(BeginString.size());
        if (m_skipped + rest().size() > Limit + LongestHead + TrailerLength)
            return base::Error{base::Errc::ProtocolViolation,
                "the peer sent " + std::to_string(m_skipped + rest().size()) + " bytes without a FIX message"};
        if (shape == Shape::Incomplete) {
            m_buffer.erase(0, m_begin);
            m_begin = 0;
            return std::optional<std::string>();
        }
    }
}

void Framer::clear()
{
    m_buffer = std::string();
    m_begin = 0;
    m_skipped = 0;
}

Framer::Shape Framer::shapeOfFront(std::size_t& length) const
{
    const std::string_view bytes = rest();
    const std::string_view head = bytes.substr(0, LongestHead);
    const std::size_t versionEnd = head.find(Soh);
    if (versionEnd == std::string_view::npos)
        return bytes.size() < LongestHead ? Shape::Incomplete : Shape::Garbled;
    const std::string_view lengthField = head.substr(versionEnd + 1);
    if (lengthField.substr(0, 2) != std::string_view("9=").substr(0, lengthField.size()))
        return Shape::Garbled;
    const std::size_t lengthEnd = lengthField.find(Soh);
    if (lengthEnd == std::string_view::npos)
        return bytes.size() < LongestHead ? Shape::Incomplete : Shape::Garbled;
    std::size_t body = 0;
    const char* const end = lengthField.data() + lengthEnd;
    const auto [stop, failure] = std::from_chars(lengthField.data() + 2, end, body);
    if (failure != std::errc() || stop != end || body > Limit)
        return Shape::Garbled;
    length = versionEnd + 1 + lengthEnd + 1 + body + TrailerLength;
    if (bytes.size() < length)
        return Shape::Incomplete;
    return checkSumMatches(bytes.substr(0, length)) ? Shape::Whole : Shape::Garbled;
}

void Framer::skip(std::size_t count)
{
    m_begin += count;
    m_skipped += count;
}

void Framer::skipToBeginString()
{
    const std::string_view bytes = rest();
    const std::size_t at = bytes.find(BeginString);
    if (at != std::string_view::npos)
        return skip(at);
    // Its first bytes may already be here.
    std::size_t kept = std::min(bytes.size(), BeginString.size() - 1);
    while (kept > 0 && bytes.substr(bytes.size() - kept) != BeginString.substr(0, kept))
        --kept;
    skip(bytes.size() - kept);
}

}
