#pragma once

#include "core/tls/identity.h"

#include <string>
#include <string_view>

namespace support {

/// What `openssl cms -sign -binary -md sha256 -outform DER` makes.
[[nodiscard]] std::string cmsSignature(const tls::Identity& signer, std::string_view content);

}
