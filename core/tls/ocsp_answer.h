#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <openssl/x509.h>

#include <cstdint>
#include <span>

namespace tls {

/// About which certificate an OCSP answer is asked for, and who may give it.
struct OcspQuestion {
    X509& certificate;
    STACK_OF(X509) & chain; ///< verified: the certificate, its issuer, ...
    X509_STORE& anchors; ///< the trusted authorities
    base::UtcTime at;
};

/// Judges an answer in DER: well-formed, signed by the certificate's issuer or by whom that issuer has named for it
/// (RFC 6960, 4.2.2.2), not with SHA-1, about this certificate, in its time, and good. Errors: CertificateRevoked;
/// RevocationUnknown.
[[nodiscard]] base::Status judgeAnswer(std::span<const std::uint8_t> der, const OcspQuestion& question);

}
