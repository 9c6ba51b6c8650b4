#pragma once

#include "auth/token_login.h"
#include "core/base/result.h"

#include <cstdint>
#include <p11-kit/pkcs11.h>
#include <span>

namespace auth {

/// The private key with this CKA_ID, which the token lets sign without the PIN each time. Errors: KeyNotFound, TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<CK_OBJECT_HANDLE> findSigningKey(
    const Pkcs11Module& module, const TokenLogin& login, std::span<const std::uint8_t> id);

}
