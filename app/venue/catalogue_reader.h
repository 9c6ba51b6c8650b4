#pragma once

#include "app/venue/settings.h"
#include "core/base/result.h"
#include "core/store/toml_document.h"

#include <filesystem>

namespace venue {

/// What is traded and who quotes it, the same for every installation.
struct Catalogue {
    RequestLimits requests;
    MarketSettings market;
    std::vector<DealerSettings> dealers;
};

/// The catalogue in a file. Errors: Io, Configuration.
[[nodiscard]] base::Result<Catalogue> readCatalogue(const std::filesystem::path& file);
/// The catalogue this program was built with: app/venue/dealers.toml.
[[nodiscard]] base::Result<Catalogue> builtInCatalogue();

/// Parts of readCatalogue(), each in its own file. Problems go to the document.
[[nodiscard]] MarketSettings readMarket(const store::TomlTable& root);
[[nodiscard]] std::vector<DealerSettings> readDealers(const store::TomlTable& root, const MarketSettings& market);

}
