#pragma once

#include "core/rfq/values.h"

#include <cstdint>

namespace venue {

/// Prices are computed in ticks: whole multiples of 10^-Instrument::priceDecimals.
using Ticks = std::int64_t;

/// Rounded half away from zero. Precondition: the price fits, which the settings reader has checked.
[[nodiscard]] Ticks ticksOf(const rfq::Decimal& price, const rfq::Instrument& instrument);
[[nodiscard]] rfq::Price priceOf(Ticks ticks, const rfq::Instrument& instrument);
/// A distance in pips as ticks, rounded up: never nothing where there was something.
[[nodiscard]] Ticks ticksOfPips(const rfq::Decimal& pips, const rfq::Instrument& instrument);
/// a * b / c without overflow on the way, rounded half away from zero. Precondition: c > 0.
[[nodiscard]] std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c);
[[nodiscard]] std::int64_t powerOfTen(int exponent);

}
