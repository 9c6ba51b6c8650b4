#include "core/audit/position.h"
#include "core/siem/delivery_window.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <limits>

namespace {

using namespace std::chrono_literals;
using siem::DeliveryWindow;

constexpr std::uint64_t All = std::numeric_limits<std::uint64_t>::max();

TEST(DeliveryWindow, ARecordIsDeliveredWhenTheConnectionHasStoodForAWhile)
{
    support::FakeClock clock;
    DeliveryWindow window(10s);
    EXPECT_EQ(window.nextSettling(clock.steady()), std::nullopt);
    window.written(3, 100 * 3, clock.steady());
    EXPECT_EQ(window.nextSettling(clock.steady()), clock.steady() + 10s);
    clock.advance(9'999ms);
    EXPECT_EQ(window.settled(All, clock.steady()), std::nullopt);
    window.written(5, 100 * 5, clock.steady());
    clock.advance(1ms);
    EXPECT_EQ(window.settled(All, clock.steady()), 3u);
    EXPECT_EQ(window.settled(All, clock.steady()), std::nullopt);
    clock.advance(10s);
    EXPECT_EQ(window.settled(All, clock.steady()), 5u);
}

TEST(DeliveryWindow, WhatTheNetworkDoesNotAcknowledgeIsNotDelivered)
{
    support::FakeClock clock;
    DeliveryWindow window(10s);
    window.written(3, 300, clock.steady());
    window.written(5, 500, clock.steady());
    clock.advance(1h);
    EXPECT_EQ(window.settled(299, clock.steady()), std::nullopt);
    EXPECT_GT(*window.nextSettling(clock.steady()), clock.steady()) << "asks again, and not without a pause";
    EXPECT_EQ(window.settled(499, clock.steady()), 3u);
    EXPECT_EQ(window.settled(500, clock.steady()), 5u);
}

TEST(DeliveryWindow, WhatWasOnItsWayIsNotDeliveredOnAnotherConnection)
{
    support::FakeClock clock;
    DeliveryWindow window(10s);
    window.written(3, 100 * 3, clock.steady());
    window.clear();
    clock.advance(1h);
    EXPECT_EQ(window.settled(All, clock.steady()), std::nullopt);
}

TEST(DeliveryWindow, AFloodTakesLittleMemoryAndNothingSettlesEarly)
{
    support::FakeClock clock;
    DeliveryWindow window(10s);
    const auto start = clock.steady();
    for (std::uint64_t number = 1; number <= 100'000; ++number) {
        window.written(number, 100 * number, clock.steady());
        clock.advance(100us);
        if (const auto settled = window.settled(All, clock.steady())) {
            // Record n was written 100 µs times n - 1 after the start.
            ASSERT_LE(start + 100us * (*settled - 1) + 10s, clock.steady());
        }
        ASSERT_LE(window.size(), 140u);
    }
    clock.advance(11s);
    EXPECT_EQ(window.settled(All, clock.steady()), 100'000u);
}

TEST(Position, ComesBackAndIsReplacedWhole)
{
    const support::TemporaryDirectory directory;
    const auto file = directory.path() / "position";
    EXPECT_EQ(*audit::readPosition(file), audit::Position{});
    audit::Position position{7, {}};
    position.hash.fill(9);
    ASSERT_TRUE(audit::writePosition(file, position));
    EXPECT_EQ(*audit::readPosition(file), position);
    position.number = 8;
    ASSERT_TRUE(audit::writePosition(file, position));
    EXPECT_EQ(*audit::readPosition(file), position);
    directory.write("position", "words");
    EXPECT_EQ(audit::readPosition(file).error().code, base::Errc::InvalidInput);
    EXPECT_EQ(audit::writePosition(directory.path() / "no" / "where", position).error().code, base::Errc::Io);
}

}
