#pragma once

#include "core/stepup/values.h"
#include "tests/support/attestation_ca.h"

#include <optional>
#include <string>

namespace support {

/// Flags of authenticator data.
constexpr std::uint8_t UserPresent = 0x01;
constexpr std::uint8_t UserVerified = 0x04;
constexpr std::uint8_t BackupEligible = 0x08;
constexpr std::uint8_t BackedUp = 0x10;
constexpr std::uint8_t AttestedData = 0x40;
constexpr std::uint8_t ExtensionData = 0x80;

struct AssertionOptions {
    std::string rpId;
    std::uint8_t flags = UserPresent | UserVerified;
    std::uint32_t signCount = 1;
    stepup::Bytes tail; ///< after the counter
};

struct RegistrationOptions {
    std::string rpId;
    std::uint8_t flags = UserPresent | UserVerified | AttestedData | ExtensionData;
    std::uint32_t signCount = 0;
    stepup::Aaguid model{};
    std::optional<stepup::Bytes> coseKey; ///< instead of the authenticator's own
    std::optional<std::int64_t> credProtect = 3;
    std::string format = "packed";
    std::optional<std::int64_t> attestationAlgorithm; ///< instead of the attester's own
    bool selfAttested = false;
};

/// A FIDO2 authenticator of one credential, in software, that does what it is told, wrong things too. Not for anything
/// but tests.
class SoftAuthenticator {
public:
    SoftAuthenticator(stepup::Algorithm algorithm, stepup::CredentialId id);

    [[nodiscard]] const stepup::CredentialId& id() const { return m_id; }
    [[nodiscard]] stepup::Bytes coseKey() const;

    [[nodiscard]] stepup::Assertion assertion(
        const stepup::Digest& clientDataHash, const AssertionOptions& options) const;
    [[nodiscard]] stepup::Registration registration(
        const stepup::Digest& clientDataHash, const RegistrationOptions& options, const Attester& attester) const;
    /// Signs whatever authenticator data is given.
    [[nodiscard]] stepup::Bytes signatureOver(
        stepup::ByteView authenticatorData, const stepup::Digest& clientDataHash) const;

private:
    [[nodiscard]] stepup::Bytes attestedData(const RegistrationOptions& options) const;

    stepup::Algorithm m_algorithm;
    stepup::CredentialId m_id;
    KeyOwner m_key;
};

/// An attestation statement of the format "packed".
[[nodiscard]] stepup::Bytes packedStatement(
    std::int64_t algorithm, stepup::ByteView signature, const std::vector<stepup::Bytes>& chain);

/// The public key as COSE_Key.
[[nodiscard]] stepup::Bytes coseKeyOf(EVP_PKEY& key, stepup::Algorithm algorithm);

}
