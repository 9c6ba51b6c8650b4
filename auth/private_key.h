#pragma once

#include "auth/token_login.h"
#include "core/base/result.h"

#include <cstdint>
#include <p11-kit/pkcs11.h>
#include <span>

namespace auth {

/// The private key with this CKA_ID, which the token lets sign. Errors: KeyNotFound, TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<CK_OBJECT_HANDLE> findSigningKey(
    const Pkcs11Module& module, const TokenLogin& login, std::span<const std::uint8_t> id);

/// Whether each signature needs the PIN anew. False too where the module knows no such attribute: then no key of it can
/// be so.
[[nodiscard]] bool wantsPinEachTime(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key);

}
