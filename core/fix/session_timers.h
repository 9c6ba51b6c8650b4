#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fix {

/// The deadlines of one FIX connection (FIX 4.4 vol. 2: Logon, Heartbeat, Test Request, Logout), all of them on the
/// monotonic clock: what happens to the wall clock moves none of them, and a machine that slept finds them overdue.
/// Says what is due; doing it is the session's business.
class SessionTimers {
public:
    /// What the session has to do now, the most urgent first.
    enum class Due {
        Nothing,
        EndForLogon, ///< the Logon stayed out
        EndForLogout, ///< the answer to our Logout stayed out
        EndForHangUp, ///< the peer logged out, has our answer, and does not hang up
        EndForSilence, ///< nothing came for 2.4 heartbeat intervals
        EndForTest, ///< our TestRequest(1) was not answered by a Heartbeat(0) with its TestReqID(112)
        TestRequest,
        Heartbeat,
    };

    /// How long the answer to a Logout is waited for.
    static constexpr std::chrono::seconds LogoutPatience{2};
    /// How long a peer that logged out has for hanging up.
    static constexpr std::chrono::seconds HangUpPatience{2};

    /// The connection is gone, or another begins.
    void stop();
    void awaitLogon(base::SteadyTime now, std::chrono::milliseconds patience);
    /// `interval` is HeartBtInt(108); zero: no heartbeats either way.
    void loggedOn(base::SteadyTime now, std::chrono::seconds interval);
    void awaitLogout(base::SteadyTime now);
    void awaitHangUp(base::SteadyTime now);

    /// A message of the peer came.
    void heard(base::SteadyTime now) { m_heardAt = now; }
    /// A message of ours went out.
    void said(base::SteadyTime now) { m_saidAt = now; }
    /// A TestRequest with this TestReqID went out.
    void tested(base::SteadyTime now, std::string testReqId);
    /// A Heartbeat with this TestReqID came. False where it is not the one that is waited for.
    bool answered(std::string_view testReqId);

    [[nodiscard]] Due due(base::SteadyTime now) const;
    /// When something will be due, if nothing happens before.
    [[nodiscard]] base::SteadyTime next() const;
    /// Whether the peer has been silent so long that it must have given us up, too.
    [[nodiscard]] bool silentTooLong(base::SteadyTime now) const;

private:
    enum class Phase { Idle, LoggingOn, LoggedOn, LoggingOut, HangingUp };

    Phase m_phase = Phase::Idle;
    base::SteadyTime m_deadline; ///< of every phase but LoggedOn
    std::chrono::milliseconds m_interval{0};
    base::SteadyTime m_heardAt;
    base::SteadyTime m_saidAt;
    struct Test {
        std::string id;
        base::SteadyTime sentAt;
    };
    std::optional<Test> m_test;
};

}
