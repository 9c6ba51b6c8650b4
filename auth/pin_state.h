#pragma once

#include "core/base/result.h"
#include "core/rfq/sign_in.h"

#include <cstddef>
#include <p11-kit/pkcs11.h>

namespace auth {

/// What the token's flags tell. A count is given only where a flag fixes it: "one of the last tries" is no number, and
/// some modules raise that flag late or never.
[[nodiscard]] rfq::PinState pinStateOf(const CK_TOKEN_INFO& info);

/// A PIN of a length that the token never takes is not worth a try. Errors: InvalidInput, with the token's rule.
[[nodiscard]] base::Status checkPinLength(std::size_t size, const CK_TOKEN_INFO& info);

}
