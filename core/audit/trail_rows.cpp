#include "core/audit/trail_rows.h"

#include "core/audit/record_text.h"
#include "core/store/sqlite_failure.h"

#include <array>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace audit {

namespace {

using base::Errc;
using base::Error;
using store::SqliteDatabase;
using store::SqliteStatement;

/// INSERT OR REPLACE passes the triggers on DELETE by; the order of the numbers stops it.
constexpr const char* Schema = R"(
CREATE TABLE record(
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TABLE head(
    number INTEGER PRIMARY KEY,
    statement TEXT NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE TRIGGER record_in_order BEFORE INSERT ON record
    WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM record)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER record_not_updated BEFORE UPDATE ON record
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER record_not_deleted BEFORE DELETE ON record
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER head_in_order BEFORE INSERT ON head
    WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM head)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER head_not_updated BEFORE UPDATE ON head
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER head_not_deleted BEFORE DELETE ON head
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
)";

/// From the beginning, a row below 1 is read too: nobody of us writes one, and it must not stay unseen.
std::int64_t firstBehind(std::uint64_t after)
{
    return after == 0 ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(after) + 1;
}

/// Whoever made the tables anew may have put rows without a number there: nobody could say what is behind them.
base::Result<std::int64_t> numberOf(SqliteDatabase& database, SqliteStatement& row, std::optional<std::int64_t> above)
{
    const std::int64_t number = row.integer(0);
    if (above && number <= *above)
        return Error{Errc::InvalidInput, database.file().string() + ": a row has no number, or one that does not rise"};
    return number;
}

base::Result<std::uint64_t> newest(SqliteDatabase& database, const char* sql)
{
    SqliteStatement& statement = database.prepared(sql);
    const auto row = statement.step();
    if (!row)
        return row.error();
    const auto number = static_cast<std::uint64_t>(statement.integer(0));
    statement.reset(); // a statement that stands in the middle would hold its transaction open
    return number;
}

/// What a file is made of, by sort and name: how each was made.
using SchemaParts = std::map<std::pair<std::string, std::string>, std::string>;

base::Result<SchemaParts> partsOf(SqliteDatabase& database)
{
    SqliteStatement rows(database, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema");
    SchemaParts parts;
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return parts;
        parts.try_emplace({rows.text(0), rows.text(1)}, rows.text(2));
    }
}

base::Result<SchemaParts> partsOfATrail()
{
    auto database = SqliteDatabase::open(":memory:", SqliteDatabase::Mode::Create);
    if (!database)
        return database.error();
    if (const base::Status made = (*database)->execute(Schema); !made)
        return made.error();
    return partsOf(**database);
}

/// The mark of a trail where SQLite keeps it: of a file that SQLite does not read, the bytes themselves say what it is.
bool isMarked(const std::filesystem::path& file)
{
    constexpr std::size_t MarkAt = 68;
    constexpr std::string_view Mark = "CSAT";
    std::array<char, MarkAt + Mark.size()> start{};
    std::ifstream(file, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
    return std::string_view(start.data(), start.size()).substr(MarkAt) == Mark;
}

/// Names are whatever somebody chose.
std::string nameOf(const SchemaParts::key_type& part)
{
    constexpr std::size_t Longest = 64;
    return "the " + escapedValue(part.first.substr(0, Longest)) + " " + escapedValue(part.second.substr(0, Longest));
}

}

base::Error damagedTrail(const std::filesystem::path& file, const std::string& finding)
{
    return {Errc::Refused, file.string() + " is damaged: " + finding + "; it was left as it is"};
}

base::Error readFailure(SqliteDatabase& database, const base::Error& error)
{
    const auto damage = store::damageFound(database.handle());
    return damage ? damagedTrail(database.file(), *damage) : error;
}

const char* trailSchema()
{
    return Schema;
}

