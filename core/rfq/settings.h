#pragma once

#include "core/rfq/counterparty.h"
#include "core/rfq/values.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rfq {

/// Hard pre-trade limits: they forbid, they do not warn. Market and credit risk proper is the firm's own system.
struct Limits {
    std::map<std::string, Decimal> maxQuantity; ///< per currency, of one request; a currency not listed is not dealt
    std::size_t maxOpenRequests = 20;

    friend bool operator==(const Limits&, const Limits&) = default;
};

/// Everything the desk's rules need to know; read from configuration at start.
struct DeskSettings {
    std::vector<Instrument> instruments;
    std::vector<Dealer> dealers;
    std::map<SessionId, Profile> profiles;
    Limits limits;
    std::chrono::milliseconds requestLife{60'000};
    std::chrono::milliseconds priceGuard{250}; ///< a quote shown for less than this cannot be clicked
    std::set<Date> holidays;
};

}
