#include "app/venue/line_log.h"

#include "core/rfq/value_date.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>

namespace venue {

namespace {

constexpr std::size_t LongestValue = 300;

bool isPlain(char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
}

std::string escaped(char c)
{
    if (c == '"' || c == '\\')
        return {'\\', c};
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= ' ' && byte != 0x7f)
        return {c};
    std::array<char, 5> code{};
    std::snprintf(code.data(), code.size(), "\\x%02x", static_cast<unsigned>(byte));
    return code.data();
}

std::string timeText(base::UtcTime now)
{
    using namespace std::chrono;
    const auto day = floor<days>(now);
    const hh_mm_ss time(floor<milliseconds>(now - day));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return rfq::isoDate(day) + text.data();
}

}

LineLog::LineLog(std::ostream& out, const base::Clock& clock)
    : m_out(out)
    , m_clock(clock)
{
}

void LineLog::record(std::string_view event, std::initializer_list<Field> fields)
{
    std::string line = timeText(m_clock.utc()) + " event=" + std::string(event);
    for (const auto& [key, value] : fields)
        if (!value.empty())
            line += " " + std::string(key) + "=" + lineValue(value);
    const std::lock_guard lock(m_mutex);
    m_out << line << '\n' << std::flush;
}

std::string lineValue(std::string_view text)
{
    const bool cut = text.size() > LongestValue;
    const std::string_view shown = text.substr(0, LongestValue);
    if (!cut && !text.empty() && std::all_of(text.begin(), text.end(), isPlain))
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : shown)
        quoted += escaped(c);
    return quoted + (cut ? "...\"" : "\"");
}

}
