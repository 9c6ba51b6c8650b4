#include "core/fix/dialect.h"
#include "core/fix/maker_codec.h"
#include "core/fix/tags.h"
#include "core/pep/attempts.h"
#include "core/pep/enforcement_point.h"
#include "core/pep/session_signals.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pep {

using zerotrust::Outcome;

namespace {

constexpr const char* NotAuthorized = "6"; // BusinessRejectReason(380)
constexpr std::chrono::seconds RefusalWindow{60};

bool commits(Intent intent)
{
    switch (intent) {
    case Intent::Deal:
    case Intent::Other:
        return true;
    case Intent::Ask:
    case Intent::Inform:
        return false;
    }
    return true;
}

/// What the record of an acceptance says of it: no price and no quantity.
std::vector<EventField> dealFields(const ClientAction& action)
{
    return {{"id", std::string(action.id)}, {"instrument", std::string(action.instrument)},
        {"dealer", action.dealers.size() == 1 ? action.dealers.front() : std::string()}};
}

/// The order and CumQty(14) of a report of one that is filled, at least partly, as it is told for the first time.
/// ExecType(150) alone proves no deal: only OrdStatus(39) says how the order stands. What was told before, or answers
/// a status request (150=I), is no deal of today.
std::optional<std::pair<std::string, base::Decimal>> filledBy(const fix::WireMessage& message)
{
    constexpr std::string_view OrderStatus = "I"; // ExecType(150)
    if (message.type != fix::msg::ExecutionReport || message.possResend || message.possDup
        || message.find(fix::tag::ExecType) == OrderStatus)
        return std::nullopt;
    const auto status = message.find(fix::tag::OrdStatus);
    const auto filled = base::Decimal::parse(message.find(fix::tag::CumQty).value_or(std::string_view()));
    auto order = message.find(fix::tag::ClOrdId);
    if (!order)
        order = message.find(fix::tag::OrderId);
    if ((status != "1" && status != "2") || !filled || !order)
        return std::nullopt;
    return std::pair(std::string(*order), *filled);
}

/// Where a deal names no account, it is the session's own.
std::string_view accountOf(const Session& session, const ClientAction& action)
{
    return action.account.empty() ? std::string_view(session.facts.deskCompId) : action.account;
}

bool matches(const stepup::AcceptQuote& quote, const ClientAction& action, std::string_view account)
{
    return quote.quoteId == action.quote && quote.instrument == action.instrument
        && quote.settlement == action.settlement && quote.account == account && quote.currency == action.currency
        && quote.side == action.side && quote.quantity == action.quantity && quote.price == action.price
        && action.dealers.size() == 1 && quote.dealer == action.dealers.front();
}

}

bool EnforcementPoint::refuse(Session& session, EventKind kind, const ClientAction& action, const std::string& words,
    const char* refusal, Severity severity)
{
    const std::string reference = newReference();
    const std::string type(action.type);
    const std::string id(action.id);
    record(kind, severity, session, {{"type", type}, {"id", id}, {"refusal", refusal}}, reference);
    m_around.sessions.send(session.facts.session,
        fix::maker::businessReject(
            type, id, NotAuthorized, "Not authorised: " + words + ". Reference " + reference + '.'));
    countRefusal(session);
    return false;
}

bool EnforcementPoint::authorise(const rfq::SessionId& id, const fix::WireMessage& message)
{
    return authorise(id, message, fix::maker::decode(message));
}

bool EnforcementPoint::authorise(
    const rfq::SessionId& id, const fix::WireMessage& message, const base::Result<fix::maker::ClientRequest>& request)
{
    Session* session = find(id);
    if (!session || session->standing == Standing::Closed)
        return false;
    if (!request)
        return refuse(*session, EventKind::MessageRefused, unreadAction(message),
            "the message cannot be read: " + request.error().detail, "malformed", Severity::Warning);
    const auto verdict = m_meter.take(session->facts, message.type);
    // What asks for nothing new is every other message that comes: there is nothing more to it.
    if (intentOf(*request) == Intent::Inform && verdict == RequestMeter::Verdict::Passes && isOpen(session->standing)
        && mayView(*session))
        return true;
    ClientAction action = clientAction(message, *request);
    return authorise(*session, action, verdict);
}

