#pragma once

#include "auth/card_access.h"
#include "auth/pkcs11_module.h"
#include "auth/token_service.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <optional>
#include <p11-kit/pkcs11.h>

namespace auth {

/// Where a PIN is to be set: on a PIV card, by the card's own commands, which tell the tries left exactly and are the
/// same for every module; or on a token that is in no PC/SC reader, by its module.
struct PinTarget {
    std::optional<SeatedCard> card;
    const Pkcs11Module* module = nullptr; ///< without a card
    CK_SLOT_ID slot = 0;
};

/// Nobody may be signed in with the token. Token thread only; blocks for as long as the token takes.
[[nodiscard]] PinChange changePin(const CardAccess& cards, const PinTarget& target, const base::SecretBytes& old,
    const base::SecretBytes& next, rfq::LastTry lastTry);
/// As changePin(). Unsupported for what is no PIV card.
[[nodiscard]] PinChange unblockPin(const CardAccess& cards, const PinTarget& target, const base::SecretBytes& puk,
    const base::SecretBytes& next, rfq::LastTry lastTry);

}
