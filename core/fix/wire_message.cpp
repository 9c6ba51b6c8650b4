#include "core/fix/wire_message.h"

#include "core/fix/tags.h"

#include <algorithm>
#include <array>

namespace fix {

namespace {

// Passwords and signed challenges ride in these.
constexpr std::array SecretTags{
    tag::Password, tag::RawData, tag::NewPassword, tag::EncryptedPassword, tag::EncryptedNewPassword};

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

}
