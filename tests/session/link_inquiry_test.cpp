#include "tests/session/dealt_session.h"

/// What a desk asks about an acceptance without an answer, and what it hears, over TLS.
namespace {

using namespace session_test;
using namespace fix::maker;
using rfq::EvidenceKind;
using rfq::Inquiry;

class InquirySession : public DealtSession {
protected:
    void expectAnswer(Inquiry inquiry, EvidenceKind meaning, const std::string& words)
    {
        const auto answer = deskEvents.next<rfq::InquiryAnswered>();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->session, rfq::SessionId("VENUE-X"));
        EXPECT_EQ(answer->inquiry, inquiry);
        EXPECT_EQ(answer->clOrdId, command.acceptance.id);
        EXPECT_EQ(answer->meaning, meaning);
        EXPECT_NE(answer->text.find(words), std::string::npos) << answer->text;
    }
};

TEST_F(InquirySession, OrderStatusOfAFilledOrder)
{
    deal();
    ask(Inquiry::OrderStatus);
    const auto request = heard<OrderStatusRequest>("H");
    EXPECT_EQ(request.clOrdId, rfq::ClOrdId("C1"));
    EXPECT_EQ(request.symbol, "EUR/USD");
    EXPECT_EQ(request.side, rfq::Side::Buy);
    answer({.report = status('2', "25000000"), .ordStatusReqId = request.reqId});
    const auto reported = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(reported);
    EXPECT_EQ(reported->report.clOrdId, rfq::ClOrdId("C1"));
    EXPECT_EQ(reported->report.execType, 'I');
    EXPECT_EQ(reported->report.cumQty, command.acceptance.quantity);
}

TEST_F(InquirySession, OrderStatusOfAnUnknownOrderThatIsNamedByTheQuestionOnly)
{
    deal();
    ask(Inquiry::OrderStatus);
    const auto request = heard<OrderStatusRequest>("H");
    rfq::ExecutionReport report = status('8', "0");
    report.clOrdId = {};
    report.rejectCode = "5";
    answer({.report = report, .ordStatusReqId = request.reqId});
    const auto reported = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(reported);
    EXPECT_EQ(reported->report.clOrdId, rfq::ClOrdId("C1"));
    EXPECT_EQ(reported->report.rejectCode, "5");
}

TEST_F(InquirySession, OrderStatusOfAPendingOrder)
{
    deal();
    ask(Inquiry::OrderStatus);
    answer({.report = status('A', "0"), .ordStatusReqId = heard<OrderStatusRequest>("H").reqId});
    const auto reported = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(reported);
    EXPECT_EQ(reported->report.ordStatus, 'A');
    EXPECT_EQ(deskEvents.count<rfq::InquiryAnswered>(), 0U);
}

TEST_F(InquirySession, MassStatusThatListsIt)
{
    deal();
    ask(Inquiry::MassStatus);
    const std::string id = heard<MassStatusRequest>("AF").reqId;
    answer({.report = status('2', "25000000"), .massStatus = MassStatusPart{id, 1, true}});
    ASSERT_TRUE(deskEvents.next<rfq::ExecutionReported>());
    ask(Inquiry::MassStatus, "C2");
    answer({.report = status('2', "25000000"),
        .massStatus = MassStatusPart{heard<MassStatusRequest>("AF").reqId, 1, true}});
    const auto missing = deskEvents.next<rfq::InquiryAnswered>();
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->clOrdId, rfq::ClOrdId("C2")) << "and nothing was said about C1";
    EXPECT_EQ(missing->meaning, EvidenceKind::UnknownOrder);
}

TEST_F(InquirySession, MassStatusThatListsOthersOnly)
{
    deal();
    ask(Inquiry::MassStatus);
    const std::string id = heard<MassStatusRequest>("AF").reqId;
    rfq::ExecutionReport other = status('2', "5000000");
    other.clOrdId = rfq::ClOrdId("C0");
    answer({.report = other, .massStatus = MassStatusPart{id, 2, false}});
    other.clOrdId = rfq::ClOrdId("C00");
    answer({.report = other, .massStatus = MassStatusPart{id, 2, true}});
    ASSERT_TRUE(deskEvents.next<rfq::ExecutionReported>());
    ASSERT_TRUE(deskEvents.next<rfq::ExecutionReported>());
    expectAnswer(Inquiry::MassStatus, EvidenceKind::UnknownOrder, "2 reports, none about it");
}

