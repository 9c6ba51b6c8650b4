#pragma once

#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/id.h"
#include "core/base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rfq {

using base::Date;
using base::Decimal;
using base::SteadyTime;
using base::UtcTime;

using RfqId = base::Id<struct RfqTag>; ///< QuoteReqID(131); ours, at most 36 characters, never reused
using QuoteId = base::Id<struct QuoteTag>; ///< QuoteID(117); the dealer's, unique per dealer only
using DealerId = base::Id<struct DealerTag>; ///< PartyID(448) on a venue session, the dealer's configured id otherwise
using SessionId = base::Id<struct SessionTag>; ///< the configured name of a FIX session, e.g. "VENUE-X"
using ClOrdId = base::Id<struct ClOrdTag>; ///< ClOrdID(11); ours, never reused
using OrderId = base::Id<struct OrderTag>; ///< OrderID(37); the dealer's
using ExecId = base::Id<struct ExecTag>; ///< ExecID(17); the dealer's, for de-duplication

/// What the trader does with the dealt currency. Always the trader's side, never the dealer's.
enum class Side { Buy, Sell };
[[nodiscard]] constexpr Side opposite(Side side)
{
    return side == Side::Buy ? Side::Sell : Side::Buy;
}

/// What the trader asks for; two-way hides the intention.
enum class RequestSide { Buy, Sell, TwoWay };
[[nodiscard]] bool asks(RequestSide asked, Side side);

/// A price with the dealer's digits: `text` is echoed byte for byte in an acceptance, `value` is what we compute with.
struct Price {
    Decimal value;
    std::string text;

    [[nodiscard]] static base::Result<Price> parse(std::string_view text);
    friend bool operator==(const Price&, const Price&) = default;
};

/// A currency pair in market rank order, e.g. EUR/USD: one unit of base() costs `price` units of terms().
struct Instrument {
    std::string symbol; ///< Symbol(55), "EUR/USD"
    int pipDecimals = 4; ///< one pip is 10^-pipDecimals
    int priceDecimals = 5; ///< digits that dealers quote
    int spotDays = 2; ///< business days from trade date to spot

    [[nodiscard]] std::string base() const { return symbol.substr(0, symbol.find('/')); }
    [[nodiscard]] std::string terms() const { return symbol.substr(symbol.find('/') + 1); }
    friend bool operator==(const Instrument&, const Instrument&) = default;
};

enum class Tenor { Spot, Week1, Week2, Month1, Month2, Month3, Month6, Year1, Broken };

/// When it settles: the agreed date, and the tenor it was asked by.
struct Settlement {
    Tenor tenor = Tenor::Spot;
    Date date{}; ///< SettlDate(64), always explicit

    friend bool operator==(const Settlement&, const Settlement&) = default;
};

/// What the trader asks all chosen dealers.
struct Request {
    RfqId id;
    Instrument instrument;
    RequestSide side = RequestSide::TwoWay; ///< of the dealt currency
    Decimal quantity; ///< OrderQty(38), in units of `currency`
    std::string currency; ///< Currency(15): the dealt currency, base or terms of the instrument
    Settlement settlement;
    std::optional<Decimal> limit; ///< worst acceptable price; not sent, enforced here
    std::vector<DealerId> dealers;
    std::chrono::milliseconds life{0}; ///< how long the request stands

    [[nodiscard]] bool dealsBase() const { return currency == instrument.base(); }
    friend bool operator==(const Request&, const Request&) = default;
};

/// Which price of a two-sided quote the trader deals on: buying base or selling terms pays the offer.
enum class PriceSide { Bid, Offer };
[[nodiscard]] PriceSide priceSideFor(const Request& request, Side side);

/// QuoteType(537). Only Tradeable and RestrictedTradeable are firm; a Quote without 537 is indicative (FIX 4.4).
enum class QuoteType { Indicative, Tradeable, RestrictedTradeable, Counter };

enum class QuoteState {
    Firm, ///< may be accepted until its deadline
    Indicative,
    Invalid, ///< differs from the request or contradicts itself; `problem` says how. Shown, never clickable
    Replaced,
    Withdrawn,
    Expired,
    Stale, ///< its session went down, or it was old when it arrived
};

