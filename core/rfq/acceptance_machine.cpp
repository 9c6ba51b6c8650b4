#include "core/rfq/acceptance_machine.h"

#include <algorithm>
#include <array>

namespace rfq {

namespace {

using S = AcceptanceState;
using E = AcceptanceEvent;

constexpr std::array Transitions{
    AcceptanceTransition{S::Intended, E::Written, S::Sent},
    AcceptanceTransition{S::Intended, E::NotWritten, S::NotSent},
    // The answer may overtake the note that it was written: they come from different places.
    AcceptanceTransition{S::Intended, E::Acknowledged, S::Held},
    AcceptanceTransition{S::Intended, E::PartFilled, S::Held},
    AcceptanceTransition{S::Intended, E::Filled, S::Filled},
    AcceptanceTransition{S::Intended, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Intended, E::Rejected, S::Rejected},
    AcceptanceTransition{S::Intended, E::NotDone, S::NotDone},
    AcceptanceTransition{S::Intended, E::LostSight, S::Unknown},

    AcceptanceTransition{S::Sent, E::Acknowledged, S::Held},
    AcceptanceTransition{S::Sent, E::PartFilled, S::Held},
    AcceptanceTransition{S::Sent, E::Filled, S::Filled},
    AcceptanceTransition{S::Sent, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Sent, E::Rejected, S::Rejected},
    AcceptanceTransition{S::Sent, E::NotDone, S::NotDone},
    AcceptanceTransition{S::Sent, E::LostSight, S::Unknown},

    AcceptanceTransition{S::Held, E::Written, S::Held},
    AcceptanceTransition{S::Held, E::Acknowledged, S::Held},
    AcceptanceTransition{S::Held, E::PartFilled, S::Held},
    AcceptanceTransition{S::Held, E::Filled, S::Filled},
    AcceptanceTransition{S::Held, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Held, E::Rejected, S::Rejected},
    AcceptanceTransition{S::Held, E::NotDone, S::NotDone},
    AcceptanceTransition{S::Held, E::LostSight, S::Unknown},

    // Out of UNKNOWN leads evidence that decides, or two persons; nothing else (invariant 3).
    AcceptanceTransition{S::Unknown, E::Written, S::Unknown},
    AcceptanceTransition{S::Unknown, E::NotWritten, S::NotSent},
    AcceptanceTransition{S::Unknown, E::Acknowledged, S::Unknown},
    AcceptanceTransition{S::Unknown, E::PartFilled, S::Unknown},
    AcceptanceTransition{S::Unknown, E::Filled, S::Filled},
    AcceptanceTransition{S::Unknown, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Unknown, E::Rejected, S::Rejected},
    AcceptanceTransition{S::Unknown, E::NotDone, S::NotDone},
    AcceptanceTransition{S::Unknown, E::NotReceived, S::NotReceived},
    AcceptanceTransition{S::Unknown, E::Closed, S::Closed},

    AcceptanceTransition{S::Filled, E::Written, S::Filled},
    AcceptanceTransition{S::Filled, E::Filled, S::Filled},
    AcceptanceTransition{S::Filled, E::Busted, S::Busted},

    AcceptanceTransition{S::PartlyFilled, E::Written, S::PartlyFilled},
    AcceptanceTransition{S::PartlyFilled, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::PartlyFilled, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::PartlyFilled, E::Filled, S::Filled},
    AcceptanceTransition{S::PartlyFilled, E::Busted, S::Busted},

    // A fill is a fill, whatever was said before: it is booked, and an incident is raised.
    AcceptanceTransition{S::Rejected, E::Written, S::Rejected},
    AcceptanceTransition{S::Rejected, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Rejected, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Rejected, E::Filled, S::Filled},
    AcceptanceTransition{S::NotDone, E::Written, S::NotDone},
    AcceptanceTransition{S::NotDone, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::NotDone, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::NotDone, E::Filled, S::Filled},
    AcceptanceTransition{S::NotSent, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::NotSent, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::NotSent, E::Filled, S::Filled},
    AcceptanceTransition{S::NotReceived, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::NotReceived, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::NotReceived, E::Filled, S::Filled},
    AcceptanceTransition{S::Closed, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Closed, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Closed, E::Filled, S::Filled},
    AcceptanceTransition{S::Busted, E::PartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Busted, E::FinallyPartFilled, S::PartlyFilled},
    AcceptanceTransition{S::Busted, E::Filled, S::Filled},
};

}

std::span<const AcceptanceTransition> acceptanceTransitions()
{
    return Transitions;
}

std::optional<AcceptanceState> nextState(AcceptanceState from, AcceptanceEvent event)
{
    const auto found = std::find_if(Transitions.begin(), Transitions.end(),
        [&](const AcceptanceTransition& move) { return move.from == from && move.event == event; });
    return found == Transitions.end() ? std::nullopt : std::optional(found->to);
}

const char* nameOf(AcceptanceState state)
{
    switch (state) {
    case S::Intended:
        return "intended";
    case S::Sent:
        return "sent";
    case S::Held:
        return "held";
    case S::Filled:
        return "filled";
    case S::PartlyFilled:
        return "partly filled";
    case S::Rejected:
        return "rejected";
    case S::NotDone:
        return "not done";
    case S::NotSent:
        return "not sent";
    case S::Unknown:
        return "of unknown outcome";
    case S::NotReceived:
        return "not received";
    case S::Closed:
        return "closed by two persons";
    case S::Busted:
        return "busted";
    }
    return "";
}

const char* nameOf(AcceptanceEvent event)
{
    switch (event) {
    case E::Written:
        return "written";
    case E::NotWritten:
        return "not written";
    case E::Acknowledged:
        return "acknowledged";
    case E::PartFilled:
        return "part filled";
    case E::Filled:
        return "filled";
    case E::FinallyPartFilled:
        return "finally part filled";
    case E::Rejected:
        return "rejected";
    case E::NotDone:
        return "not done";
    case E::LostSight:
        return "lost sight of";
    case E::NotReceived:
        return "proven not received";
    case E::Closed:
        return "closed by two persons";
    case E::Busted:
        return "busted";
    }
    return "";
}

}
