#pragma once

#include "app/venue/pep_settings.h"
#include "core/store/toml_document.h"

#include <string_view>

namespace venue {

/// Reads [pep]; absent where there is no such table. Problems are the document's.
[[nodiscard]] std::optional<PepSettings> readPep(const store::TomlTable& root);

/// A model of security key, as its maker writes it: 8-4-4-4-12 hexadecimal digits.
[[nodiscard]] std::optional<stepup::Aaguid> parseModel(std::string_view text);

}
