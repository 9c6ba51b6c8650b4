#pragma once

#include "app/cli/events.h"
#include "app/cli/reporter.h"
#include "auth/cert/attestation.h"
#include "auth/cert/certificate_work.h"

namespace cli {

/// A certificate on a token, and how near its end is at `now`.
[[nodiscard]] Event certificateEvent(const rfq::TokenIdentity& identity, base::UtcTime now);
/// The warning alone, for those who do not ask: absent while there are more than 30 days left.
[[nodiscard]] std::optional<Event> expiryWarning(const rfq::TokenIdentity& identity, base::UtcTime now);
[[nodiscard]] Event certificateRequestEvent(const cert::Requested& requested, const std::string& file);
/// A certificate that stands beside its key from now on. `what` is "imported", "enrolled" or "renewed".
[[nodiscard]] Event certificatePlacedEvent(const char* what, const cert::Placed& placed);
[[nodiscard]] Event certificateRevokedEvent(const cert::Placed& revoked);
/// One that somebody shows and nobody trusts yet, with all that a person compares.
[[nodiscard]] Event certificateShownEvent(X509& certificate);
[[nodiscard]] Event certificateTrustedEvent(X509& certificate, const std::string& file);
[[nodiscard]] Event attestationEvent(const cert::AttestedKey& key);
[[nodiscard]] Event certificateRefusedEvent(const base::Error& error);
/// Tells it and ends the run: what was asked for was wrong, or somebody could not be reached.
ExitCode refuseCertificate(Reporter& reporter, const base::Error& error, const std::string& reason);

}
