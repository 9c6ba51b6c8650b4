#include "core/fix/maker_codec.h"
#include "core/fix/taker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

namespace {

using namespace fix::test;
namespace maker = fix::maker;
namespace taker = fix::taker;

/// What the taker understands of a message of the maker.
template <typename T>
T heard(const fix::WireMessage& message)
{
    const auto event = taker::decode(message, Session, {}, std::nullopt, Received);
    if (!event || !*event || !std::holds_alternative<T>(**event)) {
        ADD_FAILURE() << fix::readable(message);
        return {};
    }
    return std::get<T>(**event);
}

template <typename T>
T understood(const fix::WireMessage& message)
{
    const auto request = maker::decode(message);
    if (!request || !std::holds_alternative<T>(*request)) {
        ADD_FAILURE() << fix::readable(message);
        return {};
    }
    return std::get<T>(*request);
}

TEST(CodecRoundTrip, RequestOfEverySide)
{
    for (const auto side : {rfq::RequestSide::Buy, rfq::RequestSide::Sell, rfq::RequestSide::TwoWay}) {
        auto command = sampleSendRequest();
        command.request.side = side;
        command.dealers = {rfq::DealerId("LPA"), rfq::DealerId("LPB")};
        const auto request = understood<maker::QuoteRequest>(taker::encode(command, {}, Now));
        EXPECT_EQ(request.rfq, command.request.id);
        EXPECT_EQ(request.symbol, "EUR/USD");
        EXPECT_EQ(request.side, side);
        EXPECT_EQ(request.quantity.text(), command.request.quantity.text());
        EXPECT_EQ(request.currency, "EUR");
        EXPECT_EQ(request.settlDate, ValueDate);
        EXPECT_EQ(request.dealers, command.dealers);
        EXPECT_EQ(request.expires, command.expires);
    }
}

class AcceptanceRoundTrip : public testing::TestWithParam<rfq::AcceptStyle> { };

TEST_P(AcceptanceRoundTrip, SaysWhatWasOnTheButton)
{
    rfq::Profile profile;
    profile.acceptStyle = GetParam();
    for (const char* text : {"1.1500", "1.15342", "157.320"}) {
        for (const auto side : {rfq::Side::Buy, rfq::Side::Sell}) {
            auto command = sampleAcceptance();
            command.acceptance.price = price(text);
            command.acceptance.side = side;
            const auto order = understood<maker::Order>(taker::encode(command.acceptance, profile));
            EXPECT_EQ(order.clOrdId, command.acceptance.id);
            EXPECT_EQ(order.quote, command.acceptance.quote);
            EXPECT_EQ(order.symbol, "EUR/USD");
            EXPECT_EQ(order.side, side);
            EXPECT_EQ(order.quantity.text(), command.acceptance.quantity.text());
            EXPECT_EQ(order.currency, "EUR");
            EXPECT_EQ(order.price.text, text);
            EXPECT_EQ(order.settlDate, ValueDate);
            EXPECT_EQ(order.timeInForce, '4');
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Styles, AcceptanceRoundTrip, testing::Values(rfq::AcceptStyle::PreviouslyQuoted, rfq::AcceptStyle::QuoteResponse));

TEST(CodecRoundTrip, EndOfRequest)
{
    const rfq::EndRequest command{Session, rfq::RfqId("Q7"), "EUR/USD"};
    EXPECT_EQ(understood<maker::EndOfRequest>(taker::encode(command, {}, Now)).rfq, command.rfq);
}

TEST(CodecRoundTrip, Quote)
{
    maker::QuoteOut out;
    out.quote.id = rfq::QuoteId("LPA-9911");
    out.quote.rfq = rfq::RfqId("Q7F3K2");
    out.quote.dealer = rfq::DealerId("LPA");
    out.quote.session = Session;
    out.quote.type = rfq::QuoteType::Tradeable;
    out.quote.bid = price("1.1500");
    out.quote.offer = price("1.15342");
    out.quote.bidSize = decimal("25000000");
    out.quote.offerSize = decimal("20000000");
    out.quote.valueDate = ValueDate;
    out.quote.validUntil = at("20261125-07:00:12.500");
    out.quote.received = Received;
    out.type = out.quote.type;
    out.symbol = "EUR/USD";
    out.currency = "USD";
    const auto event = heard<rfq::QuoteReceived>(maker::encode(out, Now));
    EXPECT_EQ(event.quote, out.quote);
    EXPECT_EQ(event.symbol, out.symbol);
    EXPECT_EQ(event.currency, out.currency);

    out.type.reset();
    EXPECT_EQ(heard<rfq::QuoteReceived>(maker::encode(out, Now)).quote.type, rfq::QuoteType::Indicative);
}

TEST(CodecRoundTrip, Withdrawal)
{
    const auto event = heard<rfq::QuoteWithdrawn>(
        maker::quoteCancel(rfq::RfqId("Q7"), rfq::QuoteId("LPA-1"), rfq::DealerId("LPA"), "EUR/USD"));
    EXPECT_EQ(event.rfq.text(), "Q7");
    EXPECT_EQ(event.dealer.text(), "LPA");
    EXPECT_EQ(event.quote, rfq::QuoteId("LPA-1"));
}

TEST(CodecRoundTrip, Decline)
{
    const auto event = heard<rfq::RequestDeclined>(
        maker::requestReject(rfq::RfqId("Q7"), rfq::DealerId("LPA"), "EUR/USD", "10", "pass"));
    EXPECT_EQ(event.rfq.text(), "Q7");
    EXPECT_EQ(event.dealer.text(), "LPA");
    EXPECT_EQ(event.code, "10");
    EXPECT_EQ(event.text, "pass");
}

TEST(CodecRoundTrip, ExecutionReport)
{
    rfq::ExecutionReport report;
    report.clOrdId = rfq::ClOrdId("C-0009");
    report.orderId = rfq::OrderId("LP77");
    report.execId = rfq::ExecId("E1");
    report.session = Session;
    report.execType = 'F';
    report.ordStatus = '1';
    report.symbol = "EUR/USD";
    report.side = rfq::Side::Sell;
    report.currency = "USD";
    report.quantity = decimal("25000000");
    report.lastPx = price("1.1500");
    report.lastQty = decimal("10000000");
    report.cumQty = decimal("10000000");
    report.leavesQty = decimal("15000000");
    report.avgPx = price("1.1500");
    report.valueDate = ValueDate;
    report.rejectCode = "99";
    report.text = "partly";
    report.transactTime = Now;
    report.received = Received;
    EXPECT_EQ(heard<rfq::ExecutionReported>(maker::encode(report)).report, report);
}

TEST(CodecRoundTrip, BusinessReject)
{
    const auto event = heard<rfq::MessageRejected>(maker::businessReject("D", "C-0009", "6", "not authorised"));
    EXPECT_EQ(event.refMsgType, "D");
    EXPECT_EQ(event.refId, "C-0009");
    EXPECT_EQ(event.code, "6");
    EXPECT_EQ(event.text, "not authorised");
}

}