bool EnforcementPoint::authoriseRepeat(
    const rfq::SessionId& id, const fix::WireMessage& message, const fix::maker::ClientRequest& request)
{
    Session* session = find(id);
    if (!session || session->standing == Standing::Closed)
        return false;
    ClientAction action = clientAction(message, request);
    action.intent = Intent::Inform;
    return authorise(*session, action, m_meter.take(session->facts, fix::msg::OrderStatusRequest));
}

bool EnforcementPoint::authorise(Session& session, ClientAction& action, RequestMeter::Verdict verdict)
{
    if (verdict != RequestMeter::Verdict::Passes) {
        static_cast<void>(refuse(session, EventKind::MessageRefused, action, "that was asked too often, wait a while",
            "too-many-requests", Severity::Warning));
        if (verdict == RequestMeter::Verdict::TooOften && session.standing != Standing::Closed)
            end(session, "it asked too often");
        return false;
    }
    if (!isOpen(session.standing))
        return refuse(session, EventKind::MessageRefused, action,
            session.standing == Standing::StepUp ? "a touch on your security key is needed first"
                                                 : "access was not granted yet",
            "before-allow", Severity::Warning);
    return authorise(session, action);
}

bool EnforcementPoint::authorise(Session& session, ClientAction& action)
{
    if (commits(action.intent) && session.standing != Standing::Allowed)
        return refuse(session, EventKind::MessageRefused, action,
            "nothing that commits passes until you have touched your security key", "touch-owed", Severity::Warning);
    if (action.intent == Intent::Ask && !mayAsk(session, action))
        return false;
    if (action.intent == Intent::Other)
        return refuse(session, EventKind::EntitlementMissing, action,
            "nobody is entitled to messages of type " + std::string(action.type), "type-not-entitled",
            Severity::Warning);
    if (action.intent != Intent::Inform && !findDealers(session, action))
        return false;
    auto missing = missingEntitlement(session, attemptOf(action));
    if (!missing && action.intent == Intent::Ask) // what is asked for is to be seen
        missing = missingEntitlement(session, attemptToView());
    if (missing)
        return refuse(session, EventKind::EntitlementMissing, action, missing->detail,
            zerotrust::refusalName(missing->code), Severity::Warning);
    if (action.intent == Intent::Ask) {
        // The certificate of an open session is its person's: else it would have been ended.
        const Occurrence asked{.trigger = RuleTrigger::QuoteRequest,
            .facts = session.facts,
            .isTheirs = true,
            .instrument = action.instrument};
        return !fires(asked) || mayAsk(session, action); // it may be the one that was too many
    }
    return action.intent != Intent::Deal || cover(session, action);
}

bool EnforcementPoint::findDealers(Session& session, ClientAction& action)
{
    const auto& behind = session.facts.dealers;
    switch (session.facts.dealersBehind) {
    case DealersBehind::Sole:
        // Whoever serves the client asks these, so these are what must be entitled.
        for (const auto& named : action.dealers)
            if (std::find(behind.begin(), behind.end(), named) == behind.end())
                return refuse(session, EventKind::EntitlementMissing, action,
                    "nobody is dealt with over this session but its own dealer", "dealer-not-here", Severity::Warning);
        action.dealers = behind;
        return true;
    case DealersBehind::AsNamed:
        // Where a message names no dealer, it is about the one that quoted, or about everybody behind the session.
        if (action.dealers.empty() && action.intent == Intent::Deal)
            if (auto quoted = session.quotes.dealerOf(action.quote); !quoted.empty())
                action.dealers = {quoted};
        if (action.dealers.empty())
            action.dealers = behind;
        return true;
    }
    return false;
}

