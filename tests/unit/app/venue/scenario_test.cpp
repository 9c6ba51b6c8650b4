#include "tests/unit/app/venue/floor_fixture.h"

namespace venue::test {
namespace {

class Scenarios : public FloorTest {
protected:
    void play(Scenario scenario)
    {
        scenario.dealer = rfq::DealerId("CASSINI");
        settings.scenarios = {std::move(scenario)};
        open();
    }
    fix::maker::QuoteOut spoiledQuote(QuoteFault fault)
    {
        play({.quote = fault});
        return quoteOf("CASSINI");
    }
    std::vector<rfq::ExecutionReport> reportsWith(FillFault fault)
    {
        play({.fill = fault});
        send(orderOn(quoteOf("CASSINI")));
        return reports();
    }
};

TEST_F(Scenarios, QuoteWithoutType)
{
    const auto quote = spoiledQuote(QuoteFault::WithoutType);
    EXPECT_FALSE(quote.type);
    send(orderOn(quote));
    EXPECT_EQ(reports().back().text, "the quote is indicative");
}

TEST_F(Scenarios, QuoteWithAZeroSide)
{
    EXPECT_TRUE(spoiledQuote(QuoteFault::ZeroBid).quote.bid->value.isZero());
    EXPECT_TRUE(spoiledQuote(QuoteFault::ZeroOffer).quote.offer->value.isZero());
}

TEST_F(Scenarios, CrossedQuote)
{
    const auto quote = spoiledQuote(QuoteFault::Crossed);
    EXPECT_GT(quote.quote.bid->value, quote.quote.offer->value);
}

TEST_F(Scenarios, QuoteForAnotherDateOrCurrencyOrRequest)
{
    EXPECT_EQ(spoiledQuote(QuoteFault::WrongDate).quote.valueDate, rfq::Date(std::chrono::year(2026) / 12 / 3));
    EXPECT_EQ(spoiledQuote(QuoteFault::WrongCurrency).currency, "USD");
    EXPECT_EQ(spoiledQuote(QuoteFault::UnknownRequest).quote.rfq.text(), "Q1-x");
}

TEST_F(Scenarios, QuoteOnTheSideNobodyAsked)
{
    play({.quote = QuoteFault::WrongSide});
    auto request = requestOf("Q1", "CASSINI");
    request.side = rfq::RequestSide::Buy;
    send(request);
    pass(5s);
    ASSERT_EQ(quotes().size(), 1U);
    EXPECT_FALSE(quotes()[0].quote.offer);
    EXPECT_TRUE(quotes()[0].quote.bid);
}

TEST_F(Scenarios, QuoteWithAStrangeLife)
{
    EXPECT_LT(spoiledQuote(QuoteFault::AlreadyExpired).quote.validUntil, clock.utc());
    EXPECT_FALSE(spoiledQuote(QuoteFault::NoExpiry).quote.validUntil);
    EXPECT_GT(spoiledQuote(QuoteFault::FarExpiry).quote.validUntil, clock.utc() + 23h);
}

TEST_F(Scenarios, QuoteWithdrawnSoonAfter)
{
    play({.withdrawAfter = 300ms});
    const auto quote = quoteOf("CASSINI");
    pass(300ms);
    const auto withdrawals = clients.heard<QuoteWithdrawal>(Acme);
    ASSERT_EQ(withdrawals.size(), 1U);
    EXPECT_EQ(withdrawals[0].quote, quote.quote.id);
    EXPECT_EQ(withdrawals[0].dealer.text(), "CASSINI");
    send(orderOn(quote));
    EXPECT_EQ(reports().back().text, "the quote was withdrawn");
}

TEST_F(Scenarios, DealerThatNeverAnswersARequest)
{
    play({.silent = true});
    send(requestOf("Q1", "CASSINI"));
    pass(61s);
    EXPECT_TRUE(clients.all.empty());
}

TEST_F(Scenarios, OrderNobodyAnswers)
{
    play({.order = OrderFault::NeverAnswer});
    send(orderOn(quoteOf("CASSINI")));
    pass(60s);
    EXPECT_TRUE(reports().empty());
}

TEST_F(Scenarios, OrderHeldForever)
{
    play({.order = OrderFault::HoldForever});
    send(orderOn(quoteOf("CASSINI")));
    pass(60s);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].ordStatus, 'A');
}

