#pragma once

#include "auth/approval.h"
#include "auth/pkcs11_module.h"
#include "auth/signature_watch.h"
#include "auth/token_survey.h"
#include "core/base/clock.h"
#include "core/base/secret_bytes.h"

#include <optional>
#include <p11-kit/pkcs11.h>
#include <string>
#include <vector>

namespace auth {

/// Who is signed in at the desk while somebody else approves.
struct SignedIn {
    rfq::Person person;
    CK_SLOT_ID slot = 0;
};

/// What a second person is asked for.
struct ApprovalRequest {
    std::string statement;
    rfq::Person first;
    std::string fingerprint;
    rfq::LastTry lastTry = rfq::LastTry::NotConfirmed;
};

/// What the second person's token does. Nothing of it stays: each call opens its own sessions and closes them, and
/// never touches the slot of who is signed in with more than a look. Token thread only; every call blocks for as long
/// as the token takes.
class ApprovalDriver {
public:
    ApprovalDriver(ApproverSettings settings, const base::Clock& clock);

    /// Is there anybody who could approve? Errors: Refused, with what to configure.
    [[nodiscard]] base::Status checkConfigured() const;
    /// At least one. Errors: as rfq::Approver says.
    [[nodiscard]] base::Result<std::vector<rfq::TokenIdentity>> candidates(
        const Pkcs11Module& module, const rfq::Person& first, const std::optional<SignedIn>& signedIn) const;
    /// `pinState` tells what the token said of its PIN last. Errors: as rfq::Approver says.
    [[nodiscard]] base::Result<rfq::Approval> approve(const Pkcs11Module& module, const ApprovalRequest& request,
        const std::optional<SignedIn>& signedIn, const base::SecretBytes& pin, rfq::PinState& pinState,
        const CardTimer& timer) const;

private:
    [[nodiscard]] base::Status checkPerson(
        const SeenCertificate& seen, const rfq::Person& first, const std::optional<SignedIn>& signedIn) const;
    [[nodiscard]] base::Status checkCertificate(const SeenCertificate& seen) const;

    const ApproverSettings m_settings;
    const base::Clock& m_clock;
};

}
