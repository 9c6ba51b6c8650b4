#include "core/rfq/amount.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace rfq {

namespace {

struct Unit {
    char letter;
    int zeros;
};
constexpr std::array<Unit, 3> Units{{{'b', 9}, {'m', 6}, {'k', 3}}};

/// More digits behind the point than this are easier to read written out.
constexpr int MaxShortDecimals = 3;

base::Error notAnAmount(std::string_view text, const char* why)
{
    return {base::Errc::InvalidInput, "\"" + std::string(text.substr(0, 40)) + "\" is not an amount: " + why};
}

bool isSeparator(char c)
{
    return c == ',' || c == ' ' || c == '\'';
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The power of ten of the suffix, which is cut off `text`; 0 where there is none.
int takeUnit(std::string_view& text)
{
    if (text.empty())
        return 0;
    for (const Unit& unit : Units) {
        if (text.back() != unit.letter && text.back() != unit.letter - 'a' + 'A')
            continue;
        text = trimmed(text.substr(0, text.size() - 1));
        return unit.zeros;
    }
    return 0;
}

/// Whether thousands separators, where there are any, are all the same and part groups of three.
bool groupsAreWhole(std::string_view whole)
{
    const auto first = whole.find_first_of(", '");
    if (first == std::string_view::npos)
        return true;
    if (first == 0 || first > 3 || (whole.size() - first) % 4 != 0)
        return false;
    for (std::size_t i = first; i < whole.size(); ++i) {
        const bool due = (i - first) % 4 == 0;
        if (due ? whole[i] != whole[first] : isSeparator(whole[i]))
            return false;
    }
    return true;
}

std::string withoutSeparators(std::string_view text)
{
    std::string digits;
    for (const char c : text) {
        if (!isSeparator(c))
            digits += c;
    }
    return digits;
}

std::int64_t powerOfTen(int exponent)
{
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

}

base::Result<base::Decimal> parseAmount(std::string_view text)
{
    std::string_view rest = trimmed(text);
    const int zeros = takeUnit(rest);
    const std::string_view whole = rest.substr(0, rest.find('.'));
    if (!groupsAreWhole(whole))
        return notAnAmount(text, "thousands are written in groups of three");
    const auto number = base::Decimal::parse(withoutSeparators(whole) + std::string(rest.substr(whole.size())));
    if (!number)
        return notAnAmount(text, "write 25m, 1.5b, 500k or 25,000,000");
    const auto wholeUnits = number->rescaled(std::min(zeros, number->scale()));
    if (!wholeUnits || *wholeUnits != *number)
        return notAnAmount(text, "whole units only");
    const auto units = base::Decimal::multiply(*number, base::Decimal(powerOfTen(zeros), 0), 0);
    if (!units)
        return notAnAmount(text, "too large");
    if (units->isZero() || units->isNegative())
        return notAnAmount(text, "it must be more than nothing");
    return *units;
}

std::string groupedAmount(const base::Decimal& amount)
{
    std::string text = amount.text();
    const std::size_t start = amount.isNegative() ? 1 : 0;
    std::size_t end = text.find('.');
    if (end == std::string::npos)
        end = text.size();
    for (std::size_t at = end; at > start + 3; at -= 3)
        text.insert(at - 3, 1, ',');
    return text;
}

std::string shortAmount(const base::Decimal& amount)
{
    const auto units = amount.rescaled(0);
    if (!units || *units != amount || amount.isNegative())
        return groupedAmount(amount);
    for (const Unit& unit : Units) {
        const std::int64_t size = powerOfTen(unit.zeros);
        if (units->mantissa() < size)
            continue;
        const std::int64_t smallest = size / powerOfTen(MaxShortDecimals);
        if (units->mantissa() % smallest != 0)
            break;
        std::string text = base::Decimal(units->mantissa() / smallest, MaxShortDecimals).text();
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
        return text + unit.letter;
    }
    return groupedAmount(*units);
}

}