/// One dealer's answer, as received and judged.
struct Quote {
    QuoteId id;
    RfqId rfq;
    DealerId dealer;
    SessionId session;
    QuoteType type = QuoteType::Indicative;
    std::optional<Price> bid; ///< BidPx(132); absent where the dealer quotes no bid
    std::optional<Price> offer; ///< OfferPx(133)
    std::optional<Decimal> bidSize; ///< in the dealt currency
    std::optional<Decimal> offerSize;
    std::optional<Date> valueDate; ///< SettlDate(64) as the dealer wrote it
    SteadyTime received{};
    SteadyTime deadline{}; ///< received + min(62 - 52, cap) - safety
    std::optional<UtcTime> sendingTime; ///< SendingTime(52): the dealer's clock
    std::optional<UtcTime> validUntil; ///< ValidUntilTime(62): the dealer's clock
    QuoteState state = QuoteState::Indicative;
    std::string problem; ///< English, for the log and the raw view; empty unless Invalid or Stale
    friend bool operator==(const Quote&, const Quote&) = default;

    [[nodiscard]] const std::optional<Price>& price(PriceSide side) const
    {
        return side == PriceSide::Bid ? bid : offer;
    }
};

/// What the trader clicked: exactly what the button showed and exactly what goes on the wire (invariant 1).
struct Acceptance {
    ClOrdId id;
    RfqId rfq;
    QuoteId quote;
    DealerId dealer;
    SessionId session;
    Instrument instrument;
    Side side = Side::Buy; ///< of `currency`
    Decimal quantity;
    std::string currency;
    Price price; ///< echoed byte for byte
    Settlement settlement;
    SteadyTime deadline{}; ///< of the quote; checked once more just before the write
    UtcTime time{}; ///< of the click; TransactTime(60), so that the message is complete before it is made durable
    std::string grant{}; ///< StepUpGrant(20096): the sealed right of an armed ticket that covers it; mostly empty

    friend bool operator==(const Acceptance&, const Acceptance&) = default;
};

/// ExecutionReport(8), reduced to what decides. Decide on cumQty, leavesQty and status, not on ExecType alone.
struct ExecutionReport {
    ClOrdId clOrdId;
    OrderId orderId;
    ExecId execId;
    ExecId execRefId; ///< ExecRefID(19): the execution that a correction or a bust (150=G/H) is about
    SessionId session;
    char execType = 0; ///< ExecType(150), raw: unknown values survive
    char ordStatus = 0; ///< OrdStatus(39), raw
    std::string symbol;
    std::optional<Side> side; ///< translated to the trader's side of `currency` by the session's profile
    std::string currency; ///< Currency(15); empty when absent
    std::optional<Decimal> quantity; ///< OrderQty(38)
    std::optional<Price> lastPx;
    std::optional<Decimal> lastQty;
    Decimal cumQty;
    Decimal leavesQty;
    std::optional<Price> avgPx;
    std::optional<Date> valueDate;
    std::string rejectCode; ///< OrdRejReason(103), raw
    std::string text; ///< Text(58), the dealer's words
    std::optional<UtcTime> transactTime;
    bool possDup = false;
    SteadyTime received{};

    friend bool operator==(const ExecutionReport&, const ExecutionReport&) = default;
};

enum class TradeState {
    Booked,
    Corrected, ///< the dealer changed it (ExecType G); the values are the corrected ones
    Busted, ///< the dealer took it back (ExecType H); counts for nothing
};

/// A deal, from the venue's evidence only (invariant 3).
struct Trade {
    ClOrdId clOrdId;
    RfqId rfq;
    ExecId execId; ///< empty where it was learnt from a status, which does not name the execution
    OrderId orderId;
    DealerId dealer;
    Instrument instrument;
    Side side = Side::Buy;
    Decimal quantity; ///< filled, in `currency`
    std::string currency;
    Price price;
    Settlement settlement;
    UtcTime time{};
    std::string discrepancy; ///< how the fill differs from what was accepted; empty when it equals (invariant 1)
    TradeState state = TradeState::Booked;

    friend bool operator==(const Trade&, const Trade&) = default;
};

}
