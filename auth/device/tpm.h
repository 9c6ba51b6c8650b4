#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The TPM 2.0 of this workstation (TPM 2.0 Library; TCG PC Client Platform TPM Profile). The libraries that speak to
/// it (tpm2-tss) are loaded at the first call, so that a workstation without one needs none of them. Calls block for up
/// to some seconds: never on the thread of a window or of a session. Errors of all: TokenAbsent (there is no TPM, or it
/// cannot be reached), TokenModule (tpm2-tss is not installed), TokenFailure (what it answered), Timeout.
namespace device {

using PcrValue = std::array<std::uint8_t, 32>;

struct TpmSettings {
    /// As tpm2-tss writes it: "device:/dev/tpmrm0", "swtpm:host=127.0.0.1,port=2321". Empty: there is none.
    std::string tcti;
    std::vector<std::uint8_t> pcrs{0, 1, 2, 3, 4, 5, 6, 7}; ///< of the SHA-256 bank; rising, each from 0 to 23
};

/// What an officer registers.
struct TpmIdentity {
    std::vector<std::uint8_t> key; ///< public attestation key: a point of P-256, uncompressed
    std::map<std::uint8_t, PcrValue> pcrs; ///< as they are now
};

struct TpmQuote {
    std::vector<std::uint8_t> attest; ///< TPMS_ATTEST
    std::vector<std::uint8_t> signature; ///< ECDSA: r and s, 32 bytes each
    std::vector<PcrValue> pcrs; ///< values, in the order of their numbers
};

/// "device:/dev/tpmrm0" where this machine has a TPM 2.0 with the kernel's resource manager; else empty. `root` is "/"
/// outside of tests.
[[nodiscard]] std::string systemTpm(const std::filesystem::path& root);

/// The attestation key is the primary key of a fixed template in the owner hierarchy: restricted to what the TPM itself
/// has made, not to be taken out, the same at each call until the TPM is cleared. Nothing is stored.
[[nodiscard]] base::Result<TpmIdentity> readTpm(const TpmSettings& settings);

/// TPM2_Quote by that key, over `nonce`.
[[nodiscard]] base::Result<TpmQuote> quoteTpm(const TpmSettings& settings, const PcrValue& nonce);

}
