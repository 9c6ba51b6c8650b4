#pragma once

#include "core/pep/identities.h"
#include "core/store/sqlite_database.h"

#include <vector>

/// What enforcement points remember of people, in the identity database.
namespace pep {

/// The table, where there is none yet: databases of earlier programs have it added.
extern const char* const MemorySchema;

/// Errors: Io.
[[nodiscard]] base::Status writeMemories(store::SqliteDatabase& database, const std::vector<PersonMemory>& people);
/// Sorted by name. Errors: Io.
[[nodiscard]] base::Result<std::vector<PersonMemory>> readMemories(store::SqliteDatabase& database);

}
