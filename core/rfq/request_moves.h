#pragma once

#include "core/rfq/dealer_machine.h"
#include "core/rfq/desk_state.h"
#include "core/rfq/quote_machine.h"
#include "core/rfq/request_machine.h"

#include <set>
#include <string>
#include <tuple>

namespace rfq {

/// Moves requests, the dealers inside them and their quotes through their machines. What a machine does not allow is
/// kept in the journal and changes nothing; once for each request, dealer and kind of event, because a dealer may go on
/// quoting for a request that is over.
class RequestMoves {
public:
    explicit RequestMoves(DeskState& desk);

    /// False where the machine does not allow it.
    bool move(Rfq& rfq, RequestEvent event);
    bool move(Rfq& rfq, DealerLine& line, DealerEvent event);
    /// The newest quote of this dealer; there must be one.
    bool moveQuote(Rfq& rfq, DealerLine& line, QuoteEvent event);

    /// Brings the request's state in line with its dealers, acceptances and trades.
    void settle(Rfq& rfq);
    /// A dealer's message for a request whose time is over.
    void refuseLate(const Rfq& rfq, const DealerId& dealer, const char* what, std::string text);

private:
    struct Refusal {
        std::string subject;
        const char* state;
        const char* event;
        std::string text;
    };

    void enter(Rfq& rfq, RfqState state);
    void conclude(Rfq& rfq);
    void refuse(const Rfq& rfq, const DealerId& dealer, Refusal refusal);

    DeskState& m_desk;
    std::set<std::tuple<RfqId, DealerId, std::string>> m_refused;
};

}
