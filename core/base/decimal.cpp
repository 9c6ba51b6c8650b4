#include "core/base/decimal.h"

#include <array>
#include <cassert>
#include <cstdlib>

namespace base {

namespace {

// 128 bits hold any product of two mantissas and any mantissa scaled up by 10^15.
__extension__ using Wide = __int128;

constexpr std::array<std::int64_t, 19> PowersOfTen = [] {
    std::array<std::int64_t, 19> powers{};
    std::int64_t power = 1;
    for (auto& entry : powers) {
        entry = power;
        if (power <= INT64_MAX / 10)
            power *= 10;
    }
    return powers;
}();

constexpr std::int64_t Limit = PowersOfTen[Decimal::MaxDigits];

Wide scaledUp(std::int64_t mantissa, int by)
{
    return Wide{mantissa} * PowersOfTen[static_cast<std::size_t>(by)];
}

Result<Decimal> narrowed(Wide mantissa, int scale)
{
    if (mantissa >= Limit || mantissa <= -Wide{Limit})
        return Error{Errc::InvalidInput, "number has more than 18 digits"};
    return Decimal(static_cast<std::int64_t>(mantissa), scale);
}

Wide dividedHalfAway(Wide value, Wide divisor)
{
    const Wide half = divisor / 2;
    return value >= 0 ? (value + half) / divisor : (value - half) / divisor;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

}

Decimal::Decimal(std::int64_t mantissa, int scale)
    : m_mantissa(mantissa)
    , m_scale(scale)
{
    assert(scale >= 0 && scale <= MaxScale);
}

Result<Decimal> Decimal::parse(std::string_view text)
{
    const auto fail = [&](const char* why) {
        return Error{Errc::InvalidInput, "\"" + std::string(text.substr(0, 40)) + "\" is not a number: " + why};
    };
    const bool negative = !text.empty() && text.front() == '-';
    Wide mantissa = 0;
    int scale = 0;
    bool point = false;
    bool digits = false;
    for (const char c : text.substr(negative ? 1 : 0)) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (!isDigit(c))
            return fail("only digits and one decimal point may appear");
        digits = true;
        mantissa = mantissa * 10 + (c - '0');
        scale += point ? 1 : 0;
        if (mantissa >= Limit)
            return fail("more than 18 digits");
        if (scale > MaxScale)
            return fail("more than 15 digits behind the point");
    }
    if (!digits)
        return fail("no digits");
    return Decimal(static_cast<std::int64_t>(negative ? -mantissa : mantissa), scale);
}

std::string Decimal::text() const
{
    std::string digits = std::to_string(m_mantissa < 0 ? -m_mantissa : m_mantissa);
    const auto scale = static_cast<std::size_t>(m_scale);
    if (digits.size() <= scale)
        digits.insert(0, scale + 1 - digits.size(), '0');
    if (scale > 0)
        digits.insert(digits.size() - scale, 1, '.');
    return m_mantissa < 0 ? "-" + digits : digits;
}

Result<Decimal> Decimal::rescaled(int scale) const
{
    if (scale < 0 || scale > MaxScale)
        return Error{Errc::InvalidInput, "scale out of range"};
    if (scale >= m_scale)
        return narrowed(scaledUp(m_mantissa, scale - m_scale), scale);
    return narrowed(dividedHalfAway(m_mantissa, PowersOfTen[static_cast<std::size_t>(m_scale - scale)]), scale);
}

Result<Decimal> Decimal::add(const Decimal& a, const Decimal& b)
{
    const int scale = a.m_scale > b.m_scale ? a.m_scale : b.m_scale;
    return narrowed(scaledUp(a.m_mantissa, scale - a.m_scale) + scaledUp(b.m_mantissa, scale - b.m_scale), scale);
}

Result<Decimal> Decimal::subtract(const Decimal& a, const Decimal& b)
{
    return add(a, b.negated());
}

Result<Decimal> Decimal::multiply(const Decimal& a, const Decimal& b, int scale)
{
    if (scale < 0 || scale > MaxScale)
        return Error{Errc::InvalidInput, "scale out of range"};
    const Wide product = Wide{a.m_mantissa} * b.m_mantissa;
    const int surplus = a.m_scale + b.m_scale - scale; // -15 to 30, and 10^30 fits
    if (surplus >= 0) {
        Wide divisor = 1;
        for (int i = 0; i < surplus; ++i)
            divisor *= 10;
        return narrowed(dividedHalfAway(product, divisor), scale);
    }
    if (product >= Limit || product <= -Wide{Limit})
        return Error{Errc::InvalidInput, "number has more than 18 digits"};
    return narrowed(product * PowersOfTen[static_cast<std::size_t>(-surplus)], scale);
}

Result<Decimal> Decimal::divide(const Decimal& a, const Decimal& b, int scale)
{
    constexpr int LargestShift = 19; // 10^18 times 10^19 fits into 128 bits
    const int shift = scale + b.m_scale - a.m_scale;
    if (b.isZero())
        return Error{Errc::InvalidInput, "division by zero"};
    if (scale < 0 || scale > MaxScale || shift > LargestShift)
        return Error{Errc::InvalidInput, "scale out of range"};
    Wide dividend = a.m_mantissa;
    Wide divisor = b.m_mantissa;
    for (int i = 0; i < shift; ++i)
        dividend *= 10;
    for (int i = 0; i > shift; --i)
        divisor *= 10;
    return narrowed(divisor < 0 ? dividedHalfAway(-dividend, -divisor) : dividedHalfAway(dividend, divisor), scale);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b)
{
    const int scale = a.m_scale > b.m_scale ? a.m_scale : b.m_scale;
    const Wide left = scaledUp(a.m_mantissa, scale - a.m_scale);
    const Wide right = scaledUp(b.m_mantissa, scale - b.m_scale);
    if (left == right)
        return std::strong_ordering::equal;
    return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

}
