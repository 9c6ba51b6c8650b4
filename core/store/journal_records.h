#pragma once

#include "core/rfq/journal.h"
#include "core/store/sqlite_database.h"

#include <string>

/// How each kind of record is written, inside the caller's transaction. Errors: Io; Internal where the record speaks of
/// something that the journal does not know. EventRefused is JournalWriter's own: it is counted.
namespace store {

[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::RequestOpened& opened);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::RequestClosed& closed);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::AcceptanceIntended& intended);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::AcceptanceWritten& written);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::AcceptanceMoved& moved);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::TradeBooked& booked);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::TradeAmended& amended);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::EvidenceFound& found);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::OutcomeClosed& closed);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::TwinAllowed& allowed);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::IncidentRaised& raised);
[[nodiscard]] base::Status write(SqliteDatabase& database, const rfq::IncidentChanged& changed);

/// Runs an update that must meet exactly one row. Errors: Internal where there is no such thing.
[[nodiscard]] base::Status updateOne(
    SqliteDatabase& database, SqliteStatement& update, const char* what, const std::string& id);

}
