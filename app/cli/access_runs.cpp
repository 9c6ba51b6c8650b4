#include "app/cli/access_runs.h"

#include "app/cli/events.h"
#include "app/cli/run_loop.h"
#include "app/cli/session_wait.h"

#include <algorithm>

namespace cli {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

namespace {

constexpr auto ArmedFor = 300s;

bool isWithThePerson(rfq::AccessPhase phase)
{
    return phase == rfq::AccessPhase::StepUp || phase == rfq::AccessPhase::Answering;
}

}

AccessRun::AccessRun(rfq::AccessControl& access, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_access(access)
    , m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_until(clock.steady() + SessionPatience)
{
}

base::SteadyTime AccessRun::nextStep() const
{
    return m_clock.steady() + Pulse;
}

ExitCode AccessRun::refuse(const std::string& why)
{
    m_reporter.report(endEvent(ExitCode::NotConnected, why));
    return ExitCode::NotConnected;
}

std::optional<ExitCode> AccessRun::step()
{
    if (m_interrupted)
        return refuse("Interrupted before anything was asked");
    bool waiting = false;
    // Sessions without an enforcement point are not waited for here.
    bool reachable = m_service.settings().profiles.size() > m_access.sessions().size();
    std::string why;
    for (const auto& [name, state] : m_access.sessions()) {
        const auto found = m_service.sessions().find(name);
        const auto* session = found == m_service.sessions().end() ? nullptr : &found->second;
        if (isWithThePerson(state.phase))
            m_until = m_clock.steady() + SessionPatience;
        if (m_service.isLoggedOn(name))
            reachable = true;
        else if (state.phase == rfq::AccessPhase::StepUpMissed && state.problem)
            why += (why.empty() ? "" : "; ") + name.text() + ": " + state.problem->detail;
        else if (session && session->phase == rfq::SessionPhase::Refused && session->reason)
            why += (why.empty() ? "" : "; ") + name.text() + ": " + session->reason->detail;
        else
            waiting = true;
    }
    if (waiting && m_clock.steady() < m_until)
        return std::nullopt;
    return reachable || waiting ? ExitCode::Done : refuse("Not let in: " + why);
}

ArmRun::ArmRun(const RfqCommand& command, rfq::AccessControl& access, rfq::RfqService& service, Reporter& reporter,
    const base::Clock& clock)
    : m_command(command)
    , m_access(access)
    , m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
{
}

base::SteadyTime ArmRun::nextStep() const
{
    return m_clock.steady() + Pulse;
}

base::Result<rfq::ArmScope> ArmRun::scope() const
{
    const auto& known = m_service.settings();
    const auto instrument = std::find_if(known.instruments.begin(), known.instruments.end(),
        [this](const rfq::Instrument& one) { return one.symbol == m_command.symbol; });
    if (instrument == known.instruments.end())
        return Error{Errc::NotFound, "no instrument is named " + m_command.symbol};
    const auto date = m_service.valueDate(*instrument, m_command.settlement);
    if (!date)
        return date.error();
    rfq::ArmScope scope;
    for (const rfq::Dealer& dealer : known.dealers) {
        const auto& chosen = m_command.dealers;
        const bool asked = chosen.empty() || std::find(chosen.begin(), chosen.end(), dealer.id.text()) != chosen.end();
        if (!asked || !m_access.sessions().contains(dealer.session))
            continue;
        if (!scope.session.empty() && scope.session != dealer.session)
            return Error{
                Errc::InvalidInput, "--dealers: a ticket is armed at one counterparty; name dealers of one session"};
        scope.session = dealer.session;
        scope.dealers.push_back(dealer.id);
    }
    if (scope.dealers.empty())
        return Error{Errc::Refused, "none of these dealers is behind an access policy: there is nothing to arm"};
    scope.symbol = m_command.symbol;
    scope.settlement = {m_command.settlement.tenor, *date};
    scope.currency = m_command.currency.empty() ? instrument->base() : m_command.currency;
    scope.maxQuantity = m_command.quantity;
    (m_command.side == rfq::RequestSide::Buy ? scope.buyAtMost : scope.sellAtLeast) = m_command.limit;
    scope.life = ArmedFor;
    scope.uses = 1;
    return scope;
}

ExitCode ArmRun::refuse(ExitCode code, const std::string& why)
{
    m_reporter.report(endEvent(code, why));
    return code;
}

std::optional<ExitCode> ArmRun::step()
{
    if (m_interrupted) {
        if (m_session)
            m_access.disarm(*m_session);
        return refuse(ExitCode::NotConnected, "Interrupted before anything was asked");
    }
    if (!m_session) {
        const auto wanted = scope();
        if (!wanted)
            return refuse(ExitCode::Usage, "Not armed: " + wanted.error().detail);
        const auto asked = m_access.arm(*wanted);
        if (!asked)
            return refuse(ExitCode::NotConnected, "Not armed: " + asked.error().detail);
        m_session = wanted->session;
        return std::nullopt;
    }
    const rfq::ArmedTicket& ticket = m_access.tickets().at(*m_session);
    switch (ticket.phase) {
    case rfq::ArmPhase::Asking:
    case rfq::ArmPhase::StepUp:
    case rfq::ArmPhase::Answering:
        return std::nullopt;
    case rfq::ArmPhase::Armed:
        return ExitCode::Done;
    case rfq::ArmPhase::Refused:
    case rfq::ArmPhase::Over:
        return refuse(ExitCode::NotConnected,
            "Not armed: " + (ticket.problem ? ticket.problem->detail : std::string("it was given up")));
    }
    return std::nullopt;
}

}
