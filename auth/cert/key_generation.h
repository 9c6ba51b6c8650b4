#pragma once

#include "auth/cert/token_objects.h"

namespace cert {

/// Makes a key pair on the token, in its own hardware; the private half never leaves it and may only sign. `objects`
/// was opened for writing and the person is logged in. Errors: Duplicate, when the token has something with this CKA_ID
/// already (a key that is overwritten is lost for good); Unsupported, where the module leaves key generation to the
/// maker's tool; TokenAbsent, TokenFailure.
[[nodiscard]] base::Status generateKey(const TokenObjects& objects, KeyKind kind, const Bytes& id);

}
