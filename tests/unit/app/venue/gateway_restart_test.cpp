#include "tests/unit/app/venue/gateway_fixture.h"

namespace venue::test {

namespace {

std::vector<rfq::Inquiry> asked(const HeardUpstreams& link)
{
    std::vector<rfq::Inquiry> questions;
    for (const rfq::AskOutcome& ask : link.heard<rfq::AskOutcome>())
        questions.push_back(ask.inquiry);
    return questions;
}

TEST_F(GatewayTest, KilledBeforeItWasForwardedIsARejection)
{
    const auto quote = quoted();
    BookedOrder booked{.reported = {Acme, orderOn(quote), rfq::OrderId("O-1")},
        .dealer = Aurora,
        .truth = {},
        .doubt = {},
        .taken = clock.utc()};
    ASSERT_TRUE(book->take(booked));
    restart();
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
    EXPECT_EQ(timesSent(), 0U);
    gateway->loggedOn(Acme);
    EXPECT_EQ(reports().size(), 1U);
}

TEST_F(GatewayTest, KilledWithoutKnowingWhetherItWasWrittenIsAskedAboutAndNeverSentAgain)
{
    const auto sent = accepted();
    restart();
    gateway->loggedOn(Acme);
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
    EXPECT_TRUE(link.heard<rfq::AskOutcome>().empty());
    upstreamUp(BankSession);
    ASSERT_EQ(asked(link), (std::vector{rfq::Inquiry::Replay, rfq::Inquiry::OrderStatus}));
    EXPECT_EQ(link.heard<rfq::AskOutcome>()[1].acceptance.id, sent.acceptance.id);
    auto status = fillOf(sent, "S1");
    status.execType = 'I';
    report(status);
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].out.report.clOrdId, rfq::ClOrdId("C1"));
    pass(120s);
    EXPECT_EQ(timesSent(), 1U);
    EXPECT_EQ(asked(link).size(), 2U);
}

TEST_F(GatewayTest, KilledAfterTheWriteIsAskedAboutAndReplayed)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    restart();
    upstreamUp(BankSession);
    // What they sent since is asked for at once, beside the question.
    const auto questions = link.heard<rfq::AskOutcome>();
    ASSERT_EQ(questions.size(), 2U);
    EXPECT_EQ(asked(link), (std::vector{rfq::Inquiry::Replay, rfq::Inquiry::OrderStatus}));
    EXPECT_EQ(questions[0].replayFrom, 11U);
    auto fill = fillOf(sent);
    fill.possDup = true;
    report(fill);
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    gateway->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].out.repeat, fix::maker::Repeat::First);
}

TEST_F(GatewayTest, KilledAfterTheReportWasWrittenDownIsToldOnce)
{
    confirming = false;
    const auto sent = accepted();
    written(sent);
    gateway->loggedOff(Acme);
    report(fillOf(sent));
    restart();
    confirming = true;
    upstreamUp(BankSession);
    report(fillOf(sent)); // the replay
    gateway->loggedOn(Acme);
    gateway->loggedOff(Acme);
    gateway->loggedOn(Acme);
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].out.repeat, fix::maker::Repeat::PossResend);
    EXPECT_EQ(timesSent(), 1U);
}

TEST_F(GatewayTest, ABustThatTheCrashSwallowedComesWithTheReplay)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    report(fillOf(sent));
    restart();
    upstreamUp(BankSession);
    ASSERT_EQ(asked(link), std::vector{rfq::Inquiry::Replay});
    report(fillOf(sent));
    auto bust = fillOf(sent, "X2");
    bust.execType = 'H';
    bust.cumQty = {};
    report(bust);
    EXPECT_EQ(stateOf("C1"), OrderState::Busted);
    gateway->loggedOn(Acme);
    EXPECT_EQ(reports().size(), 2U);
}

TEST_F(GatewayTest, ASecondCrashDuringTheReplayLosesNoBust)
{
    const auto sent = accepted();
    restart(); // before anybody heard that it was written
    upstreamUp(BankSession);
    report(fillOf(sent)); // in answer to the question: the replay is still under way
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    restart(); // and the bust that had come behind it is lost with the second run
    link.all.clear();
    upstreamUp(BankSession);
    const auto questions = link.heard<rfq::AskOutcome>();
    ASSERT_EQ(questions.size(), 1U);
    EXPECT_EQ(questions[0].inquiry, rfq::Inquiry::Replay);
    EXPECT_EQ(questions[0].replayFrom, 1U);
    auto bust = fillOf(sent, "X2");
    bust.execType = 'H';
    bust.cumQty = {};
    report(bust);
    EXPECT_EQ(stateOf("C1"), OrderState::Busted);
}

TEST_F(GatewayTest, WhatCameUnderNewNumbersIsReplayedFromTheFirst)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    report(fillOf(sent));
    gateway->apply(rfq::NumbersReset{BankSession});
    EXPECT_EQ(logged("replay-impossible"), 0U); // this run has heard everything
    restart();
    upstreamUp(BankSession);
    const auto questions = link.heard<rfq::AskOutcome>();
    ASSERT_EQ(questions.size(), 1U);
    EXPECT_EQ(questions[0].inquiry, rfq::Inquiry::Replay);
    EXPECT_EQ(questions[0].replayFrom, 1U);
}

