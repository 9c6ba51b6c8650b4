#pragma once

#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <cstdint>
#include <vector>

namespace stepup {

/// What a TPM signs when it quotes its registers: TPMS_ATTEST with TPMS_QUOTE_INFO (TPM 2.0 Library, Part 2, 10.12.8
/// and 10.12.1), as far as anybody judges it. The name of the key is not: the signature says which key it was. How
/// often the machine was started is not either: a TPM obfuscates that in what keys of the owner hierarchy sign.
struct TpmAttest {
    Bytes nonce; ///< qualifyingData of TPM2_Quote
    std::uint64_t clock = 0; ///< milliseconds; rises while the TPM has power
    std::vector<std::uint8_t> pcrs; ///< numbers of the quoted registers of the SHA-256 bank, rising
    Digest pcrDigest{}; ///< SHA-256 over their values

    friend bool operator==(const TpmAttest&, const TpmAttest&) = default;
};

constexpr std::size_t MaxAttestSize = 512; ///< a quote of ours has about 130 bytes
constexpr std::uint8_t PcrCount = 24; ///< registers of a TPM of a PC

/// Reads a quote of one bank, SHA-256, to its last byte. Errors: InvalidInput, with the part that is not so.
[[nodiscard]] base::Result<TpmAttest> parseTpmAttest(ByteView bytes);

}
