#include "tests/unit/fix/taker_fixtures.h"

namespace {

using namespace fix::test;
using fix::WireMessage;

WireMessage quote()
{
    return wire(SampleQuote);
}

WireMessage fill()
{
    return wire(SampleFill);
}

TEST(TakerDecode, QuoteOfTheCommonDialect)
{
    const auto event = decodedAs<rfq::QuoteReceived>(quote());
    EXPECT_EQ(event.quote.rfq.text(), "Q7F3K2");
    EXPECT_EQ(event.quote.id.text(), "LPA-9911");
    EXPECT_EQ(event.quote.dealer.text(), "LPA");
    EXPECT_EQ(event.quote.session, Session);
    EXPECT_EQ(event.quote.type, rfq::QuoteType::Tradeable);
    EXPECT_EQ(event.quote.bid, price("1.15342"));
    EXPECT_FALSE(event.quote.offer);
    EXPECT_EQ(event.quote.bidSize, decimal("25000000"));
    EXPECT_FALSE(event.quote.offerSize);
    EXPECT_EQ(event.quote.valueDate, ValueDate);
    EXPECT_EQ(event.quote.received, Received);
    EXPECT_EQ(event.quote.sendingTime, at("20261125-07:00:07.481"));
    EXPECT_EQ(event.quote.validUntil, at("20261125-07:00:12.500"));
    EXPECT_EQ(event.symbol, "EUR/USD");
    EXPECT_EQ(event.currency, "EUR");
    EXPECT_EQ(event.side, rfq::Side::Sell);
    EXPECT_EQ(event.quantity, decimal("25000000"));
    EXPECT_FALSE(event.possDup);
    EXPECT_EQ(event.lateness, std::chrono::microseconds(0));
}

TEST(TakerDecode, QuoteSaysHowLateItCame)
{
    auto message = quote();
    message.lateness = std::chrono::milliseconds(700);
    EXPECT_EQ(decodedAs<rfq::QuoteReceived>(message).lateness, std::chrono::milliseconds(700));
}

TEST(TakerDecode, QuoteKeepsThePriceTextOfTheDealer)
{
    for (const char* text : {"1.1500", "1.15342", "01.1500", "157.320", "2", "0.000100"}) {
        const auto bid = decodedAs<rfq::QuoteReceived>(with(quote(), 132, text)).quote.bid;
        ASSERT_TRUE(bid);
        EXPECT_EQ(bid->text, text);
    }
}

TEST(TakerDecode, QuoteIsFirmOnlyWhereItSaysSo)
{
    const auto typeOf = [](const WireMessage& message) { return decodedAs<rfq::QuoteReceived>(message).quote.type; };
    EXPECT_EQ(typeOf(without(quote(), 537)), rfq::QuoteType::Indicative);
    EXPECT_EQ(typeOf(with(quote(), 537, "")), rfq::QuoteType::Indicative);
    EXPECT_EQ(typeOf(with(quote(), 537, "0")), rfq::QuoteType::Indicative);
    EXPECT_EQ(typeOf(with(quote(), 537, "1")), rfq::QuoteType::Tradeable);
    EXPECT_EQ(typeOf(with(quote(), 537, "2")), rfq::QuoteType::RestrictedTradeable);
    EXPECT_EQ(typeOf(with(quote(), 537, "3")), rfq::QuoteType::Counter);
    EXPECT_EQ(typeOf(with(quote(), 537, "211")), rfq::QuoteType::Indicative);
    EXPECT_EQ(typeOf(with(quote(), 537, "1 ")), rfq::QuoteType::Indicative);
}

TEST(TakerDecode, ZeroPriceIsNoPriceOrAnErrorByProfile)
{
    const auto message = with(quote(), 132, "0.0000");
    EXPECT_FALSE(decodedAs<rfq::QuoteReceived>(message).quote.bid);
    rfq::Profile profile;
    profile.zeroPrice = rfq::ZeroPrice::IsAnError;
    EXPECT_EQ(errorOf(message, profile), "S: BidPx(132): is zero");
}

TEST(TakerDecode, QuoteWithoutRequestIdOrTimesIsStillDelivered)
{
    auto message = without(without(quote(), 131), 62);
    message.sendingTime.clear();
    const auto event = decodedAs<rfq::QuoteReceived>(message);
    EXPECT_TRUE(event.quote.rfq.empty());
    EXPECT_FALSE(event.quote.validUntil);
    EXPECT_FALSE(event.quote.sendingTime);
}

TEST(TakerDecode, PossDupIsPassedOn)
{
    auto message = quote();
    message.possDup = true;
    EXPECT_TRUE(decodedAs<rfq::QuoteReceived>(message).possDup);
    message = fill();
    message.possDup = true;
    EXPECT_TRUE(decodedAs<rfq::ExecutionReported>(message).report.possDup);
}

TEST(TakerDecode, DealerIsThePartyInTheBestRole)
{
    const auto dealerOf = [](const std::string& parties) {
        return decodedAs<rfq::QuoteReceived>(wire("35=S|117=Q1|132=1.1|" + parties)).quote.dealer.text();
    };
    EXPECT_EQ(dealerOf("453=1|448=LPA|447=D|452=35"), "LPA");
    EXPECT_EQ(dealerOf("453=1|448=LPA|447=D|452=73"), "LPA");
    EXPECT_EQ(dealerOf("453=3|448=anna|447=D|452=11|448=VENUE|447=D|452=73|448=LPA|447=D|452=35"), "LPA");
    EXPECT_EQ(dealerOf("453=2|448=anna|452=11|448=LPA|452=1"), "LPA");
    EXPECT_EQ(dealerOf("453=1|447=D|448=LPA|452=35"), "LPA"); // a group that starts with the wrong field
    EXPECT_EQ(dealerOf("453=1|448=anna|447=D|452=11|106=LPA"), "LPA");
    EXPECT_EQ(dealerOf("106=LPA"), "LPA");
}

TEST(TakerDecode, QuoteOfADirectSessionIsAlwaysItsDealers)
{
    const rfq::DealerId sole("BARX");
    EXPECT_EQ(decodedAs<rfq::QuoteReceived>(without(quote(), 448), {}, sole).quote.dealer, sole);
    EXPECT_EQ(decodedAs<rfq::QuoteReceived>(quote(), {}, sole).quote.dealer, sole);
}

TEST(TakerDecode, WithdrawalOfOneQuoteOrOfAll)
{
    const auto one = decodedAs<rfq::QuoteWithdrawn>(
        wire("35=Z|131=Q7|117=LPA-1|298=1|453=1|448=LPA|447=D|452=35|295=1|55=EUR/USD|58=off"));
    EXPECT_EQ(one.session, Session);
    EXPECT_EQ(one.rfq.text(), "Q7");
    EXPECT_EQ(one.dealer.text(), "LPA");
    EXPECT_EQ(one.quote, rfq::QuoteId("LPA-1"));
    EXPECT_EQ(one.text, "off");
    EXPECT_EQ(one.code, "1");
    EXPECT_TRUE(decodedAs<rfq::QuoteWithdrawn>(wire("35=Z|131=Q7|117=LPA-1|298=5")).quote);
    EXPECT_FALSE(decodedAs<rfq::QuoteWithdrawn>(wire("35=Z|131=Q7|117=*|298=1")).quote);
    EXPECT_FALSE(decodedAs<rfq::QuoteWithdrawn>(wire("35=Z|131=Q7|117=LPA-1|298=4")).quote);
    EXPECT_FALSE(decodedAs<rfq::QuoteWithdrawn>(wire("35=Z")).quote);
}

TEST(TakerDecode, DeclineCarriesTheRawCode)
{
    const auto event = decodedAs<rfq::RequestDeclined>(
        wire("35=AG|131=Q7|658=16|146=1|55=EUR/USD|453=1|448=LPB|447=D|452=35|58=no price"));
    EXPECT_EQ(event.rfq.text(), "Q7");
    EXPECT_EQ(event.dealer.text(), "LPB");
    EXPECT_EQ(event.code, "16");
    EXPECT_EQ(event.text, "no price");
    EXPECT_TRUE(decodedAs<rfq::RequestDeclined>(wire("35=AG|131=Q7|658=99")).dealer.empty());
}

TEST(TakerDecode, QuoteStatusIsRaw)
{
    const auto event = decodedAs<rfq::QuoteStatusReceived>(
        wire("35=AI|131=Q7|117=LPA-1|297=5|300=23|58=entitlements|453=1|448=LPA|452=35"));
    EXPECT_EQ(event.rfq.text(), "Q7");
    EXPECT_EQ(event.dealer.text(), "LPA");
    EXPECT_EQ(event.quote, rfq::QuoteId("LPA-1"));
    EXPECT_EQ(event.status, "5");
    EXPECT_EQ(event.rejectCode, "23");
    EXPECT_EQ(event.text, "entitlements");
    EXPECT_EQ(decodedAs<rfq::QuoteStatusReceived>(wire("35=b|131=Q7|297=0")).status, "0");
}

TEST(TakerDecode, QuoteResponseThatEndsAQuoteWithdrawsIt)
{
    for (const char* type : {"3", "5", "6", "8"}) {
        const auto message = wire("35=AJ|131=Q7|693=R1|117=LPA-1|694=" + std::string(type));
        EXPECT_EQ(decodedAs<rfq::QuoteWithdrawn>(message).quote, rfq::QuoteId("LPA-1")) << type;
        EXPECT_EQ(decodedAs<rfq::QuoteWithdrawn>(message).answers, rfq::ClOrdId("R1")) << type;
        EXPECT_EQ(decodedAs<rfq::QuoteWithdrawn>(message).code, type);
    }
    for (const char* type : {"1", "2", "4", "9", "10", "77", ""}) {
        const auto event = decode(wire("35=AJ|131=Q7|693=R1|117=LPA-1|694=" + std::string(type)));
        ASSERT_TRUE(event);
        EXPECT_FALSE(*event) << type;
    }
}

TEST(TakerDecode, FillIsReadWhole)
{
    const auto report = decodedAs<rfq::ExecutionReported>(fill()).report;
    EXPECT_EQ(report.clOrdId.text(), "C-0009");
    EXPECT_EQ(report.orderId.text(), "LP77");
    EXPECT_EQ(report.execId.text(), "E1");
    EXPECT_TRUE(report.execRefId.empty());
    EXPECT_EQ(report.session, Session);
    EXPECT_EQ(report.execType, 'F');
    EXPECT_EQ(report.ordStatus, '2');
    EXPECT_EQ(report.symbol, "EUR/USD");
    EXPECT_EQ(report.side, rfq::Side::Sell);
    EXPECT_EQ(report.currency, "EUR");
    EXPECT_EQ(report.quantity, decimal("25000000"));
    EXPECT_EQ(report.lastPx, price("1.15342"));
    EXPECT_EQ(report.lastQty, decimal("25000000"));
    EXPECT_EQ(report.cumQty, decimal("25000000"));
    EXPECT_TRUE(report.leavesQty.isZero());
    EXPECT_EQ(report.avgPx, price("1.15342"));
    EXPECT_EQ(report.valueDate, ValueDate);
    EXPECT_EQ(report.transactTime, at("20261125-07:00:08.001"));
    EXPECT_EQ(report.received, Received);
}

TEST(TakerDecode, CodesNobodyHasHeardOfSurvive)
{
    const auto report = decodedAs<rfq::ExecutionReported>(with(with(with(fill(), 150, "%"), 39, "z"), 54, "B")).report;
    EXPECT_EQ(report.execType, '%');
    EXPECT_EQ(report.ordStatus, 'z');
    EXPECT_FALSE(report.side);
    const auto reject = decodedAs<rfq::ExecutionReported>(
        wire("35=8|37=NONE|17=E2|11=C-1|150=8|39=8|55=EUR/USD|54=1|103=4711|58=last look|151=0|14=0|6=0"))
                            .report;
    EXPECT_EQ(reject.rejectCode, "4711");
    EXPECT_EQ(reject.text, "last look");
}

TEST(TakerDecode, RejectMayGoWithoutQuantitiesButNoDealMay)
{
    const auto reject = decodedAs<rfq::ExecutionReported>(wire("35=8|37=X|17=E|11=C|150=8|39=8|58=no")).report;
    EXPECT_TRUE(reject.cumQty.isZero());
    EXPECT_EQ(errorOf(wire("35=8|37=X|17=E|11=C|150=F|39=2|32=5|31=1.1")), "8: CumQty(14): is missing");
    EXPECT_EQ(errorOf(wire("35=8|37=X|17=E|11=C|150=1|39=0")), "8: CumQty(14): is missing");
    EXPECT_EQ(errorOf(wire("35=8|37=X|17=E|11=C|150=?|39=2")), "8: CumQty(14): is missing");
    EXPECT_EQ(errorOf(without(fill(), 14)), "8: CumQty(14): is missing");
    EXPECT_EQ(errorOf(without(fill(), 151)), "8: LeavesQty(151): is missing");
    EXPECT_EQ(errorOf(wire("35=8|37=X|17=E|11=C|150=8|39=8|151=0")), "8: CumQty(14): is missing");
}

TEST(TakerDecode, FillIsNotLostOverItsStamp)
{
    EXPECT_FALSE(decodedAs<rfq::ExecutionReported>(with(fill(), 60, "yesterday")).report.transactTime);
}

TEST(TakerDecode, RejectsOfOurMessages)
{
    const auto business = decodedAs<rfq::MessageRejected>(wire("35=j|45=17|372=D|379=C-0009|380=6|58=not authorised"));
    EXPECT_EQ(business.session, Session);
    EXPECT_EQ(business.refMsgType, "D");
    EXPECT_EQ(business.refId, "C-0009");
    EXPECT_EQ(business.code, "6");
    EXPECT_EQ(business.text, "not authorised");
    EXPECT_FALSE(business.sessionLevel);
    const auto session = decodedAs<rfq::MessageRejected>(wire("35=3|45=17|371=44|372=D|373=6|58=bad price"));
    EXPECT_EQ(session.refMsgType, "D");
    EXPECT_TRUE(session.refId.empty());
    EXPECT_EQ(session.code, "6");
    EXPECT_EQ(session.text, "bad price");
    EXPECT_TRUE(session.sessionLevel);
}

TEST(TakerDecode, TypesThatMeanNothingToATakerAreNoEvent)
{
    for (const char* type : {"35=W|55=EUR/USD", "35=R|131=Q", "35=AF|584=1", "35=0", "35=?", "35="}) {
        const auto event = decode(wire(type));
        ASSERT_TRUE(event) << type;
        EXPECT_FALSE(*event) << type;
        EXPECT_FALSE(fix::taker::reads(wire(type).type)) << type;
    }
}

TEST(TakerDecode, SideIsTranslatedToTheDealtCurrency)
{
    rfq::Profile profile;
    profile.sideReference = rfq::SideReference::BaseCurrency;
    const auto quoteSide = [&](const WireMessage& message) {
        return decodedAs<rfq::QuoteReceived>(message, profile).side;
    };
    const auto fillSide = [&](const WireMessage& message) {
        return decodedAs<rfq::ExecutionReported>(message, profile).report.side;
    };
    EXPECT_EQ(quoteSide(quote()), rfq::Side::Sell);
    EXPECT_EQ(quoteSide(with(quote(), 15, "USD")), rfq::Side::Buy);
    EXPECT_EQ(fillSide(fill()), rfq::Side::Sell);
    EXPECT_EQ(fillSide(with(fill(), 15, "USD")), rfq::Side::Buy);
    EXPECT_EQ(fillSide(with(with(fill(), 15, "USD"), 54, "1")), rfq::Side::Sell);
    EXPECT_EQ(decodedAs<rfq::ExecutionReported>(with(fill(), 15, "USD")).report.side, rfq::Side::Sell);
}

TEST(TakerDecode, SideThatCannotBeTranslatedIsNotGuessed)
{
    rfq::Profile profile;
    profile.sideReference = rfq::SideReference::BaseCurrency;
    const auto sideOf = [&](const WireMessage& message) {
        return decodedAs<rfq::ExecutionReported>(message, profile).report.side;
    };
    EXPECT_FALSE(sideOf(without(fill(), 15)));
    EXPECT_FALSE(sideOf(with(fill(), 15, "GBP")));
    EXPECT_FALSE(sideOf(with(fill(), 55, "EURUSD")));
    EXPECT_FALSE(sideOf(with(without(fill(), 15), 55, "EUR/")));
    EXPECT_EQ(decodedAs<rfq::ExecutionReported>(without(fill(), 15)).report.side, rfq::Side::Sell);
}

struct MalformedCase {
    const char* name;
    WireMessage message;
    const char* error;
};

class TakerMalformed : public testing::TestWithParam<MalformedCase> { };

TEST_P(TakerMalformed, NamesTheField)
{
    const auto event = decode(GetParam().message);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, base::Errc::InvalidInput);
    EXPECT_TRUE(event.error().detail.starts_with(GetParam().error)) << event.error().detail;
}