TEST_F(GatewayTest, WhereNothingEverLeftNothingIsReplayed)
{
    const auto sent = accepted();
    gateway->apply(rfq::AcceptanceNotSent{BankSession, sent.acceptance.id, {base::Errc::NotConnected, "no line"}});
    restart();
    upstreamUp(BankSession);
    EXPECT_TRUE(link.heard<rfq::AskOutcome>().empty());
}

TEST_F(GatewayTest, AReplayWithAnUnreadableMessageEndsAndIsToldOnce)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    report(fillOf(sent));
    restart();
    upstreamUp(BankSession);
    const auto asks = link.heard<rfq::AskOutcome>();
    ASSERT_EQ(asks.size(), 1U);
    const rfq::InquiryAnswered silence{
        BankSession, rfq::Inquiry::Replay, asks[0].acceptance.id, rfq::EvidenceKind::Silence, "not asked: no line"};
    gateway->apply(silence); // with nothing unreadable: it is asked for again
    upstreamDown(BankSession);
    upstreamUp(BankSession);
    EXPECT_EQ(link.heard<rfq::AskOutcome>().size(), 2U);
    gateway->apply(rfq::InboundRejected{BankSession, "8", "Symbol(55) is missing", {}});
    EXPECT_EQ(logged("replay-unreadable"), 0U);
    gateway->apply(silence);
    EXPECT_EQ(logged("replay-unreadable"), 1U);
    upstreamDown(BankSession);
    upstreamUp(BankSession);
    EXPECT_EQ(link.heard<rfq::AskOutcome>().size(), 2U);
    EXPECT_EQ(logged("replay-unreadable"), 1U);
}

TEST_F(GatewayTest, NumbersThatBeganAgainAreNotReplayed)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    restart();
    gateway->apply(rfq::NumbersReset{BankSession});
    upstreamUp(BankSession);
    EXPECT_EQ(asked(link), std::vector{rfq::Inquiry::OrderStatus});
    EXPECT_EQ(logged("replay-impossible"), 1U);
}

TEST_F(GatewayTest, UnknownOrderIsBelievedAfterItsTime)
{
    const auto sent = accepted();
    written(sent);
    restart();
    gateway->loggedOn(Acme);
    upstreamUp(BankSession);
    report(unknown(sent));
    EXPECT_EQ(stateOf("C1"), OrderState::Taken); // it may be on its way inside
    for (int i = 0; i < 60 && stateOf("C1") == OrderState::Taken; ++i) {
        const std::size_t before = asked(link).size();
        pass(1s);
        if (asked(link).size() > before)
            report(unknown(sent));
    }
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
    EXPECT_NE(reports().back().out.report.text.find("never reached BANK"), std::string::npos);
    EXPECT_EQ(timesSent(), 1U);
}

TEST_F(GatewayTest, WhatTheirEngineNeverHadAndTheirApplicationDeniesIsOver)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    upstreamDown(BankSession);
    gateway->apply(rfq::PeerExpects{BankSession, 7});
    upstreamUp(BankSession);
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
    report(unknown(sent));
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
}

TEST_F(GatewayTest, ASilentCounterpartyIsAskedAndTheClientMayAskToo)
{
    const auto sent = accepted();
    written(sent);
    send(fix::maker::OrderStatusRequest{rfq::ClOrdId("C1"), "R1", "EUR/USD", {}});
    ASSERT_EQ(reports().size(), 1U); // from what is known
    EXPECT_EQ(reports()[0].out.report.ordStatus, 'A');
    EXPECT_EQ(reports()[0].out.ordStatusReqId, "R1");
    ASSERT_EQ(asked(link), std::vector{rfq::Inquiry::OrderStatus}); // and the counterparty as well
    auto status = fillOf(sent, "S1");
    status.execType = 'I';
    status.ordStatus = 'A';
    status.cumQty = {};
    report(status);
    EXPECT_EQ(reports().size(), 1U);
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
}

TEST_F(GatewayTest, WithoutAnAnswerInTimeItIsAsked)
{
    written(accepted());
    pass(rfq::Profile{}.holdHard - 100ms);
    EXPECT_TRUE(asked(link).empty());
    pass(200ms);
    EXPECT_EQ(asked(link).size(), 1U);
    pass(rfq::Profile{}.inquiryPatience);
    EXPECT_EQ(asked(link), (std::vector{rfq::Inquiry::OrderStatus, rfq::Inquiry::Replay}));
}

TEST_F(GatewayTest, AnOutcomeThatWasLostWithTheLineComesWithIt)
{
    const auto sent = accepted();
    written(sent);
    upstreamDown(BankSession);
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
    upstreamUp(BankSession);
    report(fillOf(sent));
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    EXPECT_EQ(timesSent(), 1U);
}

TEST_F(GatewayTest, AClOrdIdOfAnEarlierRunIsKnown)
{
    const auto sent = accepted();
    report(fillOf(sent));
    restart();
    upstreamUp(BankSession);
    gateway->loggedOn(Acme);
    const auto quote = quoted("Q2", Acme, "DQ2");
    send(orderOn(quote, "C1"));
    EXPECT_EQ(timesSent(), 1U);
    EXPECT_EQ(reports().back().out.report.rejectCode, "6");
}

}

}
