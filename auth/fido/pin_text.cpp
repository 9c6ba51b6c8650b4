#include "auth/fido/pin_text.h"

#include <span>
#include <string_view>

namespace fido {

namespace {

constexpr std::size_t MinPin = 4;
constexpr std::size_t MaxPin = 63;

}

bool isPin(const base::SecretBytes& pin)
{
    return pin.size() >= MinPin && pin.size() <= MaxPin && pin.reveal().find('\0') == std::string_view::npos;
}

base::SecretBytes terminated(const base::SecretBytes& pin)
{
    base::SecretBytes copy;
    const char end = '\0';
    // A PIN that has passed isPin() fits with its NUL.
    if (pin.empty() || !isPin(pin) || !copy.append(pin.reveal()) || !copy.append(std::span<const char>(&end, 1)))
        return {};
    return copy;
}

}
