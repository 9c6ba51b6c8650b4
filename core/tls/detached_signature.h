#pragma once

#include "core/base/result.h"
#include "core/tls/identity.h"

#include <string>
#include <string_view>
#include <vector>

/// Signatures that lie beside a file, such as an access policy: CMS SignedData without the content (RFC 5652), DER, as
/// `openssl cms -sign -binary -outform DER` writes it.
namespace tls {

/// Who may sign. Trust is in exactly these certificates: who issued them, and until when, is not asked, so that a
/// policy in force does not fall out of it over night. A signer is dismissed by taking the certificate out.
class PinnedSigners {
public:
    /// At least one.
    explicit PinnedSigners(std::vector<CertificatePtr> signers);
    /// From a PEM file. Errors: Configuration, with the file.
    [[nodiscard]] static base::Result<PinnedSigners> load(const std::string& file);

    /// Whose signature this is, as "subject (SHA-256 fingerprint)". Certificates inside the signature are not looked
    /// at. Where it holds several signatures, each must be a pinned signer's. Errors: InvalidInput, where it is no
    /// detached signature in this form; Unsupported, for a digest other than SHA-256, SHA-384 and SHA-512, or a key
    /// below 112 bits of strength; Refused, where it does not hold for this content or is not a pinned signer's.
    [[nodiscard]] base::Result<std::string> verify(std::string_view content, std::string_view signature) const;

private:
    std::vector<CertificatePtr> m_signers;
};

/// The certificates that a signature carries: who may have made it, for whoever knows their fingerprints, and what
/// leads up from them. Nothing is proven by being in it. Errors: InvalidInput, as above.
[[nodiscard]] base::Result<std::vector<CertificatePtr>> certificatesInside(std::string_view signature);

}
