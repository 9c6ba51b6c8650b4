#include "core/fix/session_timers.h"

#include <algorithm>

namespace fix {

using std::chrono::milliseconds;

namespace {

/// HeartBtInt and "some reasonable transmission time", as the test cases have it: a fifth more.
milliseconds patienceOf(milliseconds interval)
{
    return interval * 6 / 5;
}

}

void SessionTimers::stop()
{
    m_phase = Phase::Idle;
    m_test.reset();
}

void SessionTimers::awaitLogon(base::SteadyTime now, milliseconds patience)
{
    m_phase = Phase::LoggingOn;
    m_deadline = now + patience;
}

void SessionTimers::loggedOn(base::SteadyTime now, std::chrono::seconds interval)
{
    m_phase = Phase::LoggedOn;
    m_interval = interval;
    m_heardAt = now;
    m_saidAt = now;
    m_test.reset();
}

void SessionTimers::awaitLogout(base::SteadyTime now)
{
    m_phase = Phase::LoggingOut;
    m_deadline = now + LogoutPatience;
}

void SessionTimers::awaitHangUp(base::SteadyTime now)
{
    m_phase = Phase::HangingUp;
    m_deadline = now + HangUpPatience;
}

void SessionTimers::tested(base::SteadyTime now, std::string testReqId)
{
    m_test = Test{std::move(testReqId), now};
}

bool SessionTimers::answered(std::string_view testReqId)
{
    if (!m_test || m_test->id != testReqId)
        return false;
    m_test.reset();
    return true;
}

SessionTimers::Due SessionTimers::due(base::SteadyTime now) const
{
    switch (m_phase) {
    case Phase::Idle:
        return Due::Nothing;
    case Phase::LoggingOn:
        return now >= m_deadline ? Due::EndForLogon : Due::Nothing;
    case Phase::LoggingOut:
        return now >= m_deadline ? Due::EndForLogout : Due::Nothing;
    case Phase::HangingUp:
        return now >= m_deadline ? Due::EndForHangUp : Due::Nothing;
    case Phase::LoggedOn:
        break;
    }
    if (m_interval == milliseconds(0))
        return Due::Nothing;
    if (silentTooLong(now))
        return Due::EndForSilence;
    if (m_test && now >= m_test->sentAt + patienceOf(m_interval))
        return Due::EndForTest;
    if (!m_test && now >= m_heardAt + patienceOf(m_interval))
        return Due::TestRequest;
    return now >= m_saidAt + m_interval ? Due::Heartbeat : Due::Nothing;
}

base::SteadyTime SessionTimers::next() const
{
    if (m_phase == Phase::Idle)
        return base::SteadyTime::max();
    if (m_phase != Phase::LoggedOn)
        return m_deadline;
    if (m_interval == milliseconds(0))
        return base::SteadyTime::max();
    const base::SteadyTime test = m_test ? m_test->sentAt : m_heardAt;
    return std::min({m_saidAt + m_interval, test + patienceOf(m_interval), m_heardAt + 2 * patienceOf(m_interval)});
}

bool SessionTimers::silentTooLong(base::SteadyTime now) const
{
    return m_phase == Phase::LoggedOn && m_interval > milliseconds(0) && now >= m_heardAt + 2 * patienceOf(m_interval);
}

}
