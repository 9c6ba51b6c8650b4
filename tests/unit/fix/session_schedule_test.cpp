#include "core/fix/session_schedule.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using base::UtcTime;
using fix::SessionSchedule;

/// November 2026: the 22nd is a Sunday.
UtcTime at(int day, std::chrono::microseconds ofDay)
{
    return std::chrono::sys_days(2026y / 11 / day) + ofDay;
}

SessionSchedule schedule(std::string_view text)
{
    const auto parsed = SessionSchedule::parse(text);
    EXPECT_TRUE(parsed) << text;
    return parsed ? *parsed : SessionSchedule();
}

TEST(SessionSchedule, AlwaysIsAlways)
{
    EXPECT_TRUE(SessionSchedule().isAlways());
    EXPECT_TRUE(SessionSchedule().isOpen(at(22, 0s)));
    EXPECT_EQ(schedule("always"), SessionSchedule());
}

TEST(SessionSchedule, ADayFromMorningToEvening)
{
    const auto daily = schedule("daily 06:00-22:00");
    EXPECT_FALSE(daily.isOpen(at(24, 6h - 1us)));
    EXPECT_EQ(daily.periodAt(at(24, 6h)), (SessionSchedule::Period{at(24, 6h), at(24, 22h)}));
    EXPECT_TRUE(daily.isOpen(at(24, 22h - 1us)));
    EXPECT_FALSE(daily.isOpen(at(24, 22h)));
    EXPECT_EQ(daily.nextStart(at(24, 5h)), at(24, 6h));
    EXPECT_EQ(daily.nextStart(at(24, 6h)), at(25, 6h));
    EXPECT_EQ(daily.nextStart(at(24, 23h)), at(25, 6h));
}

TEST(SessionSchedule, ADayOverMidnight)
{
    const auto daily = schedule("daily 22:05-22:00"); // five minutes of rest
    EXPECT_EQ(daily.periodAt(at(24, 3h)), (SessionSchedule::Period{at(23, 22h + 5min), at(24, 22h)}));
    EXPECT_FALSE(daily.isOpen(at(24, 22h + 2min)));
    EXPECT_EQ(daily.periodAt(at(24, 22h + 5min)), (SessionSchedule::Period{at(24, 22h + 5min), at(25, 22h)}));
}

TEST(SessionSchedule, AllDayLongHasOnePeriodAfterTheOther)
{
    const auto daily = schedule("daily 22:00-22:00");
    EXPECT_EQ(daily.periodAt(at(24, 22h - 1us)), (SessionSchedule::Period{at(23, 22h), at(24, 22h)}));
    EXPECT_EQ(daily.periodAt(at(24, 22h)), (SessionSchedule::Period{at(24, 22h), at(25, 22h)}));
}

TEST(SessionSchedule, AWeekOfTrading)
{
    const auto weekly = schedule("weekly Sun 22:00 - Fri 21:30");
    const SessionSchedule::Period week{at(22, 22h), at(27, 21h + 30min)};
    EXPECT_FALSE(weekly.isOpen(at(22, 22h - 1us)));
    EXPECT_EQ(weekly.periodAt(at(22, 22h)), week);
    EXPECT_EQ(weekly.periodAt(at(25, 0s)), week);
    EXPECT_EQ(weekly.periodAt(week.end - 1us), week);
    EXPECT_FALSE(weekly.isOpen(week.end));
    EXPECT_FALSE(weekly.isOpen(at(28, 12h)));
    EXPECT_EQ(weekly.nextStart(at(28, 12h)), at(29, 22h));
}

TEST(SessionSchedule, AWeekOverItsEnd)
{
    const auto weekly = schedule("weekly Sat 06:00 - Wed 18:00");
    EXPECT_EQ(weekly.periodAt(at(24, 8h)), (SessionSchedule::Period{at(21, 6h), at(25, 18h)}));
    EXPECT_FALSE(weekly.isOpen(at(26, 0s)));
    EXPECT_EQ(weekly.nextStart(at(26, 0s)), at(28, 6h));
}

TEST(SessionSchedule, UtcKnowsNoSummerTime)
{
    // Europe changes its clocks on 25 October 2026 at 01:00 UTC, the United States on 1 November at 06:00 UTC.
    const auto daily = schedule("daily 06:00-22:00");
    for (int day = 24; day <= 31; ++day) {
        const UtcTime start = std::chrono::sys_days(2026y / 10 / day) + 6h;
        EXPECT_EQ(daily.periodAt(start), (SessionSchedule::Period{start, start + 16h}));
        EXPECT_EQ(daily.nextStart(start), start + 24h);
    }
}

TEST(SessionSchedule, TimesBeforeTheEpochAreTimes)
{
    const auto daily = schedule("daily 06:00-22:00");
    const UtcTime start = std::chrono::sys_days(1969y / 12 / 30) + 6h;
    EXPECT_EQ(daily.periodAt(start + 1h), (SessionSchedule::Period{start, start + 16h}));
}

TEST(SessionSchedule, IsReadAsItIsWritten)
{
    for (const char* text : {"always", "daily 06:00-22:00", "daily 22:05:30-22:00", "weekly Sun 22:00 - Fri 21:30",
             "weekly Sat 06:00 - Wed 18:00:59"})
        EXPECT_EQ(schedule(text).text(), text);
    EXPECT_EQ(schedule(" daily  06:00 - 22:00 ").text(), "daily 06:00-22:00");
    EXPECT_EQ(schedule("weekly Sun 22:00-Fri 21:30").text(), "weekly Sun 22:00 - Fri 21:30");
}

TEST(SessionSchedule, WhatIsNoScheduleIsRefused)
{
    for (const char* text : {"", "sometimes", "daily", "daily 06:00", "daily 6:00-22:00", "daily 24:00-22:00",
             "daily 06:60-22:00", "daily 06:00-22:00 UTC", "daily 06:00:60-22:00", "weekly 22:00 - 21:30",
             "weekly Sunday 22:00 - Fri 21:30", "weekly Sun 22:00 Fri 21:30", "always 06:00"})
        EXPECT_FALSE(SessionSchedule::parse(text)) << text;
}

}
