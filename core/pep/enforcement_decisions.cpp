#include "core/base/local_zone.h"
#include "core/pep/enforcement_point.h"
#include "core/pep/session_signals.h"
#include "core/pep/step_up_evidence.h"

#include <algorithm>
#include <utility>

namespace pep {

using stepup::AccessOutcome;
using zerotrust::Outcome;

namespace {

constexpr std::size_t ManyRefusals = 10; ///< within a minute: the attribute "many-refusals"

/// Whether somebody would read the same in both. Evidence is words about the same fact, which may change by themselves.
bool saysTheSame(const zerotrust::AccessDecision& before, const zerotrust::AccessDecision& now)
{
    const auto isSame = [](const zerotrust::ScoreLine& a, const zerotrust::ScoreLine& b) {
        return a.attribute == b.attribute && a.condition == b.condition && a.score == b.score && a.footing == b.footing;
    };
    const auto& lines = now.score.lines;
    return before.policyId == now.policyId && before.policyVersion == now.policyVersion
        && before.thresholds == now.thresholds && before.score.total == now.score.total
        && std::equal(before.score.lines.begin(), before.score.lines.end(), lines.begin(), lines.end(), isSame);
}

/// That the address is in; empty: nothing is known of it.
std::string countryIn(const zerotrust::Signals& signals)
{
    const auto found = std::find_if(signals.all.begin(), signals.all.end(), [](const zerotrust::Signal& signal) {
        return signal.attribute == zerotrust::attribute::Country && signal.source != zerotrust::Source::Reported;
    });
    return found == signals.all.end() ? std::string() : zerotrust::valueText(found->value);
}

}

zerotrust::Signals EnforcementPoint::signalsOf(const Session& session, zerotrust::Occasion occasion) const
{
    const auto& facts = session.facts;
    const base::SteadyTime now = m_around.clock.steady();
    zerotrust::Signals signals{.occasion = occasion,
        .all = sessionSignals(session,
            {.user = m_directory.find(facts.user),
                .certificate = m_directory.certificate(facts.user, facts.certificate),
                .now = now,
                .utc = m_around.clock.utc(),
                .zone = m_settings.zone.value_or(base::aheadOfUtc(m_around.clock.utc())),
                .manyRefusals = session.refusals.size() >= ManyRefusals,
                .hardwareKey = m_settings.hardwareKey,
                .privilegedPolicies = &m_settings.privilegedPolicies})};
    const Subject subject{
        .user = facts.user, .address = session.host, .statement = session.statement, .at = m_around.clock.utc()};
    for (const auto& source : m_around.sources)
        for (auto& signal : source.get().signalsAbout(subject))
            signals.all.push_back(std::move(signal));
    return signals;
}

EnforcementPoint::Judgement EnforcementPoint::judge(Session& session, Trigger trigger) const
{
    Judgement judgement;
    judgement.signals = signalsOf(session, zerotrust::Occasion::Session);
    judgement.decision = zerotrust::evaluate(m_policy, judgement.signals);
    judgement.outcome = judgement.decision.outcome;
    if (judgement.outcome == Outcome::Deny || trigger == Trigger::Touch)
        return judgement;
    if (!session.touchOwed.empty())
        judgement.outcome = Outcome::StepUp;
    return judgement;
}

void EnforcementPoint::decide(Session& session, Trigger trigger, const std::string& replyTo)
{
    const base::SteadyTime now = m_around.clock.steady();
    Judgement judgement = judge(session, trigger);
    countryOf(session, judgement, trigger);
    if (session.standing == Standing::Closed)
        return;
    session.decideAt = now + m_settings.decideEvery;
    // A touch covers what it was asked for: not a higher score that came since.
    const bool covered = trigger == Trigger::Touch
        || (session.touchOwed.empty() && session.touch && judgement.decision.score.total <= session.touch->score);
    if (judgement.outcome == Outcome::StepUp && covered)
        judgement.outcome = Outcome::Allow;
    if (trigger == Trigger::Touch && session.touch)
        session.touch->score = judgement.decision.score.total;

    const bool stays = trigger == Trigger::Time && saysTheSame(session.decision, judgement.decision)
        && ((judgement.outcome == Outcome::Allow
                && session.standing == (isRestricted(session.facts.user) ? Standing::ViewOnly : Standing::Allowed))
            || (judgement.outcome == Outcome::StepUp
                && (session.standing == Standing::Restricted || session.standing == Standing::ViewOnly)));
    if (stays)
        return;
    session.decision = std::move(judgement.decision);
    session.signals = zerotrust::signalsText(judgement.signals, zerotrust::Sizes::Omit);
    session.country = countryIn(judgement.signals);
    session.decidedAt = m_around.clock.utc();
    session.reference = newReference();
    switch (judgement.outcome) {
    case Outcome::Allow:
        return allow(session, replyTo);
    case Outcome::StepUp:
        return askForTouch(session, replyTo);
    case Outcome::Deny:
        return deny(session, replyTo);
    }
}

void EnforcementPoint::allow(Session& session, const std::string& replyTo)
{
    if (isRestricted(session.facts.user))
        return viewOnlyForNow(session, replyTo);
    const bool wasOpen = isOpen(session.standing);
    session.standing = Standing::Allowed;
    session.answerBy.reset();
    recordDecision(EventKind::SessionDecided, Severity::Notice, session, session.decision, session.signals, "allow",
        session.reference);
    say(session, replyTo, fix::UserStatus::Allowed, "Access is allowed.", noticeAbout(session, AccessOutcome::Allow));
    if (wasOpen)
        return;
    cameFrom(session);
    m_around.sessions.opened(session.facts.session);
}

void EnforcementPoint::askForTouch(Session& session, const std::string& replyTo)
{
    const bool wasOpen = isOpen(session.standing);
    const base::SteadyTime now = m_around.clock.steady();
    if (session.standing != Standing::ViewOnly) {
        // The person's patience is one, however often the desk asks.
        if (session.standing != Standing::StepUp && session.standing != Standing::Restricted)
            session.answerBy = now + m_settings.stepUpPatience;
        session.standing = wasOpen ? Standing::Restricted : Standing::StepUp;
    }
    const AccessOutcome outcome =
        session.standing == Standing::ViewOnly ? AccessOutcome::ViewOnly : AccessOutcome::StepUp;
    recordDecision(wasOpen ? EventKind::SessionRestricted : EventKind::SessionDecided, Severity::Notice, session,
        session.decision, session.signals, stepup::outcomeName(outcome), session.reference);
    auto notice = noticeAbout(session, outcome);
    const std::string why = session.touchOwed.empty()
        ? "the access score is " + std::to_string(session.decision.score.total)
        : session.touchOwed;
    auto challenge = m_challenges.issue(session.peer,
        stepup::OpenSession{.venue = session.facts.venueCompId, .user = session.facts.user.text()}, why,
        m_directory.registry().usable(session.facts.user, session.facts.certificate));
    std::string text = "A touch on your security key is needed: " + why + '.';
    const bool isOverLimit = !challenge && challenge.error().code == base::Errc::LimitExceeded;
    if (challenge) {
        auto fields = challengeFields(*challenge);
        fields.push_back({"why", why});
        record(EventKind::StepUpAsked, Severity::Notice, session, std::move(fields), session.reference);
        notice.challenge = *std::move(challenge);
    } else {
        notice.refusal = isOverLimit ? "too-many-challenges" : "no-credential";
        text = "A touch on your security key is needed, and cannot be asked for: " + challenge.error().detail + '.';
    }
    say(session, replyTo, fix::UserStatus::StepUpNeeded, text, notice);
    if (isOverLimit)
        countRefusal(session);
}

void EnforcementPoint::deny(Session& session, const std::string& replyTo)
{
    m_grants.revoke(session.facts.user);
    recordDecision(EventKind::SessionDecided, Severity::Alert, session, session.decision, session.signals, "deny",
        session.reference);
    const std::string text = "Access is denied: the score is " + std::to_string(session.decision.score.total)
        + ", denied from " + std::to_string(session.decision.thresholds.denyFrom) + ". Reference " + session.reference
        + '.';
    say(session, replyTo, fix::UserStatus::Refused, text, noticeAbout(session, AccessOutcome::Deny));
    close(session, text);
}

void EnforcementPoint::onlyView(Session& session)
{
    session.standing = Standing::ViewOnly;
    session.reference = newReference();
    record(EventKind::SessionRestricted, Severity::Warning, session,
        {{"outcome", "view-only"}, {"why", "the touch did not come in time"}}, session.reference);
    say(session, {}, fix::UserStatus::StepUpNeeded,
        "The touch did not come in time: prices may be looked at, nothing can be dealt until it comes.",
        noticeAbout(session, AccessOutcome::ViewOnly));
}

void EnforcementPoint::viewOnlyForNow(Session& session, const std::string& replyTo)
{
    const bool wasOpen = isOpen(session.standing);
    session.standing = Standing::ViewOnly;
    session.answerBy.reset();
    recordDecision(EventKind::SessionRestricted, Severity::Warning, session, session.decision, session.signals,
        stepup::outcomeName(AccessOutcome::ViewOnly), session.reference);
    auto notice = noticeAbout(session, AccessOutcome::ViewOnly);
    notice.refusal = "restricted";
    say(session, replyTo, fix::UserStatus::StepUpNeeded,
        "Your access is restricted for a while: nothing can be asked for or dealt, and no touch changes it. Reference "
            + session.reference + '.',
        notice);
    if (wasOpen)
        return;
    cameFrom(session);
    m_around.sessions.opened(session.facts.session);
}

bool EnforcementPoint::isRestricted(const stepup::UserId& user) const
{
    const auto found = m_standstills.find(user);
    return found != m_standstills.end() && found->second.restrictedUntil
        && m_around.clock.steady() < *found->second.restrictedUntil;
}

void EnforcementPoint::shut(Session& session)
{
    const bool wasOpen = isOpen(session.standing);
    session.standing = Standing::Awaiting;
    session.touch.reset();
    session.approvedQuotes.clear();
    m_challenges.forget(session.peer.session);
    if (wasOpen)
        m_around.sessions.shut(session.facts.session);
}

void EnforcementPoint::close(Session& session, const std::string& text)
{
    shut(session);
    session.standing = Standing::Closed;
    session.answerBy.reset();
    m_around.sessions.logout(session.facts.session, text);
}

}
