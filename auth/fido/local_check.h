#pragma once

#include "auth/fido/problem.h"
#include "auth/fido/values.h"

#include <string>

namespace fido {

/// {"fmt", "attStmt", "authData"}: the registration as WebAuthn carries it (6.5.4), CBOR.
[[nodiscard]] Bytes attestationObject(const Registration& registration);

/// The COSE public key inside the authenticator data of a registration; empty where that is malformed.
[[nodiscard]] Bytes publicKeyOf(const Registration& registration);

/// Whether the statement of the attestation is signed by the certificate that comes first in it: that nothing was
/// damaged on the way. Not whom to trust: the relying party checks the chain and the model. Failures: BadAnswer.
[[nodiscard]] Done checkRegistration(
    const Registration& registration, const std::string& rpId, const Bytes& clientDataHash);

/// Whether `assertion` was made by the key of `registration`, with the person present and verified. For a try at this
/// workstation; whoever lets a person in checks challenge, counter and binding too. Failures: NotVerified, BadAnswer.
[[nodiscard]] Done checkAssertion(
    const Registration& registration, const std::string& rpId, const Bytes& clientDataHash, const Assertion& assertion);

}
