#include "tests/unit/app/venue/gateway_fixture.h"

namespace venue::test {

namespace {

TEST_F(GatewayTest, AnAcceptanceGoesOnceAndItsFillComesBackUnderTheClientsId)
{
    const auto sent = accepted();
    EXPECT_EQ(sent.acceptance.session, BankSession);
    EXPECT_NE(sent.acceptance.id.text(), "C1");
    EXPECT_EQ(sent.acceptance.rfq, lastAsked());
    EXPECT_EQ(sent.acceptance.quote, rfq::QuoteId("DQ1"));
    EXPECT_EQ(sent.acceptance.price.text, "1.153200");
    written(sent);
    report(fillOf(sent));
    ASSERT_EQ(reports().size(), 1U);
    const rfq::ExecutionReport heard = reports()[0].out.report;
    EXPECT_EQ(heard.clOrdId, rfq::ClOrdId("C1"));
    EXPECT_EQ(heard.session, Acme);
    EXPECT_EQ(heard.orderId, rfq::OrderId("BANK-ORDER-1"));
    EXPECT_EQ(heard.execId, rfq::ExecId("X1"));
    EXPECT_EQ(heard.lastPx->text, "1.153200");
    EXPECT_EQ(heard.text, "done, thank you");
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    EXPECT_TRUE(reports(Beta).empty());
}

TEST_F(GatewayTest, TheIntentIsOnDiskBeforeTheAcceptanceIsHandedOver)
{
    const auto quote = quoted();
    bool looked = false;
    link.onSend = [&](const rfq::VenueCommand& command) {
        const auto* acceptance = std::get_if<rfq::SendAcceptance>(&command);
        if (!acceptance)
            return;
        looked = true;
        const auto other = ForwardBook::open(directory.path()).value();
        const auto forward = other->find(Acme, rfq::ClOrdId("C1")).value();
        ASSERT_TRUE(forward);
        EXPECT_EQ(forward->state, ForwardState::Intended);
        EXPECT_EQ(forward->message, acceptance->message);
        EXPECT_EQ(forward->upstreamId, acceptance->acceptance.id);
        EXPECT_TRUE(book->find(Acme, rfq::ClOrdId("C1")).value());
    };
    send(orderOn(quote));
    EXPECT_TRUE(looked);
}

TEST_F(GatewayTest, NothingOfTheStepUpDialectLeavesTheGateway)
{
    auto order = orderOn(quoted());
    order.grant = "SEALED-GRANT";
    send(order);
    const auto sent = link.heard<rfq::SendAcceptance>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_TRUE(sent[0].acceptance.grant.empty());
    EXPECT_EQ(sent[0].message.find("20096="), std::string::npos);
    EXPECT_EQ(sent[0].message.find("SEALED"), std::string::npos);
    EXPECT_EQ(sent[0].message.find("C1\x01"), std::string::npos);
    send(fix::maker::Unsupported{"BE"});
    EXPECT_EQ(link.all.size(), 2U); // the request and the acceptance
}

TEST_F(GatewayTest, TwoClientsWithTheSameClOrdIdAreTwoOrders)
{
    const auto first = accepted("C1", Acme, "Q1", "DQ1");
    const auto second = accepted("C1", Beta, "Q1", "DQ1");
    EXPECT_NE(first.acceptance.id, second.acceptance.id);
    report(fillOf(second));
    EXPECT_TRUE(reports(Acme).empty());
    ASSERT_EQ(reports(Beta).size(), 1U);
    EXPECT_EQ(stateOf("C1", Acme), OrderState::Taken);
    send(fix::maker::OrderStatusRequest{rfq::ClOrdId("C2"), {}, "EUR/USD", {}}, Acme);
    EXPECT_EQ(reports(Acme)[0].out.report.rejectCode, "5");
}

TEST_F(GatewayTest, AnOrderThatIsNotWhatWasQuotedStaysHere)
{
    const auto quote = quoted();
    auto order = orderOn(quote);
    order.price = rfq::Price::parse("1.15319").value();
    send(order);
    order = orderOn(quote, "C2");
    order.quantity = decimal("6000000");
    send(order);
    send(orderOn(quote, "C3"), Beta);
    pass(6s);
    send(orderOn(quote, "C4"));
    EXPECT_EQ(timesSent(), 0U);
    for (const char* id : {"C1", "C2", "C4"})
        EXPECT_EQ(stateOf(id), OrderState::Rejected) << id;
    EXPECT_EQ(stateOf("C3", Beta), OrderState::Rejected);
}

TEST_F(GatewayTest, OneAcceptanceOfARequestAtATime)
{
    const auto quote = quoted();
    send(orderOn(quote, "C1"));
    gateway->apply(quoteOn(lastAsked(), "DQ2"));
    send(orderOn(clients.heard<fix::maker::QuoteOut>(Acme).back(), "C2"));
    EXPECT_EQ(timesSent(), 1U);
    EXPECT_EQ(stateOf("C2"), OrderState::Rejected);
}

TEST_F(GatewayTest, AnAcceptanceThatComesAgainIsNotSentAgain)
{
    const auto sent = accepted();
    const auto order = orderOn(clients.heard<fix::maker::QuoteOut>(Acme)[0]);
    send(order, Acme, Delivery::PossibleDuplicate);
    send(order);
    report(fillOf(sent));
    send(order, Acme, Delivery::PossibleDuplicate);
    EXPECT_EQ(timesSent(), 1U);
    const auto heard = reports();
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_EQ(heard[0].out.report.rejectCode, "6");
    EXPECT_EQ(heard[2].out.report.execId, rfq::ExecId("X1"));
    EXPECT_EQ(heard[2].out.repeat, fix::maker::Repeat::PossResend);
}

TEST_F(GatewayTest, AReportThatComesAgainIsToldOnce)
{
    const auto sent = accepted();
    auto fill = fillOf(sent);
    report(fill);
    fill.possDup = true;
    report(fill);
    gateway->apply(rfq::TradeCaptured{fill});
    EXPECT_EQ(reports().size(), 1U);
}

TEST_F(GatewayTest, ARejectionIsTheCounterpartysInCodeAndWords)
{
    const auto sent = accepted();
    rfq::ExecutionReport no = fillOf(sent, "X9");
    no.execType = no.ordStatus = '8';
    no.cumQty = {};
    no.lastQty.reset();
    no.lastPx.reset();
    no.rejectCode = "99";
    no.text = "price moved";
    report(no);
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
    EXPECT_EQ(reports()[0].out.report.text, "price moved");
}

TEST_F(GatewayTest, ARefusalOfTheMessageItselfIsARejection)
{
    const auto first = accepted("C1", Acme, "Q1", "DQ1");
    gateway->apply(rfq::MessageRejected{BankSession, "D", first.acceptance.id.text(), "4", "closed"});
    const auto second = accepted("C2", Acme, "Q2", "DQ2");
    gateway->apply(rfq::AcceptanceNotSent{BankSession, second.acceptance.id, {base::Errc::Stale, "replaced"}});
    const auto third = accepted("C3", Acme, "Q3", "DQ3");
    gateway->apply(
        rfq::QuoteWithdrawn{BankSession, third.acceptance.rfq, Aurora, {}, "passed", third.acceptance.id, "6"});
    for (const char* id : {"C1", "C2", "C3"})
        EXPECT_EQ(stateOf(id), OrderState::Rejected) << id;
    ASSERT_EQ(reports().size(), 3U);
    EXPECT_NE(reports()[0].out.report.text.find("closed"), std::string::npos);
    EXPECT_NE(reports()[1].out.report.text.find("not sent to BANK: replaced"), std::string::npos);
    EXPECT_NE(reports()[2].out.report.text.find("passed"), std::string::npos);
}

TEST_F(GatewayTest, AQuestionThatIsRefusedRejectsNoOrder)
{
    const auto sent = accepted();
    for (const char* type : {"H", "AF", "AD", "a", "R"})
        gateway->apply(rfq::MessageRejected{BankSession, type, sent.acceptance.id.text(), "3", "not supported"});
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
    EXPECT_TRUE(reports().empty());
    gateway->apply(rfq::MessageRejected{BankSession, "", sent.acceptance.id.text(), "4", "closed"});
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
}

TEST_F(GatewayTest, ARefusalOfSomethingElseEndsNoRequest)
{
    quoted();
    gateway->apply(rfq::MessageRejected{BankSession, "Z", lastAsked().text(), "3", "not supported"});
    EXPECT_TRUE(clients.heard<QuoteWithdrawal>(Acme).empty());
    gateway->apply(rfq::MessageRejected{BankSession, "R", lastAsked().text(), "3", "not supported"});
    EXPECT_EQ(clients.heard<QuoteWithdrawal>(Acme).size(), 1U);
}

TEST_F(GatewayTest, ACorrectionOfThePriceAloneIsInTheBook)
{
    const auto sent = accepted();
    report(fillOf(sent));
    auto corrected = fillOf(sent, "X2");
    corrected.execType = 'G';
    corrected.execRefId = rfq::ExecId("X1");
    corrected.lastPx = corrected.avgPx = rfq::Price::parse("1.153100").value();
    report(corrected);
    EXPECT_EQ(book->find(Acme, rfq::ClOrdId("C1")).value()->truth.avgPx->text, "1.153100");
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    EXPECT_EQ(reports().size(), 2U);
}

TEST_F(GatewayTest, ADealEndsItsRequestAndTheOthersHearIt)
{
    send(requestOf("Q1", {Aurora, House}));
    const auto ours = lastAsked();
    gateway->apply(quoteOn(ours, "DQ1", Aurora));
    const auto quote = clients.heard<fix::maker::QuoteOut>(Acme).back();
    gateway->apply(quoteOn(ours, "HQ1", House));
    const auto other = clients.heard<fix::maker::QuoteOut>(Acme).back();
    send(orderOn(quote));
    report(fillOf(link.heard<rfq::SendAcceptance>().back()));
    const auto ended = link.heard<rfq::EndRequest>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].session, HouseSession);
    send(orderOn(other, "C2"));
    EXPECT_EQ(timesSent(), 1U);
    EXPECT_EQ(stateOf("C2"), OrderState::Rejected);
}

