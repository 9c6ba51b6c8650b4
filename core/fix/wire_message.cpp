#include "core/fix/wire_message.h"

#include "core/fix/tags.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fix {

namespace {

constexpr char Soh = '\x01';

// Passwords and signed challenges ride in these.
constexpr std::array SecretTags{
    tag::Password, tag::RawData, tag::NewPassword, tag::EncryptedPassword, tag::EncryptedNewPassword};

// Standard header and trailer (FIX 4.4 vol. 2), as far as they are not members of WireMessage.
constexpr std::array EnvelopeTags{tag::BeginString, tag::BodyLength, tag::CheckSum, tag::MsgSeqNum, tag::SenderCompId,
    tag::SenderSubId, tag::TargetCompId, tag::TargetSubId, tag::Signature, tag::SignatureLength, tag::PossResend,
    tag::OnBehalfOfCompId, tag::OrigSendingTime, tag::DeliverToCompId, tag::MessageEncoding,
    tag::LastMsgSeqNumProcessed, 116, 129, 142, 143, 144, 145};

template <std::size_t N>
bool contains(const std::array<int, N>& tags, int tag)
{
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::optional<int> tagIn(std::string_view text)
{
    int tag = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), tag);
    if (error != std::errc() || end != text.data() + text.size() || tag <= 0)
        return std::nullopt;
    return tag;
}

void take(WireMessage& message, int tag, std::string_view text)
{
    if (tag == tag::MsgType)
        message.type = text;
    else if (tag == tag::PossDupFlag)
        message.possDup = text == "Y";
    else if (tag == tag::SendingTime)
        message.sendingTime = text;
    else if (!contains(EnvelopeTags, tag))
        message.add(tag, std::string(text));
}

}

bool isSecret(int tag)
{
    return contains(SecretTags, tag);
}

std::optional<std::string_view> WireMessage::find(int tag) const
{
    for (const auto& [fieldTag, text] : fields) {
        if (fieldTag == tag)
            return text;
    }
    return std::nullopt;
}

base::Result<WireMessage> parseWire(std::string_view bytes)
{
    WireMessage message;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find(Soh);
        const std::string_view field = bytes.substr(0, end);
        const std::size_t equals = field.find('=');
        const auto tag = tagIn(field.substr(0, equals));
        if (end == std::string_view::npos || equals == std::string_view::npos || !tag)
            return base::Error{base::Errc::ProtocolViolation, "a field is not tag=value<SOH>"};
        take(message, *tag, field.substr(equals + 1));
        bytes.remove_prefix(end + 1);
    }
    if (message.type.empty())
        return base::Error{base::Errc::ProtocolViolation, "MsgType(35) is missing"};
    return message;
}

base::Result<std::string> bodyBytes(const WireMessage& message)
{
    std::string bytes;
    for (const auto& [tag, text] : message.fields) {
        if (tag <= 0 || text.empty() || text.find(Soh) != std::string::npos) {
            return base::Error{base::Errc::InvalidInput,
                "field " + std::to_string(tag) + " of " + message.type + " cannot be written"};
        }
        bytes += std::to_string(tag) + '=' + text + Soh;
    }
    return bytes;
}

std::string readable(const WireMessage& message)
{
    std::string line = "35=" + message.type;
    for (const auto& [tag, text] : message.fields) {
        line += '|' + std::to_string(tag) + '=';
        line += isSecret(tag) ? "***" : text;
    }
    // A peer must not be able to start a line of its own in our log.
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    return line;
}

}
