#include "app/venue/order_rules.h"

#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace std::chrono_literals;
using fix::maker::Order;
using venue::Firmness;
using venue::MadeQuote;
using venue::MadeQuoteState;
using venue::refusalOf;

const rfq::SteadyTime Now(1h);

MadeQuote quote()
{
    MadeQuote made;
    made.rfq = rfq::RfqId("Q1");
    made.dealer = rfq::DealerId("LPA");
    made.id = rfq::QuoteId("LPA-1");
    made.instrument = {"EUR/USD", 4, 5, 2};
    made.currency = "EUR";
    made.quantity = rfq::Decimal(5'000'000, 0);
    made.bid = rfq::Price{rfq::Decimal(115'340, 5), "1.15340"};
    made.offer = rfq::Price{rfq::Decimal(115'344, 5), "1.15344"};
    made.valueDate = std::chrono::year(2026) / 11 / 26;
    made.expires = Now + 1ms;
    return made;
}

Order order()
{
    Order made;
    made.clOrdId = rfq::ClOrdId("C1");
    made.quote = rfq::QuoteId("LPA-1");
    made.symbol = "EUR/USD";
    made.side = rfq::Side::Buy;
    made.quantity = rfq::Decimal(5'000'000, 0);
    made.currency = "EUR";
    made.price = {rfq::Decimal(115'344, 5), "1.15344"};
    made.settlDate = std::chrono::year(2026) / 11 / 26;
    return made;
}

std::string codeOf(const Order& tried, const MadeQuote& against)
{
    const auto refusal = refusalOf(tried, &against, Now);
    return refusal ? refusal->code : "";
}

TEST(OrderRules, AnOrderThatMatchesItsQuoteIsDealt)
{
    EXPECT_EQ(codeOf(order(), quote()), "");
}

TEST(OrderRules, ASellOrderDealsOnTheBid)
{
    Order sell = order();
    sell.side = rfq::Side::Sell;
    EXPECT_EQ(codeOf(sell, quote()), "99") << "the offer is not the price of a seller";
    sell.price = {rfq::Decimal(115'340, 5), "1.15340"};
    EXPECT_EQ(codeOf(sell, quote()), "");
}

TEST(OrderRules, DealingTheTermsCurrencyTurnsTheSides)
{
    MadeQuote inDollars = quote();
    inDollars.currency = "USD";
    Order buysDollars = order();
    buysDollars.currency = "USD";
    EXPECT_EQ(codeOf(buysDollars, inDollars), "99");
    buysDollars.price = {rfq::Decimal(115'340, 5), "1.15340"};
    EXPECT_EQ(codeOf(buysDollars, inDollars), "");
}

TEST(OrderRules, LessThanTheQuotedAmountMayBeDealt)
{
    Order less = order();
    less.quantity = rfq::Decimal(1, 0);
    EXPECT_EQ(codeOf(less, quote()), "");
}

TEST(OrderRules, APriceOfTheSameValueIsTheSamePrice)
{
    Order longer = order();
    longer.price = {rfq::Decimal(1'153'440, 6), "1.153440"};
    EXPECT_EQ(codeOf(longer, quote()), "");
}

TEST(OrderRules, AnUnknownQuoteIsRefused)
{
    EXPECT_EQ(refusalOf(order(), nullptr, Now)->code, "5");
}

TEST(OrderRules, EachTermMustMatch)
{
    struct Case {
        const char* what;
        std::function<void(Order&)> change;
        const char* code;
    };
    const std::vector<Case> cases{
        {"other request", [](Order& o) { o.rfq = rfq::RfqId("Q2"); }, "5"},
        {"other dealer", [](Order& o) { o.dealer = rfq::DealerId("LPB"); }, "5"},
        {"other pair", [](Order& o) { o.symbol = "GBP/USD"; }, "1"},
        {"other currency", [](Order& o) { o.currency = "USD"; }, "99"},
        {"other date", [](Order& o) { o.settlDate = std::chrono::year(2026) / 11 / 27; }, "99"},
        {"no date", [](Order& o) { o.settlDate.reset(); }, "99"},
        {"more than quoted", [](Order& o) { o.quantity = rfq::Decimal(50'000'001, 1); }, "13"},
        {"nothing", [](Order& o) { o.quantity = rfq::Decimal(); }, "13"},
        {"better price",
            [](Order& o) {
                o.price = {rfq::Decimal(115'343, 5), "1.15343"};
            },
            "99"},
        {"worse price",
            [](Order& o) {
                o.price = {rfq::Decimal(115'345, 5), "1.15345"};
            },
            "99"},
        {"day order", [](Order& o) { o.timeInForce = '0'; }, "11"},
    };
    for (const Case& each : cases) {
        Order changed = order();
        each.change(changed);
        EXPECT_EQ(codeOf(changed, quote()), each.code) << each.what;
    }
}

TEST(OrderRules, OnlyALiveFirmQuoteIsDealt)
{
    struct Case {
        const char* what;
        std::function<void(MadeQuote&)> change;
        const char* code;
    };
    const auto state = [](MadeQuoteState to) { return [to](MadeQuote& made) { made.state = to; }; };
    const std::vector<Case> cases{
        {"expired this instant", [](MadeQuote& q) { q.expires = Now; }, "4"},
        {"replaced", state(MadeQuoteState::Replaced), "8"},
        {"withdrawn", state(MadeQuoteState::Withdrawn), "8"},
        {"held", state(MadeQuoteState::Held), "99"},
        {"dealt", state(MadeQuoteState::Dealt), "99"},
        {"refused", state(MadeQuoteState::Refused), "8"},
        {"ended", state(MadeQuoteState::Ended), "4"},
        {"indicative", [](MadeQuote& q) { q.firmness = Firmness::Indicative; }, "99"},
        {"type not stated", [](MadeQuote& q) { q.firmness = Firmness::Unstated; }, "99"},
        {"side not quoted", [](MadeQuote& q) { q.offer.reset(); }, "11"},
    };
    for (const Case& each : cases) {
        MadeQuote changed = quote();
        each.change(changed);
        EXPECT_EQ(codeOf(order(), changed), each.code) << each.what;
    }
    MadeQuote restricted = quote();
    restricted.firmness = Firmness::Restricted;
    EXPECT_EQ(codeOf(order(), restricted), "");
}

TEST(OrderRules, TheRefusalSaysWhatWasQuoted)
{
    Order wrong = order();
    wrong.price = {rfq::Decimal(2, 0), "2"};
    const MadeQuote made = quote();
    EXPECT_EQ(refusalOf(wrong, &made, Now)->text, "the quoted price is 1.15344, not 2");
}

}
