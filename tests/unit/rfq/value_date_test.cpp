#include "core/rfq/value_date.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono;
using rfq::Calendar;
using rfq::Settlement;
using rfq::Tenor;

namespace {

const rfq::Instrument EurUsd{"EUR/USD", 4, 5, 2};
const rfq::Instrument UsdCad{"USD/CAD", 4, 5, 1};

base::UtcTime utc(year_month_day date, hours hour = hours(8), minutes minute = minutes(0))
{
    return sys_days(date) + hour + minute;
}

std::string valueDate(
    const rfq::Instrument& instrument, Tenor tenor, base::UtcTime now, const Calendar& calendar = Calendar())
{
    const auto date = rfq::valueDateFor(instrument, {tenor, {}}, now, calendar);
    return date ? rfq::isoDate(*date) : date.error().detail;
}

std::string broken(year_month_day date, const Calendar& calendar = Calendar())
{
    const auto result = rfq::valueDateFor(EurUsd, {Tenor::Broken, date}, utc(2026y / November / 24), calendar);
    return result ? rfq::isoDate(*result) : base::errcName(result.error().code);
}

TEST(TradeDate, RollsAtFiveInTheAfternoonInNewYork)
{
    EXPECT_EQ(rfq::tradeDate(utc(2026y / November / 24, 21h, 59min)), 2026y / November / 24);
    EXPECT_EQ(rfq::tradeDate(utc(2026y / November / 24, 22h)), 2026y / November / 25);
    EXPECT_EQ(rfq::tradeDate(utc(2026y / July / 14, 20h, 59min)), 2026y / July / 14);
    EXPECT_EQ(rfq::tradeDate(utc(2026y / July / 14, 21h)), 2026y / July / 15);
    EXPECT_EQ(rfq::tradeDate(utc(2026y / November / 24, 0h)), 2026y / November / 24);
}

TEST(TradeDate, FollowsDaylightSavingOfTheUnitedStates)
{
    EXPECT_EQ(rfq::tradeDate(utc(2026y / March / 5, 21h, 30min)), 2026y / March / 5);
    EXPECT_EQ(rfq::tradeDate(utc(2026y / March / 9, 21h)), 2026y / March / 10) << "since Sunday 8 March";
    EXPECT_EQ(rfq::tradeDate(utc(2026y / October / 29, 21h)), 2026y / October / 30);
    EXPECT_EQ(rfq::tradeDate(utc(2026y / November / 2, 21h, 30min)), 2026y / November / 2) << "until Sunday 1 November";
    EXPECT_EQ(rfq::tradeDate(utc(2026y / November / 2, 22h)), 2026y / November / 3);
}

TEST(TradeDate, IsMondayFromFridayEveningOn)
{
    EXPECT_EQ(rfq::tradeDate(utc(2026y / November / 27, 21h, 59min)), 2026y / November / 27);
    for (const auto now :
        {utc(2026y / November / 27, 22h), utc(2026y / November / 28), utc(2026y / November / 29, 23h)})
        EXPECT_EQ(rfq::tradeDate(now), 2026y / November / 30);
}

TEST(ValueDate, OfSpotIsTwoBusinessDaysAheadAndOneForTheCanadianDollar)
{
    const auto tuesday = utc(2026y / November / 24);
    EXPECT_EQ(valueDate(EurUsd, Tenor::Spot, tuesday), "2026-11-26");
    EXPECT_EQ(valueDate(UsdCad, Tenor::Spot, tuesday), "2026-11-25");
    const auto thursday = utc(2026y / November / 26);
    EXPECT_EQ(valueDate(EurUsd, Tenor::Spot, thursday), "2026-11-30");
    EXPECT_EQ(valueDate(UsdCad, Tenor::Spot, thursday), "2026-11-27");
}

TEST(ValueDate, SkipsHolidays)
{
    const Calendar calendar({2026y / November / 26});
    EXPECT_EQ(valueDate(EurUsd, Tenor::Spot, utc(2026y / November / 24), calendar), "2026-11-27");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Week1, utc(2026y / November / 17), calendar), "2026-11-27");
}

TEST(ValueDate, OfTenorsCountsFromSpot)
{
    const auto now = utc(2026y / November / 24);
    EXPECT_EQ(valueDate(EurUsd, Tenor::Week1, now), "2026-12-03");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Week2, now), "2026-12-10");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month1, now), "2026-12-28") << "26 December is a Saturday";
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month2, now), "2027-01-26");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month3, now), "2027-02-26");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month6, now), "2027-05-26");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Year1, now), "2027-11-26");
}

TEST(ValueDate, StaysInItsMonth)
{
    const auto now = utc(2026y / December / 28); // spot is Wednesday 30 December
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month1, now), "2027-01-29") << "30 January is a Saturday, Monday is February";
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month2, now), "2027-02-26") << "there is no 30 February";
}

TEST(ValueDate, GoesFromEndOfMonthToEndOfMonth)
{
    const auto now = utc(2026y / November / 26); // spot is Monday 30 November, the month's last business day
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month1, now), "2026-12-31");
    EXPECT_EQ(valueDate(EurUsd, Tenor::Month3, now), "2027-02-26");
}

TEST(ValueDate, OfABrokenDateMustBeABusinessDayFromSpotOn)
{
    EXPECT_EQ(broken(2026y / November / 26), "2026-11-26");
    EXPECT_EQ(broken(2027y / March / 17), "2027-03-17");
    EXPECT_EQ(broken(2026y / November / 25), "invalid-input");
    EXPECT_EQ(broken(2026y / November / 28), "invalid-input");
    EXPECT_EQ(broken(2026y / December / 1, Calendar({2026y / December / 1})), "invalid-input");
    EXPECT_EQ(broken({}), "invalid-input");
    EXPECT_EQ(broken(2027y / February / 30), "invalid-input");
}

TEST(Tenors, AreWrittenAndReadTheSame)
{
    for (const Tenor tenor : {Tenor::Spot, Tenor::Week1, Tenor::Week2, Tenor::Month1, Tenor::Month2, Tenor::Month3,
             Tenor::Month6, Tenor::Year1, Tenor::Broken})
        EXPECT_EQ(rfq::parseTenor(rfq::tenorCode(tenor)).value(), tenor);
    EXPECT_EQ(rfq::parseTenor("spot").value(), Tenor::Spot);
    EXPECT_EQ(rfq::parseTenor("3m").value(), Tenor::Month3);
    EXPECT_FALSE(rfq::parseTenor("4M"));
    EXPECT_FALSE(rfq::parseTenor(""));
}

TEST(IsoDates, AreReadStrictly)
{
    EXPECT_EQ(rfq::isoDate(2026y / November / 6), "2026-11-06");
    EXPECT_EQ(rfq::parseIsoDate("2026-11-06").value(), 2026y / November / 6);
    for (const char* text :
        {"", "2026-11-6", "2026/11/06", "20261106", "2026-13-01", "2026-02-29", "2026-11-0x", "-026-11-06"})
        EXPECT_FALSE(rfq::parseIsoDate(text)) << text;
}

}
