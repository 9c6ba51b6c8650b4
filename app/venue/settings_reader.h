#pragma once

#include "app/venue/settings.h"
#include "core/base/result.h"

#include <filesystem>

namespace venue {

/// Reads the file given by --config, and the catalogue of dealers it names or, where it names none, the built-in one.
/// Errors: Io, Configuration with a line "FILE:LINE: key 'a.b': expected ..., found ..." for each problem.
[[nodiscard]] base::Result<ProgramSettings> readSettings(const std::filesystem::path& file);

}
