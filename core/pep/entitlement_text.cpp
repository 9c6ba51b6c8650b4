#include "core/pep/entitlement_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace pep {

namespace {

using zerotrust::Activity;
using zerotrust::Side;

constexpr std::array<std::pair<std::string_view, Activity>, 6> ActivityNames{{{"view", Activity::View},
    {"request-quote", Activity::RequestQuote}, {"accept", Activity::Accept}, {"arm-ticket", Activity::ArmTicket},
    {"manage-keys", Activity::ManageKeys}, {"administer", Activity::Administer}}};
constexpr std::array<std::pair<std::string_view, Side>, 2> SideNames{{{"buy", Side::Buy}, {"sell", Side::Sell}}};

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto comma = text.find(',');
        if (const auto word = text.substr(0, comma); !word.empty())
            found.emplace_back(word);
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    return found;
}

void appendWord(std::string& text, std::string_view word)
{
    if (!text.empty())
        text += ',';
    text += word;
}

template <typename E, std::size_t N>
std::string namesOf(const std::set<E>& values, const std::array<std::pair<std::string_view, E>, N>& names)
{
    std::string text;
    for (const auto& [name, value] : names)
        if (values.contains(value))
            appendWord(text, name);
    return text;
}

template <typename E, std::size_t N>
base::Result<std::set<E>> valuesOf(std::string_view text, const std::array<std::pair<std::string_view, E>, N>& names)
{
    std::set<E> values;
    for (const auto& word : words(text)) {
        const auto* found =
            std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == word; });
        if (found == names.end()) {
            std::string known;
            for (const auto& entry : names)
                appendWord(known, entry.first);
            return base::Error{base::Errc::InvalidInput, "'" + word + "' is none of " + known};
        }
        values.insert(found->second);
    }
    return values;
}

}

std::string activitiesText(const std::set<Activity>& activities)
{
    return namesOf(activities, ActivityNames);
}

std::string sidesText(const std::set<Side>& sides)
{
    return namesOf(sides, SideNames);
}

std::string quantitiesText(const zerotrust::Quantities& quantities)
{
    std::string text;
    for (const auto& [currency, quantity] : quantities)
        appendWord(text, currency + "=" + quantity.text());
    return text;
}

std::string namesText(const zerotrust::Names& names)
{
    std::string text;
    for (const auto& name : names)
        appendWord(text, name);
    return text;
}

base::Result<std::set<Activity>> parseActivities(std::string_view text)
{
    return valuesOf(text, ActivityNames);
}

base::Result<std::set<Side>> parseSides(std::string_view text)
{
    return valuesOf(text, SideNames);
}

base::Result<zerotrust::Quantities> parseQuantities(std::string_view text)
{
    zerotrust::Quantities quantities;
    for (const auto& word : words(text)) {
        const auto equals = word.find('=');
        const auto quantity = base::Decimal::parse(
            equals == std::string::npos ? std::string_view() : std::string_view(word).substr(equals + 1));
        if (equals == std::string::npos || equals == 0 || !quantity || *quantity <= base::Decimal())
            return base::Error{
                base::Errc::InvalidInput, "'" + word + "' is not a currency and its largest quantity, as EUR=10000000"};
        quantities.insert_or_assign(word.substr(0, equals), *quantity);
    }
    return quantities;
}

zerotrust::Names parseNames(std::string_view text)
{
    const auto found = words(text);
    return {found.begin(), found.end()};
}

}
