#pragma once

#include "core/rfq/states.h"
#include "core/rfq/values.h"

#include <string>
#include <variant>
#include <vector>

namespace rfq {

/// A request left the desk.
struct RequestOpened {
    Request request;
    UtcTime time{};
};

/// A request came to an end.
struct RequestClosed {
    RfqId rfq;
    RfqState state = RfqState::Ended;
    UtcTime time{};
};

/// The trader clicked: the exact terms and the quote as it was displayed. Durable before anything is sent.
struct AcceptanceIntended {
    Acceptance acceptance;
    Quote displayed;
    UtcTime time{};
};

/// The acceptance moved on. `code` and `text` are the counterparty's own, or ours where nothing was sent.
struct AcceptanceMoved {
    ClOrdId clOrdId;
    AcceptanceState state = AcceptanceState::Sent;
    std::string code;
    std::string text;
    UtcTime time{};
};

struct TradeBooked {
    Trade trade;
};

using JournalRecord = std::variant<RequestOpened, RequestClosed, AcceptanceIntended, AcceptanceMoved, TradeBooked>;

/// What the journal knew when the desk started, oldest first.
struct History {
    struct PastRequest {
        Request request;
        RfqState state = RfqState::Ended;
        UtcTime opened{};
    };
    struct PastAcceptance {
        Acceptance acceptance; ///< its deadline has no meaning in this process
        AcceptanceState state = AcceptanceState::Unknown;
        std::string code;
        std::string text;
        UtcTime time{};
    };
    std::vector<PastRequest> requests;
    std::vector<PastAcceptance> acceptances;
    std::vector<Trade> trades;
};

}
