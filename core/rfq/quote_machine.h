#pragma once

#include "core/rfq/values.h"

#include <optional>
#include <span>

namespace rfq {

/// What can happen to a quote after it was judged on arrival (judgedQuote() gives the state it begins in).
enum class QuoteEvent {
    Replaced, ///< a newer one of the same dealer came
    Withdrawn,
    TimedOut, ///< its deadline has come
    SessionLost,
    RequestOver,
};

struct QuoteTransition {
    QuoteState from;
    QuoteEvent event;
    QuoteState to;
};

/// Every move a quote can make; what is not here is refused. No row leads to a live state: a quote never comes back.
[[nodiscard]] std::span<const QuoteTransition> quoteTransitions();
/// Where the event leads; absent where it is not allowed.
[[nodiscard]] std::optional<QuoteState> nextState(QuoteState from, QuoteEvent event);

[[nodiscard]] const char* nameOf(QuoteState state);
[[nodiscard]] const char* nameOf(QuoteEvent event);

}
