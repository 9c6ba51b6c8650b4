#include "tests/unit/app/venue/floor_fixture.h"

namespace venue::test {
namespace {

using fix::maker::QuoteStatusOut;
using fix::maker::TradeReportOut;
using fix::maker::TradeRequestAck;

class Enquiries : public FloorTest {
protected:
    SessionSettings& sessionOf(const rfq::SessionId& name)
    {
        for (SessionSettings& each : settings.sessions)
            if (each.name == name)
                return each;
        throw std::invalid_argument(name.text());
    }
    fix::maker::ReportOut statusOf(const std::string& clOrdId, const rfq::SessionId& session = Acme)
    {
        send(fix::maker::OrderStatusRequest{rfq::ClOrdId(clOrdId), "S1", "EUR/USD", rfq::Side::Buy}, session);
        return lastReport(session);
    }
    std::vector<fix::maker::ReportOut> massStatus(const std::string& symbol = {}, const rfq::SessionId& session = Acme)
    {
        const std::size_t before = clients.heard<Report>(session).size();
        send(fix::maker::MassStatusRequest{"M1", symbol}, session);
        std::vector<fix::maker::ReportOut> answers;
        const auto all = clients.heard<Report>(session);
        for (std::size_t i = before; i < all.size(); ++i)
            answers.push_back(all[i].out);
        return answers;
    }
    QuoteStatusOut quoteStatus(const rfq::QuoteId& quote, const rfq::SessionId& session = Acme)
    {
        send(fix::maker::QuoteStatusRequest{"S1", quote, "EUR/USD"}, session);
        return clients.heard<QuoteStatusOut>(session).back();
    }
    std::vector<TradeReportOut> trades(
        const fix::maker::TradeCaptureRequest& request, const rfq::SessionId& session = Acme)
    {
        const std::size_t before = clients.heard<TradeReportOut>(session).size();
        send(request, session);
        auto all = clients.heard<TradeReportOut>(session);
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
        return all;
    }
};

TEST_F(Enquiries, StatusOfAFilledOrder)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    const rfq::ExecutionReport fill = reports().back();
    const auto status = statusOf("C1");
    EXPECT_EQ(status.report.execType, 'I');
    EXPECT_EQ(status.report.ordStatus, '2');
    EXPECT_EQ(status.ordStatusReqId, "S1");
    EXPECT_EQ(status.report.orderId, fill.orderId);
    EXPECT_NE(status.report.execId, fill.execId);
    EXPECT_EQ(status.report.cumQty, decimal("5000000"));
    EXPECT_TRUE(status.report.leavesQty.isZero());
    EXPECT_EQ(status.report.avgPx, quote.quote.offer);
    EXPECT_FALSE(status.report.lastQty) << "it is no fill";
}

TEST_F(Enquiries, StatusOfAnOrderThatIsBeingDecided)
{
    settings.scenarios = {{.hold = 5s}};
    open();
    send(orderOn(quoteOf("CASSINI")));
    const auto status = statusOf("C1").report;
    EXPECT_EQ(status.ordStatus, 'A');
    EXPECT_EQ(status.leavesQty, decimal("5000000"));
    EXPECT_TRUE(status.cumQty.isZero());
}

TEST_F(Enquiries, StatusOfARejectedOrder)
{
    settings.scenarios = {{.reject = {"3"}, .text = "over the limit"}};
    open();
    send(orderOn(quoteOf("CASSINI")));
    const auto status = statusOf("C1").report;
    EXPECT_EQ(status.execType, 'I');
    EXPECT_EQ(status.ordStatus, '8');
    EXPECT_EQ(status.rejectCode, "3");
    EXPECT_EQ(status.text, "over the limit");
    EXPECT_TRUE(status.leavesQty.isZero());
}

TEST_F(Enquiries, StatusOfABustedTradeIsThatNothingIsDealt)
{
    settings.scenarios = {{.fill = FillFault::CancelledLater}};
    open();
    send(orderOn(quoteOf("CASSINI")));
    const auto status = statusOf("C1").report;
    EXPECT_EQ(status.ordStatus, '4');
    EXPECT_TRUE(status.cumQty.isZero());
}

TEST_F(Enquiries, AnUnknownOrderIsSaidToBeUnknownInTheSessionsStyle)
{
    sessionOf(Beta).unknownOrder = UnknownOrderStyle::Reject;
    open();
    const auto asStatus = statusOf("C9").report;
    EXPECT_EQ(asStatus.execType, 'I');
    EXPECT_EQ(asStatus.ordStatus, '8');
    EXPECT_EQ(asStatus.rejectCode, "5");
    EXPECT_EQ(asStatus.clOrdId.text(), "C9");
    EXPECT_EQ(asStatus.orderId.text(), "NONE");
    EXPECT_EQ(asStatus.symbol, "EUR/USD");
    EXPECT_FALSE(asStatus.text.empty());
    const auto asReject = statusOf("C9", Beta).report;
    EXPECT_EQ(asReject.execType, '8');
    EXPECT_EQ(asReject.rejectCode, "5");
}

TEST_F(Enquiries, NothingOfAnotherSessionIsTold)
{
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    const auto fill = reports().back();
    EXPECT_EQ(statusOf("C1", Beta).report.rejectCode, "5");
    EXPECT_EQ(massStatus({}, Beta).at(0).report.rejectCode, "5");
    EXPECT_TRUE(trades({.reqId = "T1", .type = "0"}, Beta).empty());
    EXPECT_TRUE(trades({.reqId = "T1", .type = "1", .execId = fill.execId}, Beta).empty());
    EXPECT_EQ(quoteStatus(quote.quote.id, Beta).status, "9");
    send(fix::maker::DontKnowTrade{fill.orderId, fill.execId, "A", {}}, Beta);
    EXPECT_EQ(clients.heard<MessageRefusal>(Beta).back().code, "1");
}

TEST_F(Enquiries, MassStatusIsOneReportForEachOrder)
{
    open();
    send(orderOn(quoteOf("CASSINI", "Q1"), "C1"));
    send(orderOn(quoteOf("CASSINI", "Q2"), "C2"));
    const auto answers = massStatus();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0].report.clOrdId.text(), "C1");
    EXPECT_EQ(answers[0].massStatus, (fix::maker::MassStatusPart{"M1", 2, false}));
    EXPECT_EQ(answers[1].massStatus, (fix::maker::MassStatusPart{"M1", 2, true}));
    EXPECT_TRUE(answers[0].ordStatusReqId.empty());
    EXPECT_EQ(massStatus("EUR/USD").size(), 2U);
    const auto none = massStatus("GBP/USD");
    ASSERT_EQ(none.size(), 1U);
    EXPECT_EQ(none[0].massStatus, (fix::maker::MassStatusPart{"M1", 0, true}));
    EXPECT_EQ(none[0].report.ordStatus, '8');
}

