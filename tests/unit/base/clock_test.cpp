#include "core/base/clock.h"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

/// The clocks of the machine the test runs on.
namespace {

using namespace std::chrono_literals;

/// Seconds since the machine started, sleep included, as the kernel tells it.
std::optional<std::chrono::duration<double>> uptime()
{
    double seconds = 0;
    std::ifstream file("/proc/uptime");
    return file >> seconds ? std::optional(std::chrono::duration<double>(seconds)) : std::nullopt;
}

TEST(SystemClock, SteadyTimeNeverGoesBack)
{
    const base::SystemClock clock;
    base::SteadyTime last = clock.steady();
    for (int i = 0; i < 1000; ++i) {
        const base::SteadyTime now = clock.steady();
        ASSERT_GE(now, last);
        last = now;
    }
}

TEST(SystemClock, SteadyTimeCountsTheTimeTheMachineSlept)
{
    const auto before = uptime();
    if (!before)
        GTEST_SKIP() << "the kernel tells no uptime";
    const auto now = base::SystemClock().steady().time_since_epoch();
    const auto after = uptime();
    EXPECT_GE(now, *before - 20ms); // it is told in hundredths of a second
    EXPECT_LE(now, *after + 20ms);
}

}
