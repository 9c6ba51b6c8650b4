#pragma once

#include "core/base/decimal.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace rfq {

/// Reads an amount as traders type it: "25m", "1.5b", "500k", "25,000,000", "25 000 000". Positive, whole units.
[[nodiscard]] base::Result<base::Decimal> parseAmount(std::string_view text);

/// "25,000,000".
[[nodiscard]] std::string groupedAmount(const base::Decimal& amount);
/// "25m", "1.5b", "500k"; digits are never lost: 25,000,001 stays "25,000,001".
[[nodiscard]] std::string shortAmount(const base::Decimal& amount);

}
