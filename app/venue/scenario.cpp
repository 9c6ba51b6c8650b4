#include "app/venue/scenario.h"

#include <algorithm>

namespace venue {

namespace {

bool isFor(const Scenario& scenario, const rfq::DealerId& dealer, const std::string& symbol)
{
    return (scenario.dealer.empty() || scenario.dealer == dealer)
        && (scenario.symbol.empty() || scenario.symbol == symbol);
}

}

Script::Script(const std::vector<Scenario>& scenarios)
{
    for (const Scenario& scenario : scenarios)
        m_played.push_back({&scenario});
}

Scenario Script::quoting(const rfq::DealerId& dealer, const std::string& symbol) const
{
    const auto match = std::find_if(m_played.begin(), m_played.end(),
        [&](const Played& played) { return isFor(*played.scenario, dealer, symbol); });
    return match == m_played.end() ? Scenario{} : *match->scenario;
}

std::optional<PassReason> Script::declining(const rfq::DealerId& dealer, const std::string& symbol)
{
    const auto match = std::find_if(m_played.begin(), m_played.end(),
        [&](const Played& played) { return isFor(*played.scenario, dealer, symbol); });
    if (match == m_played.end() || match->scenario->decline.empty())
        return std::nullopt;
    const std::vector<std::string>& codes = match->scenario->decline;
    return PassReason{codes[match->declined++ % codes.size()], match->scenario->declineText};
}

Act Script::dealing(const rfq::DealerId& dealer, const std::string& symbol)
{
    for (Played& played : m_played) {
        const Scenario& scenario = *played.scenario;
        if (!isFor(scenario, dealer, symbol))
            continue;
        const int turn = ++played.orders - scenario.orderFrom;
        if (turn >= 0 && (!scenario.times || turn < *scenario.times))
            return {scenario, turn};
    }
    return {};
}

}
