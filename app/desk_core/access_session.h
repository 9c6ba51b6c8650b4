#pragma once

#include "auth/step_up_task.h"
#include "core/base/clock.h"
#include "core/fix/settings.h"
#include "core/rfq/access.h"
#include "core/stepup/action.h"
#include "core/stepup/dialect.h"

#include <cstdint>
#include <optional>
#include <string>

namespace app {

/// A session with a policy enforcement point, as it is configured.
struct AccessPeer {
    std::string venue; ///< CompID of the other end
    std::string session; ///< "DESK>VENUE"
    std::string rpId;
    std::string
        account; ///< Account(1) of what is dealt there; our CompID where none is sent, as the other end takes it
};
/// Absent where the session has no enforcement point.
[[nodiscard]] std::optional<AccessPeer> accessPeerOf(const fix::SessionSettings& settings);

/// The decision in the words of the desk.
[[nodiscard]] rfq::AccessNotice accessNoticeOf(const stepup::Notice& notice, const std::string& text);

/// The enforcement point's clock, read from its latest notice; never ahead of it, so that a ticket does not begin in
/// its future.
struct PeerClock {
    base::UtcTime told{};
    base::SteadyTime received{};

    [[nodiscard]] base::UtcTime at(base::SteadyTime now) const
    {
        return told + std::chrono::duration_cast<std::chrono::microseconds>(now - received);
    }
};

/// When the enforcement point stops waiting for an answer, on this workstation's monotonic clock: by the difference of
/// its own two stamps, so that no difference of clocks matters.
[[nodiscard]] base::SteadyTime endOf(
    const stepup::Challenge& challenge, base::UtcTime evaluatedAt, base::SteadyTime received);

/// The bounds as what the security key signs. Errors: InvalidInput.
[[nodiscard]] base::Result<stepup::ArmTicket> ticketFor(
    const rfq::ArmScope& scope, const AccessPeer& peer, base::UtcTime from);

}
