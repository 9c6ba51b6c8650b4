#include "tests/unit/app/venue/floor_fixture.h"

namespace venue::test {
namespace {

class Dealing : public FloorTest { };

TEST_F(Dealing, AnOrderOnALiveQuoteIsFilledWhole)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    ASSERT_EQ(reports().size(), 1U);
    const auto fill = reports()[0];
    EXPECT_EQ(fill.execType, 'F');
    EXPECT_EQ(fill.ordStatus, '2');
    EXPECT_EQ(fill.clOrdId.text(), "C1");
    EXPECT_EQ(fill.lastPx, quote.quote.offer);
    EXPECT_EQ(fill.lastQty, decimal("5000000"));
    EXPECT_EQ(fill.cumQty, decimal("5000000"));
    EXPECT_TRUE(fill.leavesQty.isZero());
    EXPECT_EQ(fill.side, rfq::Side::Buy);
    EXPECT_EQ(fill.currency, "EUR");
    EXPECT_EQ(fill.valueDate, quote.quote.valueDate);
    EXPECT_EQ(fill.transactTime, clock.utc());
    EXPECT_FALSE(fill.execId.empty());
    EXPECT_FALSE(fill.orderId.empty());
}

TEST_F(Dealing, AnOrderAtTheVeryEndOfAQuotesLifeIsTooLate)
{
    open();
    const auto quote = quoteOf("CASSINI");
    pass(15s);
    send(orderOn(quote));
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].ordStatus, '8');
    EXPECT_EQ(reports()[0].rejectCode, "4");
    EXPECT_EQ(reports()[0].text, "the quote has expired");
}

TEST_F(Dealing, AReplacedQuoteIsNotDealt)
{
    open();
    const auto first = quoteOf("AURORA");
    pass(1300ms);
    ASSERT_GT(quotes().size(), 1U);
    send(orderOn(first));
    EXPECT_EQ(reports().back().rejectCode, "8");
    send(orderOn(quotes().back(), "C2"));
    EXPECT_EQ(reports().back().ordStatus, '2');
}

TEST_F(Dealing, AQuoteIsDealtOnceAndItsRequestIsOver)
{
    open();
    const auto quote = quoteOf("AURORA");
    send(orderOn(quote, "C1"));
    send(orderOn(quote, "C2"));
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].ordStatus, '8');
    EXPECT_EQ(reports()[1].text, "the quote is dealt already");
    const auto before = quotes().size();
    pass(5s);
    EXPECT_EQ(quotes().size(), before);
}

TEST_F(Dealing, TheOtherQuotesOfADealtRequestAreOver)
{
    open();
    send(requestOf("Q1", ""));
    pass(1s);
    fix::maker::QuoteOut aurora;
    fix::maker::QuoteOut boreal;
    for (const auto& quote : quotes()) {
        if (quote.quote.dealer.text() == "AURORA")
            aurora = quote;
        if (quote.quote.dealer.text() == "BOREAL")
            boreal = quote;
    }
    send(orderOn(aurora, "C1"));
    send(orderOn(boreal, "C2"));
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[0].ordStatus, '2');
    EXPECT_EQ(reports()[1].text, "the request has ended");
}

TEST_F(Dealing, AnotherClientsQuoteIsUnknown)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote), Beta);
    ASSERT_EQ(reports(Beta).size(), 1U);
    EXPECT_EQ(reports(Beta)[0].rejectCode, "5");
    EXPECT_TRUE(reports(Acme).empty());
}

TEST_F(Dealing, AnIndicativeQuoteIsNotDealt)
{
    open();
    const auto quote = quoteOf("FJORD");
    send(orderOn(quote));
    EXPECT_EQ(reports().back().text, "the quote is indicative");
}

TEST_F(Dealing, AResentOrderHearsItsReportAgainAndIsNotDealtAgain)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    send(orderOn(quote), Acme, Delivery::PossibleDuplicate);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1], reports()[0]) << "the same ExecID(17): one deal";
}

TEST_F(Dealing, AClOrdIdUsedTwiceIsRejectedAsDuplicate)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    send(orderOn(quote));
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].rejectCode, "6");
    send(orderOn(quote), Acme, Delivery::PossibleDuplicate);
    EXPECT_EQ(reports()[2], reports()[0]) << "the fill stands";
}

TEST_F(Dealing, LastLookHoldsAndThenFills)
{
    dealer("DRYAD").lastLook = LastLook{.hold = {500ms, 500ms}, .rejectPercent = 0, .tolerancePips = decimal("1000")};
    open();
    const auto quote = quoteOf("DRYAD");
    send(orderOn(quote));
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].execType, 'A');
    EXPECT_EQ(reports()[0].ordStatus, 'A');
    EXPECT_EQ(reports()[0].leavesQty, decimal("5000000"));
    EXPECT_TRUE(reports()[0].cumQty.isZero());
    pass(490ms);
    EXPECT_EQ(reports().size(), 1U);
    pass(10ms);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].execType, 'F');
    EXPECT_EQ(reports()[1].orderId, reports()[0].orderId);
    EXPECT_NE(reports()[1].execId, reports()[0].execId);
}

