#include "core/rfq/request_machine.h"

#include <algorithm>
#include <array>

namespace rfq {

namespace {

using S = RfqState;
using E = RequestEvent;

constexpr std::array Transitions{
    RequestTransition{S::Sent, E::Answered, S::Open},
    RequestTransition{S::Sent, E::Quoted, S::Quoted},
    RequestTransition{S::Sent, E::Declined, S::Declined},
    RequestTransition{S::Sent, E::SessionsLost, S::Suspended},
    RequestTransition{S::Sent, E::LifeOver, S::Expired},
    RequestTransition{S::Sent, E::Ended, S::Ended},
    RequestTransition{S::Sent, E::NotSent, S::NotSent},

    RequestTransition{S::Open, E::Answered, S::Open},
    RequestTransition{S::Open, E::Quoted, S::Quoted},
    RequestTransition{S::Open, E::Filled, S::Traded},
    RequestTransition{S::Open, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Open, E::Declined, S::Declined},
    RequestTransition{S::Open, E::SessionsLost, S::Suspended},
    RequestTransition{S::Open, E::LifeOver, S::Expired},
    RequestTransition{S::Open, E::Ended, S::Ended},

    RequestTransition{S::Quoted, E::Answered, S::Open},
    RequestTransition{S::Quoted, E::Quoted, S::Quoted},
    RequestTransition{S::Quoted, E::Accepted, S::Accepting},
    RequestTransition{S::Quoted, E::Filled, S::Traded},
    RequestTransition{S::Quoted, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Quoted, E::Declined, S::Declined},
    RequestTransition{S::Quoted, E::SessionsLost, S::Suspended},
    RequestTransition{S::Quoted, E::LifeOver, S::Expired},
    RequestTransition{S::Quoted, E::Ended, S::Ended},

    // Out of ACCEPTING and UNKNOWN leads only what the acceptance became, never the trader (invariant 3). Where it came
    // to nothing, the request is what its dealers and its life have made of it meanwhile.
    RequestTransition{S::Accepting, E::Accepted, S::Accepting},
    RequestTransition{S::Accepting, E::LostSight, S::Unknown},
    RequestTransition{S::Accepting, E::Filled, S::Traded},
    RequestTransition{S::Accepting, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Accepting, E::Settled, S::Ended},
    RequestTransition{S::Accepting, E::Answered, S::Open},
    RequestTransition{S::Accepting, E::Quoted, S::Quoted},
    RequestTransition{S::Accepting, E::Declined, S::Declined},
    RequestTransition{S::Accepting, E::SessionsLost, S::Suspended},
    RequestTransition{S::Accepting, E::LifeOver, S::Expired},
    RequestTransition{S::Unknown, E::LostSight, S::Unknown},
    RequestTransition{S::Unknown, E::Filled, S::Traded},
    RequestTransition{S::Unknown, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Unknown, E::Settled, S::Ended},
    RequestTransition{S::Unknown, E::Answered, S::Open},
    RequestTransition{S::Unknown, E::Quoted, S::Quoted},
    RequestTransition{S::Unknown, E::Declined, S::Declined},
    RequestTransition{S::Unknown, E::SessionsLost, S::Suspended},
    RequestTransition{S::Unknown, E::LifeOver, S::Expired},

    // Never asked again by itself: the market has moved.
    RequestTransition{S::Suspended, E::SessionsLost, S::Suspended},
    RequestTransition{S::Suspended, E::SessionBack, S::Expired},
    RequestTransition{S::Suspended, E::LifeOver, S::Expired},
    RequestTransition{S::Suspended, E::Ended, S::Ended},
    RequestTransition{S::Suspended, E::Filled, S::Traded},
    RequestTransition{S::Suspended, E::PartlyFilled, S::PartlyTraded},

    // A fill is a fill, whatever was said before: one that crossed the end of the request is dealt.
    RequestTransition{S::Expired, E::Filled, S::Traded},
    RequestTransition{S::Expired, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Declined, E::Filled, S::Traded},
    RequestTransition{S::Declined, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Ended, E::Filled, S::Traded},
    RequestTransition{S::Ended, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::Ended, E::Settled, S::Ended},

    RequestTransition{S::Traded, E::Filled, S::Traded},
    RequestTransition{S::Traded, E::PartlyFilled, S::PartlyTraded}, // corrected to less
    RequestTransition{S::Traded, E::Settled, S::Ended},
    RequestTransition{S::PartlyTraded, E::PartlyFilled, S::PartlyTraded},
    RequestTransition{S::PartlyTraded, E::Filled, S::Traded},
    RequestTransition{S::PartlyTraded, E::Settled, S::Ended},
};

}

std::span<const RequestTransition> requestTransitions()
{
    return Transitions;
}

std::optional<RfqState> nextState(RfqState from, RequestEvent event)
{
    const auto found = std::find_if(Transitions.begin(), Transitions.end(),
        [&](const RequestTransition& move) { return move.from == from && move.event == event; });
    return found == Transitions.end() ? std::nullopt : std::optional(found->to);
}

const char* nameOf(RfqState state)
{
    switch (state) {
    case S::Sent:
        return "sent";
    case S::Open:
        return "open";
    case S::Quoted:
        return "quoted";
    case S::Accepting:
        return "accepting";
    case S::Traded:
        return "traded";
    case S::PartlyTraded:
        return "partly traded";
    case S::Unknown:
        return "of unknown outcome";
    case S::Declined:
        return "declined";
    case S::Expired:
        return "expired";
    case S::Suspended:
        return "suspended";
    case S::Ended:
        return "ended";
    case S::NotSent:
        return "not sent";
    }
    return "";
}

const char* nameOf(RequestEvent event)
{
    switch (event) {
    case E::Answered:
        return "answered";
    case E::Quoted:
        return "quoted";
    case E::Accepted:
        return "accepted";
    case E::LostSight:
        return "lost sight of";
    case E::Filled:
        return "filled";
    case E::PartlyFilled:
        return "partly filled";
    case E::Settled:
        return "settled";
    case E::Declined:
        return "declined by everyone";
    case E::SessionsLost:
        return "sessions lost";
    case E::SessionBack:
        return "session back";
    case E::LifeOver:
        return "life over";
    case E::Ended:
        return "ended by the trader";
    case E::NotSent:
        return "not sent";
    }
    return "";
}

}
