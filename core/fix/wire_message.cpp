#include "core/fix/wire_message.h"

#include <algorithm>
#include <array>

namespace fix {

namespace {

// Password, RawData, NewPassword, EncryptedPassword, EncryptedNewPassword: passwords and signed challenges ride here.
constexpr std::array SecretTags{554, 96, 925, 1402, 1404};

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
    return line;
}

}
