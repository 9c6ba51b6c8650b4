#include "app/cli/incident_runs.h"

#include "app/cli/desk_lookup.h"
#include "app/cli/outcome_events.h"

#include <utility>

namespace cli {

using base::Errc;

ExitCode acknowledgeIncident(const AcknowledgeCommand& command, rfq::RfqService& service, Reporter& reporter)
{
    if (const base::Status status = service.acknowledge(command.incident, command.note); !status) {
        reporter.report(endEvent(ExitCode::Usage, "Not acknowledged: " + status.error().detail));
        return ExitCode::Usage;
    }
    reporter.report(incidentEvent(*findIncident(service, command.incident)));
    reporter.report(endEvent(ExitCode::Done, "Acknowledged"));
    return ExitCode::Done;
}

DisputeRun::DisputeRun(DisputeCommand command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_command(std::move(command))
    , m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_deadline(clock.steady() + m_command.wait)
{
}

std::optional<ExitCode> DisputeRun::step()
{
    for (const rfq::SessionId& session : m_service.takeChanges().sessions)
        m_reporter.report(sessionEvent(m_service.sessions().at(session)));
    const rfq::Incident* incident = findIncident(m_service, m_command.incident);
    const auto session = incident ? m_service.sessions().find(incident->session) : m_service.sessions().end();
    const bool mayConnect =
        session != m_service.sessions().end() && session->second.phase != rfq::SessionPhase::Refused;
    const base::Status status = m_service.dispute(m_command.incident);
    if (status) {
        m_reporter.report(incidentEvent(*findIncident(m_service, m_command.incident)));
        return finish(ExitCode::Done, "Disputed: DontKnowTrade(Q) goes to " + incident->session.text());
    }
    if (status.error().code != Errc::NotConnected)
        return finish(ExitCode::Usage, "Not disputed: " + status.error().detail);
    if (mayConnect && m_clock.steady() < m_deadline)
        return std::nullopt;
    return finish(ExitCode::NotConnected, "Not disputed: " + status.error().detail);
}

ExitCode DisputeRun::finish(ExitCode code, const std::string& reason)
{
    m_reporter.report(endEvent(code, reason));
    return code;
}

}