TEST_F(Enquiries, MassStatusIsOfTheLastDay)
{
    open();
    send(orderOn(quoteOf("CASSINI")));
    clock.advance(25h);
    venue->runDue();
    EXPECT_EQ(massStatus().at(0).massStatus->total, 0U);
    EXPECT_EQ(statusOf("C1").report.ordStatus, '2') << "by its id it is still found";
}

TEST_F(Enquiries, TradeCaptureFindsADealWhoseReportWasLost)
{
    settings.scenarios = {{.order = OrderFault::LoseReport}};
    open();
    const auto quote = quoteOf("CASSINI");
    send(orderOn(quote));
    EXPECT_TRUE(reports().empty());
    const auto found = trades({.reqId = "T1", .type = "0"});
    const auto ack = clients.heard<TradeRequestAck>(Acme).back();
    EXPECT_EQ(ack.total, 1U);
    EXPECT_EQ(ack.result, "0");
    EXPECT_EQ(ack.status, "0");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reqId, "T1");
    EXPECT_TRUE(found[0].last);
    EXPECT_EQ(found[0].deal.clOrdId.text(), "C1");
    EXPECT_EQ(found[0].deal.cumQty, decimal("5000000"));
    EXPECT_EQ(found[0].deal.avgPx, quote.quote.offer);
    EXPECT_EQ(found[0].dealer.text(), "CASSINI");
    EXPECT_EQ(found[0].tradeDate, rfq::Date(std::chrono::year(2026) / 11 / 24));
}

TEST_F(Enquiries, TradeCaptureTellsOnlyWhatStandsAndMatches)
{
    settings.scenarios = {{.times = 1, .reject = {"99"}}};
    open();
    send(orderOn(quoteOf("CASSINI", "Q1"), "C1"));
    send(orderOn(quoteOf("CASSINI", "Q2"), "C2"));
    const auto fill = reports().back();
    EXPECT_EQ(trades({.reqId = "T1", .type = "0"}).size(), 1U);
    EXPECT_EQ(trades({.reqId = "T1", .type = "1", .clOrdId = fill.clOrdId}).size(), 1U);
    EXPECT_EQ(trades({.reqId = "T1", .type = "1", .orderId = fill.orderId}).size(), 1U);
    const auto byExec = trades({.reqId = "T1", .type = "1", .execId = fill.execId});
    ASSERT_EQ(byExec.size(), 1U);
    EXPECT_EQ(byExec[0].deal.execId, fill.execId);
    EXPECT_TRUE(trades({.reqId = "T1", .type = "1", .clOrdId = rfq::ClOrdId("C1")}).empty()) << "it was rejected";
    EXPECT_TRUE(trades({.reqId = "T1", .type = "1", .symbol = "GBP/USD"}).empty());
    EXPECT_EQ(clients.heard<TradeRequestAck>(Acme).back().status, "1");
    EXPECT_TRUE(trades({.reqId = "T1", .type = "3"}).empty());
    EXPECT_EQ(clients.heard<TradeRequestAck>(Acme).back().result, "8");
    EXPECT_EQ(clients.heard<TradeRequestAck>(Acme).back().status, "2");
}

