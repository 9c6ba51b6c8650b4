#pragma once

#include "core/store/sqlite_database.h"

#include <filesystem>
#include <memory>

namespace store {

/// Opens the journal, or creates it where there is no file: mode 0600, write-ahead log, every commit synced, locked
/// against a second program. Errors: Io (damaged, unreadable, unwritable), InvalidInput (the file is something else),
/// Unsupported (written by a newer version), Duplicate (in use). A file that is refused stays as it was found.
[[nodiscard]] base::Result<std::unique_ptr<SqliteDatabase>> openJournalFile(const std::filesystem::path& file);

}
