#include "core/rfq/value_date.h"
#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>

using namespace std::chrono_literals;
using namespace support;
using base::Errc;
using rfq::DealerState;
using rfq::RfqState;

namespace {

struct Requesting : testing::Test {
    Requesting() { desk.logOn(); }
    FakeDesk desk;
};

TEST_F(Requesting, AsksOnceOverEachSessionAndJournalsIt)
{
    const auto id = desk.request();
    const auto sent = desk.link.requests();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].session, DirectD);
    EXPECT_EQ(sent[0].dealers, std::vector{DlrD});
    EXPECT_EQ(sent[1].session, VenueX);
    EXPECT_EQ(sent[1].dealers, (std::vector{DlrA, DlrB}));
    EXPECT_EQ(sent[0].request, desk.rfq(id).request);
    EXPECT_EQ(sent[0].expires, desk.clock.utc() + 60s);
    EXPECT_EQ(rfq::isoDate(sent[0].request.settlement.date), "2026-11-26");
    EXPECT_EQ(desk.rfq(id).expires, desk.clock.steady() + 60s);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Sent);
    ASSERT_EQ(desk.journal.all<rfq::RequestOpened>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::RequestOpened>()[0].request, desk.rfq(id).request);
}

TEST_F(Requesting, DoesNotWaitForTheJournal)
{
    desk.journal.setMode(FakeJournal::Mode::WhenTold);
    desk.request();
    EXPECT_EQ(desk.link.requests().size(), 2U);
}

TEST_F(Requesting, LeavesOutDealersThatCannotBeReached)
{
    desk.session(DirectD, rfq::SessionPhase::Waiting);
    const auto id = desk.request();
    EXPECT_EQ(desk.link.requests().size(), 1U);
    EXPECT_EQ(desk.line(id, DlrD).state, DealerState::NoSession);
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Asked);
}

struct BadDraft {
    const char* what;
    Errc code;
    std::function<void(rfq::RequestDraft&)> spoil;
};
struct Drafts : testing::TestWithParam<BadDraft> { };

TEST_P(Drafts, AreRefused)
{
    FakeDesk desk;
    desk.logOn();
    rfq::RequestDraft draft = FakeDesk::draft();
    GetParam().spoil(draft);
    const auto result = desk.service.request(draft);
    ASSERT_FALSE(result) << GetParam().what;
    EXPECT_EQ(result.error().code, GetParam().code) << result.error().detail;
    EXPECT_TRUE(desk.link.sent.empty());
    EXPECT_TRUE(desk.journal.records.empty());
    EXPECT_TRUE(desk.service.rfqs().empty());
}
INSTANTIATE_TEST_SUITE_P(Bad, Drafts,
    testing::Values(BadDraft{"unknown_instrument", Errc::NotFound, [](auto& d) { d.symbol = "EUR/XXX"; }},
        BadDraft{"no_amount", Errc::InvalidInput, [](auto& d) { d.quantity = {}; }},
        BadDraft{"negative_amount", Errc::InvalidInput, [](auto& d) { d.quantity = decimal("-1"); }},
        BadDraft{"too_much", Errc::LimitExceeded, [](auto& d) { d.quantity = decimal("50000001"); }},
        BadDraft{"currency_of_another_pair", Errc::InvalidInput, [](auto& d) { d.currency = "GBP"; }},
        BadDraft{"no_dealers", Errc::InvalidInput, [](auto& d) { d.dealers.clear(); }},
        BadDraft{"unknown_dealer", Errc::NotFound, [](auto& d) { d.dealers = {rfq::DealerId("NOBODY")}; }},
        BadDraft{"dealer_twice", Errc::InvalidInput,
            [](auto& d) {
                d.dealers = {DlrA, DlrA};
            }},
        BadDraft{"zero_limit", Errc::InvalidInput, [](auto& d) { d.limit = decimal("0"); }},
        BadDraft{"negative_limit", Errc::InvalidInput, [](auto& d) { d.limit = decimal("-1.1"); }},
        BadDraft{"no_life", Errc::InvalidInput, [](auto& d) { d.life = 0ms; }},
        BadDraft{"endless_life", Errc::InvalidInput, [](auto& d) { d.life = 25h; }},
        BadDraft{
            "broken_date_without_a_date", Errc::InvalidInput, [](auto& d) { d.settlement.tenor = rfq::Tenor::Broken; }},
        BadDraft{"a_shown_date_that_is_not_the_tenors", Errc::InvalidInput,
            [](auto& d) { d.settlement.date = std::chrono::year(2026) / 11 / 25; }}),
    [](const auto& tested) { return std::string(tested.param.what); });

TEST_F(Requesting, RefusesACurrencyWithoutALimit)
{
    auto settings = deskSettings();
    settings.limits.maxQuantity.erase("EUR");
    FakeDesk strict(settings);
    strict.logOn();
    EXPECT_EQ(strict.service.request(FakeDesk::draft()).error().code, Errc::LimitExceeded);
}

