#include "core/audit/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace audit {

namespace {

using namespace std::chrono;

constexpr std::string_view Shape = "0000-00-00T00:00:00.000000Z";

/// The digits at `from`; the shape was checked.
long numberAt(std::string_view text, std::size_t from, std::size_t size)
{
    long number = 0;
    std::from_chars(text.data() + from, text.data() + from + size, number);
    return number;
}

bool hasShape(std::string_view text)
{
    return text.size() == Shape.size() && std::equal(text.begin(), text.end(), Shape.begin(), [](char c, char shape) {
        return shape == '0' ? c >= '0' && c <= '9' : c == shape;
    });
}

}

std::string timeText(base::UtcTime time)
{
    const base::UtcTime shown = std::max(time, base::UtcTime());
    const auto day = floor<days>(shown);
    const year_month_day date(day);
    const hh_mm_ss clock(shown - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return text.data();
}

std::optional<base::UtcTime> parseTime(std::string_view text)
{
    if (!hasShape(text))
        return std::nullopt;
    const year_month_day date(year(static_cast<int>(numberAt(text, 0, 4))),
        month(static_cast<unsigned>(numberAt(text, 5, 2))), day(static_cast<unsigned>(numberAt(text, 8, 2))));
    const long hour = numberAt(text, 11, 2);
    const long minute = numberAt(text, 14, 2);
    const long second = numberAt(text, 17, 2);
    if (!date.ok() || date.year() < year(1970) || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return base::UtcTime(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second)
        + microseconds(numberAt(text, 20, 6));
}

}
