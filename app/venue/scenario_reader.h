#pragma once

#include "app/venue/dealer_settings.h"
#include "app/venue/market_settings.h"
#include "app/venue/scenario.h"
#include "app/venue/settings.h"
#include "core/base/result.h"
#include "core/store/toml_document.h"

#include <filesystem>
#include <vector>

namespace venue {

/// How a venue misbehaves: its dealers, and its line.
struct Misbehaviour {
    std::vector<Scenario> scenarios;
    LineFaults line;
};

/// The [[scenarios]] tables and the [line] table. Problems go to the document.
[[nodiscard]] Misbehaviour readMisbehaviour(
    const store::TomlTable& root, const std::vector<DealerSettings>& dealers, const MarketSettings& market);

/// A file that holds nothing else, such as those in app/venue/scenarios. Errors: as readSettings().
[[nodiscard]] base::Result<Misbehaviour> readScenarioFile(
    const std::filesystem::path& file, const std::vector<DealerSettings>& dealers, const MarketSettings& market);

/// Adds what comes after: its scenarios play behind those that are there, its line faults where there is none yet.
void append(Misbehaviour& misbehaviour, Misbehaviour after);

}
