#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace store {

/// Makes an empty file that only its owner may read and write. Errors: Duplicate where something has that name already;
/// Io.
[[nodiscard]] base::Status createPrivateFile(const std::filesystem::path& file);
/// What was written is on the disk when this returns. Not for a file that SQLite has open in this process: closing a
/// second handle would drop its locks. Errors: Io.
[[nodiscard]] base::Status syncFile(const std::filesystem::path& file);
/// Gives a finished file its name, for good: a name is durable only when its directory is. Errors: Io.
[[nodiscard]] base::Status renameDurably(const std::filesystem::path& from, const std::filesystem::path& to);

}
