#include "core/base/local_zone.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace {

using namespace std::chrono_literals;
using namespace std::chrono;

base::UtcTime noonOf(year_month_day day)
{
    return base::UtcTime(sys_days(day).time_since_epoch() + 12h);
}

TEST(LocalZone, KnowsSummerTime)
{
    // The rule is in the text, so that no file of zones is needed.
    ASSERT_EQ(::setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1), 0);
    ::tzset();
    EXPECT_EQ(base::aheadOfUtc(noonOf(2026y / January / 15)), 60min);
    EXPECT_EQ(base::aheadOfUtc(noonOf(2026y / July / 15)), 120min);
    ::unsetenv("TZ");
    ::tzset();
}

}
