#pragma once

#include "core/rfq/states.h"

#include <optional>
#include <span>

namespace rfq {

/// What can happen to one dealer inside a request.
enum class DealerEvent {
    FirmQuote, ///< its newest quote may be dealt on
    IndicativeQuote,
    InvalidQuote,
    StaleQuote,
    QuoteExpired, ///< its newest quote has expired, or had when it came
    QuoteWithdrawn,
    Passed,
    Refused, ///< with a code, or its system refused our message
    SessionLost,
    NotSent, ///< the request never left for it
    RequestOver,
};

struct DealerTransition {
    DealerState from;
    DealerEvent event;
    DealerState to;
};

/// Every move a dealer can make inside a request; what is not here is refused.
[[nodiscard]] std::span<const DealerTransition> dealerTransitions();
/// Where the event leads; absent where it is not allowed.
[[nodiscard]] std::optional<DealerState> nextState(DealerState from, DealerEvent event);

/// Whether a quote of this dealer can still become one to deal on.
[[nodiscard]] inline bool canStillQuote(DealerState state)
{
    return nextState(state, DealerEvent::FirmQuote).has_value();
}

[[nodiscard]] const char* nameOf(DealerState state);
[[nodiscard]] const char* nameOf(DealerEvent event);

}
