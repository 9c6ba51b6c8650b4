#pragma once

#include "core/base/secret_bytes.h"

namespace fido {

/// What every key takes: 4 to 63 bytes, and no NUL that would cut it off (CTAP 2.1, 6.5.1; the key counts characters).
[[nodiscard]] bool isPin(const base::SecretBytes& pin);

/// The PIN with a NUL behind it, for libfido2: still locked and wiped. Empty for an empty one.
[[nodiscard]] base::SecretBytes terminated(const base::SecretBytes& pin);

}
