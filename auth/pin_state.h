#pragma once

#include "core/base/result.h"
#include "core/rfq/sign_in.h"

#include <cstddef>
#include <optional>
#include <p11-kit/pkcs11.h>

namespace auth {

/// What the token's flags tell. A count is given only where a flag fixes it: "one of the last tries" is no number, and
/// some modules raise that flag late or never.
[[nodiscard]] rfq::PinState pinStateOf(const CK_TOKEN_INFO& info);

/// What a card tells exactly. Absent: it does not tell.
[[nodiscard]] rfq::PinState pinStateOf(std::optional<int> tries);

/// A PIN of a length that the token never takes is not worth a try. Errors: InvalidInput, with the token's rule.
[[nodiscard]] base::Status checkPinLength(std::size_t size, const CK_TOKEN_INFO& info);

/// May the token, of which `state` is known, be given a PIN of this size now? Errors: PinBlocked, InvalidInput,
/// PinLastTry: one try is left and the person has not confirmed it. Nothing was tried.
[[nodiscard]] base::Status checkPinTry(
    std::size_t size, const CK_TOKEN_INFO& info, const rfq::PinState& state, rfq::LastTry lastTry);

/// What a login came to that ended in `error`, after which the token told `state`. Some tokens say "wrong" of the try
/// that blocks them: then `state` and the answer say "blocked".
[[nodiscard]] base::Error loginRefused(const base::Error& error, rfq::PinState& state);

/// The token has blocked its PIN, and nothing was tried.
[[nodiscard]] base::Error blockedError();

}
