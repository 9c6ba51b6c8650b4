#include "core/fix/maker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

/// What a client asks about its orders, deals and quotes, and what it hears.
namespace {

using namespace fix::test;
using namespace fix::maker;
using fix::readable;
using fix::WireMessage;

template <typename T>
T decodedAs(const std::string& line)
{
    const auto request = decode(wire(line));
    if (!request || !std::holds_alternative<T>(*request)) {
        ADD_FAILURE() << line << ": " << (request ? "another request" : request.error().detail);
        return {};
    }
    return std::get<T>(*request);
}

std::string errorOf(const std::string& line)
{
    const auto request = decode(wire(line));
    return request ? "no error" : request.error().detail;
}

rfq::ExecutionReport fill()
{
    rfq::ExecutionReport report;
    report.clOrdId = rfq::ClOrdId("C-0009");
    report.orderId = rfq::OrderId("LP77");
    report.execId = rfq::ExecId("E1");
    report.execType = 'F';
    report.ordStatus = '2';
    report.symbol = "EUR/USD";
    report.side = rfq::Side::Sell;
    report.currency = "EUR";
    report.quantity = decimal("25000000");
    report.lastQty = decimal("25000000");
    report.lastPx = price("1.15342");
    report.cumQty = decimal("25000000");
    report.avgPx = price("1.15342");
    report.valueDate = ValueDate;
    report.transactTime = at("20261125-07:00:08.001");
    return report;
}

TEST(MakerEnquiry, StatusOfOneOrder)
{
    const auto request = decodedAs<OrderStatusRequest>("35=H|11=C1|790=S1|55=EUR/USD|54=2");
    EXPECT_EQ(request.clOrdId.text(), "C1");
    EXPECT_EQ(request.reqId, "S1");
    EXPECT_EQ(request.symbol, "EUR/USD");
    EXPECT_EQ(request.side, rfq::Side::Sell);
    EXPECT_TRUE(decodedAs<OrderStatusRequest>("35=H|11=C1").reqId.empty());
    EXPECT_EQ(errorOf("35=H|37=O1|55=EUR/USD|54=2"), "H: ClOrdID(11): is missing");
}

TEST(MakerEnquiry, StatusOfAllOrdersOrOfThoseOfOneInstrument)
{
    EXPECT_EQ(decodedAs<MassStatusRequest>("35=AF|584=M1|585=7").reqId, "M1");
    EXPECT_TRUE(decodedAs<MassStatusRequest>("35=AF|584=M1|585=7|55=EUR/USD").symbol.empty());
    EXPECT_EQ(decodedAs<MassStatusRequest>("35=AF|584=M1|585=1|55=EUR/USD").symbol, "EUR/USD");
    EXPECT_EQ(errorOf("35=AF|585=7"), "AF: MassStatusReqID(584): is missing");
    EXPECT_EQ(errorOf("35=AF|584=M1"), "AF: MassStatusReqType(585): is missing");
    EXPECT_EQ(errorOf("35=AF|584=M1|585=1"), "AF: Symbol(55): is missing");
    EXPECT_EQ(errorOf("35=AF|584=M1|585=6"),
        "AF: MassStatusReqType(585): only 1 (orders of one instrument) and 7 (all orders) are answered");
}

TEST(MakerEnquiry, DealsThatMatch)
{
    const auto request = decodedAs<TradeCaptureRequest>("35=AD|568=T1|569=1|17=E1|37=O1|11=C1|55=EUR/USD");
    EXPECT_EQ(request.reqId, "T1");
    EXPECT_EQ(request.type, "1");
    EXPECT_EQ(request.execId.text(), "E1");
    EXPECT_EQ(request.orderId.text(), "O1");
    EXPECT_EQ(request.clOrdId.text(), "C1");
    EXPECT_EQ(request.symbol, "EUR/USD");
    EXPECT_TRUE(decodedAs<TradeCaptureRequest>("35=AD|568=T1|569=0").clOrdId.empty());
    EXPECT_EQ(errorOf("35=AD|569=0"), "AD: TradeRequestID(568): is missing");
    EXPECT_EQ(errorOf("35=AD|568=T1"), "AD: TradeRequestType(569): is missing");
}

TEST(MakerEnquiry, StatusOfOneQuote)
{
    const auto request = decodedAs<QuoteStatusRequest>("35=a|649=S1|117=LPA-1|55=EUR/USD");
    EXPECT_EQ(request.reqId, "S1");
    EXPECT_EQ(request.quote.text(), "LPA-1");
    EXPECT_EQ(request.symbol, "EUR/USD");
    EXPECT_EQ(errorOf("35=a|55=EUR/USD"), "a: QuoteID(117): is missing");
}

TEST(MakerEnquiry, ATradeTheClientDoesNotKnow)
{
    const auto doubt = decodedAs<DontKnowTrade>("35=Q|37=O1|17=E1|127=D|55=EUR/USD|54=1|58=no such order");
    EXPECT_EQ(doubt.orderId.text(), "O1");
    EXPECT_EQ(doubt.execId.text(), "E1");
    EXPECT_EQ(doubt.reason, "D");
    EXPECT_EQ(doubt.text, "no such order");
    EXPECT_EQ(errorOf("35=Q|17=E1|127=D"), "Q: OrderID(37): is missing");
    EXPECT_EQ(errorOf("35=Q|37=O1|127=D"), "Q: ExecID(17): is missing");
}

TEST(MakerReport, AStatusEchoesTheRequestsId)
{
    ReportOut out;
    out.report = fill();
    out.report.execType = 'I';
    out.report.lastQty.reset();
    out.report.lastPx.reset();
    out.ordStatusReqId = "S1";
    EXPECT_EQ(readable(encode(out)),
        "35=8|37=LP77|11=C-0009|790=S1|17=E1|150=I|39=2|64=20261127|55=EUR/USD|54=2|38=25000000|15=EUR|151=0|"
        "14=25000000|6=1.15342|60=20261125-07:00:08.001");
}

TEST(MakerReport, AMassStatusSaysHowManyThereAreAndWhichIsTheLast)
{
    ReportOut out;
    out.report.execId = rfq::ExecId("0");
    out.report.execType = 'I';
    out.report.ordStatus = '8';
    out.massStatus = MassStatusPart{.reqId = "M1", .total = 2, .last = false};
    EXPECT_EQ(readable(encode(out)), "35=8|584=M1|911=2|912=N|17=0|150=I|39=8|151=0|14=0|6=0");
    out.massStatus->last = true;
    EXPECT_EQ(encode(out).find(912), "Y");
}

TEST(MakerReport, ACorrectionNamesTheReportItCorrects)
{
    ReportOut out{.report = fill(), .refersTo = rfq::ExecId("E0")};
    out.report.execType = 'G';
    EXPECT_TRUE(readable(encode(out)).starts_with("35=8|37=LP77|11=C-0009|17=E1|19=E0|150=G|"));
}

TEST(MakerReport, ARepeatedReportIsTheSameButForItsFlag)
{
    ReportOut out{.report = fill()};
    const WireMessage first = encode(out);
    EXPECT_FALSE(first.possDup || first.possResend);
    out.repeat = Repeat::PossResend;
    EXPECT_TRUE(encode(out).possResend);
    EXPECT_FALSE(encode(out).possDup);
    EXPECT_EQ(encode(out).fields, first.fields);
    out.repeat = Repeat::PossDup;
    EXPECT_TRUE(encode(out).possDup);
    EXPECT_EQ(encode(out).fields, first.fields);
}

TEST(MakerReport, ValuesOfTheFutureAreWrittenAsTheyAre)
{
    ReportOut out{.report = fill()};
    out.report.ordStatus = 'Z';
    out.report.rejectCode = "4711";
    out.more = {{167, "FXSPOT"}, {423, "99"}, {9702, "x"}};
    const std::string line = readable(encode(out));
    EXPECT_NE(line.find("|39=Z|103=4711|"), std::string::npos) << line;
    EXPECT_TRUE(line.ends_with("|167=FXSPOT|423=99|9702=x")) << line;
    EXPECT_EQ(
        readable(requestReject(rfq::RfqId("Q1"), {}, "EUR/USD", "16", "")), "35=AG|131=Q1|658=16|146=1|55=EUR/USD");
}

TEST(MakerReport, TradeRequestAcknowledged)
{
    TradeRequestAck ack{.reqId = "T1", .type = "0", .total = 3, .result = "0", .status = "0", .symbol = {}, .text = {}};
    EXPECT_EQ(readable(encode(ack)), "35=AQ|568=T1|569=0|748=3|749=0|750=0|55=[N/A]");
    ack.symbol = "EUR/USD";
    ack.text = "done";
    EXPECT_EQ(readable(encode(ack)), "35=AQ|568=T1|569=0|748=3|749=0|750=0|55=EUR/USD|58=done");
}

TEST(MakerReport, TradeHasOneSideAndItsFieldsInTheOrderOfTheGroup)
{
    TradeReportOut out;
    out.reportId = "R1";
    out.reqId = "T1";
    out.total = 1;
    out.deal = fill();
    out.dealer = rfq::DealerId("LPA");
    out.tradeDate = fix::parseDate("20261125").value();
    EXPECT_EQ(readable(encode(out)),
        "35=AE|571=R1|487=0|856=0|568=T1|150=F|748=1|912=Y|17=E1|39=2|570=N|55=EUR/USD|38=25000000|32=25000000|"
        "31=1.15342|75=20261125|6=1.15342|60=20261125-07:00:08.001|64=20261127|552=1|54=2|37=LP77|11=C-0009|453=1|"
        "448=LPA|447=D|452=35|15=EUR");
}

TEST(MakerReport, QuoteStatus)
{
    QuoteStatusOut out{.reqId = "S1",
        .rfq = rfq::RfqId("Q1"),
        .quote = rfq::QuoteId("LPA-1"),
        .dealer = rfq::DealerId("LPA"),
        .symbol = "EUR/USD",
        .status = "5",
        .rejectCode = "22",
        .text = "no liquidity"};
    EXPECT_EQ(readable(encode(out)),
        "35=AI|649=S1|131=Q1|117=LPA-1|453=1|448=LPA|447=D|452=35|55=EUR/USD|297=5|300=22|58=no liquidity");
    EXPECT_EQ(readable(encode(QuoteStatusOut{.reqId = {},
                  .rfq = {},
                  .quote = rfq::QuoteId("X"),
                  .dealer = {},
                  .symbol = {},
                  .status = "9",
                  .rejectCode = {},
                  .text = {}})),
        "35=AI|117=X|297=9");
}

}
