#pragma once

#include "auth/pcsc.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace auth {

/// Proves to the card that we hold its management key (9B), and has the card prove the same: 3DES, or AES as newer
/// YubiKeys have it; which, a card tells (firmware 5.3) or its answer shows. See PivWork::authorise().
[[nodiscard]] base::Status authenticateManagement(CardChannel& card, const base::SecretBytes& hex);

}