TEST_F(InquirySession, MassStatusWithoutAnyOrder)
{
    deal();
    ask(Inquiry::MassStatus);
    rfq::ExecutionReport nothing = status('8', "0");
    nothing.clOrdId = {};
    nothing.text = "no orders";
    answer({.report = nothing, .massStatus = MassStatusPart{heard<MassStatusRequest>("AF").reqId, 0, true}});
    expectAnswer(Inquiry::MassStatus, EvidenceKind::NoTrade, "no orders");
}

TEST_F(InquirySession, TradesWithItAmongThem)
{
    deal();
    ask(Inquiry::TradeCapture);
    const auto request = heard<TradeCaptureRequest>("AD");
    EXPECT_EQ(request.type, "0");
    venue->send(clientSession, encode(TradeRequestAck{request.reqId, "0", 1, "0", "0", "", ""}));
    TradeReportOut trade{"T1", request.reqId, 1, true, status('2', "25000000"), rfq::DealerId("LPA"), {}};
    trade.deal.execId = rfq::ExecId("E1");
    trade.tradeDate = std::chrono::year(2026) / 11 / 24;
    venue->send(clientSession, encode(trade));
    const auto captured = deskEvents.next<rfq::TradeCaptured>();
    ASSERT_TRUE(captured);
    EXPECT_EQ(captured->report.clOrdId, rfq::ClOrdId("C1"));
    EXPECT_EQ(captured->report.side, rfq::Side::Buy);
    EXPECT_EQ(captured->report.cumQty, command.acceptance.quantity);
    EXPECT_EQ(deskEvents.count<rfq::InquiryAnswered>(), 0U);
    EXPECT_EQ(deskEvents.count<rfq::InboundRejected>(), 0U) << "the acknowledgement is no surprise";
}

TEST_F(InquirySession, TradesOfOthersOnly)
{
    deal();
    ask(Inquiry::TradeCapture);
    TradeReportOut trade{
        "T1", heard<TradeCaptureRequest>("AD").reqId, 1, true, status('2', "25000000"), rfq::DealerId("LPA"), {}};
    trade.deal.execId = rfq::ExecId("E1");
    trade.deal.clOrdId = {};
    trade.tradeDate = std::chrono::year(2026) / 11 / 24;
    venue->send(clientSession, encode(trade));
    const auto candidate = deskEvents.next<rfq::TradeCaptured>();
    ASSERT_TRUE(candidate);
    EXPECT_TRUE(candidate->report.clOrdId.empty());
    expectAnswer(Inquiry::TradeCapture, EvidenceKind::NoTrade, "1 report, none about it");
}

TEST_F(InquirySession, NoTradesOrNoSuchQuestion)
{
    deal();
    ask(Inquiry::TradeCapture);
    venue->send(
        clientSession, encode(TradeRequestAck{heard<TradeCaptureRequest>("AD").reqId, "0", 0, "0", "1", "", "none"}));
    expectAnswer(Inquiry::TradeCapture, EvidenceKind::NoTrade, "none");
    ask(Inquiry::TradeCapture);
    venue->send(
        clientSession, encode(TradeRequestAck{heard<TradeCaptureRequest>("AD").reqId, "0", 0, "8", "2", "", "never"}));
    expectAnswer(Inquiry::TradeCapture, EvidenceKind::Unsupported, "never");
}

TEST_F(InquirySession, StatusOfTheQuote)
{
    deal();
    ask(Inquiry::QuoteStatus);
    const auto request = heard<QuoteStatusRequest>("a");
    EXPECT_EQ(request.quote, rfq::QuoteId("Q1"));
    venue->send(clientSession,
        encode(QuoteStatusOut{
            request.reqId, rfq::RfqId("R1"), request.quote, rfq::DealerId("LPA"), "EUR/USD", "7", "", "expired"}));
    const auto status = deskEvents.next<rfq::QuoteStatusReceived>();
    ASSERT_TRUE(status);
    EXPECT_EQ(status->quote, rfq::QuoteId("Q1"));
    EXPECT_EQ(status->status, "7");
}

