#include "app/cli/decision_run.h"

#include "app/cli/desk_lookup.h"
#include "app/cli/event_parts.h"
#include "app/cli/outcome_events.h"
#include "app/cli/run_loop.h"

#include <utility>

namespace cli {

using base::Errc;
using base::Error;

namespace {

base::Result<const rfq::AcceptanceLine*> findUnknown(const rfq::RfqService& service, const rfq::ClOrdId& id)
{
    const rfq::AcceptanceLine* line = findAcceptance(service, id);
    if (!line)
        return Error{Errc::NotFound,
            "there is no acceptance " + id.text() + "; `countersign-cli outcomes` lists those without an outcome"};
    if (line->state != rfq::AcceptanceState::Unknown)
        return Error{Errc::Refused, "the outcome of " + id.text() + " is known: " + stateName(line->state)};
    return line;
}

}

base::Result<Decision> closingDecision(const CloseCommand& command, rfq::RfqService& service, const rfq::Person& trader)
{
    const auto line = findUnknown(service, command.id);
    if (!line)
        return line.error();
    const auto effect = [&service, command, trader](rfq::Approval approval) {
        return service.close(rfq::Closing{
            command.id, command.verdict, command.reason, command.reference, trader, std::move(approval), {}});
    };
    return Decision{closingStatement((*line)->acceptance, command.verdict, command.reason, command.reference, trader),
        trader, effect};
}

base::Result<Decision> twinDecision(const TwinOverride& twin, rfq::RfqService& service, const rfq::Person& trader)
{
    const auto line = findUnknown(service, twin.unknown);
    if (!line)
        return line.error();
    const auto effect = [&service, twin, trader](rfq::Approval approval) {
        return service.allowTwin(rfq::TwinConsent{twin.unknown, twin.reason, trader, std::move(approval), {}});
    };
    return Decision{twinStatement((*line)->acceptance, twin.reason, trader), trader, effect};
}

DecisionRun::DecisionRun(Decision decision, const SecondPerson& second, base::SecretBytes pin, rfq::Approver& approver,
    Reporter& reporter, const base::Clock& clock)
    : m_decision(std::move(decision))
    , m_reporter(reporter)
    , m_clock(clock)
    , m_answer(std::make_shared<std::optional<Answer>>())
{
    const auto lastTry = second.pin.lastTryConfirmed ? rfq::LastTry::Confirmed : rfq::LastTry::NotConfirmed;
    approver.approve(m_decision.statement, m_decision.trader, second.fingerprint, std::move(pin), lastTry,
        [answer = m_answer](base::Result<rfq::Approval> approval, rfq::PinState state) {
            answer->emplace(Answer{std::move(approval), state});
        });
}

std::optional<ExitCode> DecisionRun::step()
{
    if (!*m_answer)
        return std::nullopt;
    Answer answer = *std::exchange(*m_answer, std::nullopt);
    if (!answer.approval) {
        m_reporter.report(approvalRefusedEvent(answer.approval.error(), answer.pin));
        m_reporter.report(endEvent(ExitCode::NotConnected, "The second person did not sign; nothing was changed"));
        return ExitCode::NotConnected;
    }
    m_reporter.report(approvalEvent(*answer.approval));
    // While the token signed, evidence may have come.
    if (const base::Status done = m_decision.effect(*std::move(answer.approval)); !done) {
        m_reporter.report(endEvent(ExitCode::Usage, "Nothing was changed: " + done.error().detail));
        return ExitCode::Usage;
    }
    return ExitCode::Done;
}

base::SteadyTime DecisionRun::nextStep() const
{
    return m_clock.steady() + Pulse;
}

}
