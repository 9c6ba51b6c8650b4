#pragma once

#include "auth/piv_attestation.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <openssl/x509.h>

#include <string>
#include <string_view>

/// Attestation of keys in PIV cards: proof for an authority that the key of a request was made in a card and never left
/// it. In a request it is two extensions, as Yubico's tools write them too: 1.3.6.1.4.1.41482.3.11 holds the statement
/// about the key, 1.3.6.1.4.1.41482.3.2 the card's own certificate, both in DER.
namespace cert {

/// The value means that it was not told: older cards.
enum class PinPolicy { NotTold, Never, Once, Always, MatchOnce, MatchAlways };
enum class TouchPolicy { NotTold, Never, Always, Cached };

/// "not-told", "never", "once", "always", "match-once", "match-always".
[[nodiscard]] std::string_view pinPolicyName(PinPolicy policy);
/// "not-told", "never", "always", "cached".
[[nodiscard]] std::string_view touchPolicyName(TouchPolicy policy);

/// What a card says of a key that it has made, checked.
struct AttestedKey {
    std::string subject; ///< whom the request is for
    std::string slot; ///< "9a"
    std::string serial; ///< of the card, decimal; empty: not told
    std::string firmware; ///< "5.4.3"
    PinPolicy pin = PinPolicy::NotTold;
    TouchPolicy touch = TouchPolicy::NotTold;
    bool isFips = false; ///< the card says that it is certified
};

/// Puts it into a request that is not signed yet. Errors: Internal.
[[nodiscard]] base::Status addAttestation(
    STACK_OF(X509_EXTENSION) & extensions, const auth::PivAttestation& attestation);
/// Is this statement about this key?
[[nodiscard]] bool isAbout(const auth::PivAttestation& attestation, const EVP_PKEY& publicKey);

/// Checks a request (PEM): its own signature, that its key is the attested one, and that the card's word leads to one
/// of the makers' certificates in `rootsFile` (PEM, roots or intermediates). Errors: InvalidInput (no request; no
/// attestation in it, or a malformed one), KeyNotFound (attested is another key), CertificateUntrusted,
/// CertificateExpired, Configuration (the file).
[[nodiscard]] base::Result<AttestedKey> checkAttestation(
    const std::string& requestPem, const std::string& rootsFile, base::UtcTime now);
/// Whether the request (PEM) and the certificate are about the same key.
[[nodiscard]] bool isRequestFor(const std::string& requestPem, const X509& certificate);

}
