#include "core/access/signals.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace zerotrust {

namespace {

constexpr std::array<const char*, 7> Days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string weekTimeText(const WeekTime& time)
{
    const auto minutes = static_cast<int>(time.sinceMidnight.count());
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%s %02d:%02d", time.day.ok() ? Days[time.day.c_encoding()] : "?",
        minutes / 60, minutes % 60);
    return text.data();
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "Mon 08:30".
std::optional<WeekTime> parseWeekTime(std::string_view text)
{
    if (text.size() != 9 || text[3] != ' ' || text[6] != ':' || !isDigit(text[4]) || !isDigit(text[5])
        || !isDigit(text[7]) || !isDigit(text[8]))
        return std::nullopt;
    const auto day = std::find(Days.begin(), Days.end(), text.substr(0, 3));
    const int hours = (text[4] - '0') * 10 + text[5] - '0';
    const int minutes = (text[7] - '0') * 10 + text[8] - '0';
    if (day == Days.end() || hours > 23 || minutes > 59)
        return std::nullopt;
    return WeekTime{.day = std::chrono::weekday(static_cast<unsigned>(day - Days.begin())),
        .sinceMidnight = std::chrono::hours(hours) + std::chrono::minutes(minutes)};
}

/// "90", "10000000 EUR".
std::optional<Measure> parseMeasure(std::string_view text)
{
    const auto blank = text.find(' ');
    const auto number = base::Decimal::parse(text.substr(0, blank));
    if (!number)
        return std::nullopt;
    if (blank == std::string_view::npos)
        return Measure{.number = *number, .unit = {}};
    const auto unit = text.substr(blank + 1);
    const bool word =
        !unit.empty() && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return word ? std::optional(Measure{.number = *number, .unit = std::string(unit)}) : std::nullopt;
}

}

std::string valueText(const SignalValue& value)
{
    return std::visit(base::Overloaded{
                          [](const std::string& word) { return word; },
                          [](const Measure& measure) {
                              return measure.number.text() + (measure.unit.empty() ? "" : " " + measure.unit);
                          },
                          [](const IpAddress& address) { return address.text(); },
                          [](const WeekTime& time) { return weekTimeText(time); },
                      },
        value);
}

SignalValue parseValue(std::string_view text)
{
    if (const auto time = parseWeekTime(text))
        return *time;
    if (const auto measure = parseMeasure(text))
        return *measure;
    if (const auto address = IpAddress::parse(text))
        return *address;
    return std::string(text);
}

const char* sourceName(Source source)
{
    switch (source) {
    case Source::Seen:
        return "seen";
    case Source::Proven:
        return "proven";
    case Source::Reported:
        return "reported";
    }
    return "";
}

std::optional<Source> parseSource(std::string_view name)
{
    for (const Source source : {Source::Seen, Source::Proven, Source::Reported})
        if (name == sourceName(source))
            return source;
    return std::nullopt;
}

const char* occasionName(Occasion occasion)
{
    switch (occasion) {
    case Occasion::Session:
        return "session";
    case Occasion::Action:
        return "action";
    }
    return "";
}

std::optional<Occasion> parseOccasion(std::string_view name)
{
    for (const Occasion occasion : {Occasion::Session, Occasion::Action})
        if (name == occasionName(occasion))
            return occasion;
    return std::nullopt;
}

}
