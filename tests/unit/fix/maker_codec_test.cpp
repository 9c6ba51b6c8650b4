#include "core/fix/maker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

namespace {

using namespace fix::test;
using namespace fix::maker;
using fix::readable;
using fix::WireMessage;

template <typename T>
T decodedAs(const WireMessage& message)
{
    const auto request = decode(message);
    if (!request) {
        ADD_FAILURE() << request.error().detail;
        return {};
    }
    if (!std::holds_alternative<T>(*request)) {
        ADD_FAILURE() << "not the expected request: " << readable(message);
        return {};
    }
    return std::get<T>(*request);
}

std::string errorOf(const WireMessage& message)
{
    const auto request = decode(message);
    return request ? "no error" : request.error().detail;
}

WireMessage foreignRequest()
{
    return wire("35=R|131=Q1|146=1|55=EUR/USD|38=5000000|15=EUR");
}

WireMessage foreignOrder()
{
    return wire("35=D|11=C1|117=LPA-1|55=EUR/USD|54=1|38=5000000|15=EUR|40=D|44=1.1500|60=20261125-07:00:00");
}

TEST(MakerDecode, BarestRequestIsTwoWayFromEveryoneWithoutDateOrEnd)
{
    const auto request = decodedAs<QuoteRequest>(foreignRequest());
    EXPECT_EQ(request.rfq.text(), "Q1");
    EXPECT_EQ(request.symbol, "EUR/USD");
    EXPECT_EQ(request.side, rfq::RequestSide::TwoWay);
    EXPECT_EQ(request.quantity, decimal("5000000"));
    EXPECT_EQ(request.currency, "EUR");
    EXPECT_FALSE(request.settlDate);
    EXPECT_TRUE(request.dealers.empty());
    EXPECT_FALSE(request.expires);
}

TEST(MakerDecode, SideOfARequestMayBeUndisclosed)
{
    const auto sideOf = [](const char* text) {
        auto message = foreignRequest();
        message.add(54, text);
        return decodedAs<QuoteRequest>(message).side;
    };
    EXPECT_EQ(sideOf("1"), rfq::RequestSide::Buy);
    EXPECT_EQ(sideOf("2"), rfq::RequestSide::Sell);
    EXPECT_EQ(sideOf("7"), rfq::RequestSide::TwoWay);
    EXPECT_EQ(sideOf("0"), rfq::RequestSide::TwoWay);
}

TEST(MakerDecode, QuantityMayBeACashQuantity)
{
    EXPECT_EQ(decodedAs<QuoteRequest>(wire("35=R|131=Q1|146=1|55=EUR/USD|152=7|15=EUR")).quantity, decimal("7"));
    EXPECT_EQ(decodedAs<QuoteRequest>(wire("35=R|131=Q1|146=1|55=EUR/USD|38=5|152=7")).quantity, decimal("5"));
}

TEST(MakerDecode, CurrencyIsTheBaseCurrencyWhereAbsent)
{
    EXPECT_EQ(decodedAs<QuoteRequest>(without(foreignRequest(), 15)).currency, "EUR");
    EXPECT_EQ(errorOf(wire("35=R|131=Q1|146=1|55=EURUSD|38=5")), "R: Currency(15): is missing");
}

TEST(MakerDecode, OnlyDealersAreAskedWhateverOtherPartiesThereAre)
{
    auto message = foreignRequest();
    for (const auto& [tag, text] :
        wire("453=4|448=anna|447=D|452=11|448=LPA|447=D|452=35|448=ACME|452=13|448=LPB|452=73").fields)
        message.add(tag, text);
    const auto dealers = decodedAs<QuoteRequest>(message).dealers;
    EXPECT_EQ(dealers, (std::vector{rfq::DealerId("LPA"), rfq::DealerId("LPB")}));
}

TEST(MakerDecode, OrderOnAQuote)
{
    const auto order = decodedAs<Order>(foreignOrder());
    EXPECT_EQ(order.clOrdId.text(), "C1");
    EXPECT_EQ(order.quote.text(), "LPA-1");
    EXPECT_FALSE(order.rfq);
    EXPECT_TRUE(order.respId.empty());
    EXPECT_EQ(order.side, rfq::Side::Buy);
    EXPECT_EQ(order.price.text, "1.1500");
    EXPECT_EQ(order.timeInForce, '0');
    auto message = foreignOrder();
    message.add(59, "3");
    message.add(131, "Q1");
    message.add(64, "20261127");
    EXPECT_EQ(decodedAs<Order>(message).timeInForce, '3');
    EXPECT_EQ(decodedAs<Order>(message).rfq, rfq::RfqId("Q1"));
    EXPECT_EQ(decodedAs<Order>(message).settlDate, ValueDate);
}

TEST(MakerDecode, OrderMayNameTheDealerItIsMeantFor)
{
    EXPECT_FALSE(decodedAs<Order>(foreignOrder()).dealer);
    auto message = foreignOrder();
    for (const auto& [tag, text] : wire("453=2|448=anna|447=D|452=11|448=LPA|447=D|452=35").fields)
        message.add(tag, text);
    EXPECT_EQ(decodedAs<Order>(message).dealer, rfq::DealerId("LPA"));
}

TEST(MakerDecode, HitCarriesItsPriceInOneOfThreeFields)
{
    const std::string hit = "35=AJ|693=R1|694=1|11=C1|117=LPA-1|55=EUR/USD|54=2|38=5|15=EUR|";
    EXPECT_EQ(decodedAs<Order>(wire(hit + "44=1.1500")).price.text, "1.1500");
    EXPECT_EQ(decodedAs<Order>(wire(hit + "132=1.1501")).price.text, "1.1501");
    EXPECT_EQ(decodedAs<Order>(wire(hit + "133=1.1502")).price.text, "1.1502");
    EXPECT_EQ(decodedAs<Order>(wire(hit + "44=1.1500|132=1.1|133=1.2")).price.text, "1.1500");
    EXPECT_EQ(errorOf(wire(hit + "132=1.1|133=1.2")), "AJ: Price(44): is missing");
    EXPECT_EQ(decodedAs<Order>(wire(hit + "44=1.1500")).respId, "R1");
}

TEST(MakerDecode, EndOfRequest)
{
    EXPECT_EQ(decodedAs<EndOfRequest>(wire("35=Z|131=Q1|117=*|298=4")).rfq.text(), "Q1");
    EXPECT_EQ(errorOf(wire("35=Z|117=*|298=4")), "Z: QuoteReqID(131): is missing");
}

TEST(MakerDecode, AnythingElseIsNamed)
{
    EXPECT_EQ(decodedAs<Unsupported>(wire("35=F|11=C1")).type, "F");
    EXPECT_EQ(decodedAs<Unsupported>(wire("35=AJ|693=R1|694=2|117=LPA-1")).type, "AJ");
    EXPECT_EQ(decodedAs<Unsupported>(wire("35=AJ|693=R1|694=12|117=LPA-1")).type, "AJ");
}

struct MalformedCase {
    const char* name;
    WireMessage message;
    const char* error;
};

class MakerMalformed : public testing::TestWithParam<MalformedCase> { };

TEST_P(MakerMalformed, NamesTheField)
{
    const auto request = decode(GetParam().message);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, base::Errc::InvalidInput);
    EXPECT_TRUE(request.error().detail.starts_with(GetParam().error)) << request.error().detail;
}

