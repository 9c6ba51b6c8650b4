#pragma once

#include "core/base/result.h"

#include <string_view>

/// Texts that a person reads before a touch, and that enter a digest.
namespace stepup {

constexpr std::size_t MaxTextSize = 256; ///< bytes

/// Well-formed UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
[[nodiscard]] bool isUtf8(std::string_view text);

/// One line that reads the same to everybody: 1 to MaxTextSize bytes of UTF-8 without control characters, without
/// invisible ones and without those that change the direction of writing. `what` names it in the error: InvalidInput.
[[nodiscard]] base::Status checkPlainText(std::string_view what, std::string_view text);

}
