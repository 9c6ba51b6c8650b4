#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>

using namespace std::chrono_literals;
using namespace support;
using rfq::DealerState;
using rfq::NoticeCode;
using rfq::QuoteState;
using rfq::RfqState;

namespace {

std::size_t countNotices(FakeDesk& desk, NoticeCode code)
{
    const rfq::Changes changes = desk.service.takeChanges();
    return static_cast<std::size_t>(std::count_if(changes.notices.begin(), changes.notices.end(),
        [&](const rfq::Notice& notice) { return notice.code == code; }));
}

struct Quoting : testing::Test {
    Quoting()
    {
        desk.logOn();
        id = desk.request();
        desk.forgetChanges();
    }
    [[nodiscard]] const rfq::Quote& quoteOf(const rfq::DealerId& dealer) const { return *desk.line(id, dealer).quote; }
    FakeDesk desk;
    rfq::RfqId id;
};

TEST_F(Quoting, AFirmQuoteLivesByTheDealersClockLessTheSafety)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm);
    EXPECT_EQ(quoteOf(DlrA).deadline, desk.clock.steady() + 5s - 150ms);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Quoted);
    EXPECT_EQ(desk.service.nextDeadline(), quoteOf(DlrA).deadline);
}

TEST_F(Quoting, AWrongClockHereOrThereDoesNotMatter)
{
    for (const auto skew : {-90s, 90s}) {
        auto event = desk.quoteEvent(id, DlrA, skew < 0s ? "QA-1" : "QA-2", "", "1.15342");
        *event.quote.sendingTime += skew;
        *event.quote.validUntil += skew;
        desk.clock.shiftUtc(17min);
        desk.service.apply(event);
        EXPECT_EQ(quoteOf(DlrA).deadline, desk.clock.steady() + 4850ms);
    }
}

TEST_F(Quoting, AnAbsurdLifeIsCapped)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    *event.quote.validUntil += std::chrono::years(5000);
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrA).deadline, desk.clock.steady() + 30s - 150ms);
}

TEST_F(Quoting, AQuoteThatTellsNoLifeGetsTheProfiles)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    event.quote.validUntil.reset();
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrA).deadline, desk.clock.steady() + 2500ms - 150ms);
    event = desk.quoteEvent(id, DlrB, "QB-1", "", "1.15342");
    event.quote.sendingTime.reset();
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrB).deadline, desk.clock.steady() + 2500ms - 150ms);
}

TEST_F(Quoting, AQuoteThatEndsBeforeItWasSentIsExpiredAtOnce)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    event.quote.validUntil = event.quote.sendingTime;
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Expired);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Open);
}

TEST_F(Quoting, TimeInTheQueueIsPartOfTheLife)
{
    const auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    desk.clock.advance(6s);
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Expired);
}

TEST_F(Quoting, NoQuoteOutlivesItsRequest)
{
    auto draft = FakeDesk::draft();
    draft.life = 3s;
    id = desk.request(draft);
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    EXPECT_EQ(quoteOf(DlrA).deadline, desk.rfq(id).expires);
}

TEST_F(Quoting, AQuoteExpiresAtItsDeadline)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.advance(4850ms - 1ns);
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm);
    desk.advance(1ns);
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Expired);
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Expired);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Open);
}

TEST_F(Quoting, OnlyTradeableQuotesAreFirm)
{
    using rfq::QuoteType;
    int n = 0;
    for (const auto& [type, state] :
        {std::pair(QuoteType::Tradeable, QuoteState::Firm), std::pair(QuoteType::RestrictedTradeable, QuoteState::Firm),
            std::pair(QuoteType::Indicative, QuoteState::Indicative),
            std::pair(QuoteType::Counter, QuoteState::Indicative)}) {
        auto event = desk.quoteEvent(id, DlrA, "QA-" + std::to_string(++n), "", "1.15342");
        event.quote.type = type;
        desk.service.apply(event);
        EXPECT_EQ(quoteOf(DlrA).state, state);
    }
}

struct BadQuote {
    const char* what;
    std::function<void(rfq::QuoteReceived&)> spoil;
};
struct BadQuotes : testing::TestWithParam<BadQuote> { };