WireMessage plus(WireMessage message, int tag, const char* text)
{
    message.add(tag, text);
    return message;
}

INSTANTIATE_TEST_SUITE_P(Fields, MakerMalformed,
    testing::Values(MalformedCase{"NoRequestId", without(foreignRequest(), 131), "R: QuoteReqID(131): is missing"},
        MalformedCase{"NoSymbol", without(foreignRequest(), 55), "R: Symbol(55): is missing"},
        MalformedCase{"TwoSymbols", plus(foreignRequest(), 55, "GBP/USD"), "R: NoRelatedSym(146): one instrument"},
        MalformedCase{"NoQuantity", without(foreignRequest(), 38), "R: OrderQty(38): is missing"},
        MalformedCase{"ZeroQuantity", with(foreignRequest(), 38, "0.00"), "R: OrderQty(38): is zero"},
        MalformedCase{"NegativeQuantity", with(foreignRequest(), 38, "-5"), "R: OrderQty(38): is negative"},
        MalformedCase{"QuantityText", with(foreignRequest(), 38, "5m"), "R: OrderQty(38): \"5m\" is not a number"},
        MalformedCase{"Side", plus(foreignRequest(), 54, "5"), "R: Side(54): is neither"},
        MalformedCase{"Expire", plus(foreignRequest(), 126, "soon"), "R: ExpireTime(126): \"soon\" is not"},
        MalformedCase{"SettlDate", plus(foreignRequest(), 64, "1W"), "R: SettlDate(64): \"1W\" is not a date"},
        MalformedCase{"NotPreviouslyQuoted", with(foreignOrder(), 40, "2"), "D: OrdType(40): only D"},
        MalformedCase{"NoOrdType", without(foreignOrder(), 40), "D: OrdType(40): is missing"},
        MalformedCase{"NoClOrdId", without(foreignOrder(), 11), "D: ClOrdID(11): is missing"},
        MalformedCase{"NoQuoteId", without(foreignOrder(), 117), "D: QuoteID(117): is missing"},
        MalformedCase{"NoSide", without(foreignOrder(), 54), "D: Side(54): is missing"},
        MalformedCase{"OrderSide", with(foreignOrder(), 54, "7"), "D: Side(54): is neither buy nor sell"},
        MalformedCase{"NoPrice", without(foreignOrder(), 44), "D: Price(44): is missing"},
        MalformedCase{"PriceText", with(foreignOrder(), 44, "mkt"), "D: Price(44): \"mkt\" is not a number"},
        MalformedCase{"TimeInForce", plus(foreignOrder(), 59, "FOK"), "D: TimeInForce(59): is not one character"},
        MalformedCase{"QuantityTwice", plus(foreignOrder(), 38, "1"), "D: OrderQty(38): is there twice"},
        MalformedCase{"SameSideTwice", plus(foreignOrder(), 54, "1"), "D: Side(54): is there twice"},
        MalformedCase{"DateTwice", plus(plus(foreignOrder(), 64, "20261126"), 64, "20270104"),
            "D: SettlDate(64): is there twice"},
        MalformedCase{"AccountTwice", plus(plus(foreignOrder(), 1, "A"), 1, "B"), "D: Account(1): is there twice"},
        MalformedCase{
            "GrantTwice", plus(plus(foreignOrder(), 20096, "a"), 20096, "b"), "D: StepUpGrant(20096): is there twice"},
        MalformedCase{"NoRespType", wire("35=AJ|693=R1|117=L"), "AJ: QuoteRespType(694): is missing"}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(MakerEncode, QuoteIsTheCommonDialect)
{
    QuoteOut out;
    out.quote.id = rfq::QuoteId("LPA-9911");
    out.quote.rfq = rfq::RfqId("Q7F3K2");
    out.quote.dealer = rfq::DealerId("LPA");
    out.quote.bid = price("1.1534");
    out.quote.offer = price("1.1536");
    out.quote.bidSize = decimal("25000000");
    out.quote.offerSize = decimal("20000000");
    out.quote.valueDate = ValueDate;
    out.quote.validUntil = at("20261125-07:00:12.500");
    out.type = rfq::QuoteType::Tradeable;
    out.symbol = "EUR/USD";
    out.currency = "EUR";
    EXPECT_EQ(readable(encode(out, Now)),
        "35=S|131=Q7F3K2|117=LPA-9911|537=1|453=1|448=LPA|447=D|452=35|55=EUR/USD|64=20261127|15=EUR|132=1.1534|"
        "133=1.1536|134=25000000|135=20000000|62=20261125-07:00:12.500|60=20261125-07:00:07.480");
}

TEST(MakerEncode, QuoteLeavesOutWhatHasNoValue)
{
    QuoteOut out;
    out.quote.id = rfq::QuoteId("X1");
    out.quote.bid = price("1.1");
    out.symbol = "EUR/USD";
    EXPECT_EQ(readable(encode(out, Now)), "35=S|117=X1|55=EUR/USD|132=1.1|60=20261125-07:00:07.480");
}

TEST(MakerEncode, EveryQuoteTypeHasItsCode)
{
    const std::vector<std::pair<rfq::QuoteType, const char*>> codes{{rfq::QuoteType::Indicative, "0"},
        {rfq::QuoteType::Tradeable, "1"}, {rfq::QuoteType::RestrictedTradeable, "2"}, {rfq::QuoteType::Counter, "3"}};
    for (const auto& [type, code] : codes) {
        QuoteOut out;
        out.type = type;
        EXPECT_EQ(encode(out, Now).find(537), code);
    }
}

TEST(MakerEncode, CancelOfOneQuote)
{
    EXPECT_EQ(readable(quoteCancel(rfq::RfqId("Q1"), rfq::QuoteId("LPA-1"), rfq::DealerId("LPA"), "EUR/USD")),
        "35=Z|131=Q1|117=LPA-1|298=1|453=1|448=LPA|447=D|452=35|295=1|55=EUR/USD");
}

TEST(MakerEncode, RequestReject)
{
    EXPECT_EQ(readable(requestReject(rfq::RfqId("Q1"), rfq::DealerId("LPA"), "EUR/USD", "10", "pass")),
        "35=AG|131=Q1|658=10|146=1|55=EUR/USD|453=1|448=LPA|447=D|452=35|58=pass");
}

TEST(MakerEncode, FillIsTheCommonDialect)
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
    EXPECT_EQ(readable(encode(report)),
        "35=8|37=LP77|11=C-0009|17=E1|150=F|39=2|64=20261127|55=EUR/USD|54=2|38=25000000|15=EUR|32=25000000|"
        "31=1.15342|151=0|14=25000000|6=1.15342|60=20261125-07:00:08.001");
}

TEST(MakerEncode, BusinessReject)
{
    EXPECT_EQ(readable(businessReject("D", "C-0009", "6", "not authorised")),
        "35=j|372=D|379=C-0009|380=6|58=not authorised");
}

}
