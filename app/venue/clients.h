#pragma once

#include "core/fix/maker_codec.h"
#include "core/rfq/values.h"

#include <string>
#include <variant>

namespace venue {

/// A dealer takes one quote back.
struct QuoteWithdrawal {
    rfq::RfqId rfq;
    rfq::QuoteId quote;
    rfq::DealerId dealer; ///< empty on a direct session
    std::string symbol;
};

/// A dealer, or the venue when `dealer` is empty, does not quote.
struct RequestDecline {
    rfq::RfqId rfq;
    rfq::DealerId dealer;
    std::string symbol;
    std::string code; ///< QuoteRequestRejectReason(658)
    std::string text;
};

/// A message that cannot be acted on.
struct MessageRefusal {
    std::string refMsgType;
    std::string refId;
    std::string code; ///< BusinessRejectReason(380)
    std::string text;
};

using Answer =
    std::variant<fix::maker::QuoteOut, QuoteWithdrawal, RequestDecline, rfq::ExecutionReport, MessageRefusal>;

/// The clients, seen from the venue.
class Clients {
public:
    virtual ~Clients() = default;
    virtual void answer(const rfq::SessionId& session, const Answer& answer) = 0;
    /// Breaks the connection without a word.
    virtual void drop(const rfq::SessionId& session) = 0;
};

}