TEST_P(BadQuotes, AreShownWithTheReasonAndNeverClickable)
{
    FakeDesk desk;
    desk.logOn();
    const auto id = desk.request();
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "1.15339", "1.15342");
    GetParam().spoil(event);
    desk.service.apply(event);
    const rfq::DealerLine& line = desk.line(id, DlrA);
    EXPECT_EQ(line.state, DealerState::Invalid);
    ASSERT_TRUE(line.quote);
    EXPECT_EQ(line.quote->state, QuoteState::Invalid);
    EXPECT_FALSE(line.quote->problem.empty());
    EXPECT_EQ(countNotices(desk, NoticeCode::QuoteInvalid), 1U);
    EXPECT_FALSE(desk.accept(id, DlrA));
    EXPECT_TRUE(desk.link.acceptances().empty());
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), rfq::Side::Buy), nullptr);
}
INSTANTIATE_TEST_SUITE_P(Each, BadQuotes,
    testing::Values(BadQuote{"wrong_instrument", [](auto& e) { e.symbol = "GBP/USD"; }},
        BadQuote{"no_instrument", [](auto& e) { e.symbol.clear(); }},
        BadQuote{"wrong_currency", [](auto& e) { e.currency = "USD"; }},
        BadQuote{"wrong_side", [](auto& e) { e.side = rfq::Side::Sell; }},
        BadQuote{"smaller_order", [](auto& e) { e.quantity = decimal("24999999"); }},
        BadQuote{"larger_order", [](auto& e) { e.quantity = decimal("25000001"); }},
        BadQuote{"small_size", [](auto& e) { e.quote.offerSize = decimal("10000000"); }},
        BadQuote{"wrong_value_date", [](auto& e) { e.quote.valueDate = std::chrono::year(2026) / 11 / 27; }},
        BadQuote{"bid_above_offer", [](auto& e) { e.quote.bid = price("1.15343"); }},
        BadQuote{"negative_price", [](auto& e) { e.quote.offer = price("-1.15342"), e.quote.bid.reset(); }},
        BadQuote{"no_price", [](auto& e) { e.quote.offer.reset(), e.quote.bid.reset(); }},
        BadQuote{"only_the_other_price", [](auto& e) { e.quote.offer.reset(); }},
        BadQuote{"no_id", [](auto& e) { e.quote.id = rfq::QuoteId(); }}),
    [](const auto& tested) { return tested.param.what; });

TEST_F(Quoting, FieldsTheDealerDoesNotRepeatAreNotHeldAgainstIt)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    event.currency.clear();
    event.quote.valueDate.reset();
    event.quote.offerSize = decimal("30000000");
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm);
}

TEST_F(Quoting, APriceOfZeroPullsTheSideWhereTheProfileSaysSo)
{
    desk.quote(id, DlrA, "QA-1", "1.15339", "0");
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Withdrawn);
    EXPECT_FALSE(quoteOf(DlrA).offer);
    EXPECT_FALSE(desk.accept(id, DlrA));
}

TEST_F(Quoting, APriceOfZeroIsAnErrorWhereTheProfileSaysSo)
{
    auto settings = deskSettings();
    settings.profiles[VenueX].zeroPrice = rfq::ZeroPrice::IsAnError;
    FakeDesk strict(settings);
    strict.logOn();
    const auto strictId = strict.request();
    strict.quote(strictId, DlrA, "QA-1", "", "0.00000");
    EXPECT_EQ(strict.line(strictId, DlrA).quote->state, QuoteState::Invalid);
}

TEST_F(Quoting, ATwoWayRequestTakesEitherPrice)
{
    auto draft = FakeDesk::draft();
    draft.side = rfq::RequestSide::TwoWay;
    id = desk.request(draft);
    desk.quote(id, DlrA, "QA-1", "1.15339", "0");
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm) << "one side pulled, the other stands";
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), rfq::Side::Buy), nullptr);
    EXPECT_NE(rfq::bestLine(desk.rfq(id), rfq::Side::Sell), nullptr);
}

TEST_F(Quoting, AQuoteForAnUnknownRequestIsReportedAndNotShown)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    for (const char* stray : {"", "Q99", "Q99", "Q99"}) {
        event.quote.rfq = rfq::RfqId(stray);
        desk.service.apply(event);
    }
    EXPECT_FALSE(desk.line(id, DlrA).quote);
    EXPECT_EQ(desk.service.rfqs().size(), 1U);
    EXPECT_EQ(countNotices(desk, NoticeCode::QuoteUnknownRequest), 2U) << "a stream of strays is one notice";
}

TEST_F(Quoting, ADealerThatWasNotAskedIsNotShown)
{
    desk.quote(id, DlrC, "QC-1", "", "1.15300");
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), rfq::Side::Buy), nullptr);
    EXPECT_EQ(countNotices(desk, NoticeCode::QuoteInvalid), 1U);
}

TEST_F(Quoting, ADealerSpeaksOnlyOverItsOwnSession)
{
    auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    event.quote.session = DirectD;
    desk.service.apply(event);
    EXPECT_FALSE(desk.line(id, DlrA).quote);
}

TEST_F(Quoting, ANewerQuoteReplacesTheOlderOne)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.quote(id, DlrB, "QA-1", "", "1.15345");
    desk.quote(id, DlrA, "QA-2", "", "1.15350");
    EXPECT_EQ(quoteOf(DlrA).id, rfq::QuoteId("QA-2"));
    EXPECT_EQ(quoteOf(DlrB).id, rfq::QuoteId("QA-1")) << "a QuoteID is unique per dealer only";
    EXPECT_EQ(quoteOf(DlrB).state, QuoteState::Firm);
}

