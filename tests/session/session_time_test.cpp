#include "core/fix/session_adapters.h"

#include <gtest/gtest.h>

/// The session time that never ends: no moment resets the sequence numbers.
namespace {

FIX::UtcTimeStamp moment(int day, int hour, int minute, int second, int nanosecond)
{
    return {hour, minute, second, nanosecond, day, 11, 2026, 9};
}

/// As QuickFIX asks: does a moment lie in the same stretch as the store's creation, a second later?
bool goesOn(const FIX::UtcTimeStamp& now)
{
    FIX::UtcTimeStamp created = now;
    created += 1;
    return fix::nonStop().isInRange(now) && fix::nonStop().isInSameRange(now, created);
}

TEST(SessionTime, GoesOnOverMidnightAndOverTheWeekend)
{
    for (int day = 20; day <= 24; ++day) { // Friday to Tuesday
        EXPECT_TRUE(goesOn(moment(day, 23, 59, 59, 0)));
        EXPECT_TRUE(goesOn(moment(day, 23, 59, 59, 999'999'999)));
        EXPECT_TRUE(goesOn(moment(day, 0, 0, 0, 0)));
        EXPECT_TRUE(goesOn(moment(day, 0, 0, 0, 1)));
        EXPECT_TRUE(goesOn(moment(day, 0, 0, 0, 2)));
        EXPECT_TRUE(goesOn(moment(day, 12, 0, 0, 0)));
    }
}

TEST(SessionTime, TheUsualWayToSayAllDayWouldEndAtMidnight)
{
    FIX::TimeRange allDay(FIX::UtcTimeOnly(0, 0, 0), FIX::UtcTimeOnly(0, 0, 0));
    EXPECT_FALSE(allDay.isInSameRange(moment(24, 23, 59, 59, 500'000'000), moment(25, 0, 0, 0, 500'000'000)));
}

}