TEST_F(Dealing, LastLookMayReject)
{
    dealer("DRYAD").lastLook = LastLook{.hold = {100ms, 100ms}, .rejectPercent = 100, .tolerancePips = decimal("1000")};
    open();
    const auto quote = quoteOf("DRYAD");
    send(orderOn(quote));
    pass(100ms);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].execType, '8');
    EXPECT_EQ(reports()[1].rejectCode, "99");
    EXPECT_EQ(reports()[1].text, "last look: no liquidity at this price");
    send(orderOn(quote, "C2"));
    EXPECT_EQ(reports().back().text, "an order on this quote was rejected already");
}

TEST_F(Dealing, LastLookRejectsExactlyWhenTheMarketWentAgainstTheDealer)
{
    dealer("DRYAD").lastLook = LastLook{.hold = {2s, 2s}, .rejectPercent = 0, .tolerancePips = decimal("0")};
    open();
    Market market(settings.market, settings.seed, clock.steady());
    int rejected = 0;
    for (int i = 0; i < 20; ++i) {
        const std::string number = std::to_string(i);
        const rfq::Side side = i % 2 == 0 ? rfq::Side::Buy : rfq::Side::Sell;
        const auto quote = quoteOf("DRYAD", "Q" + number);
        const Ticks before = market.spotMid("EUR/USD", clock.steady());
        send(orderOn(quote, "C" + number, side));
        pass(2s);
        const Ticks moved = market.spotMid("EUR/USD", clock.steady()) - before;
        const bool against = side == rfq::Side::Buy ? moved > 0 : moved < 0;
        EXPECT_EQ(reports().back().ordStatus, against ? '8' : '2') << number;
        rejected += against ? 1 : 0;
    }
    EXPECT_GT(rejected, 3);
    EXPECT_LT(rejected, 17);
}

TEST_F(Dealing, AQuoteThatExpiresDuringTheHoldIsStillDecided)
{
    dealer("DRYAD").lastLook = LastLook{.hold = {6s, 6s}, .rejectPercent = 0, .tolerancePips = decimal("1000")};
    dealer("DRYAD").requote.reset();
    open();
    const auto quote = quoteOf("DRYAD");
    send(orderOn(quote));
    pass(6s);
    EXPECT_EQ(reports().back().ordStatus, '2');
}

TEST_F(Dealing, OneOrderAtATimeIsDecidedPerRequest)
{
    dealer("DRYAD").lastLook = LastLook{.hold = {1s, 1s}, .rejectPercent = 0, .tolerancePips = decimal("1000")};
    open();
    auto request = requestOf("Q1", "DRYAD");
    request.dealers.emplace_back("BOREAL");
    send(request);
    pass(700ms);
    ASSERT_EQ(quotes().size(), 2U);
    const bool dryadFirst = quotes()[0].quote.dealer.text() == "DRYAD";
    send(orderOn(quotes()[dryadFirst ? 0 : 1], "C1"));
    send(orderOn(quotes()[dryadFirst ? 1 : 0], "C2"));
    EXPECT_EQ(reports().back().text, "another order on this request is being decided");
}

TEST_F(Dealing, AFillDecidedWhileTheClientIsAwayIsReportedAtItsNextLogon)
{
    dealer("DRYAD").lastLook = LastLook{.hold = {500ms, 500ms}, .rejectPercent = 0, .tolerancePips = decimal("1000")};
    open();
    send(orderOn(quoteOf("DRYAD")));
    venue->loggedOff(Acme);
    pass(1s);
    EXPECT_EQ(reports().size(), 1U);
    venue->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].ordStatus, '2');
    venue->loggedOn(Acme);
    EXPECT_EQ(reports().size(), 2U);
}

TEST_F(Dealing, QuotesOfAClientThatLoggedOffAreOver)
{
    open();
    const auto quote = quoteOf("CASSINI");
    venue->loggedOff(Acme);
    venue->loggedOn(Acme);
    send(orderOn(quote));
    EXPECT_EQ(reports().back().text, "the request has ended");
}

TEST_F(Dealing, ALateOrderHearsForAWhileWhatBecameOfItsQuote)
{
    open();
    const auto quote = quoteOf("CASSINI");
    pass(70s);
    send(orderOn(quote, "C1"));
    EXPECT_EQ(reports().back().rejectCode, "4");
    clock.advance(1h);
    venue->runDue();
    send(orderOn(quote, "C2"));
    EXPECT_EQ(reports().back().rejectCode, "5") << "forgotten";
}

}
}