TEST_F(Quoting, TheSameQuoteAgainNeverLivesLonger)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    const rfq::Quote first = quoteOf(DlrA);
    desk.advance(2s);
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    EXPECT_EQ(quoteOf(DlrA), first);
    auto again = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
    again.possDup = true;
    desk.service.apply(again);
    EXPECT_EQ(quoteOf(DlrA), first);
    desk.advance(3s);
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Expired);
}

TEST_F(Quoting, AnIdUsedTwiceForDifferentTermsIsInvalid)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.quote(id, DlrA, "QA-1", "", "1.15341");
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Invalid);
    desk.quote(id, DlrA, "QA-2", "", "1.15342");
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Invalid) << "also when another came in between";
}

TEST_F(Quoting, AQuoteSentAgainAfterAGapIsStale)
{
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    auto event = desk.quoteEvent(id, DlrA, "QA-2", "", "1.15341");
    event.possDup = true;
    desk.service.apply(event);
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Stale);
    EXPECT_FALSE(desk.accept(id, DlrA));
}

TEST_F(Quoting, AWithdrawalTakesOnlyWhatItNames)
{
    desk.quote(id, DlrA, "QA-2", "", "1.15342");
    desk.quote(id, DlrB, "QB-1", "", "1.15342");
    desk.service.apply(rfq::QuoteWithdrawn{VenueX, id, DlrA, rfq::QuoteId("QA-1"), ""});
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm) << "an older quote was withdrawn";
    desk.service.apply(rfq::QuoteWithdrawn{DirectD, id, DlrA, std::nullopt, ""});
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm) << "another session cannot withdraw it";
    desk.service.apply(rfq::QuoteWithdrawn{VenueX, {}, DlrA, rfq::QuoteId("QA-2"), "pulled"});
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Withdrawn);
    EXPECT_EQ(desk.line(id, DlrA).text, "pulled");
    EXPECT_EQ(quoteOf(DlrB).state, QuoteState::Firm);
}

TEST_F(Quoting, AStatusReportCanEndAQuote)
{
    int n = 0;
    for (const char* status : {"1", "4", "5", "6", "9", "17"}) {
        const std::string quoteId = "QA-" + std::to_string(++n);
        desk.quote(id, DlrA, quoteId, "", "1.15342");
        desk.service.apply(rfq::QuoteStatusReceived{VenueX, id, DlrA, rfq::QuoteId(quoteId), status, "", ""});
        EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Withdrawn) << status;
    }
    desk.quote(id, DlrA, "QA-99", "", "1.15342");
    desk.service.apply(rfq::QuoteStatusReceived{VenueX, id, DlrA, rfq::QuoteId("QA-99"), "0", "", ""});
    EXPECT_EQ(quoteOf(DlrA).state, QuoteState::Firm);
    desk.service.apply(rfq::QuoteStatusReceived{VenueX, id, DlrA, std::nullopt, "5", "23", "not entitled"});
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Rejected);
    desk.service.apply(rfq::QuoteStatusReceived{VenueX, id, DlrB, std::nullopt, "11", "", "pass"});
    EXPECT_EQ(desk.line(id, DlrB).state, DealerState::Passed);
}

TEST_F(Quoting, AfterTheEndQuotesChangeNothing)
{
    ASSERT_TRUE(desk.service.end(id));
    const rfq::Rfq before = desk.rfq(id);
    desk.forgetChanges();
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    EXPECT_EQ(desk.rfq(id), before);
    EXPECT_TRUE(desk.service.takeChanges().rfqs.empty());
}

TEST_F(Quoting, TheBestFirmPriceComesFirst)
{
    auto draft = FakeDesk::draft();
    draft.side = rfq::RequestSide::TwoWay;
    draft.dealers = {DlrA, DlrB, DlrC, DlrD};
    id = desk.request(draft);
    desk.quote(id, DlrA, "QA-1", "1.15330", "1.15345");
    desk.quote(id, DlrB, "QB-1", "1.15335", "1.15340");
    auto indicative = desk.quoteEvent(id, DlrC, "QC-1", "1.15339", "1.15339");
    indicative.quote.type = rfq::QuoteType::Indicative;
    desk.service.apply(indicative);

    const auto order = [&](rfq::Side side) {
        std::vector<rfq::DealerId> dealers;
        for (const rfq::DealerLine& line : rfq::sortedByPrice(desk.rfq(id), side))
            dealers.push_back(line.dealer);
        return dealers;
    };
    EXPECT_EQ(order(rfq::Side::Buy), (std::vector{DlrB, DlrA, DlrC, DlrD}));
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), rfq::Side::Buy)->dealer, DlrB);
    desk.quote(id, DlrA, "QA-2", "1.15336", "1.15345");
    EXPECT_EQ(order(rfq::Side::Sell), (std::vector{DlrA, DlrB, DlrC, DlrD}));
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), rfq::Side::Sell)->dealer, DlrA);
    desk.quote(id, DlrB, "QB-2", "1.15335", "1.15345");
    EXPECT_EQ(rfq::bestLine(desk.rfq(id), rfq::Side::Buy)->dealer, DlrA) << "on a tie the order does not jump";
}

}
