#pragma once

#include "app/venue/market_settings.h"
#include "app/venue/random.h"
#include "app/venue/ticks.h"
#include "core/base/clock.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace venue {

/// The mid prices everybody here quotes around. Each pair walks by itself, at random but pulled back to where it
/// started, one step each StepInterval; crosses follow from their legs. What a pair does depends on seed and time only,
/// not on who asks how often. One thread.
class Market {
public:
    static constexpr std::chrono::milliseconds StepInterval{250};

    /// Precondition: the settings were checked: every leg of a cross and every currency is there.
    Market(MarketSettings settings, std::uint64_t seed, base::SteadyTime opened);

    [[nodiscard]] const InstrumentSettings* find(const std::string& symbol) const;
    /// Spot. Precondition: the symbol is known.
    [[nodiscard]] Ticks spotMid(const std::string& symbol, base::SteadyTime now);
    /// For delivery `days` after spot.
    [[nodiscard]] Ticks outrightMid(const std::string& symbol, std::int64_t days, base::SteadyTime now);

private:
    struct Walk {
        Random random;
        Ticks start = 0;
        Ticks offset = 0;
        Ticks move = 0;
        std::int64_t steps = 0;
    };
    void advance(Walk& walk, base::SteadyTime now) const;
    [[nodiscard]] Ticks crossMid(const InstrumentSettings& cross, const CrossOf& legs, base::SteadyTime now);
    [[nodiscard]] const CurrencySettings& currency(const std::string& code) const;

    const base::SteadyTime m_opened;
    std::map<std::string, InstrumentSettings> m_instruments;
    std::map<std::string, CurrencySettings> m_currencies;
    std::map<std::string, Walk> m_walks;
};

}
