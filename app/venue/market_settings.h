#pragma once

#include "core/rfq/values.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace venue {

/// Quoted against the currency of the pair directly: starts here and walks.
struct OwnMid {
    rfq::Decimal start;
};
/// Follows from two other pairs: A/B from A/C and C/B, or from A/C and B/C.
struct CrossOf {
    std::string first;
    std::string second;
};

struct InstrumentSettings {
    rfq::Instrument instrument;
    std::variant<OwnMid, CrossOf> mid;
    rfq::Decimal spreadPips; ///< what a dealer of average width charges for a small amount, bid to offer
    rfq::Decimal movePips; ///< the farthest the mid goes in one step of the walk; of no use to a cross
};

/// A deposit rate, from which forward points follow.
struct CurrencySettings {
    std::string code;
    rfq::Decimal ratePercent; ///< per year, simple interest
    int yearDays = 360; ///< day-count basis, 360 or 365
};

struct MarketSettings {
    std::vector<InstrumentSettings> instruments;
    std::vector<CurrencySettings> currencies;
};

}
