#include "core/rfq/value_date.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace rfq {

using namespace std::chrono;

namespace {

Date dayAfter(Date date)
{
    return sys_days(date) + days(1);
}

bool isWeekend(Date date)
{
    const weekday day{sys_days(date)};
    return day == Saturday || day == Sunday;
}

/// The offset of New York: US daylight saving runs from 02:00 standard time on the second Sunday of March to 02:00
/// daylight time on the first Sunday of November (Energy Policy Act of 2005).
hours newYorkOffset(base::UtcTime now)
{
    const year thisYear = year_month_day(floor<days>(now - hours(5))).year();
    const auto begin = sys_days(thisYear / March / Sunday[2]) + hours(7);
    const auto end = sys_days(thisYear / November / Sunday[1]) + hours(6);
    return now >= begin && now < end ? hours(-4) : hours(-5);
}

Date following(Date date, const Calendar& calendar)
{
    return calendar.businessDaysAfter(date, 0);
}

Date preceding(Date date, const Calendar& calendar)
{
    while (!calendar.isBusinessDay(date))
        date = sys_days(date) - days(1);
    return date;
}

Date lastBusinessDay(year_month month, const Calendar& calendar)
{
    return preceding(month / last, calendar);
}

Date monthsAfterSpot(Date spot, months count, const Calendar& calendar)
{
    const year_month target = spot.year() / spot.month() + count;
    if (spot == lastBusinessDay(spot.year() / spot.month(), calendar))
        return lastBusinessDay(target, calendar); // end-end
    Date date = target / spot.day();
    if (!date.ok())
        date = target / last;
    const Date later = following(date, calendar);
    return later.month() == target.month() ? later : preceding(date, calendar); // modified following
}

base::Result<Date> brokenDate(Date date, Date spot, const Calendar& calendar)
{
    if (!date.ok())
        return base::Error{base::Errc::InvalidInput, "a broken date needs a date"};
    if (!calendar.isBusinessDay(date))
        return base::Error{base::Errc::InvalidInput, isoDate(date) + " is not a business day"};
    if (date < spot)
        return base::Error{base::Errc::InvalidInput, isoDate(date) + " is before spot, " + isoDate(spot)};
    return date;
}

constexpr std::array<std::pair<Tenor, const char*>, 9> TenorCodes{
    {{Tenor::Spot, "SP"}, {Tenor::Week1, "1W"}, {Tenor::Week2, "2W"}, {Tenor::Month1, "1M"}, {Tenor::Month2, "2M"},
        {Tenor::Month3, "3M"}, {Tenor::Month6, "6M"}, {Tenor::Year1, "1Y"}, {Tenor::Broken, "BD"}}};

std::string upperCase(std::string_view text)
{
    std::string upper;
    for (const char c : text)
        upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

/// The number that these digits write; -1 where they are not all digits.
int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}

Calendar::Calendar(std::set<Date> holidays)
    : m_holidays(std::move(holidays))
{
}

bool Calendar::isBusinessDay(Date date) const
{
    return !isWeekend(date) && !m_holidays.contains(date);
}

Date Calendar::businessDaysAfter(Date date, int n) const
{
    while (!isBusinessDay(date))
        date = dayAfter(date);
    for (int i = 0; i < n; ++i) {
        date = dayAfter(date);
        while (!isBusinessDay(date))
            date = dayAfter(date);
    }
    return date;
}

Date tradeDate(base::UtcTime now)
{
    constexpr hours RollToMidnight{24 - 17};
    Date date = floor<days>(now + newYorkOffset(now) + RollToMidnight);
    while (isWeekend(date))
        date = dayAfter(date);
    return date;
}

base::Result<Date> valueDateFor(
    const Instrument& instrument, const Settlement& settlement, base::UtcTime now, const Calendar& calendar)
{
    const Date spot = calendar.businessDaysAfter(tradeDate(now), instrument.spotDays);
    switch (settlement.tenor) {
    case Tenor::Spot:
        return spot;
    case Tenor::Week1:
        return following(sys_days(spot) + weeks(1), calendar);
    case Tenor::Week2:
        return following(sys_days(spot) + weeks(2), calendar);
    case Tenor::Month1:
        return monthsAfterSpot(spot, months(1), calendar);
    case Tenor::Month2:
        return monthsAfterSpot(spot, months(2), calendar);
    case Tenor::Month3:
        return monthsAfterSpot(spot, months(3), calendar);
    case Tenor::Month6:
        return monthsAfterSpot(spot, months(6), calendar);
    case Tenor::Year1:
        return monthsAfterSpot(spot, months(12), calendar);
    case Tenor::Broken:
        return brokenDate(settlement.date, spot, calendar);
    }
    return base::Error{base::Errc::Internal, "unknown tenor"};
}

const char* tenorCode(Tenor tenor)
{
    for (const auto& [value, code] : TenorCodes) {
        if (value == tenor)
            return code;
    }
    return "";
}

base::Result<Tenor> parseTenor(std::string_view text)
{
    const std::string upper = upperCase(text);
    if (upper == "SPOT")
        return Tenor::Spot;
    for (const auto& [value, code] : TenorCodes) {
        if (upper == code)
            return value;
    }
    return base::Error{base::Errc::InvalidInput,
        "\"" + std::string(text.substr(0, 40)) + "\" is not a tenor: SP, 1W, 2W, 1M, 2M, 3M, 6M, 1Y or BD"};
}

std::string isoDate(Date date)
{
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {text.data(), static_cast<std::size_t>(length)};
}

base::Result<Date> parseIsoDate(std::string_view text)
{
    const base::Error malformed{
        base::Errc::InvalidInput, "\"" + std::string(text.substr(0, 40)) + "\" is not a date like 2026-11-26"};
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return malformed;
    const int y = number(text.substr(0, 4));
    const int m = number(text.substr(5, 2));
    const int d = number(text.substr(8, 2));
    if (y < 0 || m < 0 || d < 0)
        return malformed;
    const Date date = year(y) / m / d;
    if (!date.ok())
        return malformed;
    return date;
}

}
