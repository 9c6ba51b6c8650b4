#include "app/cli/recover_run.h"

#include "app/cli/desk_lookup.h"
#include "app/cli/outcome_events.h"
#include "app/cli/run_loop.h"

#include <algorithm>

namespace cli {

namespace {

}

RecoverRun::RecoverRun(
    const RecoverCommand& command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_deadline(clock.steady() + command.patience)
    , m_watch(reporter)
    , m_incidents(service.incidents().size())
{
    for (const rfq::AcceptanceLine* line : service.unknownOutcomes()) {
        m_open.push_back(line->acceptance.id);
        m_watch.skip(*line);
        m_reporter.report(unknownEvent(*line, phoneOf(service, line->acceptance.dealer)));
    }
}

std::optional<ExitCode> RecoverRun::step()
{
    m_service.tick();
    reportChanges();
    reportOutcomes();
    if (m_open.empty()) {
        if (m_service.incidents().size() > m_incidents)
            return finish(ExitCode::UnknownOutcome, "Every outcome is known, but an incident must be acknowledged");
        return finish(ExitCode::Done, "Every outcome is known");
    }
    if (m_clock.steady() >= m_deadline || !canStillConnect())
        return giveUp();
    return std::nullopt;
}

base::SteadyTime RecoverRun::nextStep() const
{
    const base::SteadyTime pulse = std::min(m_clock.steady() + Pulse, m_deadline);
    const auto deadline = m_service.nextDeadline();
    return deadline && *deadline < pulse ? *deadline : pulse;
}

void RecoverRun::reportChanges()
{
    const rfq::Changes changes = m_service.takeChanges();
    for (const rfq::SessionId& id : changes.sessions) {
        const rfq::SessionChanged& session = m_service.sessions().at(id);
        m_reporter.report(sessionEvent(session));
        if (session.reason)
            m_lastFailure.insert_or_assign(id, *session.reason);
    }
    for (const rfq::Notice& notice : changes.notices) {
        // Which outcomes are unknown was said at the beginning, with more than the notice has.
        if (notice.severity == rfq::Severity::Alarm && notice.code != rfq::NoticeCode::OutcomeUnknown)
            m_reporter.report(alarmEvent(notice));
    }
}

void RecoverRun::reportOutcomes()
{
    for (const rfq::ClOrdId& id : m_open) {
        const rfq::AcceptanceLine& line = *findAcceptance(m_service, id);
        m_connected = m_connected || m_service.isLoggedOn(line.acceptance.session);
        m_watch.look(line);
        if (line.state == rfq::AcceptanceState::Unknown)
            continue;
        m_reporter.report(outcomeEvent(line));
        if (const rfq::Trade* trade = findTrade(m_service, line))
            m_reporter.report(tradeEvent(*trade));
    }
    std::erase_if(m_open,
        [&](const rfq::ClOrdId& id) { return findAcceptance(m_service, id)->state != rfq::AcceptanceState::Unknown; });
}

bool RecoverRun::canStillConnect() const
{
    return std::any_of(m_open.begin(), m_open.end(), [&](const rfq::ClOrdId& id) {
        const auto& sessions = m_service.sessions();
        const auto session = sessions.find(findAcceptance(m_service, id)->acceptance.session);
        return session != sessions.end() && session->second.phase != rfq::SessionPhase::Refused;
    });
}

ExitCode RecoverRun::giveUp()
{
    std::string whom;
    for (const rfq::ClOrdId& id : m_open) {
        const rfq::AcceptanceLine& line = *findAcceptance(m_service, id);
        const std::string phone = phoneOf(m_service, line.acceptance.dealer);
        m_reporter.report(unknownEvent(line, phone));
        whom += (whom.empty() ? "" : "; ") + line.acceptance.dealer.text() + (phone.empty() ? "" : " (" + phone + ")")
            + " about ClOrdID " + id.text();
    }
    if (!m_connected)
        return finish(ExitCode::NotConnected, "Nobody who could tell was reached" + whyNot() + ". Call " + whom);
    return finish(ExitCode::UnknownOutcome, "Still unknown. Call " + whom);
}

std::string RecoverRun::whyNot() const
{
    std::string reasons;
    for (const auto& [session, reason] : m_lastFailure)
        reasons += (reasons.empty() ? " (" : "; ") + session.text() + ": " + reason.detail;
    return reasons + (reasons.empty() ? "" : ")");
}

ExitCode RecoverRun::finish(ExitCode code, const std::string& reason)
{
    const auto& incidents = m_service.incidents();
    for (std::size_t i = m_incidents; i < incidents.size(); ++i)
        m_reporter.report(incidentEvent(incidents[i]));
    m_reporter.report(endEvent(code, reason));
    return code;
}

}