TEST_F(GatewayTest, WhoDecidesAnAcceptanceIsNotToldThatTheRequestIsOver)
{
    send(requestOf("Q1", {Aurora, House}));
    gateway->apply(quoteOn(lastAsked(), "DQ1", Aurora));
    send(orderOn(clients.heard<fix::maker::QuoteOut>(Acme).back()));
    gateway->loggedOff(Acme);
    const auto ended = link.heard<rfq::EndRequest>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].session, HouseSession);
}

TEST_F(GatewayTest, ADealStandsUntilItIsTakenBackByName)
{
    const auto sent = accepted();
    report(fillOf(sent));
    auto no = fillOf(sent, "X2");
    no.execType = no.ordStatus = '8';
    no.cumQty = {};
    report(no);
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    EXPECT_EQ(reports().size(), 2U); // told all the same
    auto bust = fillOf(sent, "X3");
    bust.execType = 'H';
    bust.ordStatus = '4';
    bust.execRefId = rfq::ExecId("X1");
    bust.cumQty = {};
    report(bust);
    EXPECT_EQ(stateOf("C1"), OrderState::Busted);
    EXPECT_EQ(reports().back().out.refersTo, rfq::ExecId("X1"));
}

TEST_F(GatewayTest, PendingIsPassedOnAndDecidesNothing)
{
    const auto sent = accepted();
    auto pending = fillOf(sent, "X0");
    pending.execType = pending.ordStatus = 'A';
    pending.cumQty = {};
    pending.leavesQty = sent.acceptance.quantity;
    report(pending);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].out.report.ordStatus, 'A');
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
}

