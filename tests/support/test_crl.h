#pragma once

#include "core/tls/identity.h"

#include <openssl/x509.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace support {

/// As TestCa::crl(), of any authority: of an intermediate, for instance. Without `until` it does not say how long it
/// holds. `change` is made before it is signed.
[[nodiscard]] std::string crlOf(const tls::Identity& issuer, const std::vector<X509*>& revoked,
    std::optional<std::chrono::seconds> until = std::chrono::hours(24),
    const std::function<void(X509_CRL&)>& change = {});

}
