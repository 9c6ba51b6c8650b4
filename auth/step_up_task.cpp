#include "auth/step_up_task.h"

#include "core/stepup/client_data.h"
#include "core/stepup/plain_text.h"

namespace auth {

using base::Errc;
using base::Error;

namespace {

/// What is signed, where the challenge is about exactly this action of this desk and its time is not over.
base::Result<stepup::Digest> hashToSign(const stepup::Challenge& challenge, const stepup::Action& action,
    const StepUpConnection& connection, base::SteadyTime ends, base::SteadyTime now)
{
    const auto digest = stepup::actionDigest(action);
    if (!digest)
        return digest.error();
    if (challenge.scope != stepup::scopeOf(action) || !stepup::equalInConstantTime(*digest, challenge.action))
        return Error{Errc::Refused,
            connection.asker + " asks to approve something else than this desk wants to do; nothing was signed"};
    if (ends <= now)
        return Error{Errc::Expired, "the challenge was over when it came"};
    return stepup::clientDataHash({.scope = challenge.scope,
        .challenge = challenge.bytes,
        .rpId = connection.rpId,
        .action = *digest,
        .channelBinding = connection.channelBinding,
        .session = connection.session,
        .seq = challenge.seq});
}

}

base::Result<StepUpTask> taskFor(const stepup::Challenge& challenge, const stepup::Action& action,
    const StepUpConnection& connection, base::SteadyTime ends, base::SteadyTime now)
{
    const auto hash = hashToSign(challenge, action, connection, ends, now);
    if (!hash)
        return hash.error();
    if (challenge.allowed.empty())
        return Error{Errc::Refused, "no security key of yours is enrolled at " + connection.asker + " for this"};
    auto lines = stepup::displayLines(action);
    if (!lines)
        return lines.error();
    // The reason is the asker's; what could deceive is not shown at all.
    const bool readable = stepup::checkPlainText("reason", challenge.reason).has_value();
    return StepUpTask{{connection.asker, readable ? challenge.reason : std::string(), *std::move(lines)},
        connection.rpId, *hash, challenge.allowed, ends};
}

base::Result<EnrolmentTask> enrolmentFor(const stepup::Challenge& challenge, const stepup::EnrolKey& key,
    const StepUpConnection& connection, base::SteadyTime ends, base::SteadyTime now)
{
    const auto hash = hashToSign(challenge, key, connection, ends, now);
    if (!hash)
        return hash.error();
    if (!challenge.allowed.empty())
        return Error{Errc::Refused, connection.asker + " wants the word of an enrolled key; the new one signs nothing"};
    return EnrolmentTask{connection.rpId, *hash};
}

}
