#include "core/base/overloaded.h"
#include "core/fix/maker_codec.h"
#include "core/fix/tags.h"
#include "core/pep/attempts.h"
#include "core/pep/enforcement_point.h"
#include "core/pep/session_signals.h"
#include "core/pep/step_up_evidence.h"

#include <algorithm>
#include <utility>

namespace pep {

using stepup::AccessOutcome;

namespace {

constexpr const char* OtherReason = "0"; // BusinessRejectReason(380)

constexpr std::size_t MostAnswered = 1024; ///< challenges that are remembered

/// Why it is not acted on; empty: it is.
std::string problemOf(fix::UserRequestType type, const base::Result<stepup::DeskPayload>& payload)
{
    if (!payload)
        return payload.error().detail;
    const bool isQuestion = std::holds_alternative<stepup::ApprovalRequest>(*payload)
        || std::holds_alternative<stepup::KeysRequest>(*payload);
    if (isQuestion != (type == fix::UserRequestType::Status))
        return "this payload does not go with this UserRequestType";
    const auto* statement = std::get_if<stepup::ContextStatement>(&*payload);
    if (statement && !isRecordable(*statement))
        return "the posture is too long to be written down";
    return {};
}

/// An approved quote is dealt on within this, and within the quote's own life.
constexpr std::chrono::seconds ApprovedQuoteLife{60};
constexpr std::chrono::seconds WholeSecond{1}; ///< the end of the quote is told without fractions

/// Not above zero: the quote has ended.
base::UtcTime::duration lifeOf(const stepup::AcceptQuote& quote, base::UtcTime now)
{
    return std::min<base::UtcTime::duration>(ApprovedQuoteLife, quote.validUntil + WholeSecond - now);
}

}

void EnforcementPoint::receive(const rfq::SessionId& id, const fix::WireMessage& message)
{
    Session* session = find(id);
    if (!session || session->standing == Standing::Closed)
        return;
    const auto request = fix::decodeUserRequest(message);
    if (!request) {
        record(EventKind::MessageRefused, Severity::Warning, *session,
            {{"type", message.type}, {"why", request.error().detail}});
        m_around.sessions.send(id,
            fix::maker::businessReject(message.type,
                std::string(message.find(fix::tag::UserRequestId).value_or(std::string_view())), OtherReason,
                request.error().detail));
        return countRefusal(*session);
    }
    take(*session, *request);
}

void EnforcementPoint::take(Session& session, const fix::UserRequest& request)
{
    if (!isWithinMeter(session, request))
        return;
    if (request.username != session.facts.user.text()) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = "other-user";
        record(EventKind::MessageRefused, Severity::Alert, session,
            {{"type", "BE"}, {"why", "the user is not the one of the certificate"}}, notice.reference);
        say(session, request.id, fix::UserStatus::NotRecognised,
            "The user named is not the one that the certificate of this connection names.", notice);
        noteFailure(session.facts); // after the answer: it may end the session
        return countRefusal(session);
    }
    switch (request.type) {
    case fix::UserRequestType::LogOff:
        return left(session, request.id);
    case fix::UserRequestType::Status:
        if (!request.payload.empty())
            return takePayload(session, request);
        return session.statement ? decide(session, Trigger::Asked, request.id) : askForContext(session, request.id);
    case fix::UserRequestType::LogOn:
        return takePayload(session, request);
    }
}

void EnforcementPoint::askForContext(Session& session, const std::string& replyTo)
{
    auto notice = actionNotice(session, AccessOutcome::Deny);
    notice.refusal = "no-context";
    say(session, replyTo, fix::UserStatus::Refused, "State your context first.", notice);
}

void EnforcementPoint::takePayload(Session& session, const fix::UserRequest& request)
{
    auto payload = stepup::parseDeskPayload(request.payload);
    const std::string why = problemOf(request.type, payload);
    if (!why.empty()) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = "malformed";
        record(EventKind::MessageRefused, Severity::Warning, session, {{"type", "BE"}, {"why", why}}, notice.reference);
        say(session, request.id, fix::UserStatus::Refused, "The request cannot be read: " + why + '.', notice);
        return countRefusal(session);
    }
    if (request.type == fix::UserRequestType::Status && !session.statement)
        return askForContext(session, request.id);
    std::visit(base::Overloaded{
                   [&](stepup::ContextStatement& statement) {
                       const bool isAnother = session.statement && saysOtherwise(*session.statement, statement);
                       session.statement = std::move(statement);
                       judgeDevice(session, Proofs::New);
                       if (isAnother)
                           askForProof(session, "the desk says something else about its workstation");
                       decide(session, Trigger::Statement, request.id);
                   },
                   [&](const stepup::ChallengeAnswer& given) { answer(session, request.id, given); },
                   [&](const stepup::NewKey& key) { enrol(session, request.id, key); },
                   [&](const stepup::ApprovalRequest& asked) { challengeFor(session, request.id, asked.action); },
                   [&](const stepup::KeysRequest&) { listKeys(session, request.id); },
               },
        *payload);
}

