#pragma once

#include "app/venue/settings.h"
#include "core/base/result.h"

#include <filesystem>
#include <vector>

namespace venue {

/// Reads the file given by --config, the catalogue of dealers it names or, where it names none, the built-in one, and
/// the scenario files: those given here play first, then the one that the file names, then what stands in the file.
/// Errors: Io, Configuration with a line "FILE:LINE: key 'a.b': expected ..., found ..." for each problem.
[[nodiscard]] base::Result<ProgramSettings> readSettings(
    const std::filesystem::path& file, const std::vector<std::filesystem::path>& scenarios = {});

}