TEST_F(Enquiries, ADealOfADirectSessionNamesNoDealer)
{
    open();
    send(requestOf("Q1", ""), AcmeDirect);
    pass(1s);
    send(orderOn(quotes(AcmeDirect).back()), AcmeDirect);
    const auto found = trades({.reqId = "T1", .type = "0"}, AcmeDirect);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].dealer.empty());
}

TEST_F(Enquiries, QuoteStatusFollowsTheQuote)
{
    settings.scenarios = {{.times = 1, .hold = 2s}};
    open();
    const auto quote = quoteOf("CASSINI");
    const auto live = quoteStatus(quote.quote.id);
    EXPECT_EQ(live.status, "0");
    EXPECT_EQ(live.reqId, "S1");
    EXPECT_EQ(live.rfq.text(), "Q1");
    EXPECT_EQ(live.dealer.text(), "CASSINI");
    send(orderOn(quote));
    EXPECT_EQ(quoteStatus(quote.quote.id).status, "10");
    pass(2s);
    EXPECT_EQ(quoteStatus(quote.quote.id).status, "21");
    const auto other = quoteOf("CASSINI", "Q2");
    send(fix::maker::EndOfRequest{rfq::RfqId("Q2")});
    EXPECT_EQ(quoteStatus(other.quote.id).status, "6");
    const auto late = quoteOf("CASSINI", "Q3");
    pass(20s);
    EXPECT_EQ(quoteStatus(late.quote.id).status, "7");
    EXPECT_EQ(quoteStatus(rfq::QuoteId("X-1")).status, "9");
}

TEST_F(Enquiries, ADealtQuoteIsKnownAfterARestartAndOthersAreNot)
{
    open();
    const auto dealt = quoteOf("CASSINI", "Q1");
    const auto other = quoteOf("CASSINI", "Q2");
    send(orderOn(dealt));
    restart();
    logOnAll();
    const auto status = quoteStatus(dealt.quote.id);
    EXPECT_EQ(status.status, "21");
    EXPECT_EQ(status.rfq.text(), "Q1");
    EXPECT_EQ(status.dealer.text(), "CASSINI");
    EXPECT_EQ(quoteStatus(other.quote.id).status, "9");
    EXPECT_EQ(statusOf("C1").report.ordStatus, '2');
}

TEST_F(Enquiries, ADoubtIsWrittenDown)
{
    open();
    send(orderOn(quoteOf("CASSINI")));
    const auto fill = reports().back();
    send(fix::maker::DontKnowTrade{fill.orderId, fill.execId, "D", "no such order"});
    EXPECT_TRUE(clients.heard<MessageRefusal>(Acme).empty());
    EXPECT_EQ(book->find(Acme, rfq::ClOrdId("C1")).value()->doubt, "DKReason D: no such order");
    EXPECT_EQ(truthOf("C1").state, OrderState::Filled) << "a doubt does not undo a deal";
    send(fix::maker::DontKnowTrade{rfq::OrderId("O9"), fill.execId, "D", {}});
    EXPECT_EQ(clients.heard<MessageRefusal>(Acme).size(), 1U);
}

TEST_F(Enquiries, WhatASessionDoesNotSupportIsRefusedAsUnsupported)
{
    sessionOf(Acme).supports = {Enquiry::QuoteStatus};
    open();
    send(fix::maker::OrderStatusRequest{rfq::ClOrdId("C1"), {}, {}, {}});
    send(fix::maker::MassStatusRequest{"M1", {}});
    send(fix::maker::TradeCaptureRequest{.reqId = "T1", .type = "0"});
    send(fix::maker::Unsupported{"F"});
    const auto refusals = clients.heard<MessageRefusal>(Acme);
    ASSERT_EQ(refusals.size(), 4U);
    const std::vector<std::pair<std::string, std::string>> expected{{"H", "C1"}, {"AF", "M1"}, {"AD", "T1"}, {"F", ""}};
    for (std::size_t i = 0; i < refusals.size(); ++i) {
        EXPECT_EQ(refusals[i].code, "3");
        EXPECT_EQ(refusals[i].refMsgType, expected[i].first);
        EXPECT_EQ(refusals[i].refId, expected[i].second);
    }
    EXPECT_EQ(quoteStatus(rfq::QuoteId("X")).status, "9");
    send(fix::maker::MassStatusRequest{"M1", {}}, Beta);
    EXPECT_TRUE(clients.heard<MessageRefusal>(Beta).empty());
}

}
}
