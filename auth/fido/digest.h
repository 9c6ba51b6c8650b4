#pragma once

#include "auth/fido/values.h"

#include <string_view>

namespace fido {

/// SHA-256, as clientDataHash is made (WebAuthn, 5.8.1).
[[nodiscard]] Bytes sha256(std::string_view text);

/// For challenges. Empty where the system gives no randomness: then nothing may go on.
[[nodiscard]] Bytes randomBytes(std::size_t size);

}
