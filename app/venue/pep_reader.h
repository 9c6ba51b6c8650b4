#pragma once

#include "app/venue/pep_settings.h"
#include "core/store/toml_document.h"

namespace venue {

/// Reads [pep]; absent where there is no such table. Problems are the document's.
[[nodiscard]] std::optional<PepSettings> readPep(const store::TomlTable& root);

}
