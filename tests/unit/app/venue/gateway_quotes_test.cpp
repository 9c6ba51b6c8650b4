#include "tests/unit/app/venue/gateway_fixture.h"

namespace venue::test {

namespace {

TEST_F(GatewayTest, ARequestGoesOnUnderAnIdOfTheGatewaysOwn)
{
    send(requestOf("Q1", {Aurora, Boreas}));
    const auto asked = link.heard<rfq::SendRequest>();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].session, BankSession);
    EXPECT_NE(asked[0].request.id.text(), "Q1");
    EXPECT_EQ(asked[0].dealers, (std::vector<rfq::DealerId>{Aurora, Boreas}));
    EXPECT_EQ(asked[0].request.quantity, decimal("5000000"));
    EXPECT_EQ(asked[0].request.settlement.tenor, rfq::Tenor::Spot);
    EXPECT_EQ(asked[0].expires, clock.utc() + 60s);
}

TEST_F(GatewayTest, DealersOfSeveralCounterpartiesAreAskedEachThroughTheirOwn)
{
    send(requestOf("Q1", {}));
    const auto asked = link.heard<rfq::SendRequest>();
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0].session, BankSession);
    EXPECT_EQ(asked[1].session, HouseSession);
    EXPECT_EQ(asked[1].dealers, std::vector<rfq::DealerId>{House});
}

TEST_F(GatewayTest, AQuoteComesBackByteForByteWithALifeByTheGatewaysClock)
{
    const auto quote = quoted("Q1", Acme, "DQ 1|odd");
    EXPECT_EQ(quote.quote.rfq, rfq::RfqId("Q1"));
    EXPECT_EQ(quote.quote.id, rfq::QuoteId("DQ 1|odd"));
    EXPECT_EQ(quote.quote.dealer, Aurora);
    EXPECT_EQ(quote.quote.offer->text, "1.153200");
    EXPECT_EQ(quote.type, rfq::QuoteType::Tradeable);
    // Five seconds by the dealer's clock, less what its profile keeps for the way.
    EXPECT_EQ(*quote.quote.validUntil, clock.utc() + 5s - rfq::Profile{}.quoteSafety);
    EXPECT_TRUE(clients.heard<fix::maker::QuoteOut>(Beta).empty());
}

TEST_F(GatewayTest, TwoClientsWithTheSameIdsDoNotMeet)
{
    quoted("Q1", Acme, "DQ1");
    const auto first = lastAsked();
    quoted("Q1", Beta, "DQ1");
    EXPECT_NE(first, lastAsked());
    EXPECT_EQ(clients.heard<fix::maker::QuoteOut>(Acme).size(), 1U);
    EXPECT_EQ(clients.heard<fix::maker::QuoteOut>(Beta).size(), 1U);
    send(fix::maker::EndOfRequest{rfq::RfqId("Q1")}, Beta);
    ASSERT_EQ(link.heard<rfq::EndRequest>().size(), 1U);
    EXPECT_EQ(link.heard<rfq::EndRequest>()[0].rfq, lastAsked());
    gateway->apply(quoteOn(first, "DQ2"));
    EXPECT_EQ(clients.heard<fix::maker::QuoteOut>(Acme).size(), 2U);
}

TEST_F(GatewayTest, AQuoteThatBelongsToNoRequestIsNotGuessed)
{
    send(requestOf("Q1"));
    for (auto stray : {quoteOn(rfq::RfqId("Q1"), "DQ1"), quoteOn(rfq::RfqId(), "DQ1"),
             quoteOn(lastAsked(), "DQ1", Boreas), quoteOn(lastAsked(), "DQ1", House)})
        gateway->apply(stray);
    auto wrongSession = quoteOn(lastAsked(), "DQ1");
    wrongSession.quote.session = HouseSession;
    gateway->apply(wrongSession);
    EXPECT_TRUE(clients.heard<fix::maker::QuoteOut>(Acme).empty());
}

TEST_F(GatewayTest, WhatCouldNotBeDealtOnIsNotShown)
{
    quoted();
    const auto late = [this] {
        auto quote = quoteOn(lastAsked(), "DQ2");
        quote.lateness = 2s;
        return quote;
    };
    const auto again = [this] {
        auto quote = quoteOn(lastAsked(), "DQ3");
        quote.possDup = true;
        return quote;
    };
    const auto other = [this] {
        auto quote = quoteOn(lastAsked(), "DQ4");
        quote.symbol = "GBP/USD";
        return quote;
    };
    for (const auto& quote : {late(), again(), other()})
        gateway->apply(quote);
    EXPECT_EQ(clients.heard<fix::maker::QuoteOut>(Acme).size(), 1U);
    // The dealer's earlier quote is no longer its price.
    EXPECT_EQ(clients.heard<QuoteWithdrawal>(Acme).size(), 1U);
}

TEST_F(GatewayTest, TwoDealersQuotesOfTheSameIdAreNeverConfused)
{
    send(requestOf("Q1", {Aurora, Boreas}));
    gateway->apply(quoteOn(lastAsked(), "1", Aurora));
    gateway->apply(quoteOn(lastAsked(), "1", Boreas));
    const auto quotes = clients.heard<fix::maker::QuoteOut>(Acme);
    ASSERT_EQ(quotes.size(), 1U);
    EXPECT_EQ(quotes[0].quote.dealer, Aurora);
}

