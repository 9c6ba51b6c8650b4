#include "core/fix/maker_codec.h"
#include "tests/unit/fix/taker_fixtures.h"

/// What a counterparty answers to the questions about an acceptance.
namespace {

using namespace fix::test;
using rfq::EvidenceKind;
using rfq::Inquiry;

constexpr std::string_view Status =
    "35=8|37=LP77|11=C-0009|790=C-0009-H1|17=0|150=I|39=2|55=EUR/USD|54=2|38=25000000|15=EUR|151=0|14=25000000|"
    "6=1.15342|64=20261127";
constexpr std::string_view Captured =
    "35=AE|571=T1|487=0|856=0|568=C-0009-T1|150=F|748=1|912=Y|17=E1|39=2|570=N|55=EUR/USD|38=25000000|32=20000000|"
    "31=1.15342|75=20261125|6=1.15342|60=20261125-07:00:08.001|64=20261127|552=1|54=2|37=LP77|11=C-0009|453=1|448=LPA|"
    "447=D|452=35|15=EUR|58=done";

TEST(TakerOutcome, StatusOfAnOrderIsAReport)
{
    const auto report = decodedAs<rfq::ExecutionReported>(wire(Status)).report;
    EXPECT_EQ(report.clOrdId.text(), "C-0009");
    EXPECT_EQ(report.execType, 'I');
    EXPECT_EQ(report.ordStatus, '2');
    EXPECT_EQ(report.cumQty, decimal("25000000"));
    EXPECT_EQ(report.avgPx, price("1.15342"));
}

TEST(TakerOutcome, UnknownOrderIsAReportToo)
{
    const auto report = decodedAs<rfq::ExecutionReported>(
        wire("35=8|37=NONE|11=C-0009|790=C-0009-H1|17=0|150=I|39=8|103=5|55=EUR/USD|54=2|151=0|14=0|6=0|58=no such"))
                            .report;
    EXPECT_EQ(report.rejectCode, "5");
    EXPECT_EQ(report.text, "no such");
    EXPECT_TRUE(report.cumQty.isZero());
}

TEST(TakerOutcome, CorrectionNamesTheExecutionItIsAbout)
{
    const auto report = decodedAs<rfq::ExecutionReported>(with(wire(SampleFill), 150, "H")).report;
    EXPECT_TRUE(report.execRefId.empty());
    auto message = with(wire(SampleFill), 150, "H");
    message.add(19, "E0");
    EXPECT_EQ(decodedAs<rfq::ExecutionReported>(message).report.execRefId, rfq::ExecId("E0"));
}

TEST(TakerOutcome, NoOrdersAtAll)
{
    for (const char* line : {"35=8|37=NONE|584=M1|911=0|912=Y|17=0|150=I|39=8|103=99|151=0|14=0|6=0|58=no orders",
             "35=8|37=NONE|584=M1|911=0|17=0|150=I|39=0|103=99|58=no orders",
             "35=8|37=NONE|584=M1|17=0|150=8|39=8|103=99|58=no orders"}) {
        const auto answer = decodedAs<rfq::InquiryAnswered>(wire(line));
        EXPECT_EQ(answer.session, Session);
        EXPECT_EQ(answer.inquiry, Inquiry::MassStatus);
        EXPECT_EQ(answer.meaning, EvidenceKind::NoTrade);
        EXPECT_NE(answer.text.find("OrdRejReason(103) 99 \"no orders\""), std::string::npos) << answer.text;
    }
}

TEST(TakerOutcome, AReportOfSomeOrderIsNotNoOrders)
{
    for (const char* line : {"35=8|37=LP1|584=M1|911=1|912=Y|17=0|150=I|39=8|151=0|14=0", // rejected, without a ClOrdID
             "35=8|37=LP1|584=M1|17=0|150=I|39=2|151=0|14=5000000", // filled, without a ClOrdID
             "35=8|37=LP1|584=M1|911=0|17=0|150=I|39=8|151=0|14=5000000", // contradicts itself
             "35=8|37=LP1|11=C-1|584=M1|17=0|150=I|39=8|151=0|14=0",
             "35=8|37=LP1|17=E7|150=8|39=8|151=0|14=0"}) // no list at all
        decodedAs<rfq::ExecutionReported>(wire(line));
}

TEST(TakerOutcome, TradeCaptureReportIsOneExecution)
{
    const auto report = decodedAs<rfq::TradeCaptured>(wire(Captured)).report;
    EXPECT_EQ(report.clOrdId.text(), "C-0009");
    EXPECT_EQ(report.orderId.text(), "LP77");
    EXPECT_EQ(report.execId.text(), "E1");
    EXPECT_EQ(report.session, Session);
    EXPECT_EQ(report.symbol, "EUR/USD");
    EXPECT_EQ(report.side, rfq::Side::Sell);
    EXPECT_EQ(report.currency, "EUR");
    EXPECT_EQ(report.quantity, decimal("25000000"));
    EXPECT_EQ(report.cumQty, decimal("20000000")) << "its own amount";
    EXPECT_EQ(report.lastQty, decimal("20000000"));
    EXPECT_EQ(report.lastPx, price("1.15342"));
    EXPECT_EQ(report.valueDate, ValueDate);
    EXPECT_EQ(report.transactTime, at("20261125-07:00:08.001"));
    EXPECT_EQ(report.text, "done");
    EXPECT_EQ(report.received, Received);
}

TEST(TakerOutcome, TradeCaptureReportIsKnownByItsExecIdOrItsOwn)
{
    EXPECT_EQ(decodedAs<rfq::TradeCaptured>(without(wire(Captured), 17)).report.execId, rfq::ExecId("T1"));
    EXPECT_EQ(errorOf(without(without(wire(Captured), 17), 571)), "AE: TradeReportID(571): is missing");
}

TEST(TakerOutcome, TradeCaptureReportWithoutAnAmountIsNotGuessed)
{
    EXPECT_EQ(errorOf(without(wire(Captured), 32)), "AE: LastQty(32): is missing");
    EXPECT_TRUE(errorOf(with(wire(Captured), 32, "all")).starts_with("AE: LastQty(32): \"all\" is not a number"));
}

TEST(TakerOutcome, SideOfATradeIsTranslatedToTheDealtCurrency)
{
    rfq::Profile profile;
    profile.sideReference = rfq::SideReference::BaseCurrency;
    EXPECT_EQ(decodedAs<rfq::TradeCaptured>(wire(Captured), profile).report.side, rfq::Side::Sell);
    EXPECT_EQ(decodedAs<rfq::TradeCaptured>(with(wire(Captured), 15, "USD"), profile).report.side, rfq::Side::Buy);
    EXPECT_FALSE(decodedAs<rfq::TradeCaptured>(without(wire(Captured), 15), profile).report.side);
}

TEST(TakerOutcome, OurSideOfATradeIsTheOneThatNamesAnOrder)
{
    const std::string head = "35=AE|571=T1|17=E1|55=EUR/USD|15=EUR|32=5|31=1.1|";
    const auto reportOf = [&](const std::string& sides) {
        return decodedAs<rfq::TradeCaptured>(wire(head + sides)).report;
    };
    const auto second = reportOf("552=2|54=1|37=LP1|453=1|448=X|54=2|37=LP2|11=C-0009");
    EXPECT_EQ(second.side, rfq::Side::Sell);
    EXPECT_EQ(second.orderId, rfq::OrderId("LP2"));
    EXPECT_EQ(second.clOrdId, rfq::ClOrdId("C-0009"));
    EXPECT_EQ(reportOf("552=2|54=1|37=LP1|11=C-0009|54=2|37=LP2").side, rfq::Side::Buy);
    for (const char* nobodys : {"552=2|54=1|37=LP1|54=2|37=LP2", "552=2|54=1|11=A|54=2|11=B", "552=1", "552=0"}) {
        EXPECT_FALSE(reportOf(nobodys).side) << nobodys;
        EXPECT_TRUE(reportOf(nobodys).clOrdId.empty()) << nobodys;
    }
    EXPECT_EQ(reportOf("54=2|11=C-0009").clOrdId, rfq::ClOrdId("C-0009")) << "without the group";
    const auto anonymous = reportOf("552=1|54=2|37=LP1");
    EXPECT_EQ(anonymous.side, rfq::Side::Sell) << "a candidate has a side";
    EXPECT_TRUE(anonymous.clOrdId.empty());
}

TEST(TakerOutcome, ATradeThatWasTakenBackIsABust)
{
    for (const auto& message :
        {with(wire(Captured), 487, "1"), with(wire(Captured), 487, "4"), with(wire(Captured), 150, "H")}) {
        const auto report = decodedAs<rfq::ExecutionReported>(message).report;
        EXPECT_EQ(report.execType, 'H');
        EXPECT_EQ(report.execRefId, rfq::ExecId("E1"));
        EXPECT_EQ(report.clOrdId, rfq::ClOrdId("C-0009"));
    }
    decodedAs<rfq::TradeCaptured>(with(wire(Captured), 487, "2"));
    decodedAs<rfq::TradeCaptured>(with(wire(Captured), 487, "99"));
}

TEST(TakerOutcome, TradeRequestIsAnsweredWithNothing)
{
    const auto answer = decodedAs<rfq::InquiryAnswered>(wire("35=AQ|568=T1|569=0|748=0|749=0|750=1|55=[N/A]"));
    EXPECT_EQ(answer.inquiry, Inquiry::TradeCapture);
    EXPECT_EQ(answer.meaning, EvidenceKind::NoTrade);
    EXPECT_EQ(answer.text, "TradeRequestResult(749) 0 TradeRequestStatus(750) 1");
}

TEST(TakerOutcome, TradeRequestIsRefusedForGoodOrForNow)
{
    const auto meaningOf = [](const std::string& fields) {
        return decodedAs<rfq::InquiryAnswered>(wire("35=AQ|568=T1|569=0|" + fields)).meaning;
    };
    EXPECT_EQ(meaningOf("748=0|749=8|750=2"), EvidenceKind::Unsupported);
    EXPECT_EQ(meaningOf("749=9|750=2"), EvidenceKind::Unsupported);
    EXPECT_EQ(meaningOf("748=0|749=99|750=2"), EvidenceKind::Silence) << "no proof that there is no trade";
    EXPECT_EQ(meaningOf("748=0|749=4711"), EvidenceKind::Silence);
    EXPECT_EQ(meaningOf("750=2"), EvidenceKind::Silence);
    EXPECT_EQ(decodedAs<rfq::InquiryAnswered>(wire("35=AQ|749=99|58=ask later")).text,
        "TradeRequestResult(749) 99 TradeRequestStatus(750) - \"ask later\"");
}

TEST(TakerOutcome, TradeRequestThatIsTakenUpIsNoEvent)
{
    for (const char* line : {"35=AQ|568=T1|569=0|748=3|749=0|750=0", "35=AQ|568=T1|569=0|749=0|750=0", "35=AQ"}) {
        const auto event = decode(wire(line));
        ASSERT_TRUE(event);
        EXPECT_FALSE(*event) << line;
    }
    EXPECT_TRUE(fix::taker::reads("AQ"));
}

TEST(TakerOutcome, AVenuesAnswersAreUnderstood)
{
    fix::maker::TradeReportOut trade;
    trade.reportId = "T1";
    trade.deal.execId = rfq::ExecId("E1");
    trade.deal.clOrdId = rfq::ClOrdId("C-0009");
    trade.deal.symbol = "EUR/USD";
    trade.deal.side = rfq::Side::Buy;
    trade.deal.currency = "USD";
    trade.deal.cumQty = decimal("5");
    trade.deal.avgPx = price("1.15");
    trade.dealer = rfq::DealerId("LPA");
    const auto report = decodedAs<rfq::TradeCaptured>(fix::maker::encode(trade)).report;
    EXPECT_EQ(report.clOrdId, trade.deal.clOrdId);
    EXPECT_EQ(report.side, rfq::Side::Buy);
    EXPECT_EQ(report.currency, "USD");
    EXPECT_EQ(report.cumQty, decimal("5"));
    const fix::maker::TradeRequestAck nothing{"T1", "0", 0, "0", "1", "", ""};
    EXPECT_EQ(decodedAs<rfq::InquiryAnswered>(fix::maker::encode(nothing)).meaning, EvidenceKind::NoTrade);
}

}
