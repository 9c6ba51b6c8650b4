#include "app/venue/forward.h"

#include <cassert>

namespace venue {

namespace {

// Interest over `days` in units of 10^-12.
std::int64_t interest(const CurrencySettings& currency, std::int64_t days)
{
    constexpr int PercentDigits = 10; // 1 % is 10^10 units
    const auto perYear = currency.ratePercent.rescaled(PercentDigits);
    assert(perYear);
    return perYear ? scaled(perYear.value().mantissa(), days, currency.yearDays) : 0;
}

}

Ticks forwardPoints(Ticks spot, const CurrencySettings& base, const CurrencySettings& terms, std::int64_t days)
{
    const std::int64_t one = powerOfTen(12);
    const std::int64_t ofBase = interest(base, days);
    return scaled(spot, interest(terms, days) - ofBase, one + ofBase);
}

}
