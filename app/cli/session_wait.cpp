#include "app/cli/session_wait.h"

namespace cli {

SessionWait::SessionWait(
    const rfq::SessionId& session, rfq::AccessControl& access, rfq::RfqService& service, const base::Clock& clock)
    : m_session(session)
    , m_access(access)
    , m_service(service)
    , m_clock(clock)
    , m_until(clock.steady() + SessionPatience)
{
}

std::optional<std::string> SessionWait::obstacle()
{
    const auto found = m_access.sessions().find(m_session);
    if (found == m_access.sessions().end())
        return "session " + m_session.text() + " has no enforcement point that knows security keys";
    const rfq::AccessState& state = found->second;
    const auto session = m_service.sessions().find(m_session);
    if (session != m_service.sessions().end() && session->second.phase == rfq::SessionPhase::Refused)
        return session->second.reason ? session->second.reason->detail : std::string("the session was refused");
    // Where there is no key yet, nobody could touch one: that is what is being changed.
    if (state.phase == rfq::AccessPhase::StepUpMissed && state.problem && state.problem->code != base::Errc::Refused)
        return state.problem->detail;
    if (state.phase == rfq::AccessPhase::StepUp || state.phase == rfq::AccessPhase::Answering)
        m_until = m_clock.steady() + SessionPatience;
    if (m_clock.steady() >= m_until) {
        const bool isTold = session != m_service.sessions().end() && session->second.reason;
        return "the session was not open in time" + (isTold ? ": " + session->second.reason->detail : std::string());
    }
    return std::nullopt;
}

}
