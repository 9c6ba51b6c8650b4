#pragma once

#include "core/audit/head_signer.h"
#include "core/tls/identity.h"

#include <memory>

namespace app {

/// The key of an identity, wherever it lives, signs the head of an audit trail: a token's is asked for each signature,
/// which takes the time that it takes. Where the token is gone it fails, with the token's own error. Errors:
/// Configuration, where the key is neither EC nor RSA.
[[nodiscard]] base::Result<std::shared_ptr<audit::HeadSigner>> headSignerOf(
    std::shared_ptr<const tls::Identity> identity);

}