TEST_F(Requesting, RefusesMoreOpenRequestsThanAllowed)
{
    auto settings = deskSettings();
    settings.limits.maxOpenRequests = 2;
    FakeDesk strict(settings);
    strict.logOn();
    const auto first = strict.request();
    strict.request();
    EXPECT_EQ(strict.service.request(FakeDesk::draft()).error().code, Errc::LimitExceeded);
    ASSERT_TRUE(strict.service.end(first));
    EXPECT_TRUE(strict.service.request(FakeDesk::draft()));
    strict.clock.advance(61s);
    EXPECT_TRUE(strict.service.request(FakeDesk::draft())) << "what has expired no longer counts";
}

TEST_F(Requesting, RefusesWhereNoChosenDealerCanBeReached)
{
    FakeDesk cold;
    EXPECT_EQ(cold.service.request(FakeDesk::draft()).error().code, Errc::NotConnected);
    EXPECT_TRUE(cold.service.rfqs().empty());
}

TEST_F(Requesting, RefusesWhileDealingIsOff)
{
    desk.service.suspendDealing({Errc::TokenAbsent, "the token was removed"});
    EXPECT_EQ(desk.service.request(FakeDesk::draft()).error().code, Errc::Refused);
}

TEST_F(Requesting, ExpiresAndTellsWhoNeverAnswered)
{
    const auto id = desk.request();
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.advance(60s - 1ns);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Open);
    desk.advance(1ns);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Expired);
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Expired);
    EXPECT_EQ(desk.line(id, DlrB).state, DealerState::NoResponse);
    ASSERT_EQ(desk.journal.all<rfq::RequestClosed>().size(), 1U);
    EXPECT_EQ(desk.journal.all<rfq::RequestClosed>()[0].state, RfqState::Expired);
    EXPECT_EQ(desk.service.nextDeadline(), std::nullopt);
}

TEST_F(Requesting, EndsOnceAndTellsEachSession)
{
    const auto id = desk.request();
    ASSERT_TRUE(desk.service.end(id));
    EXPECT_EQ(desk.rfq(id).state, RfqState::Ended);
    EXPECT_EQ(desk.link.ends().size(), 2U);
    EXPECT_EQ(desk.service.end(id).error().code, Errc::Refused);
    EXPECT_EQ(desk.service.end(rfq::RfqId("Q99")).error().code, Errc::NotFound);
    EXPECT_EQ(desk.link.ends().size(), 2U);
}

TEST_F(Requesting, IsDeclinedOnceEveryDealerHasPassedOrRefused)
{
    const auto id = desk.request();
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "10", "not today"});
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Passed);
    EXPECT_EQ(desk.line(id, DlrA).text, "not today");
    EXPECT_EQ(desk.rfq(id).state, RfqState::Open);
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrB, "1", "unknown symbol"});
    EXPECT_EQ(desk.line(id, DlrB).state, DealerState::Rejected);
    desk.service.apply(rfq::RequestDeclined{DirectD, id, {}, "10", ""});
    EXPECT_EQ(desk.rfq(id).state, RfqState::Declined);
}

TEST_F(Requesting, HearsADeclineOnlyOverTheDealersOwnSession)
{
    const auto id = desk.request();
    desk.service.apply(rfq::RequestDeclined{DirectD, id, DlrA, "10", ""});
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Asked);
}

TEST_F(Requesting, LosesALiveQuoteWhenItsDealerDeclines)
{
    const auto id = desk.request();
    desk.quote(id, DlrA, "QA-1", "", "1.15342");
    desk.service.apply(rfq::RequestDeclined{VenueX, id, DlrA, "10", ""});
    EXPECT_EQ(desk.line(id, DlrA).quote->state, rfq::QuoteState::Withdrawn);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Open);
}

TEST_F(Requesting, ThatNeverLeftIsNotSent)
{
    const auto id = desk.request();
    desk.service.apply(rfq::RequestNotSent{VenueX, id, {Errc::NotConnected, "logged off"}});
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::NoSession);
    EXPECT_EQ(desk.rfq(id).state, RfqState::Sent) << "dealer D was asked over another session";
    desk.service.apply(rfq::RequestNotSent{DirectD, id, {Errc::NotConnected, "logged off"}});
    EXPECT_EQ(desk.rfq(id).state, RfqState::NotSent);
}

TEST_F(Requesting, RefusedByTheVenuesSystemRejectsThoseDealers)
{
    const auto id = desk.request();
    desk.service.apply(rfq::MessageRejected{VenueX, "R", id.text(), "6", "not authorized"});
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Rejected);
    EXPECT_EQ(desk.line(id, DlrA).code, "6");
    EXPECT_EQ(desk.line(id, DlrB).state, DealerState::Rejected);
    EXPECT_EQ(desk.line(id, DlrD).state, DealerState::Asked);
}

TEST_F(Requesting, IsUnharmedByARefusalOfItsEnd)
{
    const auto id = desk.request();
    desk.service.apply(rfq::MessageRejected{VenueX, "Z", id.text(), "3", "unsupported"});
    EXPECT_EQ(desk.line(id, DlrA).state, DealerState::Asked);
}

}
