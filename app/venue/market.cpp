#include "app/venue/market.h"

#include "app/venue/forward.h"

#include <algorithm>
#include <cassert>

namespace venue {

namespace {

// How many steps of full size the walk may stray before it is certain to turn back.
constexpr std::int64_t Reach = 150;

}

Market::Market(MarketSettings settings, std::uint64_t seed, base::SteadyTime opened)
    : m_opened(opened)
{
    for (auto& currency : settings.currencies)
        m_currencies.emplace(currency.code, currency);
    for (auto& entry : settings.instruments) {
        const std::string symbol = entry.instrument.symbol;
        if (const auto* own = std::get_if<OwnMid>(&entry.mid)) {
            Walk walk{.random = Random(seed, symbol)};
            walk.start = ticksOf(own->start, entry.instrument);
            walk.move = ticksOfPips(entry.movePips, entry.instrument);
            m_walks.emplace(symbol, walk);
        }
        m_instruments.emplace(symbol, std::move(entry));
    }
}

const InstrumentSettings* Market::find(const std::string& symbol) const
{
    const auto found = m_instruments.find(symbol);
    return found == m_instruments.end() ? nullptr : &found->second;
}

Ticks Market::spotMid(const std::string& symbol, base::SteadyTime now)
{
    const InstrumentSettings* entry = find(symbol);
    assert(entry);
    if (const auto* legs = std::get_if<CrossOf>(&entry->mid))
        return crossMid(*entry, *legs, now);
    Walk& walk = m_walks.at(symbol);
    advance(walk, now);
    return walk.start + walk.offset;
}

Ticks Market::outrightMid(const std::string& symbol, std::int64_t days, base::SteadyTime now)
{
    const Ticks spot = spotMid(symbol, now);
    const rfq::Instrument& instrument = m_instruments.at(symbol).instrument;
    return spot + forwardPoints(spot, currency(instrument.base()), currency(instrument.terms()), days);
}

void Market::advance(Walk& walk, base::SteadyTime now) const
{
    const std::int64_t steps = std::max<std::int64_t>(0, (now - m_opened) / StepInterval);
    for (; walk.steps < steps; ++walk.steps)
        walk.offset += walk.random.between(-walk.move, walk.move) - walk.offset / Reach;
}

Ticks Market::crossMid(const InstrumentSettings& cross, const CrossOf& legs, base::SteadyTime now)
{
    const rfq::Instrument& first = m_instruments.at(legs.first).instrument;
    const rfq::Instrument& second = m_instruments.at(legs.second).instrument;
    const Ticks a = spotMid(legs.first, now);
    const Ticks b = spotMid(legs.second, now);
    const int decimals = cross.instrument.priceDecimals;
    if (first.terms() == second.base())
        return scaled(
            a, scaled(b, powerOfTen(decimals), powerOfTen(second.priceDecimals)), powerOfTen(first.priceDecimals));
    return scaled(a, powerOfTen(decimals + second.priceDecimals - first.priceDecimals), b);
}

const CurrencySettings& Market::currency(const std::string& code) const
{
    return m_currencies.at(code);
}

}
