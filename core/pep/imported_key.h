#pragma once

#include "core/base/result.h"
#include "core/stepup/registration_verifier.h"

#include <string>

namespace pep {

/// A registration that came in a file, not over a session.
struct ImportedKey {
    std::string rpId; ///< that the file names
    std::string clientData; ///< whose SHA-256 the key signed
    stepup::Registration registration; ///< `clientDataHash` is not looked at
    stepup::UserId user;
    stepup::CertificateFingerprint certificate{}; ///< the only TLS certificate under which the key will count
    std::string name;
};

/// The credential, where everything but the challenge is as docs/step-up.md, 6, wants it: a file answers no challenge
/// of this server, so whoever imports it vouches for whose key it is. Errors: Refused, with the stable name of the
/// reason.
[[nodiscard]] base::Result<stepup::Credential> importKey(
    const stepup::RegistrationPolicy& policy, const ImportedKey& key, base::UtcTime at);

}
