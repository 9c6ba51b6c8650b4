#pragma once

#include "core/base/clock.h"
#include "core/rfq/access.h"
#include "core/rfq/rfq_service.h"

#include <chrono>
#include <optional>
#include <string>

namespace cli {

/// How long a session is waited for, beside the time that a touch takes.
inline constexpr std::chrono::milliseconds SessionPatience{15'000};

/// Waits until the enforcement point of one session can be asked about security keys; as long as somebody touches a
/// key, and otherwise not for long.
class SessionWait {
public:
    SessionWait(
        const rfq::SessionId& session, rfq::AccessControl& access, rfq::RfqService& service, const base::Clock& clock);

    /// Why it cannot be asked; absent while that is still to be seen, and once it can.
    [[nodiscard]] std::optional<std::string> obstacle();

private:
    const rfq::SessionId& m_session;
    rfq::AccessControl& m_access;
    rfq::RfqService& m_service;
    const base::Clock& m_clock;
    base::SteadyTime m_until;
};

}
