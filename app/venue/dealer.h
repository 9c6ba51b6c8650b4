#pragma once

#include "app/venue/dealer_settings.h"
#include "app/venue/market_settings.h"
#include "app/venue/random.h"
#include "app/venue/ticks.h"

#include <cstdint>
#include <optional>
#include <string>

namespace venue {

struct TwoWayPrice {
    Ticks bid = 0;
    Ticks offer = 0;

    friend bool operator==(const TwoWayPrice&, const TwoWayPrice&) = default;
};

/// What is asked, reduced to what a price depends on.
struct PriceBasis {
    Ticks mid = 0; ///< for the value date
    std::int64_t baseAmount = 0; ///< whole units of base currency
    std::int64_t days = 0; ///< from spot to the value date
    int leanPercent = 0; ///< of the spread; drawn once per request, so that a stream does not jump
};

/// One simulated dealer: its character, and its own stream of chance. One thread.
class Dealer {
public:
    Dealer(DealerSettings settings, std::uint64_t seed);

    [[nodiscard]] const DealerSettings& settings() const { return m_settings; }
    [[nodiscard]] bool deals(const std::string& symbol) const;
    /// Why it will not quote this amount, or this time.
    [[nodiscard]] std::optional<PassReason> passes(std::int64_t baseAmount);
    [[nodiscard]] TwoWayPrice price(const InstrumentSettings& instrument, const PriceBasis& basis) const;
    /// The words of a last-look reject; absent when it deals. `movedAgainst`: how far the mid has gone against the
    /// dealer since the quote.
    [[nodiscard]] std::optional<std::string> looksAgain(const InstrumentSettings& instrument, Ticks movedAgainst);

    [[nodiscard]] std::chrono::milliseconds drawDelay() { return draw(m_settings.delay); }
    [[nodiscard]] std::chrono::milliseconds drawLife() { return draw(m_settings.life); }
    [[nodiscard]] std::chrono::milliseconds drawHold();
    [[nodiscard]] int drawLean();

private:
    [[nodiscard]] std::chrono::milliseconds draw(const DurationRange& range);

    DealerSettings m_settings;
    Random m_random;
};

}
