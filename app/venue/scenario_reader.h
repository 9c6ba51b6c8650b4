#pragma once

#include "app/venue/dealer_settings.h"
#include "app/venue/market_settings.h"
#include "app/venue/scenario.h"
#include "core/store/toml_document.h"

#include <vector>

namespace venue {

/// The [[scenarios]] tables. Problems go to the document.
[[nodiscard]] std::vector<Scenario> readScenarios(
    const store::TomlTable& root, const std::vector<DealerSettings>& dealers, const MarketSettings& market);

}
