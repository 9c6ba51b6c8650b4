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

TEST_F(Scenarios, DeclinesComeWithTheirCodesInTurn)
{
    play({.decline = {"10", "16", "4711"}, .declineText = "not today"});
    for (const char* code : {"10", "16", "4711", "10"}) {
        send(requestOf("Q" + std::to_string(declines().size()), "CASSINI"));
        pass(5s);
        EXPECT_EQ(declines().back().code, code);
        EXPECT_EQ(declines().back().text, "not today");
        EXPECT_EQ(declines().back().dealer.text(), "CASSINI");
    }
    EXPECT_TRUE(quotes().empty());
}

TEST_F(Scenarios, ADeclineMayTravelInAQuoteStatusReport)
{
    play({.decline = {"22"}, .declineBy = DeclineBy::QuoteStatus});
    send(requestOf("Q1", "CASSINI"));
    pass(5s);
    EXPECT_TRUE(declines().empty());
    const auto statuses = clients.heard<fix::maker::QuoteStatusOut>(Acme);
    ASSERT_EQ(statuses.size(), 1U);
    EXPECT_EQ(statuses[0].rfq.text(), "Q1");
    EXPECT_EQ(statuses[0].status, "5");
    EXPECT_EQ(statuses[0].rejectCode, "22");
    EXPECT_EQ(statuses[0].quote.text(), "*");
}

TEST_F(Scenarios, QuoteWithALifeOfTheScenariosOwn)
{
    play({.quoteLife = 2500ms});
    const auto quote = quoteOf("CASSINI");
    EXPECT_EQ(quote.quote.validUntil, clock.utc() + 2500ms);
    pass(2500ms);
    send(orderOn(quote));
    EXPECT_EQ(reports().back().text, "the quote has expired");
}

TEST_F(Scenarios, AClockThatIsWrongIsWrongInWhatIsWrittenOnly)
{
    settings.line.clockError = 90s;
    open();
    const auto quote = quoteOf("CASSINI");
    EXPECT_GT(*quote.quote.validUntil, clock.utc() + 90s);
    send(orderOn(quote));
    EXPECT_EQ(reports().back().ordStatus, '2');
    EXPECT_EQ(reports().back().transactTime, clock.utc() + 90s);
    settings.line.clockError = -90s;
    open();
    const auto past = quoteOf("CASSINI");
    EXPECT_LT(*past.quote.validUntil, clock.utc());
    send(orderOn(past, "C2"));
    EXPECT_EQ(reports().back().ordStatus, '2') << "by its own clock the quote is alive";
}

TEST_F(Scenarios, TooManyMessagesWithinASecondAreRefused)
{
    settings.line.mostPerSecond = 2;
    open();
    const auto quote = quoteOf("CASSINI");
    pass(1s);
    send(requestOf("Q2", "CASSINI"));
    send(requestOf("Q3", "CASSINI"));
    send(requestOf("Q4", "CASSINI"));
    ASSERT_EQ(declines().size(), 1U);
    EXPECT_EQ(declines()[0].rfq.text(), "Q4");
    send(orderOn(quote));
    const auto refusals = clients.heard<MessageRefusal>(Acme);
    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_EQ(refusals[0].refId, "C1");
    EXPECT_TRUE(reports().empty());
    send(requestOf("Q1", "CASSINI"), Beta);
    EXPECT_TRUE(declines(Beta).empty()) << "each session has its own";
    pass(1s);
    send(orderOn(quote));
    EXPECT_EQ(reports().back().ordStatus, '2');
}

TEST_F(Scenarios, AScenarioWithoutADealerIsForAll)
{
    settings.scenarios = {{.silent = true}};
    open();
    send(requestOf("Q1", ""));
    pass(5s);
    EXPECT_TRUE(quotes().empty());
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
