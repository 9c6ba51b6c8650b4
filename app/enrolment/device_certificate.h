#pragma once

#include "auth/device/certificate_key.h"
#include "core/base/result.h"
#include "core/stepup/device_certificate.h"

namespace app {

/// This workstation's certificate with a signature by its key for `nonce`. Blocks as long as the token takes. Errors:
/// as device::CertificateKey::sign().
[[nodiscard]] base::Result<stepup::DeviceCertificate> showCertificate(
    device::CertificateKey& key, const stepup::Digest& nonce, std::uint64_t sequence);

}
