#pragma once

#include "app/venue/dealer_settings.h"
#include "app/venue/ticks.h"
#include "core/rfq/values.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace venue {

enum class MadeQuoteState {
    Live,
    Replaced, ///< by a newer one of the same dealer
    Withdrawn,
    Held, ///< an order on it is being decided
    Dealt,
    Refused, ///< an order on it was rejected by the dealer
    Ended, ///< its request is over
};

/// A quote as this venue made it: what an order is held against.
struct MadeQuote {
    rfq::SessionId session;
    rfq::RfqId rfq;
    rfq::DealerId dealer;
    rfq::QuoteId id;
    rfq::Instrument instrument;
    std::string currency;
    rfq::Decimal quantity;
    std::optional<rfq::Price> bid;
    std::optional<rfq::Price> offer;
    rfq::Date valueDate{};
    Firmness firmness = Firmness::Tradeable;
    Ticks mid = 0; ///< when it was made
    std::int64_t days = 0; ///< from spot to the value date
    rfq::SteadyTime expires{};
    MadeQuoteState state = MadeQuoteState::Live;

    /// The price at which the client buys or sells `currency`; absent where it was not quoted.
    [[nodiscard]] const std::optional<rfq::Price>& priceFor(rfq::Side side) const
    {
        return paysOffer(side) ? offer : bid;
    }
    [[nodiscard]] bool paysOffer(rfq::Side side) const
    {
        return (side == rfq::Side::Buy) == (currency == instrument.base());
    }
};

/// Every quote made that an order might still name, dead ones too: the client is told what became of it.
class QuoteLedger {
public:
    /// The dealer's earlier live quote on the same request is replaced.
    void add(MadeQuote quote);
    /// Null where this client never got such a quote.
    [[nodiscard]] MadeQuote* find(const rfq::SessionId& session, const rfq::QuoteId& id);
    /// Whether an order on any quote of this request is being decided.
    [[nodiscard]] bool isHeld(const rfq::SessionId& session, const rfq::RfqId& rfq) const;
    /// The dealers on whose quotes of this request an order is being decided, or was dealt.
    [[nodiscard]] std::set<rfq::DealerId> engaged(const rfq::SessionId& session, const rfq::RfqId& rfq) const;
    /// What is live of this request lives no longer.
    void end(const rfq::SessionId& session, const rfq::RfqId& rfq);
    void forget(const rfq::SessionId& session, const rfq::RfqId& rfq);

private:
    using Key = std::pair<rfq::SessionId, rfq::RfqId>;
    std::map<Key, std::map<rfq::QuoteId, MadeQuote>> m_requests;
    std::map<std::pair<rfq::SessionId, rfq::QuoteId>, rfq::RfqId> m_owners;
};

}
