#include "core/store/journal_file.h"

#include "core/store/durable_file.h"
#include "core/store/journal_migrate.h"
#include "core/store/journal_schema.h"
#include "core/store/sqlite_failure.h"

#include <array>
#include <fstream>
#include <string>

namespace store {

namespace {

using base::Errc;
using base::Error;
using std::filesystem::path;

constexpr auto OwnerOnly = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

Error notOurs(const path& file)
{
    return {Errc::InvalidInput,
        file.string()
            + " is not a Countersign journal; it was left as it is. Move it away, or name another "
              "directory as paths.state"};
}

Error tooNew(const path& file, std::int64_t version)
{
    return {Errc::Unsupported,
        file.string() + " was written by a newer Countersign (journal version " + std::to_string(version)
            + ", this program knows " + std::to_string(JournalSchemaVersion)
            + "); it was left as it is. Start the newer one, or restore the copy it made of the older journal"};
}

std::int64_t bigEndian(const char* bytes)
{
    std::int64_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value * 256 + static_cast<unsigned char>(bytes[i]);
    return value;
}

/// Looks at the file's first page without SQLite, which might already change it (SQLite file format, 1.3).
base::Status checkHeader(const path& file)
{
    constexpr std::string_view Magic("SQLite format 3\0", 16);
    constexpr std::size_t UserVersionAt = 60;
    constexpr std::size_t ApplicationIdAt = 68;
    std::array<char, 100> header{};
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return Error{
            Errc::Io, "cannot read " + file.string() + ": let the user who runs this program read and write it"};
    stream.read(header.data(), header.size());
    const bool whole = stream.gcount() == static_cast<std::streamsize>(header.size());
    const bool ours = whole && std::string_view(header.data(), Magic.size()) == Magic
        && bigEndian(header.data() + ApplicationIdAt) == JournalApplicationId;
    if (!ours)
        return notOurs(file);
    const std::int64_t version = bigEndian(header.data() + UserVersionAt);
    if (version < 1)
        return notOurs(file);
    return version > JournalSchemaVersion ? base::Status(tooNew(file, version)) : base::Ok{};
}

/// Makes the file whole under another name first: a crash half-way leaves no half a journal.
base::Status create(const path& file)
{
    const path draft = file.string() + ".new";
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    if (const base::Status made = createPrivateFile(draft); !made)
        return made;
    {
        auto database = SqliteDatabase::open(draft, SqliteDatabase::Mode::Existing);
        if (!database)
            return database.error();
        const std::string script = "PRAGMA synchronous=FULL; BEGIN;" + schemaStepsFrom(0) + "COMMIT;";
        if (base::Status made = (*database)->execute(script); !made)
            return made;
    }
    return renameDurably(draft, file);
}

/// The version that the program finds, which may be in the write-ahead log only.
base::Result<std::int64_t> knownVersion(SqliteDatabase& database)
{
    const auto answer = database.ask("PRAGMA user_version");
    if (!answer)
        return answer.error();
    const std::int64_t version = std::stoll(*answer);
    return version > JournalSchemaVersion ? base::Result<std::int64_t>(tooNew(database.file(), version)) : version;
}

/// A file that must be rewritten is read whole first, however large it is.
base::Status checkAndMigrate(SqliteDatabase& database)
{
    const auto version = knownVersion(database);
    if (!version)
        return version.error();
    std::error_code failure;
    const auto size = std::filesystem::file_size(database.file(), failure);
    if (failure)
        return Error{Errc::Io, "cannot read the size of " + database.file().string() + ": " + failure.message()};
    const bool isOld = *version < JournalSchemaVersion;
    if (!isOld && size > CheckedAtOnce)
        return base::Ok{};
    if (base::Status sound = checkEveryPage(database); !sound)
        return sound;
    if (base::Status current = isOld ? migrateJournal(database, *version) : base::Ok{}; !current)
        return current;
    database.trust();
    return base::Ok{};
}

}

base::Status checkEveryPage(SqliteDatabase& database)
{
    const auto verdict = database.ask("PRAGMA quick_check(1)");
    if (!verdict)
        return verdict.error();
    if (*verdict != "ok")
        return damageOf(database.file(), *verdict);
    return base::Ok{};
}

base::Result<std::unique_ptr<SqliteDatabase>> openJournalFile(const path& file)
{
    std::error_code failure;
    const bool exists = std::filesystem::exists(file, failure);
    if (failure)
        return Error{Errc::Io, "cannot look for " + file.string() + ": " + failure.message()};
    if (const base::Status ready = exists ? checkHeader(file) : create(file); !ready)
        return ready.error();

    auto opened = SqliteDatabase::open(file, SqliteDatabase::Mode::Existing);
    if (!opened)
        return opened.error();
    SqliteDatabase& database = **opened;
    if (const base::Status locked = database.execute("PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK;");
        !locked)
        return locked.error();
    if (const base::Status good = checkAndMigrate(database); !good)
        return good.error();
    if (const base::Status set = database.execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; BEGIN IMMEDIATE; COMMIT;");
        !set)
        return set.error();
    std::filesystem::permissions(file, OwnerOnly, failure);
    return std::move(*opened);
}

}
