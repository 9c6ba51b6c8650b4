#include "tests/support/fake_desk.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using namespace support;
using rfq::QuoteState;

namespace {

/// How long a quote lives: by the dealer's clock alone, less the safety, and less what it waited on its way.
struct QuoteTime : testing::Test {
    QuoteTime()
    {
        desk.logOn();
        id = desk.request();
    }
    [[nodiscard]] rfq::QuoteReceived quote()
    {
        return desk.quoteEvent(id, DlrA, "QA-" + std::to_string(++quotes), "", "1.15342");
    }
    [[nodiscard]] const rfq::Quote& shown() const { return *desk.line(id, DlrA).quote; }
    void expectToLiveUntil(base::SteadyTime deadline)
    {
        EXPECT_EQ(shown().state, QuoteState::Firm);
        EXPECT_EQ(shown().deadline, deadline);
        desk.advance(deadline - desk.clock.steady() - 1ns);
        EXPECT_EQ(shown().state, QuoteState::Firm) << "a good quote was expired";
        EXPECT_TRUE(desk.service.canAccept(desk.click(id, DlrA)));
        desk.advance(1ns);
        EXPECT_EQ(shown().state, QuoteState::Expired) << "a dead quote was kept";
        EXPECT_FALSE(desk.service.canAccept(desk.click(id, DlrA)));
    }
    FakeDesk desk;
    rfq::RfqId id;
    int quotes = 0;
};

struct WrongClock : testing::TestWithParam<std::chrono::seconds> { };

TEST_P(WrongClock, NeitherExpiresGoodQuotesNorKeepsDeadOnes)
{
    for (const bool itIsOurs : {true, false}) {
        FakeDesk desk;
        desk.logOn();
        const auto id = desk.request();
        auto event = desk.quoteEvent(id, DlrA, "QA-1", "", "1.15342");
        if (itIsOurs) {
            desk.clock.shiftUtc(GetParam());
        } else {
            *event.quote.sendingTime += GetParam();
            *event.quote.validUntil += GetParam();
        }
        desk.service.apply(rfq::ClockMeasured{VenueX, itIsOurs ? -GetParam() : GetParam()});
        desk.service.apply(event);
        const rfq::Quote& shown = *desk.line(id, DlrA).quote;
        EXPECT_EQ(shown.deadline, desk.clock.steady() + 4850ms);
        desk.advance(4850ms - 1ns);
        EXPECT_EQ(shown.state, QuoteState::Firm);
        EXPECT_TRUE(desk.service.canAccept(desk.click(id, DlrA)));
        desk.advance(1ns);
        EXPECT_EQ(shown.state, QuoteState::Expired);
    }
}
INSTANTIATE_TEST_SUITE_P(Wrong, WrongClock, testing::Values(90s, -90s, 600s, -600s), [](const auto& tested) {
    return (tested.param < 0s ? "behind_by_" : "ahead_by_") + std::to_string(std::abs(tested.param.count()));
});

TEST_F(QuoteTime, IsNotChangedByAClockThatIsSetWhileTheQuoteLives)
{
    desk.service.apply(quote());
    const auto deadline = shown().deadline;
    for (const auto jump : {10min, -20min, 10min}) {
        desk.clock.shiftUtc(jump);
        desk.service.tick();
        EXPECT_EQ(shown().state, QuoteState::Firm);
    }
    expectToLiveUntil(deadline);
}

TEST_F(QuoteTime, IsLessWhatTheQuoteWaitedOnItsWay)
{
    auto event = quote();
    event.lateness = 400ms;
    desk.service.apply(event);
    expectToLiveUntil(desk.clock.steady() + 5s - 150ms - 400ms);
}

TEST_F(QuoteTime, IsNotMoreForAQuoteThatCameSoonerThanUsual)
{
    auto event = quote();
    event.lateness = -300ms;
    desk.service.apply(event);
    expectToLiveUntil(desk.clock.steady() + 5s - 150ms);
}

TEST_F(QuoteTime, IsOverForAQuoteThatWaitedInASocketBuffer)
{
    auto event = quote();
    event.lateness = 500ms;
    desk.service.apply(event);
    EXPECT_EQ(shown().state, QuoteState::Firm) << "just not too late";
    event = quote();
    event.lateness = 500ms + 1us;
    desk.service.apply(event);
    EXPECT_EQ(shown().state, QuoteState::Stale);
    EXPECT_NE(shown().problem.find("500 ms later than"), std::string::npos) << shown().problem;
    EXPECT_FALSE(desk.accept(id, DlrA));
    EXPECT_EQ(desk.line(id, DlrA).state, rfq::DealerState::Stale);
}

TEST_F(QuoteTime, IsOverForALateQuoteHoweverLongTheDealerLetsItLive)
{
    auto event = quote();
    *event.quote.validUntil += 1h;
    event.lateness = 3s;
    desk.service.apply(event);
    EXPECT_EQ(shown().state, QuoteState::Stale);
}

TEST_F(QuoteTime, OfALateQuoteIsWhatTheProfileAllows)
{
    rfq::DeskSettings settings = deskSettings();
    settings.profiles[VenueX].quoteAge = 2s;
    FakeDesk patient(settings);
    patient.logOn();
    const auto asked = patient.request();
    auto event = patient.quoteEvent(asked, DlrA, "QA-1", "", "1.15342");
    event.lateness = 2s;
    patient.service.apply(event);
    EXPECT_EQ(patient.line(asked, DlrA).quote->state, QuoteState::Firm);
    EXPECT_EQ(patient.line(asked, DlrA).quote->deadline, patient.clock.steady() + 5s - 150ms - 2s);
}

TEST_F(QuoteTime, OfAQuoteThatWaitedLongerThanItLivesIsOver)
{
    auto event = quote();
    *event.quote.validUntil = *event.quote.sendingTime + 500ms;
    event.lateness = 400ms;
    desk.service.apply(event);
    EXPECT_EQ(shown().state, QuoteState::Expired);
}

TEST_F(QuoteTime, IsNeverExtendedByTheSameQuoteNorByLookingAtIt)
{
    auto event = quote();
    desk.service.apply(event);
    const auto deadline = shown().deadline;
    for (int i = 0; i < 4; ++i) {
        desk.advance(1s);
        static_cast<void>(rfq::sortedByPrice(desk.rfq(id), rfq::Side::Buy));
        static_cast<void>(desk.service.canAccept(desk.click(id, DlrA)));
        desk.forgetChanges();
        event.quote.received = desk.clock.steady();
        event.quote.sendingTime = desk.clock.utc();
        event.quote.validUntil = desk.clock.utc() + 5s;
        desk.service.apply(event);
        EXPECT_EQ(shown().deadline, deadline);
    }
    expectToLiveUntil(deadline);
}

}
