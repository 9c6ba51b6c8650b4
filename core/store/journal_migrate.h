#pragma once

#include "core/store/sqlite_database.h"

#include <cstdint>

namespace store {

/// Makes a journal of today's version out of one of `version`, which is older: in one transaction, after a copy of it
/// was made durable beside it ("journal.sqlite.v1-backup", for its owner only; a number is added where there is one
/// already). Where it fails the journal is as it was and the copy is gone. Errors: Io.
[[nodiscard]] base::Status migrateJournal(SqliteDatabase& database, std::int64_t version);

}