TEST_F(InquirySession, AQuestionThatIsNotSupported)
{
    deal();
    ask(Inquiry::OrderStatus);
    const auto request = heard<OrderStatusRequest>("H");
    venue->send(clientSession, businessReject("H", request.reqId, "3", "not here"));
    const auto rejected = deskEvents.next<rfq::MessageRejected>();
    ASSERT_TRUE(rejected);
    EXPECT_EQ(rejected->refMsgType, "H");
    EXPECT_EQ(rejected->refId, request.reqId);
    EXPECT_NE(rejected->refId, "C1") << "the question is refused, not the acceptance";
    EXPECT_EQ(rejected->code, "3");
    EXPECT_FALSE(rejected->sessionLevel);
}

TEST_F(InquirySession, ARefusalThatNamesTheNumberOnlyIsStillAboutTheQuestion)
{
    deal();
    ask(Inquiry::OrderStatus);
    ASSERT_TRUE(clientMessage("H"));
    fix::WireMessage reject;
    reject.type = "j";
    reject.add(fix::tag::RefSeqNum, std::to_string(sent.seqNum + 1));
    reject.add(fix::tag::BusinessRejectReason, "3");
    venue->send(clientSession, reject);
    const auto rejected = deskEvents.next<rfq::MessageRejected>();
    ASSERT_TRUE(rejected);
    EXPECT_EQ(rejected->refMsgType, "H");
    EXPECT_TRUE(rejected->refId.starts_with("C1-H")) << rejected->refId;
}

TEST_F(InquirySession, AReportThatCannotBeReadSpoilsTheList)
{
    deal();
    ask(Inquiry::MassStatus);
    const std::string id = heard<MassStatusRequest>("AF").reqId;
    const auto broken = [&] {
        fix::WireMessage message = encode(ReportOut{.report = status('2', "25000000")});
        message.add(fix::tag::MassStatusReqId, id);
        std::erase_if(message.fields, [](const auto& field) { return field.first == fix::tag::CumQty; });
        return message;
    };
    venue->send(clientSession, broken());
    ASSERT_TRUE(deskEvents.next<rfq::InboundRejected>());
    rfq::ExecutionReport other = status('2', "5000000");
    other.clOrdId = rfq::ClOrdId("C0");
    answer({.report = other, .massStatus = MassStatusPart{id, 2, true}});
    expectAnswer(Inquiry::MassStatus, EvidenceKind::Silence, "only 1 of 2 reports could be read");
}

TEST_F(InquirySession, WhatCannotBeAskedIsSaidAtOnce)
{
    deal();
    venue.reset();
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    for (const Inquiry inquiry : {Inquiry::OrderStatus, Inquiry::Replay}) {
        ask(inquiry);
        expectAnswer(inquiry, EvidenceKind::Silence, "not asked: ");
    }
}

TEST_F(InquirySession, ADealIsDisputed)
{
    deal();
    fill();
    const auto reported = deskEvents.next<rfq::ExecutionReported>();
    ASSERT_TRUE(reported);
    desk->send(rfq::SendDontKnow{reported->report, 'E', "not as accepted by us"});
    const auto doubt = heard<DontKnowTrade>("Q");
    EXPECT_EQ(doubt.orderId, rfq::OrderId("O1"));
    EXPECT_EQ(doubt.execId, rfq::ExecId("E1"));
    EXPECT_EQ(doubt.reason, "E");
    EXPECT_EQ(doubt.text, "not as accepted by us");
}

TEST_F(InquirySession, ADisputeThatCannotBeSentIsTold)
{
    deal();
    venue.reset();
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    rfq::SendDontKnow dispute;
    dispute.report = status('2', "25000000");
    dispute.report.session = rfq::SessionId("VENUE-X");
    desk->send(dispute);
    const auto told = deskEvents.next<rfq::MessageRejected>();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->refMsgType, "Q");
    EXPECT_TRUE(told->text.starts_with("not sent: ")) << told->text;
}

}
