#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// From a key on a token to a certificate beside it, and to the next one, and to the end.
namespace cert {

using Bytes = std::vector<std::uint8_t>;

/// Key pairs that can be made on a token: those that a handshake can use.
enum class KeyKind { EcP256, EcP384, Rsa2048, Rsa3072 };

/// "ec-p256", "ec-p384", "rsa-2048", "rsa-3072".
[[nodiscard]] std::optional<KeyKind> parseKeyKind(std::string_view name);

/// Why a certificate is to be revoked (CRLReason, RFC 5280, 5.3.1).
enum class RevocationReason { Unspecified, KeyCompromise, AffiliationChanged, Superseded, CessationOfOperation };

/// "unspecified", "key-compromise", "affiliation-changed", "superseded", "cessation-of-operation".
[[nodiscard]] std::optional<RevocationReason> parseRevocationReason(std::string_view name);

/// Whether a certificate that is still valid may give way to another one for the same key.
enum class Replace { OnlyExpired, AlsoValid };

/// A key on a token, by what never changes of either.
struct KeyPlace {
    std::string tokenSerial;
    std::string tokenLabel; ///< for people only
    std::string keyId; ///< CKA_ID, lower-case hex
    std::string keyAlgorithm; ///< "EC P-256", "EC P-384", "RSA 2048"

    friend bool operator==(const KeyPlace&, const KeyPlace&) = default;
};

}
