#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stepup/authenticator_data.h"
#include "core/stepup/cose_key.h"
#include "core/stepup/refusal.h"

#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

/// Attestation of a security key, format "packed" with certificates (WebAuthn Level 2, 8.2): the maker's word that the
/// credential lives in hardware of a certain model. Nothing weaker is taken.
namespace stepup {

struct CertificateDeleter {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using CertificateOwner = std::unique_ptr<X509, CertificateDeleter>;

constexpr std::size_t MaxStatementSize = 16'384;
constexpr std::size_t MaxChainSize = 4; ///< certificates in x5c
constexpr std::size_t MaxCertificateSize = 4'096;

/// A "packed" statement, read. Owns what it points to.
struct PackedStatement {
    std::int64_t algorithm = 0; ///< COSE number
    Bytes signature;
    std::vector<CertificateOwner> chain; ///< leaf first; empty: self attestation
};

/// Reads exactly the bytes: canonical CBOR with alg, sig and, but for self attestation, x5c of 1 to 4 certificates in
/// DER without bytes after them. Errors: InvalidInput.
[[nodiscard]] base::Result<PackedStatement> parsePackedStatement(ByteView bytes);

/// The roots, or intermediates, that a chain may end in: exactly these. Read from PEM.
class AttestationRoots {
public:
    /// Errors: Configuration, where a certificate cannot be read or none is there.
    [[nodiscard]] static base::Result<AttestationRoots> fromPem(const std::string& pem);

    [[nodiscard]] const std::vector<CertificateOwner>& certificates() const { return m_certificates; }

private:
    std::vector<CertificateOwner> m_certificates;
};

/// Judges the statement of a registration: format, leaf, order, chain as of `at`, model, signature over authenticator
/// data and client data hash. The order is that of VerifyRefusal.
[[nodiscard]] MaybeRefusal checkAttestation(const std::string& format, ByteView statement, ByteView authenticatorData,
    const Digest& clientDataHash, const Aaguid& aaguid, const AttestationRoots& roots, base::UtcTime at);

}
