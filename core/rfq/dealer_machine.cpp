#include "core/rfq/dealer_machine.h"

#include <algorithm>
#include <array>

namespace rfq {

namespace {

using S = DealerState;
using E = DealerEvent;

constexpr std::array Transitions{
    DealerTransition{S::Asked, E::FirmQuote, S::Firm},
    DealerTransition{S::Asked, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Asked, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Asked, E::StaleQuote, S::Stale},
    DealerTransition{S::Asked, E::QuoteExpired, S::Expired},
    DealerTransition{S::Asked, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Asked, E::Passed, S::Passed},
    DealerTransition{S::Asked, E::Refused, S::Rejected},
    DealerTransition{S::Asked, E::SessionLost, S::LostSession},
    DealerTransition{S::Asked, E::NotSent, S::NoSession},
    DealerTransition{S::Asked, E::RequestOver, S::NoResponse},

    DealerTransition{S::Firm, E::FirmQuote, S::Firm},
    DealerTransition{S::Firm, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Firm, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Firm, E::StaleQuote, S::Stale},
    DealerTransition{S::Firm, E::QuoteExpired, S::Expired},
    DealerTransition{S::Firm, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Firm, E::Passed, S::Passed},
    DealerTransition{S::Firm, E::Refused, S::Rejected},
    DealerTransition{S::Firm, E::SessionLost, S::LostSession},
    DealerTransition{S::Firm, E::RequestOver, S::Expired},

    DealerTransition{S::Indicative, E::FirmQuote, S::Firm},
    DealerTransition{S::Indicative, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Indicative, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Indicative, E::StaleQuote, S::Stale},
    DealerTransition{S::Indicative, E::QuoteExpired, S::Expired},
    DealerTransition{S::Indicative, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Indicative, E::Passed, S::Passed},
    DealerTransition{S::Indicative, E::Refused, S::Rejected},
    DealerTransition{S::Indicative, E::SessionLost, S::LostSession},
    DealerTransition{S::Indicative, E::RequestOver, S::Expired},

    DealerTransition{S::Invalid, E::FirmQuote, S::Firm},
    DealerTransition{S::Invalid, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Invalid, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Invalid, E::StaleQuote, S::Stale},
    DealerTransition{S::Invalid, E::QuoteExpired, S::Expired},
    DealerTransition{S::Invalid, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Invalid, E::Passed, S::Passed},
    DealerTransition{S::Invalid, E::Refused, S::Rejected},
    DealerTransition{S::Invalid, E::SessionLost, S::LostSession},
    DealerTransition{S::Invalid, E::RequestOver, S::Invalid},

    DealerTransition{S::Withdrawn, E::FirmQuote, S::Firm},
    DealerTransition{S::Withdrawn, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Withdrawn, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Withdrawn, E::StaleQuote, S::Stale},
    DealerTransition{S::Withdrawn, E::QuoteExpired, S::Expired},
    DealerTransition{S::Withdrawn, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Withdrawn, E::Passed, S::Passed},
    DealerTransition{S::Withdrawn, E::Refused, S::Rejected},
    DealerTransition{S::Withdrawn, E::SessionLost, S::LostSession},
    DealerTransition{S::Withdrawn, E::RequestOver, S::Withdrawn},

    DealerTransition{S::Expired, E::FirmQuote, S::Firm},
    DealerTransition{S::Expired, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Expired, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Expired, E::StaleQuote, S::Stale},
    DealerTransition{S::Expired, E::QuoteExpired, S::Expired},
    DealerTransition{S::Expired, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Expired, E::Passed, S::Passed},
    DealerTransition{S::Expired, E::Refused, S::Rejected},
    DealerTransition{S::Expired, E::SessionLost, S::LostSession},
    DealerTransition{S::Expired, E::RequestOver, S::Expired},

    DealerTransition{S::Stale, E::FirmQuote, S::Firm},
    DealerTransition{S::Stale, E::IndicativeQuote, S::Indicative},
    DealerTransition{S::Stale, E::InvalidQuote, S::Invalid},
    DealerTransition{S::Stale, E::StaleQuote, S::Stale},
    DealerTransition{S::Stale, E::QuoteExpired, S::Expired},
    DealerTransition{S::Stale, E::QuoteWithdrawn, S::Withdrawn},
    DealerTransition{S::Stale, E::Passed, S::Passed},
    DealerTransition{S::Stale, E::Refused, S::Rejected},
    DealerTransition{S::Stale, E::SessionLost, S::LostSession},
    DealerTransition{S::Stale, E::RequestOver, S::Stale},

    // Who has said no, or cannot be reached, stays out of this request, whatever comes later.
    DealerTransition{S::Passed, E::Passed, S::Passed},
    DealerTransition{S::Passed, E::RequestOver, S::Passed},
    DealerTransition{S::Rejected, E::Refused, S::Rejected},
    DealerTransition{S::Rejected, E::RequestOver, S::Rejected},
    DealerTransition{S::NoSession, E::RequestOver, S::NoSession},
    // Shown, so that nobody wonders, and never firm again.
    DealerTransition{S::LostSession, E::StaleQuote, S::LostSession},
    DealerTransition{S::LostSession, E::RequestOver, S::LostSession},
    DealerTransition{S::NoResponse, E::RequestOver, S::NoResponse},
};

}

std::span<const DealerTransition> dealerTransitions()
{
    return Transitions;
}

std::optional<DealerState> nextState(DealerState from, DealerEvent event)
{
    const auto found = std::find_if(Transitions.begin(), Transitions.end(),
        [&](const DealerTransition& move) { return move.from == from && move.event == event; });
    return found == Transitions.end() ? std::nullopt : std::optional(found->to);
}

const char* nameOf(DealerState state)
{
    switch (state) {
    case S::Asked:
        return "asked";
    case S::NoSession:
        return "without a session";
    case S::Indicative:
        return "indicative";
    case S::Firm:
        return "firm";
    case S::Invalid:
        return "invalid";
    case S::Withdrawn:
        return "withdrawn";
    case S::Expired:
        return "expired";
    case S::Stale:
        return "stale";
    case S::Passed:
        return "passed";
    case S::Rejected:
        return "rejected";
    case S::NoResponse:
        return "silent";
    case S::LostSession:
        return "of a lost session";
    }
    return "";
}

const char* nameOf(DealerEvent event)
{
    switch (event) {
    case E::FirmQuote:
        return "firm quote";
    case E::IndicativeQuote:
        return "indicative quote";
    case E::InvalidQuote:
        return "invalid quote";
    case E::StaleQuote:
        return "stale quote";
    case E::QuoteExpired:
        return "quote expired";
    case E::QuoteWithdrawn:
        return "quote withdrawn";
    case E::Passed:
        return "passed";
    case E::Refused:
        return "refused";
    case E::SessionLost:
        return "session lost";
    case E::NotSent:
        return "not sent";
    case E::RequestOver:
        return "request over";
    }
    return "";
}

}
