#include "core/pep/enforcement_point.h"
#include "core/pep/fingerprint_text.h"

#include <algorithm>
#include <utility>

namespace pep {

namespace {

/// Why a touch is owed, for the person.
const char* wordsOf(RuleTrigger trigger)
{
    switch (trigger) {
    case RuleTrigger::FailedSignIn:
        return "there were failed sign-ins in your name";
    case RuleTrigger::UnexpectedCountry:
        return "you came from a country where you are not expected";
    case RuleTrigger::CounterRollback:
        return "the counter of a security key did not rise";
    case RuleTrigger::ReplayedAssertion:
        return "an answer was sent twice";
    case RuleTrigger::RevokedCertificate:
        return "a revoked certificate was used in your name";
    case RuleTrigger::RefusedMessage:
        return "many messages were refused within a short time";
    case RuleTrigger::QuoteRequest:
        return "many quotes were asked for and hardly a deal was done";
    case RuleTrigger::Logon:
        return "there were many logons within a short time";
    }
    return "";
}

std::string targetOf(const Rule& rule, const ConnectionFacts& facts)
{
    switch (rule.by) {
    case RuleScope::Session:
        return "session " + facts.session.text();
    case RuleScope::User:
        return facts.user.text();
    case RuleScope::Certificate:
        return "certificate " + fingerprintText(facts.certificate);
    case RuleScope::Address: {
        const auto address = zerotrust::IpAddress::parse(hostOf(facts.address));
        return address ? zerotrust::customerOf(*address) : hostOf(facts.address);
    }
    }
    return {};
}

constexpr const char* ClonedKey = "a security key may have been cloned: its counter did not rise";

std::string lockReason(const Rule& rule)
{
    return rule.trigger == RuleTrigger::CounterRollback ? ClonedKey : "by rule: " + rule.name;
}

}

void EnforcementPoint::recordAbout(
    const ConnectionFacts& facts, EventKind kind, Severity severity, std::vector<EventField> fields)
{
    m_around.recorder.record({.kind = kind,
        .severity = severity,
        .at = m_around.clock.utc(),
        .session = facts.session,
        .user = facts.user,
        .address = facts.address,
        .certificate = certificateText(facts),
        .reference = {},
        .fields = std::move(fields)});
}

void EnforcementPoint::happened(RuleTrigger trigger, const ConnectionFacts& facts)
{
    static_cast<void>(fires({.trigger = trigger, .facts = facts, .isTheirs = isTheirs(facts)}));
}

bool EnforcementPoint::fires(const Occurrence& occurrence)
{
    const auto firings = m_rules.note(occurrence);
    for (const Firing& firing : firings)
        fire(firing, occurrence);
    return !firings.empty();
}

bool EnforcementPoint::isTheirs(const ConnectionFacts& facts) const
{
    const CertificateRecord* certificate = m_directory.certificate(facts.user, facts.certificate);
    return certificate && !certificate->revokedAt && certificate->lockedWhy.empty();
}

void EnforcementPoint::fire(const Firing& firing, const Occurrence& occurrence)
{
    const ConnectionFacts& facts = occurrence.facts;
    const Rule& rule = *firing.rule;
    // A storm is one alert and one count: what follows is followed all the same.
    const bool isAlert = rule.actions.contains(RuleAction::Alert);
    if (firing.again)
        m_firedAgain.note(firing, targetOf(rule, facts), facts);
    else
        recordAbout(facts, EventKind::RuleFired, isAlert ? Severity::Alert : Severity::Warning,
            {{"rule", rule.name}, {"outcome", actionsText(rule.actions)}, {"attempts", std::to_string(firing.count)},
                {"target", targetOf(rule, facts)}});
    for (const RuleAction action : rule.actions)
        follow(rule, action, occurrence);
}

void EnforcementPoint::recordFirings(const std::vector<FiringDigest::Counted>& counted)
{
    for (const auto& [rule, target, facts, attempts] : counted)
        recordAbout(facts, EventKind::RuleFired, Severity::Warning,
            {{"rule", rule->name}, {"outcome", actionsText(rule->actions)}, {"attempts", std::to_string(attempts)},
                {"target", target}, {"why", "it fired again, until its window was over"}});
}

std::vector<Session*> EnforcementPoint::reachedBy(const Rule& rule, const ConnectionFacts& facts)
{
    std::vector<Session*> reached;
    for (auto& [id, session] : m_sessions) {
        const bool isReached = rule.by == RuleScope::Session ? session.facts.session == facts.session
            : rule.by == RuleScope::Certificate              ? session.facts.certificate == facts.certificate
            : rule.by == RuleScope::User                     ? session.facts.user == facts.user
                                                             : false;
        if (isReached && session.standing != Standing::Closed)
            reached.push_back(&session);
    }
    return reached;
}

void EnforcementPoint::follow(const Rule& rule, RuleAction action, const Occurrence& occurrence)
{
    const ConnectionFacts& facts = occurrence.facts;
    switch (action) {
    case RuleAction::Alert: // the event itself
    case RuleAction::Delay: // the lockout's
        return;
    case RuleAction::Prove:
        for (Session* session : reachedBy(rule, facts))
            askForProof(*session, wordsOf(rule.trigger));
        return;
    case RuleAction::StepUp: {
        const bool stopsAsking = rule.trigger == RuleTrigger::QuoteRequest;
        if (occurrence.isTheirs) {
            Standstill& standstill = m_standstills[facts.user];
            standstill.touchOwed = wordsOf(rule.trigger);
            standstill.stopsAsking = standstill.stopsAsking || stopsAsking;
            keepInMind(facts.user);
        }
        for (Session* session : reachedBy(rule, facts)) {
            session->stopsAsking = session->stopsAsking || stopsAsking;
            oweTouch(*session, wordsOf(rule.trigger));
        }
        return;
    }
    case RuleAction::Restrict:
        if (occurrence.isTheirs)
            restrict(facts.user, rule.window);
        return;
    case RuleAction::Close:
        for (Session* session : reachedBy(rule, facts))
            end(*session, wordsOf(rule.trigger));
        return;
    case RuleAction::Lock:
        if (isLockoutRule(rule))
            return; // the lockout has done it
        if (rule.by == RuleScope::Certificate) {
            lockCertificate(facts, lockReason(rule));
            m_lockout.lock(fingerprintText(facts.certificate));
        } else if (occurrence.isTheirs) {
            lockUser(facts, lockReason(rule));
        }
        return;
    }
}

void EnforcementPoint::oweTouch(Session& session, const std::string& why)
{
    if (!session.touchOwed.empty())
        return;
    session.touchOwed = why;
    m_grants.revoke(session.facts.user);
    if (isOpen(session.standing))
        decide(session, Trigger::Owed, {});
}

void EnforcementPoint::restrict(const stepup::UserId& user, std::chrono::seconds time)
{
    m_grants.revoke(user);
    auto& until = m_standstills[user].restrictedUntil;
    const base::SteadyTime end = m_around.clock.steady() + time;
    until = std::max(until.value_or(end), end); // a shorter one ends no longer one
    for (auto& [id, session] : m_sessions)
        if (session.facts.user == user && isOpen(session.standing))
            decide(session, Trigger::Owed, {});
}

void EnforcementPoint::end(Session& session, const std::string& why)
{
    m_grants.revoke(session.facts.user);
    session.reference = newReference();
    record(EventKind::SessionClosed, Severity::Alert, session, {{"why", why}}, session.reference);
    close(session, "Access has ended: " + why + ". Reference " + session.reference + '.');
}

void EnforcementPoint::recordUnwritten(const ConnectionFacts& facts, const base::Status& kept)
{
    if (!kept)
        recordAbout(facts, EventKind::StoreFailed, Severity::Alert,
            {{"why", "the lock holds, and is not written down yet: it is tried again. " + kept.error().detail}});
}

void EnforcementPoint::writePendingLocks()
{
    for (const auto& [user, certificate] : m_directory.writePendingLocks()) {
        ConnectionFacts facts;
        facts.user = user;
        recordAbout(facts, certificate ? EventKind::CertificateLocked : EventKind::UserLocked, Severity::Notice,
            {{"why", "the lock that held already is written down now"}});
    }
}

void EnforcementPoint::lockUser(const ConnectionFacts& facts, const std::string& why)
{
    m_grants.revoke(facts.user);
    const auto kept = m_directory.lock(facts.user, why);
    bool isTold = false;
    for (auto& [id, session] : m_sessions) {
        if (session.facts.user != facts.user || session.standing == Standing::Closed)
            continue;
        isTold = true;
        session.reference = newReference();
        record(EventKind::UserLocked, Severity::Alert, session, {{"why", why}}, session.reference);
        close(session, "Access is locked. Reference " + session.reference + '.');
    }
    if (!isTold)
        recordAbout(facts, EventKind::UserLocked, Severity::Alert, {{"why", why}});
    recordUnwritten(facts, kept);
}

void EnforcementPoint::lockCertificate(const ConnectionFacts& facts, const std::string& why)
{
    if (isTheirs(facts)) // a certificate that was taken from somebody takes nothing from them
        m_grants.revoke(facts.user);
    const auto kept = m_directory.lock(facts.certificate, why);
    recordAbout(facts, EventKind::CertificateLocked, Severity::Alert, {{"why", why}});
    recordUnwritten(facts, kept);
    for (auto& [id, session] : m_sessions)
        if (session.facts.certificate == facts.certificate && session.standing != Standing::Closed)
            end(session, "the certificate is locked");
}

void EnforcementPoint::countryOf(Session& session, Judgement& judgement, Trigger trigger)
{
    if (session.countryTold)
        return;
    const auto& lines = judgement.decision.score.lines;
    const bool isUnexpected = std::any_of(lines.begin(), lines.end(), [](const zerotrust::ScoreLine& line) {
        return line.attribute == zerotrust::attribute::Country && line.score > 0
            && line.footing == zerotrust::Footing::Known;
    });
    if (!isUnexpected)
        return;
    session.countryTold = true;
    happened(RuleTrigger::UnexpectedCountry, session.facts);
    if (session.standing != Standing::Closed)
        judgement = judge(session, trigger);
}

void EnforcementPoint::turnedAway(const ConnectionFacts& facts, const base::Error& why)
{
    if (facts.user.empty())
        happened(RuleTrigger::FailedSignIn, facts);
    else
        noteFailure(facts);
    if (why.code == base::Errc::CertificateRevoked)
        happened(RuleTrigger::RevokedCertificate, facts);
}

void EnforcementPoint::askForProof(Session& session, const std::string& why)
{
    if (!isOpen(session.standing) || session.proofAsked)
        return;
    session.proofAsked = true;
    record(EventKind::ProofAsked, Severity::Notice, session, {{"why", why}});
    m_around.sessions.prove(session.facts.session);
}

void EnforcementPoint::proveElsewhere(const Session& session)
{
    // The new connection's handshake was signed just now; the token of the older one may be here by now.
    for (auto& [id, other] : m_sessions)
        if (other.facts.user == session.facts.user && other.host != session.host)
            askForProof(other, "the same person has connected from another address");
}

void EnforcementPoint::proven(const rfq::SessionId& id, Proof proof)
{
    Session* session = find(id);
    if (!session || !session->proofAsked)
        return;
    session->proofAsked = false;
    if (!isOpen(session->standing))
        return;
    switch (proof) {
    case Proof::Given:
        return;
    case Proof::NotGiven:
        return end(*session, "the token did not prove that it is still there");
    case Proof::Impossible:
        return oweTouch(*session, "your token cannot be asked whether it is still there");
    }
}

void EnforcementPoint::revoked(const rfq::SessionId& id, const base::Error& why)
{
    Session* session = find(id);
    if (!session || session->standing == Standing::Closed)
        return;
    session->proofAsked = false;
    happened(RuleTrigger::RevokedCertificate, session->facts);
    if (session->standing != Standing::Closed)
        end(*session, why.detail);
}

}
