#include "core/fix/tags.h"
#include "tests/session/loopback.h"

/// What goes over a session once it is logged on.
namespace {

using namespace session_test;

rfq::ExecutionReport fill()
{
    rfq::ExecutionReport report;
    report.clOrdId = rfq::ClOrdId("C1");
    report.orderId = rfq::OrderId("O1");
    report.execId = rfq::ExecId("E1");
    report.execType = 'F';
    report.ordStatus = '2';
    report.symbol = "EUR/USD";
    report.side = rfq::Side::Buy;
    report.currency = "EUR";
    report.quantity = rfq::Decimal(25'000'000, 0);
    report.lastPx = *rfq::Price::parse("1.15340");
    report.lastQty = rfq::Decimal(25'000'000, 0);
    report.cumQty = rfq::Decimal(25'000'000, 0);
    report.leavesQty = rfq::Decimal(0, 0);
    return report;
}

TEST_F(Loopback, ARequestIsQuotedAcceptedAndFilled)
{
    logOn();
    desk->send(request());
    const auto wire = clientMessage("R");
    ASSERT_TRUE(wire);
    EXPECT_EQ(wire->find(fix::tag::QuoteReqId), "R1");
    ASSERT_TRUE(deskEvents.next<rfq::RequestSent>());
    quote("R1", "Q1");
    const auto received = deskEvents.next<rfq::QuoteReceived>();
    ASSERT_TRUE(received);
    EXPECT_EQ(received->quote.dealer, rfq::DealerId("LPA"));
    desk->send(acceptance(received->quote));
    const auto sent = deskEvents.next<rfq::AcceptanceSent>();
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->seqNum, 3U); // after Logon and request
    const auto order = clientMessage("D");
    ASSERT_TRUE(order);
    EXPECT_EQ(order->find(fix::tag::Price), "1.15340");
    venue->send(clientSession, fix::maker::encode(fill()));
    const auto report = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->report.clOrdId, rfq::ClOrdId("C1"));
    ASSERT_TRUE(report->report.lastPx);
    EXPECT_EQ(report->report.lastPx->text, "1.15340");
}

TEST_F(Loopback, AnAcceptancePastItsDeadlineIsNotSent)
{
    logOn();
    auto late = acceptance(quoted("R1", "Q1"));
    late.acceptance.deadline = clock.steady();
    desk->send(late);
    const auto result = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->reason.code, Errc::Expired);
    EXPECT_EQ(storedSender(), 3);
}

TEST_F(Loopback, AnAcceptanceOfAReplacedQuoteIsNotSent)
{
    logOn();
    const auto first = quoted("R1", "Q1");
    quote("R1", "Q2");
    ASSERT_TRUE(deskEvents.next<rfq::QuoteReceived>());
    desk->send(acceptance(first));
    const auto result = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->reason.code, Errc::Stale);
}

TEST_F(Loopback, AnAcceptanceOfAWithdrawnQuoteIsNotSent)
{
    logOn();
    const auto quote = quoted("R1", "Q1");
    venue->send(clientSession, fix::maker::quoteCancel(quote.rfq, quote.id, quote.dealer, "EUR/USD"));
    ASSERT_TRUE(deskEvents.next<rfq::QuoteWithdrawn>());
    desk->send(acceptance(quote));
    const auto result = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->reason.code, Errc::Stale);
}

TEST_F(Loopback, AnAcceptanceIsSentAtMostOnce)
{
    logOn();
    const auto quote = quoted("R1", "Q1");
    desk->send(acceptance(quote));
    ASSERT_TRUE(deskEvents.next<rfq::AcceptanceSent>());
    desk->send(acceptance(quote));
    const auto result = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->reason.code, Errc::Duplicate);
    EXPECT_EQ(storedSender(), 4);
}

TEST_F(Loopback, NothingIsSentWhileTheSessionIsDown)
{
    logOn();
    const auto quote = quoted("R1", "Q1");
    venue.reset();
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    desk->send(acceptance(quote));
    const auto refused = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::NotConnected);
    desk->send(request("R2"));
    const auto request = deskEvents.next<rfq::RequestNotSent>();
    ASSERT_TRUE(request);
    EXPECT_EQ(request->reason.code, Errc::NotConnected);
}

TEST_F(Loopback, AQuoteOfBeforeAReconnectCannotBeAccepted)
{
    logOn();
    const auto quote = quoted("R1", "Q1");
    venue->drop(clientSession);
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(acceptance(quote));
    const auto result = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->reason.code, Errc::Stale);
}

TEST_F(Loopback, ARejectNamesTheAcceptanceItMeans)
{
    logOn();
    const auto quote = quoted("R1", "Q1");
    desk->send(acceptance(quote));
    const auto sent = deskEvents.next<rfq::AcceptanceSent>();
    ASSERT_TRUE(sent);
    ASSERT_TRUE(clientMessage("D"));
    fix::WireMessage reject;
    reject.type = "j";
    reject.add(fix::tag::RefSeqNum, std::to_string(sent->seqNum));
    reject.add(fix::tag::RefMsgType, "D");
    reject.add(fix::tag::BusinessRejectReason, "6");
    venue->send(clientSession, reject);
    const auto rejected = deskEvents.next<rfq::MessageRejected>();
    ASSERT_TRUE(rejected);
    EXPECT_EQ(rejected->refId, "C1");
}

TEST_F(Loopback, AMessageThatCannotBeReadRaisesAnAlarmAndIsAnswered)
{
    logOn();
    fix::WireMessage report;
    report.type = "8";
    report.add(fix::tag::ClOrdId, "C1");
    report.add(fix::tag::ExecType, "F");
    report.add(fix::tag::OrdStatus, "2");
    venue->send(clientSession, report);
    const auto alarm = deskEvents.next<rfq::InboundRejected>();
    ASSERT_TRUE(alarm);
    EXPECT_EQ(alarm->msgType, "8");
    EXPECT_NE(alarm->raw.find("11=C1"), std::string::npos);
    ASSERT_TRUE(clientMessage("j"));
}

}
