#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <chrono>
#include <string>
#include <vector>

namespace cert {

/// The certificates in a file: PEM (as many as there are), DER (one), or PKCS #7 in either form. Errors: Io,
/// InvalidInput.
[[nodiscard]] base::Result<std::vector<tls::CertificatePtr>> readCertificates(const std::string& file);
/// A public key in PEM form, as the tools of a token's maker write it. Errors: Io, InvalidInput.
[[nodiscard]] base::Result<tls::KeyPtr> readPublicKey(const std::string& file);

/// Which of these was issued for this key? Errors: KeyNotFound, which names what was found.
[[nodiscard]] base::Result<tls::CertificatePtr> certificateFor(
    const EVP_PKEY& publicKey, const std::vector<tls::CertificatePtr>& certificates);

/// Is it one that may issue others?
[[nodiscard]] bool isAuthority(X509& certificate);

/// How far an authority's clock may be ahead of this machine's: many issue from this second on.
constexpr std::chrono::minutes ClockTolerance{5};

/// May the person use this certificate from now on? With `caFile` (PEM, the issuing authority, or one above it) it is
/// judged as a counterparty would judge it; without, dates and kind alone. `presented`: what came with it, which may
/// lead up to an authority of the file. Errors: CertificateExpired, also where it begins later than ClockTolerance from
/// now; CertificateUntrusted, CertificateWrongUsage, Unsupported (the key), Configuration (the file).
[[nodiscard]] base::Status checkIssued(X509& certificate, const std::string& caFile, base::UtcTime now,
    const std::vector<tls::CertificatePtr>& presented = {});

}
