#include "tests/unit/app/venue/gateway_fixture.h"

#include <algorithm>

// Outcomes that come in pieces, late, or as the answer to a question.
namespace venue::test {

namespace {

class GatewayOutcomes : public GatewayTest {
protected:
    rfq::ExecutionReport partOf(const rfq::SendAcceptance& sent, const char* cumQty, const char* execId = "X1") const
    {
        rfq::ExecutionReport report = fillOf(sent, execId);
        report.ordStatus = '1';
        report.lastQty = report.cumQty = decimal(cumQty);
        report.leavesQty = rfq::Decimal::subtract(sent.acceptance.quantity, report.cumQty).value();
        return report;
    }
    rfq::ExecutionReport restCancelled(const rfq::SendAcceptance& sent, const char* cumQty, char execType) const
    {
        rfq::ExecutionReport report = partOf(sent, cumQty, "X9");
        report.execType = execType;
        report.ordStatus = '4';
        report.lastQty.reset();
        report.lastPx.reset();
        report.leavesQty = {};
        return report;
    }
    rfq::TradeCaptured listed(const rfq::SendAcceptance& sent, const char* amount, const char* execId) const
    {
        rfq::ExecutionReport report = fillOf(sent, execId);
        report.lastQty = report.cumQty = decimal(amount);
        return {report};
    }
    rfq::QuoteStatusReceived statusOf(const rfq::SendAcceptance& sent, const char* status) const
    {
        return {BankSession, sent.acceptance.rfq, Aurora, sent.acceptance.quote, status, "99", "no more"};
    }
    std::size_t questions() const { return link.heard<rfq::AskOutcome>().size(); }
    std::string cumQty() const { return book->find(Acme, rfq::ClOrdId("C1")).value()->truth.cumQty.text(); }
    void acceptByResponse()
    {
        gatewaySettings.upstreams[0].session.profile.acceptStyle = rfq::AcceptStyle::QuoteResponse;
        restart();
        upstreamUp(BankSession);
        gateway->loggedOn(Acme);
    }
};

TEST_F(GatewayOutcomes, ARejectionThatAnswersAQuestionWithUnknownOrderIsADenial)
{
    const auto sent = accepted();
    written(sent);
    auto denial = unknown(sent);
    denial.execType = '8';
    send(fix::maker::OrderStatusRequest{rfq::ClOrdId("C1"), {}, "EUR/USD", {}});
    ASSERT_EQ(questions(), 1U);
    report(denial);
    EXPECT_EQ(stateOf("C1"), OrderState::Taken); // it may be on its way inside
    for (int i = 0; i < 60 && stateOf("C1") == OrderState::Taken; ++i) {
        const std::size_t before = questions();
        pass(1s);
        if (questions() > before && link.heard<rfq::AskOutcome>().back().inquiry == rfq::Inquiry::OrderStatus)
            report(denial);
    }
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
    EXPECT_NE(reports().back().out.report.text.find("never reached BANK"), std::string::npos);
}

TEST_F(GatewayOutcomes, UnknownOrderInAnswerToTheOrderItselfIsARejection)
{
    const auto sent = accepted();
    auto no = unknown(sent);
    no.execType = '8';
    report(no);
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
}

TEST_F(GatewayOutcomes, TheCancelledRestEndsThePursuit)
{
    const auto sent = accepted();
    written(sent);
    report(partOf(sent, "3000000"));
    EXPECT_EQ(stateOf("C1"), OrderState::PartlyFilled);
    report(restCancelled(sent, "3000000", '4'));
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].out.report.ordStatus, '4');
    EXPECT_EQ(stateOf("C1"), OrderState::PartlyFilled);
    pass(60s);
    EXPECT_EQ(questions(), 0U);
    send(orderOn(clients.heard<fix::maker::QuoteOut>(Acme)[0], "C2"));
    EXPECT_EQ(timesSent(), 1U); // the request is over
}

TEST_F(GatewayOutcomes, AStatusThatClosesTheRestIsPassedOnOnce)
{
    const auto sent = accepted();
    written(sent);
    report(partOf(sent, "3000000"));
    auto status = partOf(sent, "3000000", "X9");
    status.execType = 'I';
    report(status); // no news
    EXPECT_EQ(reports().size(), 1U);
    report(restCancelled(sent, "3000000", 'I'));
    report(restCancelled(sent, "3000000", 'I'));
    ASSERT_EQ(reports().size(), 2U);
    EXPECT_EQ(reports()[1].out.report.execType, 'I');
    pass(60s);
    EXPECT_EQ(questions(), 0U);
}

TEST_F(GatewayOutcomes, AnOpenRestIsPursuedAfterARestart)
{
    const auto sent = accepted();
    written(sent);
    report(partOf(sent, "3000000"));
    restart();
    gateway->loggedOn(Acme);
    upstreamUp(BankSession);
    EXPECT_GE(questions(), 1U);
    for (int i = 0; i < 60; ++i) {
        report(unknown(sent)); // what is dealt stays dealt
        pass(1s);
    }
    EXPECT_EQ(stateOf("C1"), OrderState::PartlyFilled);
    EXPECT_EQ(reports().size(), 1U);
    report(restCancelled(sent, "3000000", 'I'));
    EXPECT_EQ(reports().size(), 2U);
    const std::size_t before = questions();
    restart();
    upstreamUp(BankSession);
    EXPECT_LE(questions(), before + 1); // the replay, and nothing else
    EXPECT_NE(link.heard<rfq::AskOutcome>().back().acceptance.id, sent.acceptance.id);
}