TEST_F(GatewayTest, WithdrawalsAndDeclinesReachWhoAsked)
{
    quoted();
    gateway->apply(rfq::QuoteWithdrawn{BankSession, lastAsked(), Aurora, rfq::QuoteId("DQ1"), {}});
    ASSERT_EQ(clients.heard<QuoteWithdrawal>(Acme).size(), 1U);
    EXPECT_EQ(clients.heard<QuoteWithdrawal>(Acme)[0].rfq, rfq::RfqId("Q1"));
    gateway->apply(rfq::RequestDeclined{BankSession, lastAsked(), Aurora, "3", "no appetite"});
    ASSERT_EQ(clients.heard<RequestDecline>(Acme).size(), 1U);
    EXPECT_EQ(clients.heard<RequestDecline>(Acme)[0].code, "3");
    EXPECT_EQ(clients.heard<RequestDecline>(Acme)[0].text, "no appetite");
    send(orderOn(clients.heard<fix::maker::QuoteOut>(Acme)[0]));
    EXPECT_EQ(timesSent(), 0U);
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
}

TEST_F(GatewayTest, ACounterpartyThatIsAwayIsARefusalWithTheReason)
{
    upstreamDown(BankSession);
    send(requestOf("Q1", {Aurora, House}));
    const auto declines = clients.heard<RequestDecline>(Acme);
    ASSERT_EQ(declines.size(), 1U);
    EXPECT_EQ(declines[0].dealer, Aurora);
    EXPECT_NE(declines[0].text.find("BANK is not connected: the line broke"), std::string::npos) << declines[0].text;
    ASSERT_EQ(link.heard<rfq::SendRequest>().size(), 1U);
    EXPECT_EQ(link.heard<rfq::SendRequest>()[0].session, HouseSession);
}

TEST_F(GatewayTest, QuotesDieWithTheirCounterparty)
{
    const auto quote = quoted();
    send(requestOf("Q2", {Boreas}));
    upstreamDown(BankSession);
    ASSERT_EQ(clients.heard<QuoteWithdrawal>(Acme).size(), 1U);
    ASSERT_EQ(clients.heard<RequestDecline>(Acme).size(), 1U);
    EXPECT_EQ(clients.heard<RequestDecline>(Acme)[0].rfq, rfq::RfqId("Q2"));
    send(orderOn(quote));
    upstreamUp(BankSession);
    send(orderOn(quote, "C2"));
    EXPECT_EQ(timesSent(), 0U);
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
    EXPECT_EQ(stateOf("C2"), OrderState::Rejected);
}

TEST_F(GatewayTest, AClientThatLeavesEndsItsRequestsUpstream)
{
    quoted("Q1", Acme, "DQ1");
    const auto ours = lastAsked();
    quoted("Q1", Beta, "DQ2");
    gateway->loggedOff(Acme);
    const auto ended = link.heard<rfq::EndRequest>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].rfq, ours);
    EXPECT_EQ(ended[0].session, BankSession);
    gateway->apply(quoteOn(ours, "DQ9"));
    EXPECT_EQ(clients.heard<fix::maker::QuoteOut>(Acme).size(), 1U);
}

TEST_F(GatewayTest, ARequestThatComesAgainIsAskedOnce)
{
    send(requestOf("Q1"));
    send(requestOf("Q1"), Acme, Delivery::PossibleDuplicate);
    send(requestOf("Q1"));
    send(requestOf("Q-OLD"), Acme, Delivery::PossibleDuplicate);
    EXPECT_EQ(link.heard<rfq::SendRequest>().size(), 1U);
    EXPECT_EQ(clients.heard<RequestDecline>(Acme).size(), 2U);
}

TEST_F(GatewayTest, OnlyDealersOfTheClientAreAsked)
{
    settings.sessions[0].dealers = {House};
    restart();
    upstreamUp(BankSession);
    upstreamUp(HouseSession);
    send(requestOf("Q1", {Aurora}));
    EXPECT_TRUE(link.heard<rfq::SendRequest>().empty());
    ASSERT_EQ(clients.heard<RequestDecline>(Acme).size(), 1U);
    EXPECT_EQ(clients.heard<RequestDecline>(Acme)[0].code, "6");
}

TEST_F(GatewayTest, ARequestWithoutADateOrTimeIsRefused)
{
    auto request = requestOf("Q1");
    request.settlDate.reset();
    send(request);
    request = requestOf("Q2");
    request.expires = clock.utc() - 1s;
    send(request);
    EXPECT_TRUE(link.heard<rfq::SendRequest>().empty());
    EXPECT_EQ(clients.heard<RequestDecline>(Acme).size(), 2U);
}

TEST_F(GatewayTest, WhatTheCounterpartyRefusesTheClientHears)
{
    send(requestOf("Q1"));
    gateway->apply(rfq::MessageRejected{BankSession, "R", lastAsked().text(), "4", "not now"});
    send(requestOf("Q2"));
    gateway->apply(rfq::RequestNotSent{BankSession, lastAsked(), {base::Errc::NotConnected, "gone"}});
    send(requestOf("Q3"));
    gateway->apply(rfq::QuoteStatusReceived{BankSession, lastAsked(), Aurora, {}, "5", "", "no"});
    EXPECT_EQ(clients.heard<RequestDecline>(Acme).size(), 3U);
}

TEST_F(GatewayTest, ARequestEndsByItself)
{
    const auto quote = quoted();
    pass(61s);
    send(orderOn(quote));
    EXPECT_EQ(timesSent(), 0U);
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
}

}

}
