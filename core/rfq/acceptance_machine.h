#pragma once

#include "core/rfq/states.h"

#include <optional>
#include <span>

namespace rfq {

/// What can happen to an acceptance.
enum class AcceptanceEvent {
    Written, ///< handed to the connection
    NotWritten, ///< nothing left this workstation, and nothing will
    Acknowledged, ///< the dealer has it and takes its last look
    PartFilled, ///< some of it, the rest is open
    Filled,
    FinallyPartFilled, ///< some of it, and that is all
    Rejected,
    NotDone, ///< cancelled or expired without a fill
    LostSight, ///< no answer in time, the session went down, or the desk was restarted
    NotReceived, ///< proven never to have reached the venue's application
    Closed, ///< two persons decided
    Busted, ///< all that was filled was taken back
};

struct AcceptanceTransition {
    AcceptanceState from;
    AcceptanceEvent event;
    AcceptanceState to;
};

/// Every move an acceptance can make; what is not here is refused. docs/recovery.md draws it.
[[nodiscard]] std::span<const AcceptanceTransition> acceptanceTransitions();
/// Where the event leads; absent where it is not allowed.
[[nodiscard]] std::optional<AcceptanceState> nextState(AcceptanceState from, AcceptanceEvent event);

[[nodiscard]] const char* nameOf(AcceptanceState state);
[[nodiscard]] const char* nameOf(AcceptanceEvent event);

}
