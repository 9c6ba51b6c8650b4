#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <optional>

namespace app {

/// What the operating system says of this workstation's clock.
struct ClockState {
    bool synchronised = false; ///< a time service keeps it
    std::chrono::microseconds error{0}; ///< by its own estimate

    friend bool operator==(const ClockState&, const ClockState&) = default;
};
/// Absent where the operating system does not tell.
[[nodiscard]] std::optional<ClockState> clockState();

/// Why stamps of this workstation cannot be believed: nothing keeps the clock, it is off by more than the second that
/// RTS 25 allows a person's dealing, or its time was over when the newest record was made or this program was built.
/// Deadlines do not depend on it; the record and the counterparty's CheckLatency do.
[[nodiscard]] std::optional<base::Error> clockProblem(
    const std::optional<ClockState>& state, base::UtcTime now, std::optional<base::UtcTime> newestRecord);

/// The day this program was built; no clock that is right is behind it.
[[nodiscard]] base::UtcTime builtOn();

}
