#pragma once

#include "core/rfq/values.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace venue {

/// What is wrong with a dealer's quotes.
enum class QuoteFault {
    None,
    WithoutType, ///< no QuoteType(537): indicative by specification
    ZeroBid, ///< BidPx(132) is 0
    ZeroOffer,
    Crossed, ///< the bid is above the offer
    WrongDate, ///< SettlDate(64) is a week later than asked
    WrongCurrency, ///< Currency(15) is the other one of the pair
    WrongSide, ///< the side that was not asked; a two-way request gets no offer
    UnknownRequest, ///< QuoteReqID(131) of nobody
    AlreadyExpired, ///< ValidUntilTime(62) is in the past
    NoExpiry, ///< no ValidUntilTime(62)
    FarExpiry, ///< ValidUntilTime(62) is a day ahead; the dealer itself keeps to its usual life
};

/// What becomes of an order, before there is any answer.
enum class OrderFault {
    None,
    NeverAnswer, ///< taken without a word, never dealt
    HoldForever, ///< acknowledged as pending, then silence
    DropBeforeDeal, ///< the connection breaks; the order was never processed
    DropAfterDeal, ///< the deal is booked and the connection breaks; the report waits for the next logon
    DropDuringHold, ///< acknowledged as pending, then the connection breaks; the deal is done meanwhile
};

/// What is wrong with the report of a fill.
enum class FillFault {
    None,
    WorsePrice, ///< ten ticks against the client
    LessQuantity, ///< half of it filled, the rest cancelled
    OtherSide,
    OtherDate, ///< SettlDate(64) is a week later
    OtherOrder, ///< ClOrdID(11) of nobody
    Doubled, ///< the same report twice
    PartialStatus, ///< everything is filled, yet OrdStatus(39) says partially
    CancelledLater, ///< followed by an ExecType(150)=H that takes the fill back
};

/// How one dealer misbehaves, for tests, certification and training. Data, chosen in the configuration.
struct Scenario {
    rfq::DealerId dealer{};
    std::string symbol{}; ///< only on this pair; empty: on every pair
    QuoteFault quote = QuoteFault::None;
    OrderFault order = OrderFault::None;
    FillFault fill = FillFault::None;
    int rejectEvery = 0; ///< every n-th order is rejected; 0: none
    std::optional<std::chrono::milliseconds> withdrawAfter{}; ///< each quote is withdrawn so long after it was made
    bool silent = false; ///< never answers a request
};

/// The first scenario for this dealer and pair, or one without any fault.
[[nodiscard]] Scenario scenarioFor(
    const std::vector<Scenario>& scenarios, const rfq::DealerId& dealer, const std::string& symbol);

}
