#include "core/rfq/quote_machine.h"

#include <algorithm>
#include <array>

namespace rfq {

namespace {

using S = QuoteState;
using E = QuoteEvent;

constexpr std::array Transitions{
    QuoteTransition{S::Firm, E::Replaced, S::Replaced},
    QuoteTransition{S::Firm, E::Withdrawn, S::Withdrawn},
    QuoteTransition{S::Firm, E::TimedOut, S::Expired},
    QuoteTransition{S::Firm, E::SessionLost, S::Stale},
    QuoteTransition{S::Firm, E::RequestOver, S::Expired},

    QuoteTransition{S::Indicative, E::Replaced, S::Replaced},
    QuoteTransition{S::Indicative, E::Withdrawn, S::Withdrawn},
    QuoteTransition{S::Indicative, E::TimedOut, S::Expired},
    QuoteTransition{S::Indicative, E::SessionLost, S::Stale},
    QuoteTransition{S::Indicative, E::RequestOver, S::Expired},

    // Dead is dead: nothing leads back. To hear of the end after the end is no news.
    QuoteTransition{S::Invalid, E::Replaced, S::Replaced},
    QuoteTransition{S::Withdrawn, E::Replaced, S::Replaced},
    QuoteTransition{S::Withdrawn, E::Withdrawn, S::Withdrawn},
    QuoteTransition{S::Withdrawn, E::TimedOut, S::Withdrawn},
    QuoteTransition{S::Expired, E::Replaced, S::Replaced},
    QuoteTransition{S::Expired, E::Withdrawn, S::Expired},
    QuoteTransition{S::Expired, E::TimedOut, S::Expired},
    QuoteTransition{S::Stale, E::Replaced, S::Replaced},
};

}

std::span<const QuoteTransition> quoteTransitions()
{
    return Transitions;
}

std::optional<QuoteState> nextState(QuoteState from, QuoteEvent event)
{
    const auto found = std::find_if(Transitions.begin(), Transitions.end(),
        [&](const QuoteTransition& move) { return move.from == from && move.event == event; });
    return found == Transitions.end() ? std::nullopt : std::optional(found->to);
}

const char* nameOf(QuoteState state)
{
    switch (state) {
    case S::Firm:
        return "firm";
    case S::Indicative:
        return "indicative";
    case S::Invalid:
        return "invalid";
    case S::Replaced:
        return "replaced";
    case S::Withdrawn:
        return "withdrawn";
    case S::Expired:
        return "expired";
    case S::Stale:
        return "stale";
    }
    return "";
}

const char* nameOf(QuoteEvent event)
{
    switch (event) {
    case E::Replaced:
        return "replaced";
    case E::Withdrawn:
        return "withdrawn";
    case E::TimedOut:
        return "timed out";
    case E::SessionLost:
        return "session lost";
    case E::RequestOver:
        return "request over";
    }
    return "";
}

}
