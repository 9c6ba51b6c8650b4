#include "app/desk_core/venue_enrolment.h"

#include "app/desk_core/key_failure.h"
#include "app/enrolment/key_file.h"
#include "auth/fido/digest.h"
#include "auth/fido/local_check.h"
#include "core/stepup/plain_text.h"

#include <algorithm>
#include <utility>

namespace app {

using base::Error;

namespace {

constexpr std::size_t UserIdSize = 32;

bool mayAsk(const rfq::AccessState& state)
{
    switch (state.phase) {
    case rfq::AccessPhase::StepUpMissed: // also: no key is there that could be touched, and a first one is wanted
        return true;
    case rfq::AccessPhase::Decided:
        return state.notice && state.notice->outcome != rfq::AccessOutcome::Deny;
    case rfq::AccessPhase::Offline:
    case rfq::AccessPhase::Asking:
    case rfq::AccessPhase::StepUp:
    case rfq::AccessPhase::Answering:
    case rfq::AccessPhase::Left:
        return false;
    }
    return false;
}

}

VenueEnrolment::VenueEnrolment(
    AccessDesk& access, auth::StepUpService& approvals, fido::SecurityKeys& keys, const base::Clock& clock)
    : m_access(access)
    , m_keys(keys)
    , m_clock(clock)
    , m_talk(access, approvals, clock)
{
}

VenueEnrolment::~VenueEnrolment()
{
    m_talk.end();
    if (m_work && m_work->operation)
        m_keys.cancel(*m_work->operation);
}

std::vector<rfq::SessionId> VenueEnrolment::sessions() const
{
    std::vector<rfq::SessionId> found;
    for (const auto& [session, state] : m_access.sessions())
        if (mayAsk(state) && m_access.open(session))
            found.push_back(session);
    return found;
}

void VenueEnrolment::enrol(rfq::NewKeyWish wish, base::SecretBytes pin, Touch touch, Done done)
{
    if (m_work)
        return done({}, described(EnrolmentObstacle::Busy, m_work->key.keyName));
    if (const auto plain = stepup::checkPlainText("the name of the key", wish.keyName); !plain)
        return done({}, unfit(plain.error().detail));
    const auto open = m_access.open(wish.session);
    const auto state = m_access.sessions().find(wish.session);
    if (!open || state == m_access.sessions().end() || !mayAsk(state->second))
        return done(
            {}, described(EnrolmentObstacle::NotConnected, "session " + wish.session.text() + " does not take it now"));
    m_talk.begin(wish.session, *open);
    m_made.clear();
    const stepup::EnrolKey key{open->user, wish.keyName};
    m_work.emplace(Work{std::move(wish), std::move(pin), std::move(touch), std::move(done), key, {}, std::nullopt});
    if (m_asked && m_asked->session == m_work->wish.session && m_asked->connection == open->connection
        && m_asked->key == key && m_clock.steady() < m_asked->ends)
        return registerKey();
    m_asked.reset();
    say(fix::UserRequestType::Status, stepup::ApprovalRequest{key});
}

void VenueEnrolment::cancel()
{
    if (!m_work)
        return;
    // A key that is being asked answers soon, and that it was called off.
    if (m_work->operation)
        return m_keys.cancel(*m_work->operation);
    finish({}, described({fido::Problem::Cancelled, std::nullopt, "before a key was asked"}));
}

void VenueEnrolment::say(fix::UserRequestType type, const stepup::DeskPayload& payload)
{
    const auto heard = [this](const fix::AccessAnswered* answer) { answered(answer); };
    if (const auto said = m_talk.say(type, payload, heard); !said)
        finish({}, unfit(said.error().detail));
}

void VenueEnrolment::answered(const fix::AccessAnswered* answer)
{
    if (!answer)
        return finish({}, described(EnrolmentObstacle::NotConnected, "the session has ended"));
    const auto& notice = answer->notice;
    const bool isAboutIt = notice && notice->about == stepup::NoticeAbout::Action;
    if (isAboutIt && notice->outcome == stepup::AccessOutcome::Allow && !m_made.empty())
        return finish(m_made, std::nullopt);
    if (!isAboutIt || notice->outcome != stepup::AccessOutcome::StepUp || !notice->challenge || !m_made.empty())
        return finish({}, described(EnrolmentObstacle::Refused, spokenBy(*answer)));
    const stepup::Challenge& challenge = *notice->challenge;
    const auto ends = endOf(challenge, notice->evaluatedAt, m_clock.steady());
    if (!challenge.allowed.empty())
        return askForApproval(challenge, ends);
    m_asked = Asked{m_work->wish.session, m_talk.open().connection, m_work->key, challenge, ends, m_work->enrolled};
    registerKey();
}

void VenueEnrolment::askForApproval(const stepup::Challenge& challenge, base::SteadyTime ends)
{
    m_work->enrolled = challenge.allowed;
    const auto then = [this](const auto& asked, const auto& outcome) { approved(asked, outcome); };
    if (const auto asked = m_talk.askForApproval(challenge, m_work->key, ends, then); !asked)
        finish({}, described(EnrolmentObstacle::Refused, asked.error().detail));
}

void VenueEnrolment::approved(const stepup::Challenge& challenge, const base::Result<stepup::Assertion>& outcome)
{
    if (!outcome)
        return finish({}, described(EnrolmentObstacle::NotApproved, outcome.error().detail));
    // Time has passed: the connection that the signature is bound to, and the person, must still be there.
    if (!m_talk.stands())
        return finish({}, described(EnrolmentObstacle::NotConnected, "the session has ended"));
    say(fix::UserRequestType::LogOn, stepup::ChallengeAnswer{challenge.bytes, *outcome});
}

void VenueEnrolment::registerKey()
{
    const auto now = m_clock.steady();
    const auto task = auth::enrolmentFor(m_asked->challenge, m_work->key, m_talk.open().peer, m_asked->ends, now);
    if (!task) {
        m_asked.reset();
        return finish({}, described(EnrolmentObstacle::Refused, task.error().detail));
    }
    fido::EnrolRequest request;
    request.rpId = task->rpId;
    request.rpName = "Countersign";
    request.userId = fido::randomBytes(UserIdSize);
    request.userName = m_work->key.user;
    request.clientDataHash.assign(task->clientDataHash.begin(), task->clientDataHash.end());
    request.excluded = m_asked->enrolled;
    request.path = m_work->wish.path;
    request.lastTry = toLastTry(m_work->wish.lastTry);
    request.limit = std::min(request.limit, std::chrono::ceil<std::chrono::milliseconds>(m_asked->ends - now));
    m_work->operation = m_keys.enrol(std::move(request), std::move(m_work->pin), toTouch(m_work->touch),
        m_talk.whileItGoesOn([this, hash = task->clientDataHash](
                                 const fido::Outcome<fido::Registration>& outcome) { registered(hash, outcome); }));
}

void VenueEnrolment::registered(const stepup::Digest& hash, const fido::Outcome<fido::Registration>& outcome)
{
    m_work->operation.reset();
    const auto* registration = std::get_if<fido::Registration>(&outcome);
    if (!registration)
        return finish({}, described(*fido::failureIn(outcome)));
    const auto whole =
        fido::checkRegistration(*registration, m_talk.open().peer.rpId, fido::Bytes(hash.begin(), hash.end()));
    if (const auto* failure = fido::failureIn(whole))
        return finish({}, described(*failure));
    if (!m_talk.stands())
        return finish({}, described(EnrolmentObstacle::NotConnected, "the session has ended"));
    m_made = toBase64Url(registration->credentialId);
    const stepup::Digest challenge = m_asked->challenge.bytes;
    m_asked.reset(); // answered once
    say(fix::UserRequestType::LogOn,
        stepup::NewKey{challenge,
            {registration->authenticatorData, registration->format, registration->attestationStatement, hash}});
}

void VenueEnrolment::finish(std::string credential, std::optional<rfq::KeyFailure> failure)
{
    m_talk.end();
    Work work = *std::move(m_work);
    m_work.reset();
    work.done(std::move(credential), std::move(failure));
}

}
