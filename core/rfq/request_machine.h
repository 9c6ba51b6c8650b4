#pragma once

#include "core/rfq/states.h"

#include <optional>
#include <span>

namespace rfq {

/// What can happen to a request. Most of it is what its dealers, acceptances and trades amount to (eventOf()).
enum class RequestEvent {
    Answered, ///< a dealer has said something, and nothing firm is live
    Quoted, ///< a firm quote is live
    Accepted, ///< an acceptance is in flight
    LostSight, ///< an acceptance has no known outcome
    Filled,
    PartlyFilled, ///< filled for less than was asked
    Settled, ///< two persons closed an acceptance, or all that was filled was taken back: nothing is dealt on it again
    Declined, ///< no dealer is left that could still quote
    SessionsLost, ///< no dealer is left that could still quote, and some because their session went down
    SessionBack, ///< one of the sessions is logged on again
    LifeOver,
    Ended, ///< by the trader
    NotSent, ///< nothing left this workstation
};

struct RequestTransition {
    RfqState from;
    RequestEvent event;
    RfqState to;
};

/// Every move a request can make; what is not here is refused.
[[nodiscard]] std::span<const RequestTransition> requestTransitions();
/// Where the event leads; absent where it is not allowed.
[[nodiscard]] std::optional<RfqState> nextState(RfqState from, RequestEvent event);

[[nodiscard]] const char* nameOf(RfqState state);
[[nodiscard]] const char* nameOf(RequestEvent event);

}
