#include "core/pep/enforcement_point.h"

#include "core/pep/fingerprint_text.h"
#include "core/pep/session_signals.h"
#include "core/stepup/admission_words.h"

#include <algorithm>
#include <utility>

namespace pep {

namespace {

constexpr const char* TooManyFailures = "too many attempts failed";
constexpr const char* VerifiedLongAgo = "you were last verified too long ago";

/// The handshake has proven the certificate.
zerotrust::Origin originOf(const ConnectionFacts& facts)
{
    const auto address = zerotrust::IpAddress::parse(hostOf(facts.address));
    return {.user = facts.user.text(),
        .certificate = fingerprintText(facts.certificate),
        .address = address ? *address : zerotrust::IpAddress()};
}

}

base::Result<std::unique_ptr<EnforcementPoint>> EnforcementPoint::open(EnforcementSettings settings,
    zerotrust::AccessPolicy policy, const stepup::RegistrationPolicy& keys, const Surroundings& around)
{
    if (const base::Status sound = checkRules(settings.rules); !sound)
        return sound.error();
    auto grantKey = stepup::GrantKey::generate(around.random);
    if (!grantKey)
        return grantKey.error();
    std::unique_ptr<EnforcementPoint> point(
        new EnforcementPoint(std::move(settings), std::move(policy), keys, around, *std::move(grantKey)));
    if (const auto read = point->m_directory.refresh(); !read)
        return read.error();
    if (const base::Status recalled = point->recall(); !recalled)
        return recalled.error();
    return point;
}

EnforcementPoint::EnforcementPoint(EnforcementSettings settings, zerotrust::AccessPolicy policy,
    const stepup::RegistrationPolicy& keys, const Surroundings& around, stepup::GrantKey grantKey)
    : m_settings(std::move(settings))
    , m_policy(std::move(policy))
    , m_around(around)
    , m_directory(around.identities, around.clock)
    , m_challenges(around.clock, around.random)
    , m_assertions(m_settings.rpId, m_challenges, m_directory.registry())
    , m_registrations(keys, m_challenges, m_directory.registry(), around.clock)
    , m_grantKey(std::move(grantKey))
    , m_grants(around.clock, around.random, m_grantKey)
    , m_lockout(around.clock, lockoutRules(m_settings.rules))
    , m_meter(around.clock)
    , m_rules(around.clock, m_settings.rules)
{
}

EnforcementPoint::~EnforcementPoint()
{
    recordFirings(m_firedAgain.takeAll());
    writeMemories();
}

Session* EnforcementPoint::find(const rfq::SessionId& session)
{
    const auto found = m_sessions.find(session);
    return found == m_sessions.end() ? nullptr : &found->second;
}

Standing EnforcementPoint::standing(const rfq::SessionId& session) const
{
    const auto found = m_sessions.find(session);
    return found == m_sessions.end() ? Standing::Closed : found->second.standing;
}

std::optional<std::string> EnforcementPoint::objectionTo(const ConnectionFacts& facts)
{
    if (!facts.channelBinding)
        return "the connection is not TLS 1.3, which a step-up is bound to";
    return m_directory.objection(facts.user, facts.certificate);
}

std::optional<std::string> EnforcementPoint::admission(const ConnectionFacts& facts)
{
    if (auto refused = judgeConnection(facts))
        return refused;
    // Of nobody but those who may come: what a thief spends of it with another certificate is not the owner's.
    if (const auto wait = m_meter.logOn(facts))
        return refuseConnection(facts, "logged on too often: wait " + std::to_string(wait->count()) + " s", wait);
    happened(RuleTrigger::Logon, facts);
    return std::nullopt;
}

std::optional<std::string> EnforcementPoint::judgeConnection(const ConnectionFacts& facts)
{
    refreshIdentities();
    if (const auto delay = delayOf(facts))
        return refuseConnection(facts, delay->why, delay->wait);
    const auto why = objectionTo(facts);
    if (!why)
        return std::nullopt;
    noteFailure(facts);
    if (m_directory.isRevoked(facts.user, facts.certificate))
        happened(RuleTrigger::RevokedCertificate, facts);
    return refuseConnection(facts, *why);
}

void EnforcementPoint::connected(const ConnectionFacts& facts)
{
    disconnected(facts.session);
    if (const auto words = judgeConnection(facts)) {
        Session closed;
        closed.facts = facts;
        closed.standing = Standing::Closed;
        m_sessions.insert_or_assign(facts.session, std::move(closed));
        return m_around.sessions.logout(facts.session, *words);
    }
    const base::SteadyTime now = m_around.clock.steady();
    Session session;
    session.facts = facts;
    session.peer = {.user = facts.user,
        .certificate = facts.certificate,
        .channelBinding = *facts.channelBinding,
        .session = facts.deskCompId + ">" + facts.venueCompId};
    session.host = hostOf(facts.address);
    session.answerBy = now + m_settings.contextPatience;
    session.decideAt = now + m_settings.decideEvery;
    session.entitlement = entitlementOf(facts.user);
    verifiedBefore(session);
    if (now >= session.verifyFrom + m_settings.reverifyAfter)
        session.touchOwed = VerifiedLongAgo;
    if (const auto last = m_lastHost.find(facts.user); last != m_lastHost.end() && last->second != session.host) {
        session.addressChanged = true;
        m_grants.revoke(facts.user);
        if (m_settings.addressChange == AddressChange::StepUp)
            session.touchOwed = "you come from another address than the last time";
    }
    if (const auto owed = m_standstills.find(facts.user); owed != m_standstills.end()) {
        if (!owed->second.touchOwed.empty())
            session.touchOwed = owed->second.touchOwed;
        session.stopsAsking = owed->second.stopsAsking;
    }
    const auto [entry, isNew] = m_sessions.insert_or_assign(facts.session, std::move(session));
    proveElsewhere(entry->second);
}

std::string EnforcementPoint::refuseConnection(
    const ConnectionFacts& facts, const std::string& why, std::optional<std::chrono::seconds> wait)
{
    const std::string reference = newReference();
    m_around.recorder.record({.kind = EventKind::ConnectionRefused,
        .severity = Severity::Warning,
        .at = m_around.clock.utc(),
        .session = facts.session,
        .user = facts.user,
        .address = facts.address,
        .certificate = certificateText(facts),
        .reference = reference,
        .fields = {{"why", why}}});
    // The person is told no more than the help desk can look up: a stranger learns nothing about who is registered. A
    // wait goes by the certificate that was proven, and tells of nobody else.
    return stepup::admissionRefusal(reference, wait);
}

void EnforcementPoint::disconnected(const rfq::SessionId& session)
{
    m_rules.forget(session);
    const auto found = m_sessions.find(session);
    if (found == m_sessions.end())
        return;
    if (!found->second.peer.session.empty())
        m_challenges.forget(found->second.peer.session);
    m_sessions.erase(found);
}

void EnforcementPoint::left(Session& session, const std::string& replyTo)
{
    m_grants.revoke(session.facts.user);
    shut(session);
    session.statement.reset();
    session.device.standing = ProofStanding::Absent;
    session.deviceCertificate.standing = ProofStanding::Absent;
    session.verifiedAt.reset();
    session.answerBy.reset(); // a person may be away for long; nothing passes meanwhile
    const auto notice = actionNotice(session, stepup::AccessOutcome::Deny);
    record(EventKind::PersonLeft, Severity::Notice, session, {}, notice.reference);
    say(session, replyTo, fix::UserStatus::Allowed, "You have left: nothing passes until you are back.", notice);
}

std::optional<EnforcementPoint::Delay> EnforcementPoint::delayOf(const ConnectionFacts& facts) const
{
    const auto untilThen = [](const std::string& why, std::chrono::seconds wait) {
        return Delay{why + ": wait " + std::to_string(wait.count()) + " s", wait};
    };
    if (const auto pause = m_meter.pauseOf(facts))
        return untilThen("too much was asked or refused", *pause);
    const auto answer = m_lockout.ask(originOf(facts));
    switch (answer.verdict) {
    case zerotrust::Verdict::Proceed:
        return std::nullopt;
    case zerotrust::Verdict::Wait:
        return untilThen(TooManyFailures, answer.wait);
    case zerotrust::Verdict::Locked:
        return Delay{"this certificate is locked after too many failures", std::nullopt};
    }
    return Delay{"the lockout is in an unknown state", std::nullopt};
}

void EnforcementPoint::noteFailure(const ConnectionFacts& facts)
{
    const Occurrence failure{.trigger = RuleTrigger::FailedSignIn, .facts = facts, .isTheirs = isTheirs(facts)};
    const auto news = m_lockout.failed(originOf(facts));
    if (news.locked)
        lockCertificate(facts, TooManyFailures);
    for (const Rule& rule : m_settings.rules) {
        const bool fires = rule.actions.contains(RuleAction::Lock)
            ? news.locked
            : static_cast<std::size_t>(news.failures) == rule.threshold;
        if (isLockoutRule(rule) && fires)
            fire({.rule = &rule, .count = static_cast<std::size_t>(news.failures), .again = false, .windowEnds = {}},
                failure);
    }
    happened(RuleTrigger::FailedSignIn, facts);
}

void EnforcementPoint::noteSuccess(const ConnectionFacts& facts)
{
    m_lockout.succeeded(originOf(facts));
}

void EnforcementPoint::usePolicy(zerotrust::AccessPolicy policy)
{
    m_policy = std::move(policy);
    for (auto& [id, session] : m_sessions)
        session.decideAt = m_around.clock.steady();
    tick();
}

void EnforcementPoint::tick()
{
    const base::SteadyTime now = m_around.clock.steady();
    if (now >= m_refreshAt) {
        writePendingLocks();
        refreshIdentities();
    }
    if (now >= m_writeAt)
        writeMemories();
    recordFirings(m_firedAgain.takeOver(now));
    for (auto& [user, standstill] : m_standstills)
        if (standstill.restrictedUntil && now >= *standstill.restrictedUntil) {
            standstill.restrictedUntil.reset();
            for (auto& [id, session] : m_sessions)
                if (session.facts.user == user)
                    session.decideAt = now;
        }
    std::erase_if(m_standstills,
        [](const auto& entry) { return entry.second.touchOwed.empty() && !entry.second.restrictedUntil; });
    for (auto& [id, session] : m_sessions)
        tick(session, now);
}

void EnforcementPoint::tick(Session& session, base::SteadyTime now)
{
    if (session.standing == Standing::Closed)
        return;
    if (session.answerBy && now >= *session.answerBy)
        return missed(session);
    if (!isOpen(session.standing))
        return;
    const bool isDue = now >= session.verifyFrom + m_settings.reverifyAfter;
    if (isDue && session.touchOwed.empty()) {
        session.touchOwed = VerifiedLongAgo;
        m_grants.revoke(session.facts.user);
        return decide(session, Trigger::Owed, {});
    }
    if (now < session.decideAt)
        return;
    judgeCertificate(session, Proofs::KnownAlready); // it may have expired meanwhile
    decide(session, Trigger::Time, {});
}

void EnforcementPoint::missed(Session& session)
{
    session.answerBy.reset();
    switch (session.standing) {
    case Standing::Awaiting:
        return close(session, "The desk did not state its context in time.");
    case Standing::StepUp:
        return close(session, "The touch did not come in time.");
    case Standing::Restricted:
        return onlyView(session);
    case Standing::Allowed:
    case Standing::ViewOnly:
    case Standing::Closed:
        return;
    }
}

void EnforcementPoint::refreshIdentities()
{
    m_refreshAt = m_around.clock.steady() + m_settings.identityRefresh;
    const auto changed = m_directory.refresh();
    if (!changed) {
        recordAbout({}, EventKind::StoreFailed, Severity::Alert, {{"why", changed.error().detail}});
        return;
    }
    if (!*changed)
        return;
    recordAbout({}, EventKind::IdentitiesChanged, Severity::Notice, {});
    for (const auto& certificate : m_lockout.lockedCertificates())
        if (const auto fingerprint = fingerprintOf(certificate); fingerprint && !m_directory.isLocked(*fingerprint))
            m_lockout.unlock(certificate);
    for (auto& [id, session] : m_sessions)
        checkIdentity(session);
}

void EnforcementPoint::checkIdentity(Session& session)
{
    if (session.standing == Standing::Closed)
        return;
    if (const auto why = m_directory.objection(session.facts.user, session.facts.certificate)) {
        m_grants.revoke(session.facts.user);
        session.reference = newReference();
        record(EventKind::SessionClosed, Severity::Alert, session, {{"why", *why}}, session.reference);
        return close(session, "Access has ended. Reference " + session.reference + '.');
    }
    session.entitlement = entitlementOf(session.facts.user);
    judgeDevice(session, Proofs::KnownAlready);
    if (!session.touch)
        return;
    const stepup::Credential* key = m_directory.registry().find(session.touch->credential);
    if (key && !key->revokedAt)
        return;
    m_grants.revoke(session.facts.user);
    session.touch.reset();
    session.approvedQuotes.clear();
    session.touchOwed = "the security key that you used was revoked";
    if (isOpen(session.standing))
        decide(session, Trigger::Owed, {});
}

std::optional<base::SteadyTime> EnforcementPoint::nextDue() const
{
    if (m_sessions.empty())
        return m_unwritten.empty() ? std::nullopt : std::optional(m_writeAt);
    base::SteadyTime due = m_unwritten.empty() ? m_refreshAt : std::min(m_refreshAt, m_writeAt);
    for (const auto& [id, session] : m_sessions) {
        if (session.answerBy)
            due = std::min(due, *session.answerBy);
        if (!isOpen(session.standing))
            continue;
        due = std::min(due, session.decideAt);
        if (const auto held = m_standstills.find(session.facts.user);
            held != m_standstills.end() && held->second.restrictedUntil)
            due = std::min(due, *held->second.restrictedUntil);
        if (session.touchOwed.empty())
            due = std::min(due, session.verifyFrom + m_settings.reverifyAfter);
    }
    return due;
}

}