TEST_F(GatewayOutcomes, ListedTradesAreAddedUp)
{
    const auto sent = accepted();
    written(sent);
    report(partOf(sent, "3000000"));
    gateway->apply(listed(sent, "3000000", "X1"));
    EXPECT_EQ(reports().size(), 1U);
    gateway->apply(listed(sent, "2000000", "X2"));
    ASSERT_EQ(reports().size(), 2U);
    const rfq::ExecutionReport told = reports()[1].out.report;
    EXPECT_EQ(told.cumQty.text(), "5000000");
    EXPECT_EQ(told.ordStatus, '2');
    EXPECT_EQ(told.lastQty->text(), "2000000");
    EXPECT_EQ(stateOf("C1"), OrderState::Filled);
    gateway->apply(listed(sent, "3000000", "X1"));
    gateway->apply(listed(sent, "2000000", "X2"));
    EXPECT_EQ(reports().size(), 2U);
    EXPECT_EQ(cumQty(), "5000000");
}

TEST_F(GatewayOutcomes, AListedTradeOfNoOrderIsLoggedOnce)
{
    auto sent = accepted();
    sent.acceptance.id = rfq::ClOrdId("somebody else's");
    gateway->apply(listed(sent, "5000000", "X1"));
    gateway->apply(listed(sent, "5000000", "X1"));
    EXPECT_EQ(logged("report-of-no-order"), 1U);
    EXPECT_TRUE(reports().empty());
}

TEST_F(GatewayOutcomes, AQuoteStatusRefusesAnAcceptanceByResponse)
{
    acceptByResponse();
    const auto sent = accepted();
    gateway->apply(statusOf(sent, "10"));
    gateway->apply(statusOf(sent, "10"));
    ASSERT_EQ(reports().size(), 1U);
    EXPECT_EQ(reports()[0].out.report.ordStatus, 'A');
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
    gateway->apply(statusOf(sent, "5"));
    EXPECT_EQ(stateOf("C1"), OrderState::Rejected);
    EXPECT_NE(reports().back().out.report.text.find("99: no more"), std::string::npos);
}

TEST_F(GatewayOutcomes, AQuoteStatusDecidesNoOrderSingle)
{
    const auto sent = accepted();
    gateway->apply(statusOf(sent, "5"));
    EXPECT_EQ(stateOf("C1"), OrderState::Taken);
}

TEST_F(GatewayOutcomes, AQuoteStatusAnswersTheQuestionForIt)
{
    gatewaySettings.upstreams[0].session.profile.inquiries = {rfq::Inquiry::QuoteStatus};
    restart();
    upstreamUp(BankSession);
    gateway->loggedOn(Acme);
    const auto sent = accepted();
    written(sent);
    send(fix::maker::OrderStatusRequest{rfq::ClOrdId("C1"), {}, "EUR/USD", {}});
    ASSERT_EQ(questions(), 1U);
    const std::size_t before = logged("outcome-evidence");
    gateway->apply(statusOf(sent, "6"));
    EXPECT_EQ(logged("outcome-evidence"), before + 1);
    pass(rfq::Profile{}.inquiryPatience + 1s);
    EXPECT_EQ(logged("outcome-evidence"), before + 1); // and no silence
}

TEST_F(GatewayOutcomes, AReplayThatWasBrokenOffIsAskedForAgain)
{
    const auto sent = accepted();
    written(sent, 7, 11);
    report(fillOf(sent));
    restart();
    gateway->loggedOn(Acme);
    upstreamUp(BankSession);
    const auto next = accepted("C2", Acme, "Q2", "DQ2");
    written(next, 9, 20);
    report(fillOf(next, "X2"));
    upstreamDown(BankSession);
    upstreamUp(BankSession);
    auto replays = link.heard<rfq::AskOutcome>();
    ASSERT_EQ(replays.size(), 2U);
    EXPECT_EQ(replays[1].inquiry, rfq::Inquiry::Replay);
    EXPECT_EQ(replays[1].replayFrom, 11U);
    restart(); // still not complete: what was asked for is not forgotten
    upstreamUp(BankSession);
    replays = link.heard<rfq::AskOutcome>();
    ASSERT_EQ(replays.size(), 3U);
    EXPECT_EQ(replays[2].replayFrom, 11U);
    gateway->apply(rfq::InquiryAnswered{BankSession, rfq::Inquiry::Replay, replays[2].acceptance.id,
        rfq::EvidenceKind::NoTrade, "all of them came once more"});
    upstreamDown(BankSession);
    upstreamUp(BankSession);
    EXPECT_EQ(link.heard<rfq::AskOutcome>().size(), 3U);
}

}

}