TEST_F(GatewayTest, AReportForAClientThatIsAwayWaitsForIt)
{
    const auto sent = accepted();
    gateway->loggedOff(Acme);
    report(fillOf(sent));
    EXPECT_TRUE(reports().empty());
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    gateway->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].out.report.execId, rfq::ExecId("X1"));
}

TEST_F(GatewayTest, AReportOfNobodysOrderReachesNobody)
{
    auto sent = accepted();
    sent.acceptance.id = rfq::ClOrdId("C1"); // the client's own id is none of theirs
    report(fillOf(sent));
    EXPECT_TRUE(reports().empty());
    EXPECT_NE(std::find(log.events.begin(), log.events.end(), "report-of-no-order"), log.events.end());
    // Another counterparty does not report on it.
    sent = link.heard<rfq::SendAcceptance>()[0];
    auto fill = fillOf(sent);
    fill.session = HouseSession;
    report(fill);
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
}

TEST_F(GatewayTest, ADoubtGoesToTheCounterpartyThatDealt)
{
    const auto sent = accepted();
    report(fillOf(sent));
    send(fix::maker::DontKnowTrade{rfq::OrderId("BANK-ORDER-1"), rfq::ExecId("X1"), "D", "whose is it?"});
    const auto doubts = link.heard<rfq::SendDontKnow>();
    ASSERT_EQ(doubts.size(), 1U);
    EXPECT_EQ(doubts[0].report.clOrdId, sent.acceptance.id);
    EXPECT_EQ(doubts[0].report.session, BankSession);
    EXPECT_EQ(doubts[0].reason, 'D');
    send(fix::maker::DontKnowTrade{rfq::OrderId("BANK-ORDER-1"), rfq::ExecId("X1"), "D", ""}, Beta);
    EXPECT_EQ(link.heard<rfq::SendDontKnow>().size(), 1U);
}

TEST_F(GatewayTest, ADoubtIsAboutTheReportOfThatOrder)
{
    report(fillOf(accepted("C1", Acme, "Q1", "DQ1")));
    const auto second = accepted("C2", Acme, "Q2", "DQ2");
    auto fill = fillOf(second); // the same ExecID(17)
    fill.orderId = rfq::OrderId("BANK-ORDER-2");
    report(fill);
    send(fix::maker::DontKnowTrade{fill.orderId, fill.execId, "D", ""});
    ASSERT_EQ(link.heard<rfq::SendDontKnow>().size(), 1U);
    EXPECT_EQ(link.heard<rfq::SendDontKnow>()[0].report.clOrdId, second.acceptance.id);
}

TEST_F(GatewayTest, ADoubtAboutTheGatewaysOwnReportStaysHere)
{
    const auto sent = accepted();
    gateway->apply(rfq::MessageRejected{BankSession, "D", sent.acceptance.id.text(), "4", "closed"});
    const auto no = reports().back().out.report;
    send(fix::maker::DontKnowTrade{no.orderId, no.execId, "Z", ""});
    EXPECT_TRUE(link.heard<rfq::SendDontKnow>().empty());
    EXPECT_TRUE(clients.heard<MessageRefusal>(Acme).empty());
}

}

}
