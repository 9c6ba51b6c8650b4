#include "core/fix/fix_time.h"

#include <cstdint>
#include <optional>

namespace fix {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// The number in exactly these places; absent unless every one of them is a digit.
std::optional<unsigned> number(std::string_view text, std::size_t at, std::size_t count)
{
    if (text.size() < at + count)
        return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

base::Error malformed(std::string_view text, const char* expected)
{
    return {base::Errc::InvalidInput, "\"" + std::string(text.substr(0, 40)) + "\" is not " + expected};
}

std::optional<base::Date> dateIn(std::string_view text)
{
    const auto year = number(text, 0, 4);
    const auto month = number(text, 4, 2);
    const auto day = number(text, 6, 2);
    if (!year || !month || !day)
        return std::nullopt;
    const base::Date date{
        std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month), std::chrono::day(*day)};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// ".5", ".500", ".500000000"; empty is zero.
std::optional<microseconds> fractionIn(std::string_view text)
{
    if (text.empty())
        return microseconds(0);
    const std::size_t digits = text.size() - 1;
    if (text.front() != '.' || digits < 1 || digits > 9 || !number(text, 1, digits))
        return std::nullopt;
    std::string micros(text.substr(1, 6));
    micros.resize(6, '0');
    return microseconds(*number(micros, 0, 6));
}

std::optional<microseconds> timeOfDayIn(std::string_view text)
{
    if (text.size() < 8 || text[2] != ':' || text[5] != ':')
        return std::nullopt;
    const auto hour = number(text, 0, 2);
    const auto minute = number(text, 3, 2);
    const auto second = number(text, 6, 2);
    const auto fraction = fractionIn(text.substr(8));
    if (!hour || !minute || !second || !fraction || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const microseconds minuteStart = hours(*hour) + minutes(*minute);
    if (*second == 60)
        return minuteStart + minutes(1) - microseconds(1);
    return minuteStart + seconds(*second) + *fraction;
}

std::string padded(std::int64_t value, std::size_t width)
{
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}

base::Result<base::UtcTime> parseUtcTimestamp(std::string_view text)
{
    const auto date = dateIn(text);
    const bool separated = text.size() > 8 && text[8] == '-';
    const auto time = separated ? timeOfDayIn(text.substr(9)) : std::nullopt;
    if (!date || !time)
        return malformed(text, "a UTC timestamp (YYYYMMDD-HH:MM:SS.sss)");
    return base::UtcTime(std::chrono::sys_days(*date)) + *time;
}

std::string formatUtcTimestamp(base::UtcTime time, TimePrecision precision)
{
    const auto day = std::chrono::floor<days>(time);
    const auto ofDay = time - day;
    const auto second = std::chrono::duration_cast<seconds>(ofDay);
    std::string text = formatDate(base::Date(day)) + '-' + padded(second.count() / 3600, 2) + ':'
        + padded(second.count() / 60 % 60, 2) + ':' + padded(second.count() % 60, 2);
    const auto micros = microseconds(ofDay - second).count();
    switch (precision) {
    case TimePrecision::Seconds:
        break;
    case TimePrecision::Milliseconds:
        text += '.' + padded(micros / 1000, 3);
        break;
    case TimePrecision::Microseconds:
        text += '.' + padded(micros, 6);
        break;
    }
    return text;
}

base::Result<base::Date> parseDate(std::string_view text)
{
    const auto date = text.size() == 8 ? dateIn(text) : std::nullopt;
    if (!date)
        return malformed(text, "a date (YYYYMMDD)");
    return *date;
}

std::string formatDate(base::Date date)
{
    return padded(static_cast<int>(date.year()), 4) + padded(static_cast<unsigned>(date.month()), 2)
        + padded(static_cast<unsigned>(date.day()), 2);
}

}