std::optional<zerotrust::Entitlement> EnforcementPoint::entitlementOf(const stepup::UserId& user) const
{
    const UserRecord* record = m_directory.find(user);
    const auto* held = record
        ? zerotrust::entitlementOf(record->entitlements, {.user = user.text(), .segment = m_settings.segment})
        : nullptr;
    return held ? std::optional(*held) : std::nullopt;
}

bool EnforcementPoint::mayView(const Session& session)
{
    return session.entitlement && session.entitlement->activities.contains(zerotrust::Activity::View);
}

bool EnforcementPoint::mayAsk(Session& session, const ClientAction& action)
{
    if (session.standing == Standing::Closed)
        return false; // and logged out with the reason
    if (isRestricted(session.facts.user))
        return refuse(session, EventKind::MessageRefused, action, "your access is restricted for a while", "restricted",
            Severity::Warning);
    if (session.stopsAsking && session.standing != Standing::Allowed)
        return refuse(session, EventKind::MessageRefused, action,
            "no quotes are asked for until you have touched your security key", "touch-owed", Severity::Warning);
    if (!isOpen(session.standing))
        return refuse(session, EventKind::MessageRefused, action, "access was not granted yet", "before-allow",
            Severity::Warning);
    return true;
}

bool EnforcementPoint::passed(const Session& session, const ClientAction& action, std::vector<EventField> judged)
{
    auto fields = dealFields(action);
    std::move(judged.begin(), judged.end(), std::back_inserter(fields));
    record(EventKind::AcceptancePassed, Severity::Notice, session, std::move(fields));
    return true;
}

void EnforcementPoint::recordAllowed(const Session& session, std::vector<EventField> judged)
{
    if (!judged.empty())
        record(EventKind::ActionDecided, Severity::Notice, session, std::move(judged));
}

bool EnforcementPoint::cover(Session& session, const ClientAction& action)
{
    zerotrust::Signals signals = signalsOf(session, zerotrust::Occasion::Action);
    for (auto& signal : actionSignals(action))
        signals.all.push_back(std::move(signal));
    const auto decision = zerotrust::evaluate(m_policy, signals);
    const std::string line = zerotrust::signalsText(signals, zerotrust::Sizes::Omit);
    std::vector<EventField> judged; // in the record of the acceptance itself: one deal, one record
    const std::string score = "the access score of this acceptance is " + std::to_string(decision.score.total);
    switch (decision.outcome) {
    case Outcome::Deny:
        recordDecision(EventKind::ActionDecided, Severity::Alert, session, decision, line, "deny", {});
        return refuse(session, EventKind::MessageRefused, action,
            score + ", denied from " + std::to_string(decision.thresholds.denyFrom), "denied", Severity::Alert);
    case Outcome::StepUp:
        recordDecision(EventKind::ActionDecided, Severity::Notice, session, decision, line, "step-up", {});
        break;
    case Outcome::Allow:
        judged = decisionFields(session, decision, line, "allow");
        if (m_settings.dealing == Dealing::ScoreDecides && action.grant.empty())
            return passed(session, action, std::move(judged));
        break;
    }
    if (spendApproval(session, action, m_around.clock.steady()))
        return passed(session, action, std::move(judged));
    if (!action.grant.empty())
        return spendGrant(session, action, std::move(judged));
    recordAllowed(session, std::move(judged));
    return refuse(session, EventKind::GrantRefused, action,
        decision.outcome == Outcome::StepUp ? score + ": arm a ticket that covers it"
                                            : std::string("dealing needs an armed ticket here"),
        "no-grant", Severity::Warning);
}

