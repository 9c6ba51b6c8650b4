#pragma once

#include "core/stepup/attestation.h"
#include "core/stepup/values.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace support {

using KeyOwner = std::unique_ptr<EVP_PKEY, stepup::PublicKeyDeleter>;

/// A new key of that algorithm; RSA with `rsaBits`.
[[nodiscard]] KeyOwner generateKey(stepup::Algorithm algorithm, unsigned rsaBits = 2048);
[[nodiscard]] stepup::Bytes sign(EVP_PKEY& key, stepup::Algorithm algorithm, stepup::ByteView message);

/// What an attestation certificate says; as it is, it is a good one.
struct AttestationOptions {
    stepup::Algorithm algorithm = stepup::Algorithm::Es256;
    long version = 3;
    std::string country = "SE"; ///< empty texts leave the attribute out
    std::string organisation = "Test Keys AB";
    std::string unit = "Authenticator Attestation";
    std::string commonName = "Test Key Serial 1";
    std::string constraints = "critical,CA:FALSE"; ///< empty: no extension
    bool hasModel = true;
    bool modelIsCritical = false;
    stepup::Bytes modelValue; ///< of the extension; empty: made from `model`
    stepup::Aaguid model{};
    std::chrono::hours notBefore{-24}; ///< from the time of the authority
    std::chrono::hours notAfter{24 * 365};
};

/// Signs attestations: a key and its certificates, DER, leaf first.
struct Attester {
    KeyOwner key;
    stepup::Algorithm algorithm = stepup::Algorithm::Es256;
    std::vector<stepup::Bytes> chain;
};

/// Root and intermediate of a maker of security keys.
class AttestationCa {
public:
    /// `at`: when its certificates are valid.
    explicit AttestationCa(base::UtcTime at);

    /// Leaf by the intermediate, and the intermediate; not the root.
    [[nodiscard]] Attester issue(const AttestationOptions& options) const;
    [[nodiscard]] std::string rootPem() const;
    [[nodiscard]] stepup::Bytes rootDer() const;
    [[nodiscard]] std::string intermediatePem() const;

private:
    struct Authority {
        KeyOwner key;
        stepup::CertificateOwner certificate;
    };
    base::UtcTime m_at;
    Authority m_root;
    Authority m_intermediate;
};

}
