#include "core/store/spelling.h"
#include "core/store/toml_document.h"
#include "core/store/toml_node.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace store {

namespace {

using Kind = TomlNode::Kind;
using std::chrono::milliseconds;

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};
constexpr std::array<Unit, 4> Units{{{"ms", 1}, {"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}}};

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<milliseconds> readDuration(std::string_view text)
{
    constexpr std::int64_t Most = 1'000'000; // keeps the product far from overflow
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == std::string_view::npos)
        return std::nullopt;
    const std::optional<std::int64_t> number = wholeNumber(text.substr(0, digits));
    const std::string_view name = text.substr(digits);
    const auto unit = std::find_if(Units.begin(), Units.end(), [&](const Unit& u) { return u.name == name; });
    if (!number || *number > Most || unit == Units.end())
        return std::nullopt;
    return milliseconds(*number * unit->milliseconds);
}

std::string durationText(milliseconds duration)
{
    const auto unit = std::find_if(
        Units.rbegin(), Units.rend(), [&](const Unit& u) { return duration.count() % u.milliseconds == 0; });
    return std::to_string(duration.count() / unit->milliseconds) + std::string(unit->name);
}

std::optional<base::Date> readDate(const TomlNode& node)
{
    if (node.kind == Kind::Date)
        return node.date;
    const std::string_view text = node.text;
    if (node.kind != Kind::Text || text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = wholeNumber(text.substr(0, 4));
    const auto month = wholeNumber(text.substr(5, 2));
    const auto day = wholeNumber(text.substr(8, 2));
    if (!year || !month || !day || *month < 0 || *day < 0)
        return std::nullopt;
    const base::Date date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::string quoted(const std::string& text)
{
    constexpr std::size_t Longest = 60;
    return "'" + (text.size() > Longest ? text.substr(0, Longest) + "..." : text) + "'";
}

}

std::string describe(const TomlNode& node)
{
    switch (node.kind) {
    case Kind::Text:
        return node.text.empty() ? "an empty string" : quoted(node.text);
    case Kind::Integer:
        return std::to_string(node.integer);
    case Kind::Float:
        return "a floating point number";
    case Kind::Flag:
        return node.flag ? "true" : "false";
    case Kind::Date:
        return "a date";
    case Kind::Time:
        return "a time";
    case Kind::Array:
        return "an array";
    case Kind::Table:
        return "a table";
    }
    return "nothing";
}

TomlValue::TomlValue(TomlReading& reading, const TomlNode* node, int line, std::string path, Need need)
    : m_reading(&reading)
    , m_node(node)
    , m_line(line)
    , m_path(std::move(path))
    , m_need(need)
{
}

void TomlValue::refuse(const std::string& expected) const
{
    m_reading->report(m_node ? m_node->line : m_line, m_path,
        "expected " + expected + ", found " + (m_node ? describe(*m_node) : "nothing"));
}

/// False, and a problem where it is one, unless the value is there and fits.
bool TomlValue::expects(bool fits, const std::string& expected) const
{
    const bool tolerated = !m_node && m_need == Need::Optional;
    if (!fits && !tolerated)
        refuse(expected);
    return fits;
}

std::optional<std::string> TomlValue::text() const
{
    if (!expects(m_node && m_node->kind == Kind::Text && !m_node->text.empty(), "a string that is not empty"))
        return std::nullopt;
    return m_node->text;
}

std::optional<std::int64_t> TomlValue::integer(std::int64_t least, std::int64_t most) const
{
    const bool fits = m_node && m_node->kind == Kind::Integer && m_node->integer >= least && m_node->integer <= most;
    if (!expects(fits, "an integer from " + std::to_string(least) + " to " + std::to_string(most)))
        return std::nullopt;
    return m_node->integer;
}

std::optional<bool> TomlValue::flag() const
{
    if (!expects(m_node && m_node->kind == Kind::Flag, "true or false"))
        return std::nullopt;
    return m_node->flag;
}

std::optional<base::Decimal> TomlValue::decimal() const
{
    std::optional<base::Decimal> number;
    if (m_node && (m_node->kind == Kind::Text || m_node->kind == Kind::Integer)) {
        const std::string text = m_node->kind == Kind::Text ? m_node->text : std::to_string(m_node->integer);
        if (const base::Result<base::Decimal> parsed = base::Decimal::parse(text))
            number = *parsed;
    }
    return expects(number.has_value(), "a decimal number in quotes, such as \"0.0025\", or an integer") ? number
                                                                                                        : std::nullopt;
}

std::optional<milliseconds> TomlValue::duration(milliseconds least, milliseconds most) const
{
    std::optional<milliseconds> found;
    if (m_node && m_node->kind == Kind::Text)
        found = readDuration(m_node->text);
    const bool fits = found && *found >= least && *found <= most;
    const std::string expected =
        "a duration in quotes (ms, s, min or h) from \"" + durationText(least) + "\" to \"" + durationText(most) + "\"";
    return expects(fits, expected) ? found : std::nullopt;
}

std::optional<std::filesystem::path> TomlValue::path() const
{
    const bool fits =
        m_node && m_node->kind == Kind::Text && !m_node->text.empty() && m_node->text.find('\0') == std::string::npos;
    if (!expects(fits, "a path in quotes"))
        return std::nullopt;
    const std::filesystem::path named(m_node->text);
    if (named.is_absolute())
        return named.lexically_normal();
    return (std::filesystem::absolute(m_reading->file).parent_path() / named).lexically_normal();
}

std::optional<std::vector<std::string>> TomlValue::texts() const
{
    const auto usable = [](const TomlNode& item) { return item.kind == Kind::Text && !item.text.empty(); };
    const bool fits = m_node && m_node->kind == Kind::Array && std::ranges::all_of(m_node->items, usable);
    if (!expects(fits, "an array of strings that are not empty"))
        return std::nullopt;
    std::vector<std::string> found;
    for (const TomlNode& item : m_node->items)
        found.push_back(item.text);
    return found;
}

std::optional<std::vector<base::Date>> TomlValue::dates() const
{
    std::vector<base::Date> found;
    bool fits = m_node && m_node->kind == Kind::Array;
    if (fits)
        for (const TomlNode& item : m_node->items) {
            const std::optional<base::Date> date = readDate(item);
            fits = fits && date;
            found.push_back(date.value_or(base::Date{}));
        }
    if (!expects(fits, "an array of dates such as 2026-12-25"))
        return std::nullopt;
    return found;
}

std::optional<std::size_t> TomlValue::choiceIndex(const std::vector<std::string_view>& allowed) const
{
    std::string list;
    std::vector<std::string> names;
    for (const std::string_view name : allowed) {
        list += (list.empty() ? "" : ", ") + std::string("\"") + std::string(name) + "\"";
        names.emplace_back(name);
    }
    const auto match = m_node && m_node->kind == Kind::Text ? std::ranges::find(names, m_node->text) : names.end();
    if (!expects(match != names.end(), "one of " + list))
        return std::nullopt;
    return static_cast<std::size_t>(match - names.begin());
}

}