bool EnforcementPoint::spendGrant(Session& session, const ClientAction& action, std::vector<EventField> judged)
{
    const auto refusal = m_grants.spend(action.grant, session.peer,
        {.acceptanceId = std::string(action.acceptance),
            .instrument = std::string(action.instrument),
            .settlement = std::string(action.settlement),
            .account = std::string(accountOf(session, action)),
            .currency = std::string(action.currency),
            .dealer = action.dealers.size() == 1 ? action.dealers.front() : std::string(),
            .side = action.side.value_or(stepup::Side::Buy),
            .quantity = action.quantity,
            .price = action.price});
    if (!refusal) {
        auto fields = dealFields(action);
        std::move(judged.begin(), judged.end(), std::back_inserter(fields));
        record(EventKind::GrantSpent, Severity::Notice, session, std::move(fields));
        return true;
    }
    recordAllowed(session, std::move(judged));
    const bool isForged = refusal->code == stepup::GrantRefusal::SealWrong
        || refusal->code == stepup::GrantRefusal::OtherUser || refusal->code == stepup::GrantRefusal::OtherCertificate;
    const char* name = stepup::refusalName(refusal->code);
    return refuse(session, EventKind::GrantRefused, action,
        "the armed ticket does not cover this (" + std::string(name) + "): " + refusal->detail, name,
        isForged ? Severity::Alert : Severity::Warning);
}

bool EnforcementPoint::spendApproval(Session& session, const ClientAction& action, base::SteadyTime now)
{
    auto& approvals = session.approvedQuotes;
    std::erase_if(approvals, [now](const ApprovedQuote& approved) { return now >= approved.until; });
    const std::string_view account = accountOf(session, action);
    const auto found = std::find_if(approvals.begin(), approvals.end(),
        [&](const ApprovedQuote& approved) { return matches(approved.quote, action, account); });
    if (found == approvals.end())
        return false;
    approvals.erase(found);
    return true;
}

std::optional<zerotrust::Refusal> EnforcementPoint::missingEntitlement(
    const Session& session, const zerotrust::Attempt& attempt)
{
    return zerotrust::check(session.entitlement ? &*session.entitlement : nullptr, attempt);
}

void EnforcementPoint::countRefusal(Session& session)
{
    if (session.standing == Standing::Closed)
        return;
    const base::SteadyTime now = m_around.clock.steady();
    while (!session.refusals.empty() && now - session.refusals.front() >= RefusalWindow)
        session.refusals.pop_front();
    session.refusals.push_back(now);
    happened(RuleTrigger::RefusedMessage, session.facts);
    if (!m_meter.refused(session.facts) && session.standing != Standing::Closed)
        end(session, "too many of its messages were refused");
}

bool EnforcementPoint::isWithinMeter(Session& session, const fix::UserRequest& request)
{
    const auto verdict = m_meter.take(session.facts, fix::msg::UserRequest);
    if (verdict == RequestMeter::Verdict::Passes)
        return true;
    auto notice = actionNotice(session, stepup::AccessOutcome::Deny);
    notice.refusal = "too-many-requests";
    record(EventKind::MessageRefused, Severity::Warning, session, {{"type", "BE"}, {"refusal", "too-many-requests"}},
        notice.reference);
    say(session, request.id, fix::UserStatus::Refused,
        "This is refused: that was asked too often, wait a while. Reference " + notice.reference + '.', notice);
    countRefusal(session);
    if (verdict == RequestMeter::Verdict::TooOften && session.standing != Standing::Closed)
        end(session, "it asked too often");
    return false;
}

bool EnforcementPoint::maySend(const rfq::SessionId& id, const fix::WireMessage& message)
{
    Session* session = find(id);
    if (!session || !isOpen(session->standing))
        return false;
    if (const auto filled = filledBy(message);
        filled && m_dealt.rises(session->facts.user.text() + '\n' + filled->first, filled->second))
        m_rules.dealt(session->facts.user);
    if (message.type == fix::msg::Quote) {
        if (!mayView(*session))
            return false;
        const auto quote = message.find(fix::tag::QuoteId);
        const auto dealer = fix::quotingPartyOf(message);
        if (quote && !dealer.empty())
            session->quotes.note(*quote, dealer);
    }
    return true;
}

}
