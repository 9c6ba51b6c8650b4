#pragma once

#include "core/base/result.h"
#include "core/stepup/tpm_attest.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// How a workstation with a TPM 2.0 proves how it was started: a quote, and what it is compared with. No TPM is needed
/// here. docs/device-health.md.
namespace stepup {

/// TPM2_Quote, as a desk sends it.
struct DeviceQuote {
    Bytes attest; ///< TPMS_ATTEST, as the TPM signed it
    Bytes signature; ///< ECDSA over P-256 with SHA-256: r and s, 32 bytes each
    std::vector<Digest> pcrs; ///< the values of the quoted registers, in the order of their numbers

    friend bool operator==(const DeviceQuote&, const DeviceQuote&) = default;
};

/// What an officer registered of a workstation while it was as it should be.
struct DeviceReference {
    Bytes key; ///< public attestation key: a point of P-256, uncompressed, 65 bytes
    std::map<std::uint8_t, Digest> pcrs; ///< registers of the SHA-256 bank and their values
    std::optional<bool> secureBoot; ///< how it was started then; register 7 proves that it still is

    friend bool operator==(const DeviceReference&, const DeviceReference&) = default;
};

constexpr std::size_t DeviceKeySize = 65;
constexpr std::size_t QuoteSignatureSize = 64;
constexpr std::uint8_t SecureBootPcr = 7; ///< TCG PC Client Platform Firmware Profile: Secure Boot policy

enum class QuoteFault {
    Malformed, ///< cut off, no quote, values that are not those that were signed
    SignatureWrong, ///< another key than the registered one, or other bytes
    OtherStatement, ///< made for another connection, person or statement
    OtherRegisters, ///< others than the registered ones
    RegistersChanged, ///< the machine was started in another way than the one that was registered
    Replayed, ///< not younger than the last one
};
/// Stable name, for the record: "quote-signature-wrong".
[[nodiscard]] const char* faultName(QuoteFault fault);

struct QuoteRefusal {
    QuoteFault fault = QuoteFault::Malformed;
    std::string detail; ///< in English; names registers, never their values

    friend bool operator==(const QuoteRefusal&, const QuoteRefusal&) = default;
};

/// Errors: InvalidInput, with the member that is not sound.
[[nodiscard]] base::Status checkQuote(const DeviceQuote& quote);
[[nodiscard]] base::Result<Bytes> quoteBytes(const DeviceQuote& quote);
/// Reads exactly what quoteBytes() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<DeviceQuote> parseQuote(ByteView bytes);

/// Also that the key is a point of the curve. Errors: InvalidInput.
[[nodiscard]] base::Status checkReference(const DeviceReference& reference);
/// One line of base64url. Errors: InvalidInput.
[[nodiscard]] base::Result<std::string> referenceText(const DeviceReference& reference);
/// Reads exactly what referenceText() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<DeviceReference> parseReference(std::string_view text);

/// Whether the registered TPM made this quote for this nonce, and the registers are as registered. What it answers is
/// signed.
[[nodiscard]] std::variant<TpmAttest, QuoteRefusal> verifyQuote(
    const DeviceQuote& quote, const DeviceReference& reference, const Digest& nonce);

}
