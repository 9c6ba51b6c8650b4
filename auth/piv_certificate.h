#pragma once

#include "auth/pcsc.h"
#include "core/base/result.h"
#include "core/tls/identity.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace auth {

inline constexpr std::uint32_t PivCertificateObject = 0x5fc105; ///< of slot 9a
inline constexpr std::size_t LargestPivCertificate = 8'192;

/// What stands beside the key in slot 9a of a PIV card (SP 800-73-4, part 1, table 10).
struct PivCertificate {
    tls::CertificatePtr certificate; ///< null: there is none, or what stands there is none
    bool isCompressed = false; ///< by gzip, as that table allows; it is unpacked here
    std::string flaw; ///< why what stands there is no certificate: "it ..."; empty where there is one, or nothing
};

/// Null where a card's bytes are no certificate: one that lies helps nobody, but must not crash anybody either.
[[nodiscard]] tls::CertificatePtr pivCertificateOf(std::span<const std::uint8_t> der);
/// Reads it without a PIN. The PIV application is selected. Errors: TokenAbsent, TokenFailure.
[[nodiscard]] base::Result<PivCertificate> readPivCertificate(CardChannel& card);

}
