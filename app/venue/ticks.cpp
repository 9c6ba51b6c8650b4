#include "app/venue/ticks.h"

#include <cassert>

namespace venue {

namespace {

__extension__ using Wide = __int128;

}

std::int64_t powerOfTen(int exponent)
{
    assert(exponent >= 0 && exponent <= 18);
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c)
{
    assert(c > 0);
    const Wide product = Wide{a} * b;
    const Wide half = c / 2;
    return static_cast<std::int64_t>((product >= 0 ? product + half : product - half) / c);
}

Ticks ticksOf(const rfq::Decimal& price, const rfq::Instrument& instrument)
{
    const auto rescaled = price.rescaled(instrument.priceDecimals);
    assert(rescaled);
    return rescaled ? rescaled.value().mantissa() : 0;
}

rfq::Price priceOf(Ticks ticks, const rfq::Instrument& instrument)
{
    const rfq::Decimal value(ticks, instrument.priceDecimals);
    return {value, value.text()};
}

Ticks ticksOfPips(const rfq::Decimal& pips, const rfq::Instrument& instrument)
{
    const Wide perPip = powerOfTen(instrument.priceDecimals - instrument.pipDecimals);
    const Wide divisor = powerOfTen(pips.scale());
    return static_cast<Ticks>((Wide{pips.mantissa()} * perPip + divisor - 1) / divisor);
}

}
