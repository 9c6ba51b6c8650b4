#include "core/fix/fix_time.h"

#include <gtest/gtest.h>

namespace {

using base::UtcTime;
using fix::TimePrecision;

UtcTime parsed(std::string_view text)
{
    const auto time = fix::parseUtcTimestamp(text);
    EXPECT_TRUE(time) << text;
    return time ? *time : UtcTime();
}

TEST(FixTime, TimestampsOfEveryPrecisionAreRead)
{
    const UtcTime second = parsed("20261124-07:06:05");
    EXPECT_EQ(second.time_since_epoch().count(), 1'795'503'965'000'000);
    using std::chrono::microseconds;
    EXPECT_EQ(parsed("20261124-07:06:05.5"), second + microseconds(500'000));
    EXPECT_EQ(parsed("20261124-07:06:05.123"), second + microseconds(123'000));
    EXPECT_EQ(parsed("20261124-07:06:05.123456"), second + microseconds(123'456));
    EXPECT_EQ(parsed("20261124-07:06:05.123456789"), second + microseconds(123'456));
}

TEST(FixTime, LeapSecondIsTheLastMicrosecondOfItsMinute)
{
    EXPECT_EQ(
        fix::formatUtcTimestamp(parsed("20161231-23:59:60"), TimePrecision::Microseconds), "20161231-23:59:59.999999");
    EXPECT_EQ(fix::formatUtcTimestamp(parsed("20161231-23:59:60.250"), TimePrecision::Microseconds),
        "20161231-23:59:59.999999");
}

TEST(FixTime, AnythingElseIsRefused)
{
    for (const char* text :
        {"", "20261124", "20261124-", "20261124-07:06", "20261124-07:06:5", "20261124 07:06:05", "20261124-07:06:61",
            "20261124-24:00:00", "20261124-07:60:00", "20261324-07:06:05", "20260229-07:06:05", "2026112-07:06:05",
            "20261124-07:06:05.", "20261124-07:06:05.1234567890", "20261124-07:06:05.12x", "20261124-07:06:05Z",
            "+0261124-07:06:05", "20261124-07:06:05,123", "20261124-0x:06:05", "20261124-07-06-05", "NOW"}) {
        const auto time = fix::parseUtcTimestamp(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().code, base::Errc::InvalidInput);
    }
}

TEST(FixTime, TimestampsAreWrittenInThePrecisionAskedForAndNeverLaterThanTheyAre)
{
    const UtcTime time = parsed("20260105-00:00:09.987654");
    EXPECT_EQ(fix::formatUtcTimestamp(time, TimePrecision::Seconds), "20260105-00:00:09");
    EXPECT_EQ(fix::formatUtcTimestamp(time), "20260105-00:00:09.987");
    EXPECT_EQ(fix::formatUtcTimestamp(time, TimePrecision::Microseconds), "20260105-00:00:09.987654");
}

TEST(FixTime, TimesBeforeTheEpochKeepTheirDay)
{
    EXPECT_EQ(fix::formatUtcTimestamp(UtcTime(std::chrono::microseconds(-1)), TimePrecision::Microseconds),
        "19691231-23:59:59.999999");
}

TEST(FixTime, DatesAreReadAndWritten)
{
    using namespace std::chrono;
    const auto date = fix::parseDate("20280229");
    ASSERT_TRUE(date);
    EXPECT_EQ(*date, year_month_day(year(2028), month(2), day(29)));
    EXPECT_EQ(fix::formatDate(*date), "20280229");
    EXPECT_EQ(fix::formatDate(year_month_day(year(7), month(1), day(2))), "00070102");
}

TEST(FixTime, DaysThatDoNotExistAreRefused)
{
    for (const char* text : {"", "20270229", "20261301", "20260100", "2026-11-27", "202611270", "SP", "2026112"})
        EXPECT_FALSE(fix::parseDate(text)) << text;
}

}
