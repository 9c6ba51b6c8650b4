#include "core/fix/session_schedule.h"

#include <array>
#include <vector>

namespace fix {

using base::Errc;
using base::Error;
using base::UtcTime;
using std::chrono::days;
using std::chrono::seconds;
using std::chrono::weekday;
using std::chrono::weeks;

namespace {

constexpr std::array<std::string_view, 7> DayNames{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/// The start of 1970-01-04, a Sunday.
constexpr UtcTime FirstSunday{days(3)};

std::optional<int> twoDigits(std::string_view text, int most)
{
    if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return std::nullopt;
    const int number = (text[0] - '0') * 10 + (text[1] - '0');
    return number <= most ? std::optional(number) : std::nullopt;
}

/// "06:00" or "06:00:30".
std::optional<seconds> timeOfDay(std::string_view text)
{
    const bool withSeconds = text.size() == 8 && text[5] == ':';
    if (!withSeconds && text.size() != 5)
        return std::nullopt;
    const auto hour = twoDigits(text.substr(0, 2), 23);
    const auto minute = twoDigits(text.substr(3, 2), 59);
    const auto second = withSeconds ? twoDigits(text.substr(6, 2), 59) : std::optional(0);
    if (text[2] != ':' || !hour || !minute || !second)
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + seconds(*second);
}

std::optional<weekday> dayNamed(std::string_view text)
{
    for (unsigned day = 0; day < DayNames.size(); ++day) {
        if (text == DayNames[day])
            return weekday(day);
    }
    return std::nullopt;
}

/// Words between spaces; a '-' is a word of its own.
std::vector<std::string_view> wordsIn(std::string_view text)
{
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] != ' ' && text[at] != '-')
            continue;
        if (at > begin)
            words.push_back(text.substr(begin, at - begin));
        if (at < text.size() && text[at] == '-')
            words.push_back(text.substr(at, 1));
        begin = at + 1;
    }
    return words;
}

std::string twoDigitsOf(std::int64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clockText(seconds ofDay)
{
    const std::int64_t count = ofDay.count();
    const std::string text = twoDigitsOf(count / 3600) + ':' + twoDigitsOf(count / 60 % 60);
    return count % 60 == 0 ? text : text + ':' + twoDigitsOf(count % 60);
}

std::string dayAndClockText(seconds ofWeek)
{
    const auto day = static_cast<std::size_t>(std::chrono::floor<days>(ofWeek).count());
    return std::string(DayNames[day]) + ' ' + clockText(ofWeek % days(1));
}

}

SessionSchedule SessionSchedule::daily(seconds start, seconds end)
{
    SessionSchedule schedule;
    schedule.m_cycle = days(1);
    schedule.m_start = start;
    schedule.m_length = end > start ? end - start : end - start + days(1);
    return schedule;
}

SessionSchedule SessionSchedule::weekly(weekday startDay, seconds start, weekday endDay, seconds end)
{
    const auto from = days(startDay.c_encoding()) + start;
    const auto to = days(endDay.c_encoding()) + end;
    SessionSchedule schedule;
    schedule.m_cycle = weeks(1);
    schedule.m_start = from;
    schedule.m_length = to > from ? to - from : to - from + weeks(1);
    return schedule;
}

base::Result<SessionSchedule> SessionSchedule::parse(std::string_view text)
{
    const auto words = wordsIn(text);
    if (words.size() == 1 && words[0] == "always")
        return SessionSchedule();
    if (words.size() == 4 && words[0] == "daily" && words[2] == "-") {
        const auto start = timeOfDay(words[1]);
        const auto end = timeOfDay(words[3]);
        if (start && end)
            return daily(*start, *end);
    }
    if (words.size() == 6 && words[0] == "weekly" && words[3] == "-") {
        const auto startDay = dayNamed(words[1]);
        const auto start = timeOfDay(words[2]);
        const auto endDay = dayNamed(words[4]);
        const auto end = timeOfDay(words[5]);
        if (startDay && start && endDay && end)
            return weekly(*startDay, *start, *endDay, *end);
    }
    return Error{
        Errc::InvalidInput, R"("always", "daily 06:00-22:00" or "weekly Sun 22:00 - Fri 21:30" with times in UTC)"};
}

std::string SessionSchedule::text() const
{
    if (isAlways())
        return "always";
    const seconds end = (m_start + m_length) % m_cycle;
    if (m_cycle == days(1))
        return "daily " + clockText(m_start) + '-' + clockText(end);
    return "weekly " + dayAndClockText(m_start) + " - " + dayAndClockText(end);
}

std::optional<SessionSchedule::Period> SessionSchedule::periodAt(UtcTime time) const
{
    const Period latest = latestPeriod(time);
    return time < latest.end ? std::optional(latest) : std::nullopt;
}

UtcTime SessionSchedule::nextStart(UtcTime time) const
{
    return latestPeriod(time).begin + m_cycle;
}

SessionSchedule::Period SessionSchedule::latestPeriod(UtcTime time) const
{
    const UtcTime origin = FirstSunday + m_start;
    const auto cycles = (time - origin) / m_cycle - ((time - origin) % m_cycle < seconds(0) ? 1 : 0);
    const UtcTime begin = origin + cycles * m_cycle;
    return {begin, begin + m_length};
}

}