WireMessage sentAt(const std::string& time)
{
    auto message = quote();
    message.sendingTime = time;
    return message;
}

INSTANTIATE_TEST_SUITE_P(Fields, TakerMalformed,
    testing::Values(MalformedCase{"NoQuoteId", without(quote(), 117), "S: QuoteID(117): is missing"},
        MalformedCase{"EmptyQuoteId", with(quote(), 117, ""), "S: QuoteID(117): is missing"},
        MalformedCase{"NoDealer", without(quote(), 448), "S: NoPartyIDs(453): names no dealer"},
        MalformedCase{"BidText", with(quote(), 132, "1,1534"), "S: BidPx(132): \"1,1534\" is not a number"},
        MalformedCase{"BidExponent", with(quote(), 132, "1e5"), "S: BidPx(132): \"1e5\" is not a number"},
        MalformedCase{"BidNan", with(quote(), 132, "nan"), "S: BidPx(132): \"nan\" is not a number"},
        MalformedCase{"BidSpaces", with(quote(), 132, " 1.1"), "S: BidPx(132): \" 1.1\" is not a number"},
        MalformedCase{"BidPlus", with(quote(), 132, "+1.1"), "S: BidPx(132): \"+1.1\" is not a number"},
        MalformedCase{"BidNegative", with(quote(), 132, "-1.1"), "S: BidPx(132): is negative"},
        MalformedCase{"BidHuge", with(quote(), 132, "1234567890123456789"), "S: BidPx(132): \""},
        MalformedCase{"SizeText", with(quote(), 134, "25m"), "S: BidSize(134): \"25m\" is not a number"},
        MalformedCase{"SizeNegative", with(quote(), 134, "-1"), "S: BidSize(134): is negative"},
        MalformedCase{"QuantityText", with(quote(), 38, "x"), "S: OrderQty(38): \"x\" is not a number"},
        MalformedCase{"DateText", with(quote(), 64, "SP"), "S: SettlDate(64): \"SP\" is not a date"},
        MalformedCase{"DateImpossible", with(quote(), 64, "20270230"), "S: SettlDate(64): \"20270230\" is not a date"},
        MalformedCase{"ValidUntil", with(quote(), 62, "12:00"), "S: ValidUntilTime(62): \"12:00\" is not a UTC"},
        MalformedCase{"SendingTime", sentAt("now"), "S: SendingTime(52): \"now\" is not a UTC"},
        MalformedCase{"FillPrice", with(fill(), 31, "1.15342.1"), "8: LastPx(31): \"1.15342.1\" is not a number"},
        MalformedCase{"FillQuantity", with(fill(), 32, "all"), "8: LastQty(32): \"all\" is not a number"},
        MalformedCase{"FillCumQty", with(fill(), 14, "5x"), "8: CumQty(14): \"5x\" is not a number"},
        MalformedCase{"FillCumNegative", with(fill(), 14, "-5"), "8: CumQty(14): is negative"},
        MalformedCase{"FillLeaves", with(fill(), 151, "?"), "8: LeavesQty(151): \"?\" is not a number"},
        MalformedCase{"FillAvgPx", with(fill(), 6, "n/a"), "8: AvgPx(6): \"n/a\" is not a number"},
        MalformedCase{"FillDate", with(fill(), 64, "T+2"), "8: SettlDate(64): \"T+2\" is not a date"},
        MalformedCase{"FillExecType", with(fill(), 150, "F2"), "8: ExecType(150): is not one character"}),
    [](const auto& instance) { return std::string(instance.param.name); });

}
