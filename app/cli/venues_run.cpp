#include "app/cli/venues_run.h"

#include <algorithm>
#include <set>

namespace cli {

VenuesRun::VenuesRun(
    const VenuesCommand& command, rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_service(service)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_deadline(clock.steady() + command.wait)
{
}

std::optional<ExitCode> VenuesRun::step()
{
    std::set<rfq::SessionId> names;
    for (const auto& [name, profile] : m_service.settings().profiles)
        names.insert(name);
    for (const auto& [name, session] : m_service.sessions()) {
        if (session.reason)
            m_lastFailure.insert_or_assign(name, *session.reason);
    }
    const auto phaseOf = [&](const rfq::SessionId& name) {
        const auto found = m_service.sessions().find(name);
        return found == m_service.sessions().end() ? rfq::SessionPhase::Stopped : found->second.phase;
    };
    const auto isSettled = [&](const rfq::SessionId& name) {
        return phaseOf(name) == rfq::SessionPhase::LoggedOn || phaseOf(name) == rfq::SessionPhase::Refused;
    };
    if (!std::all_of(names.begin(), names.end(), isSettled) && m_clock.steady() < m_deadline)
        return std::nullopt;

    bool allUp = true;
    for (const rfq::SessionId& name : names) {
        const auto found = m_service.sessions().find(name);
        rfq::SessionChanged session;
        session.session = name;
        if (found != m_service.sessions().end())
            session = found->second;
        const auto failure = m_lastFailure.find(name);
        if (!m_service.isLoggedOn(name) && !session.reason && failure != m_lastFailure.end())
            session.reason = failure->second;
        m_reporter.report(sessionEvent(session));
        allUp = allUp && m_service.isLoggedOn(name);
    }
    const ExitCode code = allUp ? ExitCode::Done : ExitCode::NotConnected;
    m_reporter.report(endEvent(code, allUp ? "Every session is logged on" : "Not every session is logged on"));
    return code;
}

}
