#include "core/stepup/plain_text.h"

#include <cstdint>
#include <optional>
#include <string>

namespace stepup {

namespace {

/// The first character of `text`, which is taken from it; absent where it is not UTF-8.
std::optional<char32_t> takeCharacter(std::string_view& text)
{
    const auto byteAt = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    const std::uint8_t first = byteAt(0);
    std::size_t size = 1;
    char32_t character = first;
    char32_t smallest = 0;
    if (first >= 0xf0 && first < 0xf8) {
        size = 4;
        character = first & 0x07U;
        smallest = 0x10000;
    } else if (first >= 0xe0 && first < 0xf0) {
        size = 3;
        character = first & 0x0fU;
        smallest = 0x800;
    } else if (first >= 0xc0 && first < 0xe0) {
        size = 2;
        character = first & 0x1fU;
        smallest = 0x80;
    } else if (first >= 0x80) {
        return std::nullopt;
    }
    if (text.size() < size)
        return std::nullopt;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byteAt(i) & 0xc0U) != 0x80U)
            return std::nullopt;
        character = (character << 6) | (byteAt(i) & 0x3fU);
    }
    if (character < smallest || character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff))
        return std::nullopt;
    text.remove_prefix(size);
    return character;
}

/// Would be shown as nothing, or would change how its neighbours are shown.
bool misleads(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb)
        || (c >= 0xe0000 && c <= 0xe0fff);
}

}

bool isUtf8(std::string_view text)
{
    while (!text.empty())
        if (!takeCharacter(text))
            return false;
    return true;
}

base::Status checkPlainText(std::string_view what, std::string_view text)
{
    const auto refuse = [&](const char* why) {
        return base::Error{base::Errc::InvalidInput, std::string(what) + " " + why};
    };
    if (text.empty())
        return refuse("is empty");
    if (text.size() > MaxTextSize)
        return refuse("is longer than 256 bytes");
    while (!text.empty()) {
        const auto character = takeCharacter(text);
        if (!character)
            return refuse("is not UTF-8");
        if (misleads(*character))
            return refuse("holds a control character or one that is invisible or changes the direction of writing");
    }
    return base::Ok{};
}

}
