#include "core/fix/maker_codec.h"
#include "core/fix/taker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

/// What a desk asks about an acceptance without an answer, and how it objects to a deal.
namespace {

using namespace fix::test;
using fix::readable;
using fix::taker::encode;
using fix::taker::inquiryId;
using rfq::Inquiry;

constexpr std::array Asked{Inquiry::OrderStatus, Inquiry::MassStatus, Inquiry::TradeCapture, Inquiry::QuoteStatus};

rfq::AskOutcome ask(Inquiry inquiry)
{
    return {sampleAcceptance().acceptance, inquiry, 17};
}

std::string written(Inquiry inquiry, const rfq::Profile& profile = {}, rfq::UtcTime now = at("20261125-07:00:20.481"))
{
    const auto message = encode(ask(inquiry), profile, now);
    return message ? readable(*message) : "nothing";
}

rfq::Profile directWithAccount()
{
    rfq::Profile profile;
    profile.dealerNaming = rfq::DealerNaming::Session;
    profile.account = "FUND-7";
    return profile;
}

TEST(TakerQuestion, OrderStatusRequest)
{
    EXPECT_EQ(written(Inquiry::OrderStatus),
        "35=H|11=C-0009|453=1|448=LPA|447=D|452=35|790=C-0009-H070020481|55=EUR/USD|54=2");
    EXPECT_EQ(written(Inquiry::OrderStatus, directWithAccount()),
        "35=H|11=C-0009|790=C-0009-H070020481|1=FUND-7|55=EUR/USD|54=2");
}

TEST(TakerQuestion, OrderMassStatusRequestIsForAllOrders)
{
    EXPECT_EQ(written(Inquiry::MassStatus), "35=AF|584=C-0009-M070020481|585=7");
}

TEST(TakerQuestion, TradeCaptureReportRequestIsForTheDaysAroundTheAcceptance)
{
    EXPECT_EQ(written(Inquiry::TradeCapture), "35=AD|568=C-0009-T070020481|569=0|263=0|580=2|75=20261124|75=20261126");
    // Asked again three days later, after a restart: the deal, if there is one, is still of those days.
    EXPECT_EQ(written(Inquiry::TradeCapture, {}, at("20261128-07:00:20.481")),
        "35=AD|568=C-0009-T070020481|569=0|263=0|580=2|75=20261124|75=20261126");
}

TEST(TakerQuestion, QuoteStatusRequest)
{
    EXPECT_EQ(written(Inquiry::QuoteStatus),
        "35=a|649=C-0009-Q070020481|117=LPA-9911|55=EUR/USD|453=1|448=LPA|447=D|452=35|263=0");
    EXPECT_EQ(written(Inquiry::QuoteStatus, directWithAccount()),
        "35=a|649=C-0009-Q070020481|117=LPA-9911|55=EUR/USD|1=FUND-7|263=0");
}

TEST(TakerQuestion, AReplayIsNoMessageOfTheApplication)
{
    EXPECT_EQ(written(Inquiry::Replay), "nothing");
}

TEST(TakerQuestion, SideIsWhatTheCounterpartyMeansByIt)
{
    rfq::Profile profile;
    profile.sideReference = rfq::SideReference::BaseCurrency;
    rfq::AskOutcome command = ask(Inquiry::OrderStatus);
    command.acceptance.currency = "USD"; // sells dollars: buys the base
    EXPECT_EQ(encode(command, profile, Now)->find(54), "1");
}

TEST(TakerQuestion, EachHasAnIdOfItsOwn)
{
    std::set<std::string> ids;
    for (const Inquiry inquiry : Asked) {
        for (const char* now : {"20261125-07:00:20.481", "20261125-07:00:20.482", "20261125-19:00:20.481"}) {
            const auto message = encode(ask(inquiry), rfq::Profile(), at(now));
            const std::string id = inquiryId(*message, inquiry);
            EXPECT_TRUE(id.starts_with("C-0009-")) << id;
            EXPECT_TRUE(ids.insert(id).second) << id;
        }
    }
    EXPECT_EQ(inquiryId(wire("35=8|11=C-0009"), Inquiry::OrderStatus), "");
}

TEST(TakerQuestion, AnIdFitsWhereAnIdOfOursFits)
{
    rfq::AskOutcome command = ask(Inquiry::OrderStatus);
    command.acceptance.id = rfq::ClOrdId(std::string(20, 'C')); // as long as TimeSeededIds makes them
    EXPECT_LE(inquiryId(*encode(command, rfq::Profile(), Now), Inquiry::OrderStatus).size(), 36U);
}

TEST(TakerQuestion, AVenueUnderstandsThem)
{
    using namespace fix::maker;
    const auto heard = [](Inquiry inquiry) {
        return fix::maker::decode(*encode(ask(inquiry), rfq::Profile(), Now)).value();
    };
    const auto order = std::get<OrderStatusRequest>(heard(Inquiry::OrderStatus));
    EXPECT_EQ(order.clOrdId, rfq::ClOrdId("C-0009"));
    EXPECT_EQ(order.side, rfq::Side::Sell);
    EXPECT_EQ(std::get<MassStatusRequest>(heard(Inquiry::MassStatus)).symbol, "");
    EXPECT_EQ(std::get<TradeCaptureRequest>(heard(Inquiry::TradeCapture)).type, "0");
    EXPECT_EQ(std::get<QuoteStatusRequest>(heard(Inquiry::QuoteStatus)).quote, rfq::QuoteId("LPA-9911"));
}

rfq::SendDontKnow dispute()
{
    rfq::SendDontKnow command;
    command.report.orderId = rfq::OrderId("LP77");
    command.report.execId = rfq::ExecId("E1");
    command.report.symbol = "EUR/USD";
    command.report.side = rfq::Side::Sell;
    command.report.currency = "EUR";
    command.report.quantity = decimal("25000000");
    command.report.lastQty = decimal("20000000");
    command.report.lastPx = price("1.1500");
    command.reason = 'E';
    command.text = "not as accepted by us";
    return command;
}

TEST(TakerDispute, DontKnowTradeRepeatsTheReport)
{
    EXPECT_EQ(readable(encode(dispute(), rfq::Profile())),
        "35=Q|37=LP77|17=E1|127=E|55=EUR/USD|54=2|38=25000000|32=20000000|31=1.1500|58=not as accepted by us");
}

TEST(TakerDispute, WhatTheReportDidNotSayIsNotSaid)
{
    rfq::SendDontKnow command;
    command.report.execId = rfq::ExecId("E1");
    EXPECT_EQ(readable(encode(command, rfq::Profile())), "35=Q|17=E1|127=Z");
}

TEST(TakerDispute, SideIsAgainWhatTheReportSaid)
{
    rfq::Profile profile;
    profile.sideReference = rfq::SideReference::BaseCurrency;
    auto command = dispute();
    command.report.currency = "USD";
    EXPECT_EQ(encode(command, profile).find(54), "1");
}

}
