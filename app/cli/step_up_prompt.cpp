#include "app/cli/step_up_prompt.h"

#include "app/cli/access_events.h"
#include "app/cli/terminal.h"

#include <memory>
#include <utility>

namespace cli {

using rfq::StepUpProblem;
using rfq::StepUpStage;

namespace {

/// What plugging in can help with.
bool waitsForAKey(StepUpProblem problem)
{
    return problem == StepUpProblem::NoKey || problem == StepUpProblem::KeyRemoved
        || problem == StepUpProblem::ReplugNeeded || problem == StepUpProblem::WrongKey;
}

bool isAboutThePin(StepUpProblem problem)
{
    return problem == StepUpProblem::PinWrong || problem == StepUpProblem::PinUnfit
        || problem == StepUpProblem::PinLastTry;
}

}

StepUpPrompt::StepUpPrompt(rfq::AccessControl& access, rfq::StepUp& touch, AskPin askPin, Person person,
    Reporter& reporter, const base::Clock& clock)
    : m_access(access)
    , m_touch(touch)
    , m_askPin(std::move(askPin))
    , m_person(person)
    , m_reporter(reporter)
    , m_clock(clock)
{
}

void StepUpPrompt::look()
{
    m_access.tick();
    m_touch.tick();
    reportAccess();
    const auto* current = m_touch.current();
    if (!current) {
        m_shown.reset();
        return;
    }
    const rfq::StepUpView view = *current; // what follows changes it
    reportTouch(view);
    m_shown = view;
    answer(view);
    reportAccess(); // what was called off is news before the run that waits for it ends
}

void StepUpPrompt::reportAccess()
{
    for (const auto& [session, state] : m_access.sessions()) {
        const rfq::AccessState before = std::exchange(m_states[session], state);
        if (state.notice && state.notice != before.notice)
            m_reporter.report(accessDecisionEvent(session, *state.notice));
        if (state.problem && state.problem != before.problem)
            m_reporter.report(stepUpMissedEvent(session, *state.problem));
    }
    for (const auto& [session, ticket] : m_access.tickets()) {
        const rfq::ArmedTicket before = std::exchange(m_tickets[session], ticket);
        if (before.id != ticket.id || before.phase != ticket.phase)
            m_reporter.report(armedTicketEvent(ticket, m_clock.steady()));
    }
    for (const auto& [session, approval] : m_access.approvals()) {
        const rfq::QuoteApproval before = std::exchange(m_approvals[session], approval);
        if (before.quote != approval.quote || before.side != approval.side || before.phase != approval.phase)
            m_reporter.report(quoteApprovalEvent(session, approval));
    }
}

void StepUpPrompt::reportTouch(const rfq::StepUpView& view)
{
    const bool isNew = !m_shown || m_shown->number != view.number;
    if (isNew)
        m_reporter.report(stepUpEvent(view, m_clock.steady()));
    if (view.problem && (isNew || m_shown->problem != view.problem || m_shown->stage != view.stage))
        m_reporter.report(stepUpProblemEvent(view));
    if (view.touchNow && (isNew || !m_shown->touchNow))
        m_reporter.report(stepUpTouchEvent(view));
}

void StepUpPrompt::answer(const rfq::StepUpView& view)
{
    switch (view.stage) {
    case StepUpStage::ChoosingKey:
    case StepUpStage::Touching:
        return;
    case StepUpStage::Stopped:
        if (m_person == Person::Absent || !waitsForAKey(*view.problem))
            m_touch.cancel();
        return;
    case StepUpStage::EnteringPin:
        // A script has one PIN: what was wrong once would be wrong again, until the key is blocked.
        if (m_person == Person::Absent && view.problem && isAboutThePin(*view.problem))
            return m_touch.cancel();
        if (auto pin = m_askPin(view))
            m_touch.enterPin(std::move(pin->bytes), pin->lastTry);
        else
            m_touch.cancel();
        return;
    }
}

namespace {

base::Result<StepUpPrompt::Pin> askPerson(const rfq::StepUpView& view, bool confirmed)
{
    auto lastTry = confirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    if (rfq::isLastPinTry(view) && !confirmed) {
        if (!confirm(
                "This is the last try before the key's PIN blocks for good. Type \"last try\" to use it: ", "last try"))
            return base::Error{base::Errc::PinLastTry, "the last try was not confirmed"};
        lastTry = rfq::LastTry::Confirmed;
    }
    auto pin = askPin("PIN of the security key " + view.key + ": ");
    if (!pin)
        return pin.error();
    return StepUpPrompt::Pin{*std::move(pin), lastTry};
}

}

StepUpPrompt::AskPin keyPinFrom(const PinSource& source)
{
    if (!source.descriptor)
        return
            [confirmed = source.lastTryConfirmed](const rfq::StepUpView& view) { return askPerson(view, confirmed); };
    const auto kept = std::make_shared<std::optional<base::SecretBytes>>();
    return [source, kept](const rfq::StepUpView&) -> base::Result<StepUpPrompt::Pin> {
        if (!*kept) {
            auto read = readPin(*source.descriptor);
            if (!read)
                return read.error();
            *kept = *std::move(read);
        }
        base::SecretBytes copy;
        if (!copy.append((*kept)->reveal()))
            return base::Error{base::Errc::InvalidInput, "the PIN is too long"};
        return StepUpPrompt::Pin{
            std::move(copy), source.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed};
    };
}

}