void EnforcementPoint::answer(Session& session, const std::string& replyTo, const stepup::ChallengeAnswer& given)
{
    auto verdict = m_assertions.verify(session.peer, given.challenge, given.assertion);
    if (const auto* refusal = std::get_if<stepup::Refusal>(&verdict))
        return refused(session, replyTo, *refusal, isReplay(*refusal, given.challenge));
    const auto& approval = std::get<stepup::Approval>(verdict);
    const auto now = m_around.clock.utc();
    if (const auto kept = m_around.identities.noteCounter(approval.credential, approval.signCount, now); !kept) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = "store-failed";
        record(EventKind::StoreFailed, Severity::Alert, session, {{"why", kept.error().detail}}, notice.reference);
        return say(session, replyTo, fix::UserStatus::Refused,
            "The touch cannot be written down, and therefore does not count. Reference " + notice.reference + '.',
            notice);
    }
    static_cast<void>(m_directory.registry().noteUse(approval.credential, now)); // it has just been found there
    record(EventKind::StepUpApproved, Severity::Notice, session,
        evidenceOf(approval, *m_directory.registry().find(approval.credential)));
    if (m_answered.size() >= MostAnswered)
        m_answered.pop_front();
    m_answered.push_back(given.challenge);
    noteSuccess(session.facts);
    verifiedNow(session);
    approved(session, replyTo, approval);
}

void EnforcementPoint::approved(Session& session, const std::string& replyTo, const stepup::Approval& approval)
{
    const base::SteadyTime now = m_around.clock.steady();
    switch (approval.scope) {
    case stepup::Scope::Session:
        session.touch = {.at = now, .score = 0, .credential = approval.credential};
        session.touchOwed.clear();
        session.stopsAsking = false;
        session.refusals.clear();
        if (const auto owed = m_standstills.find(session.facts.user); owed != m_standstills.end()) {
            owed->second.touchOwed.clear();
            owed->second.stopsAsking = false;
            keepInMind(session.facts.user);
        }
        return decide(session, Trigger::Touch, replyTo);
    case stepup::Scope::Ticket:
        return armed(session, replyTo, approval);
    case stepup::Scope::Acceptance: {
        const auto& quote = std::get<stepup::AcceptQuote>(approval.action);
        const auto life = lifeOf(quote, m_around.clock.utc());
        if (life <= life.zero()) {
            auto notice = actionNotice(session, AccessOutcome::Deny);
            notice.refusal = "quote-expired";
            record(EventKind::StepUpRefused, Severity::Warning, session,
                {{"refusal", "quote-expired"}, {"why", "the quote ended before the touch"}}, notice.reference);
            return say(session, replyTo, fix::UserStatus::Refused,
                "The acceptance is not approved: the quote ended before the touch. Reference " + notice.reference + '.',
                notice);
        }
        session.approvedQuotes.push_back({.quote = quote, .until = now + life});
        return say(session, replyTo, fix::UserStatus::Allowed, "The acceptance is approved, once.",
            actionNotice(session, AccessOutcome::Allow));
    }
    case stepup::Scope::Enrolment:
        return challengeToRegister(session, replyTo, approval);
    case stepup::Scope::Settings:
        return changeKey(session, replyTo, approval);
    }
}

void EnforcementPoint::armed(Session& session, const std::string& replyTo, const stepup::Approval& approval)
{
    // Time has passed since it was asked for.
    if (const auto why = objectionTo(session, approval.action)) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = "not-entitled";
        record(EventKind::EntitlementMissing, Severity::Warning, session, {{"action", "ticket"}, {"why", why->name}},
            notice.reference);
        return say(session, replyTo, fix::UserStatus::Refused, "The ticket is not armed: " + why->words + '.', notice);
    }
    auto grant = m_grants.issue(approval, session.peer.certificate);
    if (!grant) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = "not-armed";
        record(EventKind::GrantRefused, Severity::Warning, session, {{"why", grant.error().detail}}, notice.reference);
        return say(session, replyTo, fix::UserStatus::Refused, "The ticket is not armed: " + grant.error().detail + '.',
            notice);
    }
    auto notice = actionNotice(session, AccessOutcome::Allow);
    notice.grant = *std::move(grant);
    record(EventKind::TicketArmed, Severity::Notice, session, ticketFields(approval), notice.reference);
    say(session, replyTo, fix::UserStatus::Allowed, "The ticket is armed.", notice);
}

