#pragma once

#include "core/rfq/journal.h"
#include "core/store/sqlite_database.h"

namespace store {

/// Writes one record inside the caller's transaction. Errors: Io; Internal where the record speaks of a request or
/// acceptance that the journal does not know.
[[nodiscard]] base::Status writeRecord(SqliteDatabase& database, const rfq::JournalRecord& record);

}
