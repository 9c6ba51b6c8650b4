#pragma once

#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <optional>

/// Authenticator data (WebAuthn Level 2, 6.1): what the security key says and signs.
namespace stepup {

/// Model of a security key.
using Aaguid = std::array<std::uint8_t, 16>;

constexpr std::size_t MinCredentialIdSize = 16;
constexpr std::size_t MaxCredentialIdSize = 1023;
constexpr std::size_t MaxAuthenticatorDataSize = 2048;

struct AttestedCredential {
    Aaguid aaguid{};
    Bytes id;
    Bytes coseKey; ///< one well-formed CBOR item; parseCoseKey() judges it

    friend bool operator==(const AttestedCredential&, const AttestedCredential&) = default;
};

struct AuthenticatorData {
    Digest rpIdHash{};
    bool userPresent = false; ///< UP: touched
    bool userVerified = false; ///< UV: PIN or fingerprint
    bool backupEligible = false; ///< BE: the key may leave the device
    bool backedUp = false; ///< BS: it has left the device
    std::uint32_t signCount = 0;
    std::optional<AttestedCredential> attested; ///< AT
    std::optional<std::int64_t> credProtect; ///< level; CTAP 2.1, 12.1

    friend bool operator==(const AuthenticatorData&, const AuthenticatorData&) = default;
};

/// Reads exactly the bytes: nothing may be missing or left over, reserved flags are 0, a credential id has 16 to 1023
/// bytes, extensions are a canonical map from texts. Extensions that nobody asked for are read and not used.
/// Errors: InvalidInput.
[[nodiscard]] base::Result<AuthenticatorData> parseAuthenticatorData(ByteView bytes);

}
