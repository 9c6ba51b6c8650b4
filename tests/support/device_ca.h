#pragma once

#include "core/base/clock.h"
#include "core/stepup/attestation.h"
#include "core/stepup/device_trust.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace support {

/// What a device certificate says. Its dates hold by the fake clock and by the machine's.
struct DeviceOptions {
    std::string keyType = "P-256"; ///< "P-384", "RSA"
    std::string commonName = "WS-17";
    std::string subjectSerial{}; ///< serialNumber in the subject
    std::string alternativeNames = "DNS:ws-17.firm.example"; ///< as OpenSSL writes them; empty: none
    std::string extendedUsage = "clientAuth"; ///< empty: none
    std::string keyUsage = "critical,digitalSignature"; ///< empty: none
    std::string constraints = "critical,CA:FALSE";
    std::string policy{}; ///< OID; empty: none
    base::UtcTime notBefore = std::chrono::sys_days(std::chrono::year(2020) / 1 / 1);
    base::UtcTime notAfter = std::chrono::sys_days(std::chrono::year(2040) / 1 / 1);
};

/// A workstation with its certificate: what signs statements.
struct TestDevice {
    stepup::CertificateOwner certificate;
    std::unique_ptr<EVP_PKEY, stepup::PublicKeyDeleter> key;

    [[nodiscard]] stepup::Bytes der() const;
    [[nodiscard]] std::string pem() const;
    [[nodiscard]] std::string keyPem() const;
    /// A proof for `nonce`. `scheme`: that of the key where it is absent.
    [[nodiscard]] stepup::DeviceCertificate prove(const stepup::Digest& nonce, std::uint64_t sequence = 1,
        std::optional<stepup::DeviceSignature> scheme = std::nullopt) const;
    /// Signs anew what was changed.
    void sign(stepup::DeviceCertificate& proof) const;
};

/// A device CA. Not for anything but tests.
class DeviceCa {
public:
    explicit DeviceCa(const std::string& name = "Firm Device CA");
    /// One below `above`.
    DeviceCa(const std::string& name, const DeviceCa& above);

    [[nodiscard]] TestDevice issue(const DeviceOptions& options = {}) const;
    [[nodiscard]] std::string pem() const { return m_self.pem(); }
    [[nodiscard]] stepup::Bytes der() const { return m_self.der(); }
    /// PEM; holds for 800 days before `until`, or does not say until when. `change` is made before it is signed.
    [[nodiscard]] std::string crl(const std::vector<const TestDevice*>& revoked,
        std::optional<base::UtcTime> until = usualEnd(), const std::function<void(X509_CRL&)>& change = {}) const;
    [[nodiscard]] static base::UtcTime usualEnd() { return std::chrono::sys_days(std::chrono::year(2028) / 1 / 1); }
    [[nodiscard]] stepup::DeviceTrust trust() const;

private:
    TestDevice m_self;
};

}
