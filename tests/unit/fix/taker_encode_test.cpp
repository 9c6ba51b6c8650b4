#include "core/fix/taker_codec.h"
#include "tests/unit/fix/codec_fixtures.h"

namespace {

using namespace fix::test;
using fix::readable;
using fix::taker::encode;

rfq::Profile direct()
{
    rfq::Profile profile;
    profile.dealerNaming = rfq::DealerNaming::Session;
    return profile;
}

TEST(TakerEncode, QuoteRequestIsTheCommonDialect)
{
    EXPECT_EQ(readable(encode(sampleSendRequest(), rfq::Profile(), Now)),
        "35=R|131=Q7F3K2|146=1|55=EUR/USD|460=4|167=FOR|303=1|537=1|54=2|38=25000000|63=0|64=20261127|15=EUR|40=D|"
        "126=20261125-07:00:30.000|60=20261125-07:00:07.480|453=1|448=LPA|447=D|452=35");
}

TEST(TakerEncode, TwoWayRequestHidesItsSide)
{
    auto command = sampleSendRequest();
    command.request.side = rfq::RequestSide::TwoWay;
    EXPECT_FALSE(encode(command, rfq::Profile(), Now).find(54));
}

TEST(TakerEncode, EveryAskedDealerIsAParty)
{
    auto command = sampleSendRequest();
    command.dealers = {rfq::DealerId("LPA"), rfq::DealerId("LPB"), rfq::DealerId("LPC")};
    EXPECT_TRUE(readable(encode(command, rfq::Profile(), Now))
                    .ends_with("453=3|448=LPA|447=D|452=35|448=LPB|447=D|452=35|448=LPC|447=D|452=35"));
}

TEST(TakerEncode, DirectSessionNamesNoDealer)
{
    EXPECT_FALSE(encode(sampleSendRequest(), direct(), Now).find(453));
    EXPECT_FALSE(encode(sampleAcceptance().acceptance, direct()).find(453));
}

TEST(TakerEncode, ForwardCarriesItsDateAndSettlTypeFuture)
{
    auto command = sampleSendRequest();
    command.request.settlement = {rfq::Tenor::Month1, fix::parseDate("20261229").value()};
    const auto message = encode(command, rfq::Profile(), Now);
    EXPECT_EQ(message.find(63), "6");
    EXPECT_EQ(message.find(64), "20261229");
    command.request.settlement.tenor = rfq::Tenor::Broken;
    EXPECT_EQ(encode(command, rfq::Profile(), Now).find(63), "6");
}

TEST(TakerEncode, AccountIsSentWhereThereIsOne)
{
    EXPECT_FALSE(encode(sampleSendRequest(), rfq::Profile(), Now).find(1));
    EXPECT_FALSE(encode(sampleAcceptance().acceptance, rfq::Profile()).find(1));
    rfq::Profile profile;
    profile.account = "FUND-7";
    EXPECT_EQ(encode(sampleSendRequest(), profile, Now).find(1), "FUND-7");
    EXPECT_EQ(encode(sampleAcceptance().acceptance, profile).find(1), "FUND-7");
    profile.acceptStyle = rfq::AcceptStyle::QuoteResponse;
    EXPECT_EQ(encode(sampleAcceptance().acceptance, profile).find(1), "FUND-7");
}

TEST(TakerEncode, PreviouslyQuotedAcceptanceIsTheCommonDialect)
{
    EXPECT_EQ(readable(encode(sampleAcceptance().acceptance, rfq::Profile())),
        "35=D|11=C-0009|453=1|448=LPA|447=D|452=35|63=0|64=20261127|21=1|55=EUR/USD|54=2|60=20261125-07:00:07.480|"
        "38=25000000|40=D|44=1.15342|15=EUR|117=LPA-9911|59=4");
}

TEST(TakerEncode, TimeInForceComesFromTheProfile)
{
    rfq::Profile profile;
    profile.timeInForce = '3';
    EXPECT_EQ(encode(sampleAcceptance().acceptance, profile).find(59), "3");
}

TEST(TakerEncode, QuoteResponseAcceptanceHitsTheQuote)
{
    rfq::Profile profile;
    profile.acceptStyle = rfq::AcceptStyle::QuoteResponse;
    EXPECT_EQ(readable(encode(sampleAcceptance().acceptance, profile)),
        "35=AJ|693=C-0009|117=LPA-9911|694=1|11=C-0009|453=1|448=LPA|447=D|452=35|55=EUR/USD|54=2|38=25000000|63=0|"
        "64=20261127|15=EUR|60=20261125-07:00:07.480|44=1.15342");
}

TEST(TakerEncode, PriceIsEchoedByteForByte)
{
    for (const char* text : {"1.1500", "1.15342", "01.1500", "157.320", "2", "0.000100"}) {
        auto command = sampleAcceptance();
        command.acceptance.price = price(text);
        EXPECT_EQ(encode(command.acceptance, rfq::Profile()).find(44), text);
        rfq::Profile profile;
        profile.acceptStyle = rfq::AcceptStyle::QuoteResponse;
        EXPECT_EQ(encode(command.acceptance, profile).find(44), text);
    }
}

TEST(TakerEncode, EndOfRequestCancelsAllItsQuotes)
{
    EXPECT_EQ(readable(encode(rfq::EndRequest{Session, rfq::RfqId("Q7F3K2"), "EUR/USD"}, rfq::Profile(), Now)),
        "35=Z|131=Q7F3K2|117=*|298=4|295=1|55=EUR/USD");
}

struct SideCase {
    rfq::SideReference reference;
    const char* currency;
    rfq::Side side;
    const char* wireSide;
};

class TakerSide : public testing::TestWithParam<SideCase> { };

TEST_P(TakerSide, IsWhatTheCounterpartyMeansByIt)
{
    const SideCase& given = GetParam();
    rfq::Profile profile;
    profile.sideReference = given.reference;

    auto request = sampleSendRequest();
    request.request.currency = given.currency;
    request.request.side = given.side == rfq::Side::Buy ? rfq::RequestSide::Buy : rfq::RequestSide::Sell;
    EXPECT_EQ(encode(request, profile, Now).find(54), given.wireSide);

    auto acceptance = sampleAcceptance();
    acceptance.acceptance.currency = given.currency;
    acceptance.acceptance.side = given.side;
    EXPECT_EQ(encode(acceptance.acceptance, profile).find(54), given.wireSide);
    profile.acceptStyle = rfq::AcceptStyle::QuoteResponse;
    EXPECT_EQ(encode(acceptance.acceptance, profile).find(54), given.wireSide);
}

INSTANTIATE_TEST_SUITE_P(References, TakerSide,
    testing::Values(SideCase{rfq::SideReference::DealtCurrency, "EUR", rfq::Side::Buy, "1"},
        SideCase{rfq::SideReference::DealtCurrency, "EUR", rfq::Side::Sell, "2"},
        SideCase{rfq::SideReference::DealtCurrency, "USD", rfq::Side::Buy, "1"},
        SideCase{rfq::SideReference::DealtCurrency, "USD", rfq::Side::Sell, "2"},
        SideCase{rfq::SideReference::BaseCurrency, "EUR", rfq::Side::Buy, "1"},
        SideCase{rfq::SideReference::BaseCurrency, "EUR", rfq::Side::Sell, "2"},
        SideCase{rfq::SideReference::BaseCurrency, "USD", rfq::Side::Buy, "2"},
        SideCase{rfq::SideReference::BaseCurrency, "USD", rfq::Side::Sell, "1"}));

}
