#include "core/store/access_policy_tests.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace store {

namespace {

using namespace zerotrust;
using std::chrono::minutes;

constexpr std::size_t MaxListed = 4096;
constexpr std::array<std::string_view, 7> DayNames{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

bool isCapitals(std::string_view text, std::size_t size)
{
    return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool isWord(std::string_view text)
{
    return !text.empty() && text.size() <= 64
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// The strings at a key, where each satisfies `fits`; nothing, and a problem, otherwise.
template <typename Fits>
std::vector<std::string> readList(const TomlValue& value, const std::string& expected, Fits fits)
{
    auto all = value.texts();
    if (!all)
        return {};
    const auto unfit = std::find_if_not(all->begin(), all->end(), fits);
    if (unfit != all->end()) {
        value.refuse(expected + "; '" + unfit->substr(0, 60) + "' is none");
        return {};
    }
    if (all->size() > MaxListed) {
        value.refuse("at most " + std::to_string(MaxListed) + " entries");
        return {};
    }
    return *std::move(all);
}

std::optional<ConditionTest> readWords(const TomlTable& condition)
{
    const TomlValue words = condition.optional("words");
    const TomlValue countries = condition.optional("countries");
    if (!words.present() && !countries.present())
        return std::nullopt;
    WordTest test{readList(words, "words of 1 to 64 visible ASCII characters", isWord)};
    for (std::string& code : readList(countries, "country codes such as \"DE\"", isCountryCode))
        test.words.push_back(std::move(code));
    return test;
}

std::optional<ConditionTest> readNetworks(const TomlTable& condition)
{
    const TomlValue value = condition.optional("networks");
    if (!value.present())
        return std::nullopt;
    NetworkTest test;
    const auto isNetwork = [](const std::string& text) { return Network::parse(text).has_value(); };
    for (const std::string& text : readList(value,
             "networks such as \"192.0.2.0/24\" or \"2001:db8::/32\", without bits behind the prefix", isNetwork))
        test.networks.push_back(*Network::parse(text));
    return test;
}

std::optional<base::Decimal> readLimit(const TomlValue& value)
{
    auto limit = value.decimal();
    if (limit && limit->isNegative()) {
        value.refuse("a number from 0");
        return std::nullopt;
    }
    return limit;
}

std::optional<ConditionTest> readRange(const TomlTable& condition)
{
    const TomlValue atLeast = condition.optional("at_least");
    const TomlValue below = condition.optional("below");
    const TomlValue currencies = condition.optional("currencies");
    RangeTest test{.atLeast = readLimit(atLeast),
        .below = readLimit(below),
        .units = readList(currencies, "currencies such as \"EUR\"", [](const auto& t) { return isCapitals(t, 3); })};
    if (currencies.present() && test.units.empty())
        currencies.refuse("at least one currency");
    if (!atLeast.present() && !below.present()) {
        if (currencies.present())
            currencies.refuse("'at_least' or 'below' beside it");
        return std::nullopt;
    }
    if (test.atLeast && test.below && *test.atLeast >= *test.below)
        below.refuse("more than 'at_least'");
    return test;
}

/// "07:00"; the end of the day is "24:00".
std::optional<minutes> readTimeOfDay(const TomlValue& value)
{
    const auto text = value.text();
    if (!text)
        return std::nullopt;
    const auto digit = [&](std::size_t at) { return (*text)[at] - '0'; };
    const bool form = text->size() == 5 && (*text)[2] == ':'
        && std::count_if(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; }) == 4;
    const minutes time = form ? minutes((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4)) : minutes(0);
    if (!form || digit(3) > 5 || time > minutes(24 * 60)) {
        value.refuse("a time of day in quotes, from \"00:00\" to \"24:00\"");
        return std::nullopt;
    }
    return time;
}

std::bitset<7> readDays(const TomlValue& value)
{
    std::bitset<7> days;
    if (!value.present())
        return days.set();
    const auto isDay = [](const std::string& text) {
        return std::find(DayNames.begin(), DayNames.end(), text) != DayNames.end();
    };
    for (const std::string& text : readList(value, "days: mon, tue, wed, thu, fri, sat, sun", isDay))
        days.set(static_cast<std::size_t>(std::find(DayNames.begin(), DayNames.end(), text) - DayNames.begin()));
    if (days.none())
        value.refuse("at least one day");
    return days;
}

std::optional<ConditionTest> readWindow(const TomlTable& condition)
{
    const TomlValue days = condition.optional("days");
    const TomlValue from = condition.optional("from");
    const TomlValue to = condition.optional("to");
    if (!days.present() && !from.present() && !to.present())
        return std::nullopt;
    if (from.present() != to.present())
        (from.present() ? to : from).refuse("both 'from' and 'to', or neither");
    const minutes begin = readTimeOfDay(from).value_or(minutes(0));
    minutes end = readTimeOfDay(to).value_or(minutes(24 * 60));
    if (from.present() && begin == end)
        to.refuse("another time than 'from'; leave both out for the whole day");
    return WindowTest{.days = readDays(days), .from = begin, .to = end};
}

std::optional<ConditionTest> readOtherwise(const TomlTable& condition)
{
    const TomlValue value = condition.optional("otherwise");
    const auto flag = value.flag();
    if (!flag)
        return std::nullopt;
    if (!*flag) {
        value.refuse("true; leave it out where it does not hold");
        return std::nullopt;
    }
    return Otherwise{};
}

}

bool isCountryCode(std::string_view text)
{
    return isCapitals(text, 2);
}

std::vector<ConditionTest> readPolicyTests(const TomlTable& condition)
{
    std::vector<ConditionTest> tests;
    for (auto& test : {readWords(condition), readNetworks(condition), readRange(condition), readWindow(condition),
             readOtherwise(condition)})
        if (test)
            tests.push_back(*test);
    return tests;
}

}
