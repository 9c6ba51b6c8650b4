#pragma once

#include "core/pep/rules.h"
#include "core/store/toml_document.h"

#include <vector>

namespace venue {

/// Reads the [[pep.rule]] tables, with the default rules of every trigger that none of them names. Problems are the
/// document's.
[[nodiscard]] std::vector<pep::Rule> readRules(const store::TomlTable& table);

}
