#pragma once

#include "app/venue/market_settings.h"
#include "app/venue/ticks.h"

namespace venue {

/// What is added to the spot price for delivery `days` after spot, from simple interest on both currencies:
/// spot * ((1 + terms) / (1 + base) - 1). Precondition: days >= 0.
[[nodiscard]] Ticks forwardPoints(
    Ticks spot, const CurrencySettings& base, const CurrencySettings& terms, std::int64_t days);

}
