#pragma once

#include "core/rfq/journal.h"
#include "core/store/sqlite_database.h"

#include <cstddef>
#include <vector>

namespace store {

/// The newest requests with their acceptances and trades, and, however old, every acceptance without an outcome with
/// its request and every incident that nobody has acknowledged. Oldest first. The time it takes does not depend on the
/// size of the journal. Errors: Io, also where a value cannot be understood.
[[nodiscard]] base::Result<rfq::History> readHistory(SqliteDatabase& database, std::size_t newestRequests);

/// The acceptances of the requests in temp.chosen(id), with their evidence and closings.
[[nodiscard]] base::Result<std::vector<rfq::History::PastAcceptance>> readAcceptances(SqliteDatabase& database);

}
