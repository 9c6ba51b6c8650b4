#pragma once

#include "core/rfq/values.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace venue {

struct DurationRange {
    std::chrono::milliseconds least{0};
    std::chrono::milliseconds most{0};
};

/// What QuoteType(537) a dealer's quotes carry.
enum class Firmness {
    Tradeable,
    Restricted, ///< restricted tradeable, 537=2
    Indicative, ///< 537=0
    Unstated, ///< no 537, which means indicative
};

/// A dealer that holds an order before it decides.
struct LastLook {
    DurationRange hold;
    int rejectPercent = 0; ///< of orders, for reasons of its own
    rfq::Decimal tolerancePips; ///< it rejects when the mid has moved farther than this against it
};

/// One way of saying no.
struct PassReason {
    std::string code; ///< QuoteRequestRejectReason(658)
    std::string text;
};

/// A dealer that does not quote every request.
struct Passing {
    int percent = 0; ///< of requests
    std::vector<PassReason> reasons; ///< one of these, at random
};

/// The character of one simulated dealer.
struct DealerSettings {
    rfq::DealerId id;
    std::string name;
    std::vector<std::string> symbols; ///< what it quotes; empty: everything
    Firmness firmness = Firmness::Tradeable;
    int spreadPercent = 100; ///< of the pair's usual spread
    rfq::Decimal sizeStep{10'000'000, 0}; ///< in base currency: each further step widens the spread ...
    int sizeStepPercent = 20; ///< ... by this part of itself
    int leanPercent = 0; ///< both prices shift together, at most by this part of the spread, drawn per request
    rfq::Decimal most{50'000'000, 0}; ///< largest amount it quotes, in base currency
    DurationRange delay; ///< from request to first quote
    DurationRange life; ///< of one quote
    std::optional<std::chrono::milliseconds>
        requote; ///< streams: a fresh quote this often; absent: one quote per request
    std::optional<LastLook> lastLook;
    Passing passing;
};

}
