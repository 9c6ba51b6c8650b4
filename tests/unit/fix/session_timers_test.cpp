#include "core/fix/sequence_gap.h"
#include "core/fix/session_timers.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

/// The deadlines of a connection and of a gap, to the millisecond and without a session around them.
namespace {

using namespace std::chrono_literals;
using Due = fix::SessionTimers::Due;

class SessionTimers : public testing::Test {
protected:
    [[nodiscard]] Due dueAfter(std::chrono::milliseconds time)
    {
        clock.advance(time);
        return timers.due(clock.steady());
    }

    support::FakeClock clock;
    fix::SessionTimers timers;
};

TEST_F(SessionTimers, NothingIsDueWithoutAConnection)
{
    EXPECT_EQ(dueAfter(24h), Due::Nothing);
    EXPECT_EQ(timers.next(), base::SteadyTime::max());
}

TEST_F(SessionTimers, EachPhaseHasItsDeadline)
{
    timers.awaitLogon(clock.steady(), 10s);
    EXPECT_EQ(timers.next(), clock.steady() + 10s);
    EXPECT_EQ(dueAfter(9'999ms), Due::Nothing);
    EXPECT_EQ(dueAfter(1ms), Due::EndForLogon);
    timers.awaitLogout(clock.steady());
    EXPECT_EQ(dueAfter(1'999ms), Due::Nothing);
    EXPECT_EQ(dueAfter(1ms), Due::EndForLogout);
    timers.awaitHangUp(clock.steady());
    EXPECT_EQ(dueAfter(1'999ms), Due::Nothing);
    EXPECT_EQ(dueAfter(1ms), Due::EndForHangUp);
    timers.stop();
    EXPECT_EQ(dueAfter(24h), Due::Nothing);
}

TEST_F(SessionTimers, WhatIsNextIsWhatBecomesDue)
{
    timers.loggedOn(clock.steady(), 10s);
    for (const Due expected : {Due::Heartbeat, Due::TestRequest, Due::Heartbeat, Due::EndForSilence}) {
        ASSERT_GT(timers.next(), clock.steady());
        EXPECT_EQ(timers.due(timers.next() - 1ns), Due::Nothing);
        clock.advance(timers.next() - clock.steady());
        EXPECT_EQ(timers.due(clock.steady()), expected);
        if (expected == Due::Heartbeat)
            timers.said(clock.steady());
        if (expected == Due::TestRequest)
            timers.tested(clock.steady(), "T");
    }
}

TEST_F(SessionTimers, OnlyTheRightIdAnswersATest)
{
    timers.loggedOn(clock.steady(), 10s);
    EXPECT_FALSE(timers.answered("T"));
    timers.tested(clock.steady(), "T");
    EXPECT_FALSE(timers.answered("U"));
    EXPECT_TRUE(timers.answered("T"));
    EXPECT_FALSE(timers.answered("T"));
}

TEST_F(SessionTimers, SilenceBeatsEverythingAfterASleep)
{
    timers.loggedOn(clock.steady(), 10s);
    EXPECT_EQ(dueAfter(8h), Due::EndForSilence);
    EXPECT_TRUE(timers.silentTooLong(clock.steady()));
}

TEST(SequenceGap, IsAskedAboutThreeTimesAndThenGivenUp)
{
    support::FakeClock clock;
    fix::SequenceGap gap;
    EXPECT_EQ(gap.next(), base::SteadyTime::max());
    gap.open(5, 8, clock.steady());
    EXPECT_TRUE(gap.isOpen());
    for (int request = 1; request < fix::SequenceGap::MostRequests; ++request) {
        clock.advance(10s - 1ns);
        EXPECT_EQ(gap.due(clock.steady()), fix::SequenceGap::Due::Nothing);
        clock.advance(1ns);
        EXPECT_EQ(gap.due(clock.steady()), fix::SequenceGap::Due::AskAgain);
        gap.askedAgain(clock.steady());
    }
    clock.advance(10s);
    EXPECT_EQ(gap.due(clock.steady()), fix::SequenceGap::Due::GiveUp);
}

TEST(SequenceGap, EveryMessageThatComesBuysTime)
{
    support::FakeClock clock;
    fix::SequenceGap gap;
    gap.open(5, 8, clock.steady());
    for (std::uint64_t expected = 6; expected <= 7; ++expected) {
        clock.advance(9s);
        gap.reached(expected, clock.steady());
        EXPECT_TRUE(gap.isOpen());
        EXPECT_EQ(gap.due(clock.steady()), fix::SequenceGap::Due::Nothing);
    }
    gap.reached(8, clock.steady());
    EXPECT_FALSE(gap.isOpen()) << "8 is there";
}

}
