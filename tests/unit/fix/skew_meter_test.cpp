#include "core/fix/skew_meter.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;

class SkewMeter : public testing::Test {
protected:
    void SetUp() override { meter.connected(clock.utc(), clock.steady()); }

    /// A session message of a peer whose clock is ahead by `skew`, after `way` on the wire.
    void hear(std::chrono::microseconds skew, std::chrono::microseconds way)
    {
        meter.sample(trueTime() + skew - way, clock.steady());
    }
    [[nodiscard]] base::UtcTime trueTime() const { return start + (clock.steady() - startSteady()) / 1us * 1us; }
    [[nodiscard]] static base::SteadyTime startSteady() { return support::FakeClock().steady(); }

    support::FakeClock clock;
    const base::UtcTime start = clock.utc();
    fix::SkewMeter meter;
};

TEST_F(SkewMeter, KnowsNothingBeforeTheFirstSample)
{
    EXPECT_FALSE(meter.offset());
    EXPECT_FALSE(meter.lateness(clock.utc(), clock.steady()));
}

TEST_F(SkewMeter, TheOffsetIsTheirClockMinusOurs)
{
    hear(90s, 0ms);
    EXPECT_EQ(meter.offset(), 90s);
    meter.connected(clock.utc(), clock.steady());
    hear(-90s, 0ms);
    EXPECT_EQ(meter.offset(), -90s);
}

TEST_F(SkewMeter, AFewSamplesThatWereHeldUpChangeNothing)
{
    for (int i = 0; i < 15; ++i) {
        clock.advance(30s);
        hear(2s, i % 3 == 0 ? 800ms : 10ms);
    }
    EXPECT_EQ(meter.offset(), 1'990ms);
}

TEST_F(SkewMeter, OnlyTheLastSamplesCount)
{
    for (int i = 0; i < 15; ++i)
        hear(-60s, 10ms);
    for (int i = 0; i < 8; ++i)
        hear(0s, 10ms); // the counterparty set its clock right
    EXPECT_EQ(meter.offset(), -10ms);
}

TEST_F(SkewMeter, LatenessIsMeasuredFromTheUsualWay)
{
    for (int i = 0; i < 5; ++i)
        hear(2s, 10ms);
    clock.advance(1s);
    EXPECT_EQ(meter.lateness(trueTime() + 2s - 10ms, clock.steady()), 0s);
    EXPECT_EQ(meter.lateness(trueTime() + 2s - 510ms, clock.steady()), 500ms);
    EXPECT_EQ(meter.lateness(trueTime() + 2s, clock.steady()), 0s) << "earlier than usual is not late";
}

TEST_F(SkewMeter, AStepOfThePcClockIsInvisible)
{
    hear(0s, 10ms);
    clock.shiftUtc(-10min);
    clock.advance(5s);
    EXPECT_EQ(meter.lateness(trueTime() - 10ms, clock.steady()), 0s);
    hear(0s, 10ms);
    EXPECT_EQ(meter.offset(), -10ms);
}

TEST_F(SkewMeter, TimeTheMachineSleptCountsAsLateness)
{
    hear(0s, 10ms);
    const base::UtcTime sent = trueTime();
    clock.advance(8min);
    EXPECT_EQ(meter.lateness(sent, clock.steady()), 8min - 10ms);
}

}
