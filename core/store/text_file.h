#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace store {

/// A whole file of at most `most` bytes, and not of a device or a pipe, which would not end. Errors: Io, with the name.
[[nodiscard]] base::Result<std::string> readTextFile(const std::filesystem::path& file, std::size_t most);

}
