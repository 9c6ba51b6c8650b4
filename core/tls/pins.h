#pragma once

#include "core/tls/identity.h"

#include <set>
#include <string>
#include <string_view>

/// Pins: the very certificate, or the very key, that a peer must show besides being trusted.
namespace tls {

/// What a pin of a public key begins with; without it a pin is that of a whole certificate.
inline constexpr std::string_view KeyPinPrefix = "spki:";

/// SHA-256 of the certificate's public key (the DER of SubjectPublicKeyInfo): "spki:" and 64 lower-case hexadecimal
/// digits. It stays the same where a renewed certificate keeps its key.
[[nodiscard]] std::string keyPin(X509& certificate);
/// Is this certificate's fingerprint() or its keyPin() among them?
[[nodiscard]] bool matchesPin(X509& certificate, const std::set<std::string>& pins);
/// fingerprint() or keyPin() in form.
[[nodiscard]] bool isPin(std::string_view text);

}
