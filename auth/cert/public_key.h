#pragma once

#include "auth/cert/token_objects.h"

namespace cert {

/// The public half of the key pair with this CKA_ID, from whatever the token has of it: a public key, what the private
/// key tells of itself, a certificate. Errors: KeyNotFound, which says how to go on; TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<tls::KeyPtr> publicKeyOf(const TokenObjects& objects, const Bytes& id);

/// A certificate that holds this key and nothing else, never shown to anybody: what tls::delegatingKey() starts from.
[[nodiscard]] tls::CertificatePtr shellFor(EVP_PKEY& publicKey);

}
