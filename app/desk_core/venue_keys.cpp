#include "app/desk_core/venue_keys.h"

#include "app/desk_core/key_failure.h"
#include "app/enrolment/key_file.h"
#include "core/stepup/aaguid_text.h"
#include "core/stepup/plain_text.h"

#include <utility>

namespace app {

namespace {

rfq::KeyFailure refusalIn(const fix::AccessAnswered& answer)
{
    const bool isLast = answer.notice && answer.notice->refusal == "last-key";
    return described(isLast ? KeyChangeObstacle::LastKey : KeyChangeObstacle::Refused, spokenBy(answer));
}

std::vector<rfq::VenueKey> keysIn(const std::vector<stepup::ListedKey>& listed)
{
    std::vector<rfq::VenueKey> keys;
    for (const auto& key : listed)
        keys.push_back({.id = toBase64Url(key.id),
            .name = key.name,
            .model = stepup::aaguidText(key.aaguid),
            .enrolledAt = key.enrolledAt,
            .lastUsedAt = key.lastUsedAt,
            .countsHere = key.countsHere});
    return keys;
}

rfq::KeyFailure notConnected(const std::string& detail)
{
    return described(EnrolmentObstacle::NotConnected, detail);
}

}

VenueKeys::VenueKeys(AccessDesk& access, auth::StepUpService& approvals, const base::Clock& clock)
    : m_access(access)
    , m_clock(clock)
    , m_talk(access, approvals, clock)
{
}

void VenueKeys::list(const rfq::SessionId& session, Listed done)
{
    if (!m_access.open(session))
        return done({}, notConnected("session " + session.text() + " is not open"));
    const auto payload = stepup::payloadText(stepup::DeskPayload(stepup::KeysRequest{}));
    if (!payload)
        return done({}, unfit(payload.error().detail));
    m_access.ask(session, fix::UserRequestType::Status, *payload,
        [alive = std::weak_ptr(m_alive), done = std::move(done)](const fix::AccessAnswered* answer) {
            if (alive.expired())
                return;
            if (!answer)
                return done({}, notConnected("the session has ended"));
            const auto& notice = answer->notice;
            if (!notice || notice->about != stepup::NoticeAbout::Action || !notice->keys)
                return done({}, described(KeyChangeObstacle::NotTold, spokenBy(*answer)));
            done(keysIn(*notice->keys), std::nullopt);
        });
}

void VenueKeys::rename(const rfq::SessionId& session, const rfq::VenueKey& key, const std::string& name, Done done)
{
    if (const auto plain = stepup::checkPlainText("the name of the key", name); !plain)
        return done(unfit(plain.error().detail));
    const auto open = m_access.open(session);
    const auto id = fromBase64Url(key.id);
    if (!open || !id)
        return done(notConnected("session " + session.text() + " is not open"));
    change(session, stepup::RenameKey{open->user, *id, key.name, name}, std::move(done));
}

void VenueKeys::remove(const rfq::SessionId& session, const rfq::VenueKey& key, Done done)
{
    const auto open = m_access.open(session);
    const auto id = fromBase64Url(key.id);
    if (!open || !id)
        return done(notConnected("session " + session.text() + " is not open"));
    change(session, stepup::RemoveKey{open->user, *id, key.name}, std::move(done));
}

void VenueKeys::change(const rfq::SessionId& session, stepup::Action action, Done done)
{
    if (m_work)
        return done(described(KeyChangeObstacle::Busy, session.text()));
    m_talk.begin(session, *m_access.open(session));
    m_work.emplace(Work{std::move(action), std::move(done)});
    say(fix::UserRequestType::Status, stepup::ApprovalRequest{m_work->action});
}

void VenueKeys::cancel()
{
    if (m_work && !m_work->approved)
        finish(described({fido::Problem::Cancelled, std::nullopt, "before a key had approved it"}));
}

void VenueKeys::say(fix::UserRequestType type, const stepup::DeskPayload& payload)
{
    const auto heard = [this](const fix::AccessAnswered* answer) { answered(answer); };
    if (const auto said = m_talk.say(type, payload, heard); !said)
        finish(unfit(said.error().detail));
}

void VenueKeys::answered(const fix::AccessAnswered* answer)
{
    if (!answer)
        return finish(notConnected("the session has ended"));
    const auto& notice = answer->notice;
    const bool isAboutIt = notice && notice->about == stepup::NoticeAbout::Action;
    if (isAboutIt && notice->outcome == stepup::AccessOutcome::Allow && m_work->approved)
        return finish(std::nullopt);
    if (!isAboutIt || notice->outcome != stepup::AccessOutcome::StepUp || !notice->challenge || m_work->approved)
        return finish(refusalIn(*answer));
    askForApproval(*notice->challenge, endOf(*notice->challenge, notice->evaluatedAt, m_clock.steady()));
}

void VenueKeys::askForApproval(const stepup::Challenge& challenge, base::SteadyTime ends)
{
    const auto then = [this](const auto& asked, const auto& outcome) { approved(asked, outcome); };
    if (const auto asked = m_talk.askForApproval(challenge, m_work->action, ends, then); !asked)
        finish(described(KeyChangeObstacle::Refused, asked.error().detail));
}

void VenueKeys::approved(const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome)
{
    if (!outcome)
        return finish(described(KeyChangeObstacle::NotApproved, outcome.error().detail));
    // Time has passed: the connection that the signature is bound to, and the person, must still be there.
    if (!m_talk.stands())
        return finish(notConnected("the session has ended"));
    m_work->approved = true;
    say(fix::UserRequestType::LogOn, stepup::ChallengeAnswer{challenge.bytes, *outcome});
}

void VenueKeys::finish(std::optional<rfq::KeyFailure> failure)
{
    m_talk.end();
    Work work = *std::move(m_work);
    m_work.reset();
    work.done(std::move(failure));
}

}
