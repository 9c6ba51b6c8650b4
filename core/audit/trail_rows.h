#pragma once

#include "core/audit/chain_walk.h"
#include "core/base/result.h"
#include "core/store/sqlite_database.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The tables of a trail's file. For this module only.
namespace audit {

inline constexpr std::int64_t TrailApplicationId = 0x43534154; // "CSAT"
inline constexpr std::int64_t TrailSchemaVersion = 1;
/// How long a connection waits for another one that has the file locked for a moment.
inline constexpr const char* WaitForOthers = "PRAGMA busy_timeout=2000";

[[nodiscard]] const char* trailSchema();

/// Errors: InvalidInput where it is no trail, Unsupported where a newer program wrote it, Refused where it is a trail
/// and damaged; Io, Duplicate where nobody can say, because it cannot be read now.
[[nodiscard]] base::Status checkIsTrail(store::SqliteDatabase& database);
/// What is told of a trail whose content is wrong. Errors: Refused.
[[nodiscard]] base::Error damagedTrail(const std::filesystem::path& file, const std::string& finding);
/// The failure of the last call: Refused where the content is wrong, else `error` as it is.
[[nodiscard]] base::Error readFailure(store::SqliteDatabase& database, const base::Error& error);
/// A file whose tables, triggers and indexes are not those of a trail: somebody had it open with another program.
struct SchemaChange {
    std::string words; ///< the first one that differs, for a person
    /// Whether rows are still what they seem. Not where a table is another one, or there is something beside the tables
    /// that a query may be answered from: a view, an index.
    bool isReadable = false;
};
/// Absent: it is as it was made. Errors: Io.
[[nodiscard]] base::Result<std::optional<SchemaChange>> schemaChange(store::SqliteDatabase& database);
/// In the order of their numbers, at most `most`, behind `after`.
[[nodiscard]] base::Result<std::vector<StoredRecord>> readRecords(
    store::SqliteDatabase& database, std::uint64_t after, std::size_t most);
[[nodiscard]] base::Result<std::vector<StoredHead>> readHeads(
    store::SqliteDatabase& database, std::uint64_t after, std::size_t most);
/// 0 where there is none.
[[nodiscard]] base::Result<std::uint64_t> newestRecord(store::SqliteDatabase& database);
[[nodiscard]] base::Result<std::uint64_t> newestHead(store::SqliteDatabase& database);
[[nodiscard]] base::Status insertRecord(store::SqliteDatabase& database, const StoredRecord& record);
[[nodiscard]] base::Status insertHead(store::SqliteDatabase& database, const StoredHead& head);

}
