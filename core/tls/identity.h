#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tls {

struct OpenSslDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslDeleter>;
using CertificatePtr = std::unique_ptr<X509, OpenSslDeleter>;

/// What a private key that stays where it is must be able to do during a handshake.
class Signer {
public:
    enum class Scheme {
        Ecdsa, ///< `input` is the digest; the answer is a DER ECDSA-Sig-Value
        RsaPkcs1, ///< `input` is a DigestInfo; the answer is the PKCS#1 v1.5 signature
        RsaRaw, ///< `input` is padded to the modulus (PSS is done by the caller); the answer is the bare RSA operation
    };
    virtual ~Signer() = default;
    /// May block for as long as the token takes. Any thread, one call at a time.
    [[nodiscard]] virtual base::Result<std::vector<std::uint8_t>> sign(
        Scheme scheme, std::span<const std::uint8_t> input) = 0;
};

/// Who this end is on a TLS connection: certificate, intermediates, and a key that may live on a token.
struct Identity {
    CertificatePtr certificate;
    std::vector<CertificatePtr> chain; ///< intermediates, leaf's issuer first; without the root
    KeyPtr key;
};

/// A key that delegates every signature to `signer`: EC or RSA, after the certificate's public key.
[[nodiscard]] base::Result<KeyPtr> delegatingKey(X509& certificate, std::shared_ptr<Signer> signer);

/// The certificates of a PEM file, in its order; at least one. Errors: Configuration.
[[nodiscard]] base::Result<std::vector<CertificatePtr>> loadPemCertificates(const std::string& file);

/// Certificate, chain and key from PEM files. For a server's own key (the venue); the desk has no such path.
[[nodiscard]] base::Result<Identity> loadPemIdentity(const std::string& certificateFile, const std::string& keyFile);

/// SHA-256 of the DER form, lower-case hex: what pins and token selection compare (FIXS 1.1: whole certificate, not
/// SPKI).
[[nodiscard]] std::string fingerprint(X509& certificate);
/// RFC 2253.
[[nodiscard]] std::string subjectOf(X509& certificate);
/// Serial number, lower-case hex.
[[nodiscard]] std::string serialOf(const X509& certificate);
/// RFC 2253.
[[nodiscard]] std::string issuerOf(X509& certificate);
/// UTF-8; the most specific one where there are several, empty where there is none.
[[nodiscard]] std::string commonNameOf(X509& certificate);
[[nodiscard]] base::UtcTime notBeforeOf(X509& certificate);
[[nodiscard]] base::UtcTime notAfterOf(X509& certificate);

}
