#pragma once

#include "core/rfq/request_desk.h"

#include <map>
#include <set>
#include <utility>

namespace rfq {

/// The life of quotes: received and judged, replaced, withdrawn, expired.
class QuoteDesk {
public:
    QuoteDesk(DeskState& desk, RequestMoves& moves, RequestDesk& requests);

    void received(const QuoteReceived& event);
    void withdrawn(const QuoteWithdrawn& event);
    void status(const QuoteStatusReceived& event);
    void expire();
    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;

private:
    [[nodiscard]] bool wasAsked(const DealerLine* line, const Quote& quote) const;
    [[nodiscard]] bool isFirstSight(const Quote& quote);
    void place(Rfq& rfq, DealerLine& line, Quote quote);
    void reportStray(const Quote& quote, NoticeCode code, const char* why);
    /// Withdraws, or times out, every quote that is meant.
    void end(const QuoteWithdrawn& event, QuoteEvent how);
    void endIn(Rfq& rfq, const QuoteWithdrawn& event, QuoteEvent how);

    DeskState& m_desk;
    RequestMoves& m_moves;
    RequestDesk& m_requests;
    /// Every QuoteID a dealer has used in a live request: one that comes again is not a new quote.
    std::map<RfqId, std::set<std::pair<DealerId, QuoteId>>> m_seen;
    /// The last stray request id by session, so that a stream of strays is one notice.
    std::map<SessionId, RfqId> m_lastStray;
};

}
