#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/rfq/step_up.h"
#include "core/stepup/action.h"
#include "core/stepup/values.h"

#include <string>
#include <vector>

namespace auth {

/// The connection a challenge came over, as this workstation knows it.
struct StepUpConnection {
    std::string rpId; ///< from the configuration, never from the challenge
    std::string session; ///< "DESK>VENUE", the CompIDs
    std::string asker; ///< for the person
    stepup::Digest channelBinding{}; ///< exported from this TLS connection
};

/// What a security key is to sign, and what the person is told.
struct StepUpTask {
    rfq::StepUpAsk ask;
    std::string rpId;
    stepup::Digest clientDataHash{};
    std::vector<stepup::CredentialId> allowed;
    base::SteadyTime ends{};
};

/// What a security key that is to be enrolled signs.
struct EnrolmentTask {
    std::string rpId;
    stepup::Digest clientDataHash{};
};

/// A challenge becomes a task only where it asks for exactly `action`, which this desk wants: the digest is computed
/// here, the lines are derived here, and the client data holds nothing of the challenge but its random bytes and
/// number. Errors: Refused (another action, another scope, no key is enrolled), Expired, InvalidInput.
[[nodiscard]] base::Result<StepUpTask> taskFor(const stepup::Challenge& challenge, const stepup::Action& action,
    const StepUpConnection& connection, base::SteadyTime ends, base::SteadyTime now);

/// The same for a challenge that a new key answers by registering. Errors: as of taskFor(); Refused also where it wants
/// the word of an enrolled key instead.
[[nodiscard]] base::Result<EnrolmentTask> enrolmentFor(const stepup::Challenge& challenge, const stepup::EnrolKey& key,
    const StepUpConnection& connection, base::SteadyTime ends, base::SteadyTime now);

}
