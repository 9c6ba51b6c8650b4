#pragma once

#include "auth/token_login.h"
#include "core/base/result.h"

#include <openssl/types.h>

#include <cstdint>
#include <p11-kit/pkcs11.h>
#include <span>

namespace auth {

/// The private key with this CKA_ID, which the token lets sign. Errors: KeyNotFound, TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<CK_OBJECT_HANDLE> findSigningKey(
    const Pkcs11Module& module, const TokenLogin& login, std::span<const std::uint8_t> id);

/// Whether the token signs with that key as sessions need it. TLS 1.3 wants RSA-PSS, padded by OpenSSL, and so the bare
/// RSA operation (CKM_RSA_X_509) of an RSA key. Errors: Unsupported.
[[nodiscard]] base::Status checkMechanism(CK_FUNCTION_LIST& functions, const TokenLogin& login, CK_OBJECT_HANDLE key);

/// Whether the module does that operation with an RSA key as large as the certificate's: told before a PIN is asked
/// for. Other keys are well. Errors: Unsupported.
[[nodiscard]] base::Status checkKeySize(const Pkcs11Module& module, CK_SLOT_ID slot, X509& certificate);

/// Whether each signature needs the PIN anew. False too where the module knows no such attribute: then no key of it can
/// be so.
[[nodiscard]] bool wantsPinEachTime(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key);

}
