#include "core/fix/wire_message.h"

#include "core/fix/tags.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fix {

namespace {

// Passwords and signed challenges ride in these.
constexpr std::array SecretTags{
    tag::Password, tag::RawData, tag::NewPassword, tag::EncryptedPassword, tag::EncryptedNewPassword, tag::StepUpGrant};

bool isControl(unsigned char c)
{
    return c < 0x20 || c == 0x7f;
}

}

bool isSecret(int tag)
{
    return std::find(SecretTags.begin(), SecretTags.end(), tag) != SecretTags.end();
}

std::optional<std::string_view> WireMessage::find(int tag) const
{
    for (const auto& [fieldTag, text] : fields) {
        if (fieldTag == tag)
            return text;
    }
    return std::nullopt;
}

std::string readable(const WireMessage& message)
{
    std::string line = "35=" + message.type;
    for (const auto& [tag, text] : message.fields) {
        line += '|' + std::to_string(tag) + '=';
        line += isSecret(tag) ? "***" : text;
    }
    // A peer must not be able to begin a line of its own in our log.
    std::replace_if(line.begin(), line.end(), isControl, '?');
    return line;
}

std::string wireText(const WireMessage& message)
{
    std::string text = "35=" + message.type + Soh;
    for (const auto& [tag, value] : message.fields)
        text += std::to_string(tag) + '=' + value + Soh;
    return text;
}

std::optional<WireMessage> fromWireText(std::string_view text)
{
    WireMessage message;
    while (!text.empty()) {
        const std::size_t equals = text.find('=');
        const std::size_t end = text.find(Soh);
        if (equals == std::string_view::npos || end == std::string_view::npos || equals > end)
            return std::nullopt;
        int tag = 0;
        const auto [stop, failure] = std::from_chars(text.data(), text.data() + equals, tag);
        if (failure != std::errc() || stop != text.data() + equals || tag <= 0)
            return std::nullopt;
        const std::string_view value = text.substr(equals + 1, end - equals - 1);
        if (message.type.empty() && tag == tag::MsgType)
            message.type = value;
        else
            message.add(tag, std::string(value));
        text.remove_prefix(end + 1);
    }
    return message.type.empty() ? std::nullopt : std::optional(std::move(message));
}

}
