#pragma once

#include "core/rfq/journal.h"
#include "core/store/sqlite_database.h"

#include <cstdint>

namespace store {

/// Writes records through statements that are prepared once. Used by the thread that owns the database.
class JournalWriter {
public:
    /// A peer that floods the desk with events out of place must not fill the disk: so many of one run are kept, the
    /// rest is counted, and of each only so much text.
    static constexpr std::int64_t RefusalsKept = 10'000;
    static constexpr std::size_t RefusalTextKept = 1'000; ///< bytes

    explicit JournalWriter(SqliteDatabase& database)
        : m_database(database)
    {
    }

    /// Inside the caller's transaction. Errors: Io; Internal where the record speaks of a request, an acceptance, a
    /// trade or an incident that the journal does not know.
    [[nodiscard]] base::Status write(const rfq::JournalRecord& record);

private:
    [[nodiscard]] base::Status keepRefusal(const rfq::EventRefused& refused);

    SqliteDatabase& m_database;
    std::int64_t m_refusals = 0;
};

}
