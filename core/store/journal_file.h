#pragma once

#include "core/store/sqlite_database.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace store {

/// Opens the journal, or creates it where there is no file: mode 0600, write-ahead log, every commit synced, locked
/// against a second program. A file of an older version is migrated, after a copy of it was made. A file up to
/// CheckedAtOnce is read whole for damage before anything is written, and then trusted; for a larger one that is left
/// to the caller, with checkEveryPage(). Errors: Io (damaged, unreadable, unwritable), InvalidInput (the file is
/// something else), Unsupported (written by a newer version), Duplicate (in use). A file that is refused stays as it
/// was found.
[[nodiscard]] base::Result<std::unique_ptr<SqliteDatabase>> openJournalFile(const std::filesystem::path& file);

/// Bytes: reading so many does not delay a start, even from a slow disk.
inline constexpr std::uintmax_t CheckedAtOnce = 8 * 1024 * 1024;

/// Reads the whole file and holds every page against its neighbours. Errors: Io.
[[nodiscard]] base::Status checkEveryPage(SqliteDatabase& database);

}
