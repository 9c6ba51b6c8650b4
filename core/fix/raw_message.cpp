#include "core/fix/raw_message.h"

#include "core/fix/tags.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fix {

namespace {

// FIX 4.4, standard message header; the hops group (627 to 630) says nothing to a session.
constexpr std::array HeaderTags{
    8, 9, 35, 49, 56, 115, 128, 90, 91, 34, 50, 142, 57, 143, 116, 144, 129, 145, 43, 97, 52, 122, 212, 213, 347, 369};
constexpr std::array HopTags{627, 628, 629, 630};
constexpr std::array TrailerTags{93, 89, 10};

template <std::size_t N>
bool contains(const std::array<int, N>& tags, int tag)
{
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// The data field whose length this field tells; 0 for any other field.
int dataFieldOf(int lengthTag)
{
    switch (lengthTag) {
    case 90: // SecureDataLen
    case 95: // RawDataLength
    case 212: // XmlDataLen
    case 348: // EncodedIssuerLen
    case 350: // EncodedSecurityDescLen
    case 352: // EncodedListExecInstLen
    case 354: // EncodedTextLen
    case 356: // EncodedSubjectLen
    case 358: // EncodedHeadlineLen
    case 360: // EncodedAllocTextLen
    case 362: // EncodedUnderlyingIssuerLen
    case 364: // EncodedUnderlyingSecurityDescLen
    case 445: // EncodedListStatusTextLen
    case 618: // EncodedLegIssuerLen
    case 621: // EncodedLegSecurityDescLen
    case 1401: // EncryptedPasswordLen
    case 1403: // EncryptedNewPasswordLen
        return lengthTag + 1;
    case 93: // SignatureLength
        return 89;
    default:
        return 0;
    }
}

template <typename Number>
std::optional<Number> numberIn(std::string_view text)
{
    Number number = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || stop != text.data() + text.size() || text.empty())
        return std::nullopt;
    return number;
}

/// Walks the fields of a message.
class FieldReader {
public:
    explicit FieldReader(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    /// False at the end and at what is not a field; atEnd() tells which.
    bool next(int& tag, std::string_view& value)
    {
        const std::size_t equals = m_rest.find('=');
        const auto number = equals == std::string_view::npos ? std::nullopt : numberIn<int>(m_rest.substr(0, equals));
        if (!number || *number <= 0)
            return false;
        const std::size_t length = lengthOfValue(*number, m_rest.substr(equals + 1));
        if (length == std::string_view::npos)
            return false;
        tag = *number;
        value = m_rest.substr(equals + 1, length);
        m_rest.remove_prefix(equals + 1 + length + 1);
        m_dataTag = dataFieldOf(tag);
        m_dataLength = m_dataTag == 0 ? std::nullopt : numberIn<std::size_t>(value);
        return true;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    [[nodiscard]] std::size_t lengthOfValue(int tag, std::string_view value) const
    {
        if (tag == m_dataTag && m_dataLength && *m_dataLength < value.size() && value[*m_dataLength] == Soh)
            return *m_dataLength;
        return value.find(Soh);
    }

    std::string_view m_rest;
    int m_dataTag = 0;
    std::optional<std::size_t> m_dataLength;
};

void keepHeaderField(RawMessage& message, int tag, std::string_view value)
{
    message.header.emplace_back(tag, value);
    if (tag == 35)
        message.body.type = value;
    else if (tag == 43)
        message.body.possDup = value == "Y";
    else if (tag == 97)
        message.body.possResend = value == "Y";
    else if (tag == 52)
        message.body.sendingTime = value;
}

}

std::string_view RawMessage::find(int tag) const
{
    for (const auto& [fieldTag, value] : header) {
        if (fieldTag == tag)
            return value;
    }
    return {};
}

std::uint64_t RawMessage::seqNum() const
{
    return numberIn<std::uint64_t>(find(34)).value_or(0);
}

std::optional<RawMessage> takeApart(std::string_view message)
{
    RawMessage result;
    result.header.reserve(8);
    result.body.fields.reserve(24);
    FieldReader reader(message);
    int tag = 0;
    std::string_view value;
    while (reader.next(tag, value)) {
        if (contains(HeaderTags, tag))
            keepHeaderField(result, tag, value);
        else if (tag == 10)
            result.checkSum = value;
        else if (!contains(HopTags, tag) && !contains(TrailerTags, tag))
            result.body.fields.emplace_back(tag, value);
    }
    if (!reader.atEnd() || result.body.type.empty())
        return std::nullopt;
    return result;
}

bool isSessionMessage(std::string_view type)
{
    return type.size() == 1 && std::string_view("0A12345").find(type.front()) != std::string_view::npos;
}

std::string redacted(std::string_view message)
{
    std::string line;
    line.reserve(message.size());
    FieldReader reader(message);
    int tag = 0;
    std::string_view value;
    while (reader.next(tag, value)) {
        line += line.empty() ? "" : "|";
        line += std::to_string(tag) + '=';
        const std::size_t begin = line.size();
        line += isSecret(tag) ? std::string_view("***") : value;
        const auto from = line.begin() + static_cast<std::ptrdiff_t>(begin);
        std::replace(from, line.end(), Soh, '|');
        // A line end in a value would let the peer write lines of its own into the log.
        std::replace_if(
            from, line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, '?');
    }
    if (!reader.atEnd())
        line += "|(not fields)";
    return line;
}

}
