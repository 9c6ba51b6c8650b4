#include "app/venue/dealer.h"

#include "app/venue/decline_codes.h"

#include <algorithm>

namespace venue {

namespace {

// Forwards are less liquid: the spread grows by this part of itself per month.
constexpr std::int64_t ForwardPercentPerMonth = 10;
constexpr std::int64_t DaysPerMonth = 30;

}

Dealer::Dealer(DealerSettings settings, std::uint64_t seed)
    : m_settings(std::move(settings))
    , m_random(seed, m_settings.id.text())
{
}

bool Dealer::deals(const std::string& symbol) const
{
    const auto& symbols = m_settings.symbols;
    return symbols.empty() || std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
}

std::optional<PassReason> Dealer::passes(std::int64_t baseAmount)
{
    if (rfq::Decimal(baseAmount, 0) > m_settings.most)
        return PassReason{decline::ExceedsLimit, "amount above the limit of " + m_settings.most.text()};
    const Passing& passing = m_settings.passing;
    if (passing.reasons.empty() || !m_random.happens(passing.percent))
        return std::nullopt;
    const auto pick = m_random.between(0, static_cast<std::int64_t>(passing.reasons.size()) - 1);
    return passing.reasons[static_cast<std::size_t>(pick)];
}

TwoWayPrice Dealer::price(const InstrumentSettings& instrument, const PriceBasis& basis) const
{
    const std::int64_t step = std::max<std::int64_t>(1, m_settings.sizeStep.mantissa());
    const std::int64_t sizePercent = 100 + basis.baseAmount / step * m_settings.sizeStepPercent;
    const std::int64_t forwardPercent = 100 + basis.days * ForwardPercentPerMonth / DaysPerMonth;
    const Ticks usual = ticksOfPips(instrument.spreadPips, instrument.instrument);
    const Ticks ofDealer = scaled(usual, m_settings.spreadPercent * sizePercent, std::int64_t{100} * 100);
    const Ticks width = std::max<Ticks>(1, scaled(ofDealer, forwardPercent, 100));
    const Ticks bid = basis.mid + scaled(width, basis.leanPercent, 100) - width / 2;
    return {std::max<Ticks>(1, bid), std::max<Ticks>(1, bid) + width};
}

std::optional<std::string> Dealer::looksAgain(const InstrumentSettings& instrument, Ticks movedAgainst)
{
    if (!m_settings.lastLook)
        return std::nullopt;
    if (movedAgainst > ticksOfPips(m_settings.lastLook->tolerancePips, instrument.instrument))
        return "last look: the price has moved";
    if (m_random.happens(m_settings.lastLook->rejectPercent))
        return "last look: no liquidity at this price";
    return std::nullopt;
}

std::chrono::milliseconds Dealer::drawHold()
{
    return m_settings.lastLook ? draw(m_settings.lastLook->hold) : std::chrono::milliseconds(0);
}

int Dealer::drawLean()
{
    return static_cast<int>(m_random.between(-m_settings.leanPercent, m_settings.leanPercent));
}

std::chrono::milliseconds Dealer::draw(const DurationRange& range)
{
    return std::chrono::milliseconds(m_random.between(range.least.count(), range.most.count()));
}

}
