#pragma once

#include "core/tls/identity.h"

#include <chrono>
#include <string>
#include <vector>

namespace support {

/// As TestCa::crl(), of any authority: of an intermediate, for instance.
[[nodiscard]] std::string crlOf(const tls::Identity& issuer, const std::vector<X509*>& revoked,
    std::chrono::seconds until = std::chrono::hours(24));

}