base::Status checkIsTrail(SqliteDatabase& database)
{
    const auto id = database.ask("PRAGMA application_id");
    if (id ? *id != std::to_string(TrailApplicationId) : !isMarked(database.file()))
        return Error{Errc::InvalidInput, database.file().string() + " is not an audit trail; it was left as it is"};
    if (!id)
        return readFailure(database, id.error());
    const auto version = database.ask("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version != std::to_string(TrailSchemaVersion))
        return Error{Errc::Unsupported,
            database.file().string() + " was written by a newer Countersign (trail version " + *version
                + ", this program knows " + std::to_string(TrailSchemaVersion) + "); it was left as it is"};
    return base::Ok{};
}

base::Result<std::optional<SchemaChange>> schemaChange(SqliteDatabase& database)
{
    const auto found = partsOf(database);
    const auto meant = partsOfATrail();
    if (!found || !meant)
        return found ? meant.error() : found.error();
    std::optional<SchemaChange> change;
    const auto note = [&](const SchemaParts::key_type& part, const std::string& words) {
        const bool isTrigger = part.first == "trigger"; // these act when something is written
        if (!change || (change->isReadable && !isTrigger))
            change = SchemaChange{nameOf(part) + words, isTrigger};
    };
    for (const auto& [part, sql] : *meant) {
        const auto there = found->find(part);
        if (there == found->end())
            note(part, " is missing");
        else if (there->second != sql)
            note(part, " is not made as that of a trail");
    }
    for (const auto& [part, sql] : *found)
        if (!meant->contains(part))
            note(part, " is none of a trail's");
    return change;
}

base::Result<std::vector<StoredRecord>> readRecords(SqliteDatabase& database, std::uint64_t after, std::size_t most)
{
    SqliteStatement& rows =
        database.prepared("SELECT number, text, hash FROM record WHERE number >= ? ORDER BY number LIMIT ?");
    rows.bind(firstBehind(after)).bind(static_cast<std::int64_t>(most));
    auto last = after == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(after));
    std::vector<StoredRecord> records;
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return readFailure(database, row.error());
        if (!*row)
            break;
        const auto number = numberOf(database, rows, last);
        if (!number)
            return number.error();
        last = *number;
        records.push_back({static_cast<std::uint64_t>(*last), rows.text(1), rows.bytes(2)});
        if (*last < 1)
            break; // one says it all, and they could be without end
    }
    rows.reset();
    return records;
}

base::Result<std::vector<StoredHead>> readHeads(SqliteDatabase& database, std::uint64_t after, std::size_t most)
{
    SqliteStatement& rows =
        database.prepared("SELECT number, statement, signature FROM head WHERE number >= ? ORDER BY number LIMIT ?");
    rows.bind(firstBehind(after)).bind(static_cast<std::int64_t>(most));
    auto last = after == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(after));
    std::vector<StoredHead> heads;
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return readFailure(database, row.error());
        if (!*row)
            break;
        const auto number = numberOf(database, rows, last);
        if (!number)
            return number.error();
        last = *number;
        heads.push_back({static_cast<std::uint64_t>(*last), {rows.text(1), rows.bytes(2)}});
        if (*last < 1)
            break;
    }
    rows.reset();
    return heads;
}

base::Result<std::uint64_t> newestRecord(SqliteDatabase& database)
{
    return newest(database, "SELECT coalesce(max(number), 0) FROM record");
}

base::Result<std::uint64_t> newestHead(SqliteDatabase& database)
{
    return newest(database, "SELECT coalesce(max(number), 0) FROM head");
}

base::Status insertRecord(SqliteDatabase& database, const StoredRecord& record)
{
    return database.prepared("INSERT INTO record(number, text, hash) VALUES(?, ?, ?)")
        .bind(static_cast<std::int64_t>(record.number))
        .bind(std::string_view(record.text))
        .bindBytes(record.hash)
        .run();
}

base::Status insertHead(SqliteDatabase& database, const StoredHead& head)
{
    return database.prepared("INSERT INTO head(number, statement, signature) VALUES(?, ?, ?)")
        .bind(static_cast<std::int64_t>(head.number))
        .bind(std::string_view(head.head.statement))
        .bindBytes(head.head.signature)
        .run();
}

}
