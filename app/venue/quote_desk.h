#pragma once

#include "app/venue/floor.h"
#include "app/venue/request_rules.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace venue {

/// Takes quote requests, lets the dealers behind the session answer each in its own time, and stops them again.
class QuoteDesk {
public:
    explicit QuoteDesk(Floor& floor);
    QuoteDesk(const QuoteDesk&) = delete;
    QuoteDesk& operator=(const QuoteDesk&) = delete;

    void request(const SessionSettings& session, const fix::maker::QuoteRequest& request, Delivery delivery);
    /// No more quotes on this request; those that are live die. Unknown requests are ignored.
    void end(const rfq::SessionId& session, const rfq::RfqId& rfq, const std::string& why);
    /// The dealer takes that quote back, whatever its state.
    void withdraw(const rfq::SessionId& session, const rfq::QuoteId& quote);
    /// A newer quote of the same dealer on the same request, if that one is still open.
    void replace(const rfq::SessionId& session, const rfq::QuoteId& quote);
    /// The client is gone and all its quotes with it.
    void endAll(const rfq::SessionId& session, const std::string& why);

private:
    using Key = std::pair<rfq::SessionId, rfq::RfqId>;
    enum class Phase { Open, Ended };
    struct Asked {
        const SessionSettings* session;
        fix::maker::QuoteRequest request;
        RequestTerms terms;
        Phase phase = Phase::Open;
        std::map<rfq::DealerId, int> lean{}; ///< drawn for this request
        int quotes = 0;
    };

    [[nodiscard]] std::vector<rfq::DealerId> dealersFor(
        const SessionSettings& session, const fix::maker::QuoteRequest& request);
    [[nodiscard]] Asked* open(const Key& key);
    void decline(const SessionSettings& session, const RequestDecline& decline);
    void ask(const Key& key, const rfq::DealerId& dealer);
    void firstAnswer(const Key& key, const rfq::DealerId& dealer);
    void quote(const Key& key, const rfq::DealerId& dealer);
    [[nodiscard]] MadeQuote make(const Asked& asked, Dealer& dealer, rfq::SteadyTime expires);
    [[nodiscard]] fix::maker::QuoteOut written(const Asked& asked, const MadeQuote& made, QuoteFault fault) const;
    void declineByStatus(const SessionSettings& session, const RequestDecline& decline);
    [[nodiscard]] std::int64_t baseAmount(const Asked& asked);

    Floor& m_floor;
    const RequestRules m_rules;
    std::map<Key, Asked> m_asked; ///< those that ended are remembered for a while
    std::map<rfq::SessionId, std::size_t> m_open; ///< how many of a session's have not ended
};

}
