#include "app/cli/access_events.h"

#include "app/cli/event_parts.h"
#include "core/rfq/amount.h"

#include <chrono>

namespace cli {

using nlohmann::ordered_json;

namespace {

const char* nameOf(rfq::AccessOutcome outcome)
{
    switch (outcome) {
    case rfq::AccessOutcome::Allow:
        return "allow";
    case rfq::AccessOutcome::StepUp:
        return "step-up";
    case rfq::AccessOutcome::ViewOnly:
        return "view-only";
    case rfq::AccessOutcome::Deny:
        return "deny";
    }
    return "";
}

const char* nameOf(rfq::QuoteApprovalPhase phase)
{
    switch (phase) {
    case rfq::QuoteApprovalPhase::Asking:
        return "asking";
    case rfq::QuoteApprovalPhase::StepUp:
        return "step-up";
    case rfq::QuoteApprovalPhase::Answering:
        return "answering";
    case rfq::QuoteApprovalPhase::Approved:
        return "approved";
    case rfq::QuoteApprovalPhase::Refused:
        return "refused";
    }
    return "";
}

const char* nameOf(rfq::ArmPhase phase)
{
    switch (phase) {
    case rfq::ArmPhase::Asking:
        return "asking";
    case rfq::ArmPhase::StepUp:
        return "step-up";
    case rfq::ArmPhase::Answering:
        return "answering";
    case rfq::ArmPhase::Armed:
        return "armed";
    case rfq::ArmPhase::Refused:
        return "refused";
    case rfq::ArmPhase::Over:
        return "over";
    }
    return "";
}

/// What happened and what to do.
const char* wordsOf(rfq::StepUpProblem problem)
{
    switch (problem) {
    case rfq::StepUpProblem::NoKey:
        return "No security key is there. Plug it in.";
    case rfq::StepUpProblem::KeyRemoved:
        return "The security key was taken out. Plug it in again.";
    case rfq::StepUpProblem::WrongKey:
        return "This security key is not enrolled for this. Use the one that is.";
    case rfq::StepUpProblem::PinNotSet:
        return "This security key has no PIN. Set one with `countersign-cli key set-pin`.";
    case rfq::StepUpProblem::PinChangeNeeded:
        return "This security key wants another PIN first. Change it with `countersign-cli key change-pin`.";
    case rfq::StepUpProblem::PinWrong:
        return "That is not the PIN of this security key.";
    case rfq::StepUpProblem::PinLastTry:
        return "One PIN try is left and was not used. A wrong PIN now blocks the key for good.";
    case rfq::StepUpProblem::ReplugNeeded:
        return "Three wrong PINs in a row: take the key out, plug it in again, and be certain of the PIN.";
    case rfq::StepUpProblem::PinBlocked:
        return "The PIN of this security key is blocked. Use your second key and tell IT.";
    case rfq::StepUpProblem::PinUnfit:
        return "A PIN has 4 to 63 characters. Nothing was tried.";
    case rfq::StepUpProblem::NoTouch:
        return "The security key was not touched in time.";
    case rfq::StepUpProblem::Denied:
        return "It was refused at the security key.";
    case rfq::StepUpProblem::StartOver:
        return "The security key has ended what was begun, and nothing was signed. Start again and give its PIN.";
    case rfq::StepUpProblem::Busy:
        return "Another program is using the security key. Close it, then start again.";
    case rfq::StepUpProblem::NotPermitted:
        return "This user may not open the security key: see docs/security-keys.md.";
    case rfq::StepUpProblem::Unsupported:
        return "This security key cannot do what is needed. Use another one.";
    case rfq::StepUpProblem::NotVerified:
        return "The security key answered without having checked the PIN. Use another one and tell IT.";
    case rfq::StepUpProblem::BadAnswer:
        return "The security key answered nonsense. Take it out, plug it in again, and start again.";
    case rfq::StepUpProblem::Internal:
        return "This is a defect of the desk. Report it.";
    }
    return "";
}

std::int64_t secondsLeft(base::SteadyTime until, base::SteadyTime now)
{
    return until <= now ? 0 : std::chrono::ceil<std::chrono::seconds>(until - now).count();
}

}

Event accessDecisionEvent(const rfq::SessionId& session, const rfq::AccessNotice& notice)
{
    Event event{named("access-decision"), {}};
    auto& fields = event.fields;
    fields["session"] = session.text();
    fields["outcome"] = nameOf(notice.outcome);
    fields["score"] = notice.score;
    fields["stepUpFrom"] = notice.stepUpFrom;
    fields["denyFrom"] = notice.denyFrom;
    fields["lines"] = ordered_json::array();
    event.text = session.text() + ": access " + nameOf(notice.outcome) + ", score " + std::to_string(notice.score);
    for (const rfq::AccessLine& line : notice.lines) {
        fields["lines"].push_back({{"attribute", line.attribute}, {"condition", line.condition}, {"score", line.score},
            {"evidence", line.evidence}});
        if (line.score > 0)
            event.text += "; " + line.attribute + ": " + line.condition + ' ' + std::to_string(line.score);
    }
    fields["reference"] = notice.reference;
    fields["evaluatedAt"] = stamp(notice.evaluatedAt);
    fields["text"] = notice.text;
    if (!notice.refusal.empty())
        fields["refusal"] = notice.refusal;
    if (!notice.text.empty())
        event.text += ". " + notice.text;
    // Some enforcement points say it in their own sentence too.
    if (!notice.reference.empty() && notice.text.find(notice.reference) == std::string::npos)
        event.text += " Reference " + notice.reference;
    return event;
}

Event stepUpEvent(const rfq::StepUpView& view, base::SteadyTime now)
{
    Event event{named("step-up"), view.ask.asker + " asks you to approve with your security key:"};
    event.fields["asker"] = view.ask.asker;
    event.fields["reason"] = view.ask.reason;
    event.fields["action"] = view.ask.lines;
    event.fields["secondsLeft"] = secondsLeft(view.ends, now);
    for (const std::string& line : view.ask.lines)
        event.text += ' ' + line + ';';
    event.text += " why: " + (view.ask.reason.empty() ? std::string("not said") : view.ask.reason) + "; "
        + std::to_string(secondsLeft(view.ends, now)) + " s left";
    return event;
}

Event stepUpTouchEvent(const rfq::StepUpView& view)
{
    Event event{named("step-up-touch"),
        view.touchToChoose ? "Touch the security key that you want to use" : "Touch the security key"};
    event.fields["purpose"] = view.touchToChoose ? "choice" : "consent";
    if (!view.key.empty())
        event.fields["key"] = view.key;
    return event;
}

Event stepUpProblemEvent(const rfq::StepUpView& view)
{
    Event event{named("step-up-problem"), wordsOf(*view.problem)};
    event.fields["problem"] = rfq::problemName(*view.problem);
    event.fields["detail"] = view.detail;
    if (view.pinTriesLeft) {
        event.fields["pinTriesLeft"] = *view.pinTriesLeft;
        event.text += " PIN tries left: " + std::to_string(*view.pinTriesLeft) + '.';
    }
    return event;
}

Event stepUpMissedEvent(const rfq::SessionId& session, const base::Error& why)
{
    Event event{named("step-up-missed"), session.text() + ": not approved: " + why.detail};
    event.fields["session"] = session.text();
    addError(event.fields, why);
    return event;
}

Event quoteApprovalEvent(const rfq::SessionId& session, const rfq::QuoteApproval& approval)
{
    Event event{
        named("quote-approval"), session.text() + ": quote " + approval.quote.text() + ": " + nameOf(approval.phase)};
    event.fields["session"] = session.text();
    event.fields["quoteId"] = approval.quote.text();
    event.fields["side"] = approval.side == rfq::Side::Buy ? "buy" : "sell";
    event.fields["phase"] = nameOf(approval.phase);
    if (approval.problem) {
        addError(event.fields, *approval.problem);
        event.text += ": " + approval.problem->detail;
    }
    return event;
}

Event armedTicketEvent(const rfq::ArmedTicket& ticket, base::SteadyTime now)
{
    const rfq::ArmScope& scope = ticket.scope;
    Event event{named("armed-ticket"), "Ticket " + scope.symbol + ": " + nameOf(ticket.phase)};
    auto& fields = event.fields;
    fields["session"] = scope.session.text();
    fields["phase"] = nameOf(ticket.phase);
    fields["symbol"] = scope.symbol;
    fields["currency"] = scope.currency;
    fields["maxQuantity"] = scope.maxQuantity.text();
    if (scope.buyAtMost)
        fields["buyAtMost"] = scope.buyAtMost->text();
    if (scope.sellAtLeast)
        fields["sellAtLeast"] = scope.sellAtLeast->text();
    fields["left"] = ticket.left.text();
    fields["usesLeft"] = ticket.usesLeft;
    if (ticket.phase == rfq::ArmPhase::Armed) {
        fields["secondsLeft"] = secondsLeft(ticket.ends, now);
        event.text += ", up to " + rfq::groupedAmount(ticket.left) + ' ' + scope.currency + ", "
            + std::to_string(secondsLeft(ticket.ends, now)) + " s left";
    }
    if (ticket.problem) {
        addError(fields, *ticket.problem);
        event.text += ": " + ticket.problem->detail;
    }
    if (ticket.notice && !ticket.notice->reference.empty())
        fields["reference"] = ticket.notice->reference;
    return event;
}

}
