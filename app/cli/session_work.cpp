#include "app/cli/session_work.h"

#include "app/cli/events.h"
#include "app/cli/run_loop.h"

#include <algorithm>

namespace cli {

SessionWork::SessionWork(const rfq::SessionId& session, rfq::KeyManager& keys, rfq::AccessControl& access,
    rfq::RfqService& service, Reporter& reporter, const base::Clock& clock)
    : m_session(session)
    , m_keys(keys)
    , m_reporter(reporter)
    , m_clock(clock)
    , m_wait(session, access, service, clock)
{
}

base::SteadyTime SessionWork::nextStep() const
{
    return m_clock.steady() + Pulse;
}

void SessionWork::end(ExitCode code, const std::string& reason)
{
    m_reporter.report(endEvent(code, reason));
    m_over = code;
}

std::optional<ExitCode> SessionWork::step()
{
    if (m_over || m_begun)
        return m_over;
    const auto open = m_keys.enrolsAt();
    if (const auto why = m_wait.obstacle()) {
        end(ExitCode::NotConnected, undone() + (": " + *why));
    } else if (std::find(open.begin(), open.end(), m_session) != open.end()) {
        m_begun = true;
        begin();
    }
    return m_over;
}

}
