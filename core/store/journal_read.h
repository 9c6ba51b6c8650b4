#pragma once

#include "core/rfq/journal.h"
#include "core/store/sqlite_database.h"

#include <cstddef>

namespace store {

/// The newest requests with their acceptances and trades, and every acceptance without an outcome with its request,
/// however old. Oldest first. Errors: Io, also where a value cannot be understood.
[[nodiscard]] base::Result<rfq::History> readHistory(SqliteDatabase& database, std::size_t newestRequests);

}
