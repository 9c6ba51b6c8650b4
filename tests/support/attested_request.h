#pragma once

#include "tests/support/test_pki.h"

#include <cstdint>
#include <string>
#include <vector>

namespace support {

/// A PIV card of this maker that attests its keys: its own certificate and the key that it attests with.
[[nodiscard]] tls::Identity attestingCard(const TestCa& maker);

/// A certificate request (PEM) for the key, with the card's word that it was made in slot 9A. `policies`: PIN policy
/// and touch policy, as a YubiKey numbers them; 2, 3 is once and cached.
[[nodiscard]] std::string attestedRequest(EVP_PKEY& key, const std::string& name, const tls::Identity& card,
    const std::vector<std::uint8_t>& policies = {2, 3});

}
