#include "app/venue/scenario.h"

#include <algorithm>

namespace venue {

Scenario scenarioFor(const std::vector<Scenario>& scenarios, const rfq::DealerId& dealer, const std::string& symbol)
{
    const auto match = std::find_if(scenarios.begin(), scenarios.end(), [&](const Scenario& scenario) {
        return scenario.dealer == dealer && (scenario.symbol.empty() || scenario.symbol == symbol);
    });
    return match == scenarios.end() ? Scenario{} : *match;
}

}
