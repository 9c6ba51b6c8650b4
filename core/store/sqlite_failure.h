#pragma once

#include "core/base/result.h"

#include <sqlite3.h>

#include <filesystem>
#include <optional>
#include <string>

namespace store {

/// A result code of SQLite in words: what failed, why, and what to do. Errors: Io; Duplicate where another program has
/// the file open; Internal where a rule of our own tables was broken.
[[nodiscard]] base::Error failureOf(const std::filesystem::path& file, sqlite3* handle, int code);

/// What SQLite found wrong with the content of a file in the call that failed last; absent where it failed otherwise.
[[nodiscard]] std::optional<std::string> damageFound(sqlite3* handle);

/// A file whose content is wrong. Errors: Io.
[[nodiscard]] base::Error damageOf(const std::filesystem::path& file, const std::string& finding);

}
