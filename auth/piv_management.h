#pragma once

#include "auth/pcsc.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace auth {

/// Proves to the card that we hold its management key (9B), and has the card prove the same: 3DES, or AES-192 as newer
/// YubiKeys have it. See PivWork::authorise().
[[nodiscard]] base::Status authenticateManagement(CardChannel& card, const base::SecretBytes& hex);

}