bool EnforcementPoint::isReplay(const stepup::Refusal& refusal, const stepup::Digest& challenge) const
{
    using enum stepup::VerifyRefusal;
    const auto wasAnswered = [&] {
        return std::find(m_answered.begin(), m_answered.end(), challenge) != m_answered.end();
    };
    return refusal.code == ChallengeOfOtherUser || refusal.code == ChallengeOfOtherSession
        || refusal.code == ChallengeOfOtherConnection || (refusal.code == ChallengeUnknown && wasAnswered());
}

void EnforcementPoint::refused(
    Session& session, const std::string& replyTo, const stepup::Refusal& refusal, bool isReplayed)
{
    const bool isClone = refusal.code == stepup::VerifyRefusal::CounterNotRisen;
    auto notice = isOpen(session.standing) || session.standing == Standing::StepUp
        ? noticeAbout(session, session.standing == Standing::Allowed ? AccessOutcome::Allow : AccessOutcome::StepUp)
        : noticeAbout(session, AccessOutcome::Deny);
    notice.reference = newReference();
    notice.evaluatedAt = m_around.clock.utc();
    notice.refusal = stepup::refusalName(refusal.code);
    record(EventKind::StepUpRefused, isClone ? Severity::Alert : Severity::Warning, session,
        {{"refusal", stepup::refusalName(refusal.code)}, {"why", refusal.detail}}, notice.reference);
    say(session, replyTo, fix::UserStatus::Refused,
        "The touch does not count: " + refusal.detail + ". Reference " + notice.reference + '.', notice);
    // Before the failure is counted: it may lock the certificate, and what comes with that is nobody's any more.
    if (isClone)
        happened(RuleTrigger::CounterRollback, session.facts);
    else if (isReplayed)
        happened(RuleTrigger::ReplayedAssertion, session.facts);
    noteFailure(session.facts);
    if (isClone)
        return;
    countRefusal(session);
    if (const auto blocked = delayOf(session.facts); blocked && session.standing != Standing::Closed) {
        m_grants.revoke(session.facts.user);
        record(EventKind::SessionClosed, Severity::Alert, session, {{"why", blocked->why}}, notice.reference);
        close(session, "Too many answers were wrong. Reference " + notice.reference + '.');
    }
}

void EnforcementPoint::enrol(Session& session, const std::string& replyTo, const stepup::NewKey& key)
{
    auto verdict = m_registrations.verify(session.peer, key.challenge, key.registration);
    std::optional<stepup::Refusal> refusal;
    if (const auto* why = std::get_if<stepup::Refusal>(&verdict))
        refusal = *why;
    auto notice = actionNotice(session, refusal ? AccessOutcome::Deny : AccessOutcome::Allow);
    if (refusal) {
        notice.refusal = stepup::refusalName(refusal->code);
        record(EventKind::EnrolmentRefused, Severity::Warning, session,
            {{"refusal", stepup::refusalName(refusal->code)}, {"why", refusal->detail}}, notice.reference);
        say(session, replyTo, fix::UserStatus::Refused,
            "The security key is not enrolled: " + refusal->detail + ". Reference " + notice.reference + '.', notice);
        noteFailure(session.facts);
        return countRefusal(session);
    }
    const auto& credential = std::get<stepup::Credential>(verdict);
    if (const auto kept = m_around.identities.add(credential); !kept) {
        static_cast<void>(m_directory.registry().revoke(credential.id, m_around.clock.utc()));
        notice.outcome = AccessOutcome::Deny;
        notice.refusal = "store-failed";
        record(EventKind::StoreFailed, Severity::Alert, session, {{"why", kept.error().detail}}, notice.reference);
        return say(session, replyTo, fix::UserStatus::Refused,
            "The security key cannot be written down, and is not enrolled. Reference " + notice.reference + '.',
            notice);
    }
    m_directory.endEnrolmentWindow(session.facts.user);
    m_challenges.forget(session.facts.user, stepup::Scope::Enrolment); // permitted before there was this key
    record(EventKind::KeyEnrolled, Severity::Notice, session,
        {{"credential", stepup::base64Url(credential.id)}, {"name", credential.name},
            {"model", stepup::base64Url(credential.aaguid)}},
        notice.reference);
    say(session, replyTo, fix::UserStatus::Allowed, "The security key is enrolled.", notice);
    if (!isOpen(session.standing) && session.statement)
        decide(session, Trigger::Asked, {}); // with this key the touch that is owed can be asked for
}

