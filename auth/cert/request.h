#pragma once

#include "auth/piv_attestation.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <string>

namespace cert {

/// The digest that goes with the key: SHA-384 for P-384, else SHA-256.
[[nodiscard]] const EVP_MD* digestFor(const EVP_PKEY& key);

/// A request for a certificate (PKCS #10, RFC 2986) for `key`, which may live on a token, in PEM form. It asks for what
/// a client of FIX over TLS needs: digital signatures, client authentication. Signed with SHA-256, or SHA-384 for
/// P-384; the signature was verified before the request is returned. Errors: the signer's; KeyNotFound, when the token
/// signs with another key than `key` says; Unsupported. `attestation`, where not null, goes with it (attestation.h).
[[nodiscard]] base::Result<std::string> makeRequest(
    EVP_PKEY& key, const X509_NAME& subject, const auth::PivAttestation* attestation = nullptr);

}
