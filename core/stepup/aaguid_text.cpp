#include "core/stepup/aaguid_text.h"

#include <algorithm>

namespace stepup {

namespace {

constexpr std::string_view AaguidForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
constexpr std::string_view AaguidDigits = "0123456789abcdef";

std::size_t digitOf(char character)
{
    const bool isCapital = character >= 'A' && character <= 'F';
    return AaguidDigits.find(isCapital ? static_cast<char>(character - 'A' + 'a') : character);
}

}

std::string aaguidText(const Aaguid& model)
{
    std::string text(AaguidForm);
    std::size_t digit = 0;
    for (char& place : text) {
        if (place == '-')
            continue;
        const std::size_t byte = model[digit / 2];
        place = AaguidDigits[digit % 2 == 0 ? byte >> 4U : byte & 15U];
        ++digit;
    }
    return text;
}

std::optional<Aaguid> aaguidOf(std::string_view text)
{
    if (text.size() != AaguidForm.size())
        return std::nullopt;
    Aaguid model{};
    std::size_t digit = 0;
    for (std::size_t at = 0; at < AaguidForm.size(); ++at) {
        if (AaguidForm[at] == '-') {
            if (text[at] != '-')
                return std::nullopt;
            continue;
        }
        const std::size_t value = digitOf(text[at]);
        if (value == std::string_view::npos)
            return std::nullopt;
        model[digit / 2] = static_cast<std::uint8_t>(std::size_t{model[digit / 2]} << 4U | value);
        ++digit;
    }
    return model;
}

}