std::optional<EnforcementPoint::Objection> EnforcementPoint::objectionTo(Session& session, const stepup::Action& action)
{
    using MaybeObjection = std::optional<Objection>;
    const auto missing = [&](const zerotrust::Attempt& attempt) -> MaybeObjection {
        const auto refusal = missingEntitlement(session, attempt);
        if (!refusal)
            return std::nullopt;
        return Objection{zerotrust::refusalName(refusal->code), refusal->detail};
    };
    const auto dealing = [&](const zerotrust::Attempt& attempt) -> MaybeObjection {
        if (session.standing != Standing::Allowed)
            return Objection{"before-allow", "access is not granted"};
        return missing(attempt);
    };
    return std::visit(
        base::Overloaded{
            [&](const stepup::EnrolKey& key) -> MaybeObjection {
                if (key.user != session.facts.user.text())
                    return Objection{"other-user", "a key is enrolled for oneself only"};
                if (auto objection = missing(attemptToEnrol()))
                    return objection;
                const bool hasKey =
                    !m_directory.registry().usable(session.facts.user, session.facts.certificate).empty();
                if (hasKey || m_directory.isEnrolmentOpen(session.facts.user))
                    return std::nullopt;
                return Objection{"no-credential",
                    "no key of yours counts with this certificate, and nobody has permitted you to enrol a first one"};
            },
            [&](const stepup::RenameKey& key) { return objectionTo(session, key.user, key.credential, key.keyName); },
            [&](const stepup::RemoveKey& key) { return objectionTo(session, key.user, key.credential, key.keyName); },
            [&](const stepup::ArmTicket& ticket) { return dealing(attemptOf(ticket)); },
            [&](const stepup::AcceptQuote& quote) { return dealing(attemptOf(quote)); },
            [](const auto&) -> MaybeObjection {
                return Objection{"not-offered", "this is not asked for in this way"};
            },
        },
        action);
}

void EnforcementPoint::challengeFor(Session& session, const std::string& replyTo, const stepup::Action& action)
{
    const char* scope = stepup::scopeName(stepup::scopeOf(action));
    const auto refuseAs = [&](const char* refusal, EventKind kind, const std::string& name, const std::string& why) {
        auto notice = actionNotice(session, AccessOutcome::Deny);
        notice.refusal = refusal;
        record(kind, Severity::Warning, session, {{"action", scope}, {"why", name}}, notice.reference);
        say(session, replyTo, fix::UserStatus::Refused,
            "This is refused: " + why + ". Reference " + notice.reference + '.', notice);
    };
    if (const auto why = objectionTo(session, action)) {
        refuseAs("not-entitled", EventKind::EntitlementMissing, why->name, why->words);
        return countRefusal(session);
    }
    // A further key is first approved with one that is enrolled; where there is none, the new one may register at once.
    const auto mayAnswer = answering(session, action);
    if (mayAnswer.empty() && std::holds_alternative<stepup::RemoveKey>(action))
        return refuseAs("last-key", EventKind::StepUpRefused, "last-key",
            "another key of yours has to approve it, and none is enrolled that counts here");
    auto challenge = m_challenges.issue(session.peer, action, std::string("you asked for it: ") + scope, mayAnswer);
    if (!challenge) {
        const bool isOverLimit = challenge.error().code == base::Errc::LimitExceeded;
        refuseAs(isOverLimit ? "too-many-challenges" : "no-credential", EventKind::StepUpRefused,
            base::errcName(challenge.error().code), challenge.error().detail);
        return isOverLimit ? countRefusal(session) : void();
    }
    auto notice = actionNotice(session, AccessOutcome::StepUp);
    record(EventKind::StepUpAsked, Severity::Notice, session, challengeFields(*challenge), notice.reference);
    notice.challenge = *std::move(challenge);
    say(session, replyTo, fix::UserStatus::StepUpNeeded, "Approve it with a touch on your security key.", notice);
}

void EnforcementPoint::challengeToRegister(
    Session& session, const std::string& replyTo, const stepup::Approval& approval)
{
    // Time has passed since it was asked for.
    const auto why = objectionTo(session, approval.action);
    auto challenge = why ? base::Result<stepup::Challenge>(base::Error{base::Errc::Refused, why->words})
                         : m_challenges.issue(session.peer, approval.action, "an enrolled key has approved it", {});
    auto notice = actionNotice(session, challenge ? AccessOutcome::StepUp : AccessOutcome::Deny);
    if (!challenge) {
        notice.refusal = why ? "not-entitled" : "too-many-challenges";
        record(EventKind::EnrolmentRefused, Severity::Warning, session,
            {{"refusal", *notice.refusal}, {"why", why ? why->name : challenge.error().detail}}, notice.reference);
        say(session, replyTo, fix::UserStatus::Refused,
            "The security key is not enrolled: " + challenge.error().detail + ". Reference " + notice.reference + '.',
            notice);
        return countRefusal(session);
    }
    notice.challenge = *std::move(challenge);
    say(session, replyTo, fix::UserStatus::StepUpNeeded, "Now touch the security key that is to be enrolled.", notice);
}

}
