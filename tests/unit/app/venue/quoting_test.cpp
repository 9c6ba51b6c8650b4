#include "tests/unit/app/venue/floor_fixture.h"

#include <functional>
#include <set>

namespace venue::test {
namespace {

class Quoting : public FloorTest { };

std::set<std::string> dealersIn(const std::vector<fix::maker::QuoteOut>& quotes)
{
    std::set<std::string> dealers;
    for (const auto& quote : quotes)
        dealers.insert(quote.quote.dealer.text());
    return dealers;
}

TEST_F(Quoting, EveryDealerAnswersARequestToEveryone)
{
    dealer("ELBE").passing.percent = 0;
    open();
    send(requestOf("Q1", ""));
    EXPECT_TRUE(quotes().empty()) << "nobody is that quick";
    pass(5s);
    EXPECT_EQ(dealersIn(quotes()), (std::set<std::string>{"AURORA", "BOREAL", "CASSINI", "DRYAD", "ELBE", "FJORD"}));
}

TEST_F(Quoting, OnlyTheNamedDealersAreAskedAndEachOnce)
{
    open();
    auto request = requestOf("Q1", "CASSINI");
    request.dealers.emplace_back("CASSINI");
    send(request);
    pass(5s);
    ASSERT_EQ(quotes().size(), 1U);
    EXPECT_EQ(quotes()[0].quote.dealer.text(), "CASSINI");
}

TEST_F(Quoting, AQuoteSaysWhatWasAsked)
{
    open();
    const auto quote = quoteOf("CASSINI");
    EXPECT_EQ(quote.quote.rfq.text(), "Q1");
    EXPECT_EQ(quote.symbol, "EUR/USD");
    EXPECT_EQ(quote.currency, "EUR");
    EXPECT_EQ(quote.type, rfq::QuoteType::Tradeable);
    EXPECT_EQ(quote.quote.bidSize, decimal("5000000"));
    EXPECT_EQ(quote.quote.offerSize, decimal("5000000"));
    EXPECT_EQ(quote.quote.validUntil, clock.utc() + 15s);
    EXPECT_LT(quote.quote.bid->value, quote.quote.offer->value);
    EXPECT_EQ(quote.quote.bid->text.size(), std::string("1.15342").size());
}

TEST_F(Quoting, SpotSettlesAfterTheDaysOfThePair)
{
    using std::chrono::year;
    const std::vector<std::pair<std::string, rfq::Date>> cases{
        {"EUR/USD", year(2026) / 11 / 26}, {"USD/CAD", year(2026) / 11 / 25}, {"USD/JPY", year(2026) / 11 / 26}};
    open();
    for (const auto& [symbol, date] : cases) {
        auto request = requestOf(symbol, "BOREAL");
        request.symbol = symbol;
        request.currency = symbol.substr(0, 3);
        send(request);
        pass(1s);
        EXPECT_EQ(quotes().back().quote.valueDate, date) << symbol;
    }
    EXPECT_EQ(quotes().back().quote.bid->value.scale(), 3);
}

TEST_F(Quoting, AForwardIsQuotedAllInWithItsPoints)
{
    open();
    auto request = requestOf("Q1", "CASSINI");
    request.settlDate = std::chrono::year(2027) / 11 / 26;
    send(request);
    pass(5s);
    ASSERT_EQ(quotes().size(), 1U);
    EXPECT_EQ(quotes()[0].quote.valueDate, request.settlDate);
    EXPECT_GT(quotes()[0].quote.bid->value, decimal("1.17")) << "dollars bear 1.9 % more than euros for a year";
}

TEST_F(Quoting, AOneSidedRequestShowsOnlyTheSideThatWasAsked)
{
    open();
    auto buysEuros = requestOf("Q1", "CASSINI");
    buysEuros.side = rfq::RequestSide::Buy;
    auto buysDollars = requestOf("Q2", "CASSINI");
    buysDollars.side = rfq::RequestSide::Buy;
    buysDollars.currency = "USD";
    send(buysEuros);
    send(buysDollars);
    pass(5s);
    for (const auto& quote : quotes()) {
        EXPECT_EQ(quote.quote.offer.has_value(), quote.currency == "EUR");
        EXPECT_EQ(quote.quote.bid.has_value(), quote.currency == "USD");
        EXPECT_EQ(quote.quote.bidSize.has_value(), quote.quote.bid.has_value());
    }
}

TEST_F(Quoting, AStreamReplacesItsQuoteUntilTheRequestEnds)
{
    open();
    send(requestOf("Q1", "AURORA"));
    pass(10s);
    const auto count = quotes().size();
    EXPECT_GE(count, 8U);
    std::set<std::string> ids;
    for (const auto& quote : quotes())
        ids.insert(quote.quote.id.text());
    EXPECT_EQ(ids.size(), count);
    send(fix::maker::EndOfRequest{rfq::RfqId("Q1")});
    pass(10s);
    EXPECT_EQ(quotes().size(), count);
}

TEST_F(Quoting, AOneShotDealerQuotesOnce)
{
    open();
    send(requestOf("Q1", "CASSINI"));
    pass(59s);
    EXPECT_EQ(quotes().size(), 1U);
}

TEST_F(Quoting, NoQuoteOutlivesItsRequest)
{
    open();
    auto request = requestOf("Q1", "");
    request.expires = clock.utc() + 6s;
    send(request);
    pass(20s);
    ASSERT_FALSE(quotes().empty());
    for (const auto& quote : quotes())
        EXPECT_LE(quote.quote.validUntil, request.expires);
}

TEST_F(Quoting, AnIndicativeDealerSaysSo)
{
    open();
    EXPECT_EQ(quoteOf("FJORD").type, rfq::QuoteType::Indicative);
}

TEST_F(Quoting, ADealerThatPassesSaysWhy)
{
    dealer("ELBE").passing.percent = 100;
    open();
    send(requestOf("Q1", "ELBE"));
    pass(2s);
    ASSERT_EQ(declines().size(), 1U);
    EXPECT_EQ(declines()[0].dealer.text(), "ELBE");
    EXPECT_TRUE(declines()[0].code == "10" || declines()[0].code == "11");
    EXPECT_FALSE(declines()[0].text.empty());
    EXPECT_TRUE(quotes().empty());
}

TEST_F(Quoting, TheSameSeedGivesTheSameQuotes)
{
    const auto quotesOfSeed = [this](std::uint64_t seed) {
        settings.seed = seed;
        clients.all.clear();
        open();
        const auto opened = clock.steady();
        send(requestOf("Q1", ""));
        std::string all;
        while (clock.steady() < opened + 20s) {
            pass(10ms);
            all += "." + std::to_string(clients.all.size());
        }
        for (const auto& quote : quotes())
            all += quote.quote.dealer.text() + quote.quote.bid->text + quote.quote.offer->text + "\n";
        return all;
    };
    const std::string first = quotesOfSeed(7);
    EXPECT_EQ(quotesOfSeed(7), first) << "in time, order and price";
    EXPECT_NE(quotesOfSeed(8), first);
}

TEST_F(Quoting, ADirectSessionDoesNotNameItsDealer)
{
    open();
    send(requestOf("Q1", ""), AcmeDirect);
    pass(1s);
    ASSERT_FALSE(quotes(AcmeDirect).empty());
    EXPECT_TRUE(quotes(AcmeDirect)[0].quote.dealer.empty());
    EXPECT_EQ(quotes(AcmeDirect)[0].quote.id.text().substr(0, 6), "AURORA");
}

TEST_F(Quoting, TwoClientsWithTheSameRequestIdDoNotMeet)
{
    open();
    send(requestOf("Q1", "AURORA"), Acme);
    send(requestOf("Q1", "AURORA"), Beta);
    pass(3s);
    send(fix::maker::EndOfRequest{rfq::RfqId("Q1")}, Acme);
    const auto ofAcme = quotes(Acme).size();
    const auto ofBeta = quotes(Beta).size();
    pass(3s);
    EXPECT_EQ(quotes(Acme).size(), ofAcme);
    EXPECT_GT(quotes(Beta).size(), ofBeta);
}

TEST_F(Quoting, AClientThatLogsOffGetsNoMoreQuotes)
{
    open();
    send(requestOf("Q1", "AURORA"));
    pass(2s);
    venue->loggedOff(Acme);
    const auto before = quotes().size();
    pass(5s);
    EXPECT_EQ(quotes().size(), before);
}

TEST_F(Quoting, ARequestThatCannotBeQuotedIsDeclinedWithTheReason)
{
    struct Case {
        const char* what;
        std::function<void(fix::maker::QuoteRequest&)> change;
        const char* code;
        const char* text;
    };
    const std::vector<Case> cases{
        {"pair", [](auto& r) { r.symbol = "EUR/XXX"; }, "1", "unknown symbol EUR/XXX"},
        {"currency", [](auto& r) { r.currency = "GBP"; }, "99", "Currency(15) must be EUR or USD"},
        {"amount", [](auto& r) { r.quantity = rfq::Decimal(-1, 0); }, "99", "OrderQty(38) must be above zero"},
        {"huge amount", [](auto& r) { r.quantity = decimal("1000000000001"); }, "3",
            "OrderQty(38) is above 1000000000000"},
        {"weekend", [](auto& r) { r.settlDate = std::chrono::year(2026) / 11 / 28; }, "99",
            "SettlDate(64): 2026-11-28 is not a business day"},
        {"holiday", [](auto& r) { r.settlDate = std::chrono::year(2026) / 12 / 25; }, "99",
            "SettlDate(64): 2026-12-25 is not a business day"},
        {"before spot", [](auto& r) { r.settlDate = std::chrono::year(2026) / 11 / 25; }, "99",
            "SettlDate(64): 2026-11-25 is before spot, 2026-11-26"},
        {"too far", [](auto& r) { r.settlDate = std::chrono::year(2029) / 11 / 26; }, "99",
            "SettlDate(64): more than 400 days after spot"},
        {"over", [this](auto& r) { r.expires = clock.utc(); }, "4", "ExpireTime(126) is past"},
        {"no such dealer", [](auto& r) { r.dealers = {rfq::DealerId("NOBODY")}; }, "6",
            "no dealer NOBODY on this session"},
    };
    open();
    int number = 0;
    for (const Case& each : cases) {
        auto request = requestOf("Q" + std::to_string(++number), "");
        each.change(request);
        send(request);
        ASSERT_EQ(declines().size(), static_cast<std::size_t>(number)) << each.what;
        EXPECT_EQ(declines().back().code, each.code) << each.what;
        EXPECT_EQ(declines().back().text, each.text) << each.what;
    }
    pass(5s);
    EXPECT_TRUE(quotes().empty());
}

TEST_F(Quoting, AnAmountAboveTheDealersLimitIsDeclinedInEitherCurrency)
{
    open();
    auto inEuros = requestOf("Q1", "AURORA");
    inEuros.quantity = decimal("25000001");
    auto inDollars = requestOf("Q2", "AURORA");
    inDollars.currency = "USD";
    inDollars.quantity = decimal("25000001");
    send(inEuros);
    send(inDollars);
    pass(1s);
    ASSERT_EQ(declines().size(), 1U);
    EXPECT_EQ(declines()[0].rfq.text(), "Q1");
    EXPECT_EQ(declines()[0].code, "3");
    EXPECT_FALSE(quotes().empty()) << "25 million dollars are fewer euros";
}

TEST_F(Quoting, ARequestIdIsUsedOnce)
{
    open();
    send(requestOf("Q1", "CASSINI"));
    send(requestOf("Q1", "CASSINI"));
    ASSERT_EQ(declines().size(), 1U);
    EXPECT_EQ(declines()[0].text, "QuoteReqID(131) was used before");
    send(requestOf("Q1", "CASSINI"), Acme, Delivery::PossibleDuplicate);
    EXPECT_EQ(declines().size(), 1U) << "a resend is no mistake of the client";
    pass(5s);
    EXPECT_EQ(quotes().size(), 1U);
}

TEST_F(Quoting, OpenRequestsOfOneClientAreLimited)
{
    settings.requests.mostOpen = 2;
    open();
    for (int i = 0; i < 3; ++i)
        send(requestOf("Q" + std::to_string(i), "CASSINI"));
    ASSERT_EQ(declines().size(), 1U);
    EXPECT_EQ(declines()[0].text, "too many open requests");
    send(requestOf("Q1", "CASSINI"), Beta);
    EXPECT_TRUE(declines(Beta).empty());
}

TEST_F(Quoting, AMessageNobodyUnderstandsIsRefusedByType)
{
    open();
    send(fix::maker::Unsupported{"H"});
    const auto refusals = clients.heard<MessageRefusal>(Acme);
    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_EQ(refusals[0].refMsgType, "H");
    EXPECT_EQ(refusals[0].code, "3");
}

}
}