TEST_F(Scenarios, ConnectionThatBreaksBeforeTheDealLeavesNothing)
{
    play({.order = OrderFault::DropBeforeDeal});
    send(orderOn(quoteOf("CASSINI")));
    EXPECT_EQ(clients.dropped, std::vector{Acme});
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    EXPECT_TRUE(reports().empty());
}

TEST_F(Scenarios, ConnectionThatBreaksAfterTheDealBringsTheFillLater)
{
    play({.order = OrderFault::DropAfterDeal});
    send(orderOn(quoteOf("CASSINI")));
    EXPECT_EQ(clients.dropped, std::vector{Acme});
    EXPECT_TRUE(reports().empty());
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].ordStatus, '2');
}

TEST_F(Scenarios, ConnectionThatBreaksDuringTheHoldBringsTheFillLater)
{
    play({.order = OrderFault::DropDuringHold});
    send(orderOn(quoteOf("CASSINI")));
    pass(1s);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].ordStatus, 'A');
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].ordStatus, '2');
}

TEST_F(Scenarios, EveryNthOrderIsRejected)
{
    play({.rejectEvery = 2});
    for (int i = 1; i <= 4; ++i) {
        send(orderOn(quoteOf("CASSINI", "Q" + std::to_string(i)), "C" + std::to_string(i)));
        EXPECT_EQ(reports().back().ordStatus, i % 2 == 0 ? '8' : '2') << i;
    }
}

TEST_F(Scenarios, FillThatIsNotWhatWasAccepted)
{
    const auto worse = reportsWith(FillFault::WorsePrice);
    EXPECT_EQ(worse[0].lastPx->value, rfq::Decimal::add(quotes()[0].quote.offer->value, decimal("0.0001")).value());
    EXPECT_EQ(reportsWith(FillFault::OtherSide).back().side, rfq::Side::Sell);
    EXPECT_EQ(reportsWith(FillFault::OtherDate).back().valueDate, rfq::Date(std::chrono::year(2026) / 12 / 3));
    EXPECT_EQ(reportsWith(FillFault::OtherOrder).back().clOrdId.text(), "C1-x");
    const auto status = reportsWith(FillFault::PartialStatus).back();
    EXPECT_EQ(status.ordStatus, '1');
    EXPECT_TRUE(status.leavesQty.isZero());
}

TEST_F(Scenarios, HalfAFillIsCancelledForTheRest)
{
    const auto both = reportsWith(FillFault::LessQuantity);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].cumQty, decimal("2500000"));
    EXPECT_EQ(both[0].leavesQty, decimal("2500000"));
    EXPECT_EQ(both[1].execType, '4');
    EXPECT_EQ(both[1].cumQty, decimal("2500000"));
    EXPECT_TRUE(both[1].leavesQty.isZero());
}

TEST_F(Scenarios, DoubledReportIsTheSameReport)
{
    const auto both = reportsWith(FillFault::Doubled);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0], both[1]);
}

TEST_F(Scenarios, FillThatIsTakenBack)
{
    const auto both = reportsWith(FillFault::CancelledLater);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].ordStatus, '2');
    EXPECT_EQ(both[1].execType, 'H');
    EXPECT_NE(both[0].execId, both[1].execId);
}

TEST_F(Scenarios, AScenarioMayBeForOnePairOnly)
{
    play({.symbol = "GBP/USD", .silent = true});
    EXPECT_EQ(quoteOf("CASSINI").symbol, "EUR/USD");
    auto request = requestOf("Q2", "CASSINI");
    request.symbol = "GBP/USD";
    request.currency = "GBP";
    send(request);
    pass(5s);
    EXPECT_EQ(quotes().size(), 1U);
}

}
}
