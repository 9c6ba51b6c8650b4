#include "core/store/journal_file.h"

#include "core/store/journal_schema.h"

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
    return {Errc::InvalidInput, file.string() + " is not a Countersign journal; it was left as it is"};
}

Error tooNew(const path& file, std::int64_t version)
{
    return {Errc::Unsupported,
        file.string() + " was written by a newer Countersign (journal version " + std::to_string(version)
            + ", this program knows " + std::to_string(JournalSchemaVersion) + "); it was left as it is"};
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
        return Error{Errc::Io, "cannot read " + file.string()};
    stream.read(header.data(), header.size());
    const bool whole = stream.gcount() == static_cast<std::streamsize>(header.size());
    const bool ours = whole && std::string_view(header.data(), Magic.size()) == Magic
        && bigEndian(header.data() + ApplicationIdAt) == JournalApplicationId;
    if (!ours)
        return notOurs(file);
    const std::int64_t version = bigEndian(header.data() + UserVersionAt);
    return version > JournalSchemaVersion ? base::Status(tooNew(file, version)) : base::Ok{};
}

/// Makes the file whole under another name first: a crash half-way leaves no half a journal.
base::Status create(const path& file)
{
    std::error_code failure;
    const path draft = file.string() + ".new";
    std::filesystem::remove(draft, failure);
    if (!std::ofstream(draft))
        return Error{Errc::Io, "cannot create " + file.string() + ": the directory is missing or cannot be written"};
    std::filesystem::permissions(draft, OwnerOnly, failure);
    if (failure)
        return Error{Errc::Io, "cannot make " + draft.string() + " private: " + failure.message()};
    {
        auto database = SqliteDatabase::open(draft, SqliteDatabase::Mode::Existing);
        if (!database)
            return database.error();
        const std::string script = "PRAGMA synchronous=FULL; BEGIN;" + schemaStepsFrom(0) + "COMMIT;";
        if (base::Status made = (*database)->execute(script); !made)
            return made;
    }
    std::filesystem::rename(draft, file, failure);
    return failure ? base::Status(Error{Errc::Io, "cannot create " + file.string() + ": " + failure.message()})
                   : base::Ok{};
}

base::Status checkContent(SqliteDatabase& database)
{
    const auto version = database.ask("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*version != std::to_string(JournalSchemaVersion))
        return tooNew(database.file(), std::stoll(*version));
    const auto verdict = database.ask("PRAGMA quick_check(1)");
    if (!verdict)
        return verdict.error();
    if (*verdict != "ok")
        return Error{Errc::Io, database.file().string() + " is damaged (" + *verdict + "); it was left as it is"};
    return base::Ok{};
}

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
    if (const base::Status sound = checkContent(database); !sound)
        return sound.error();
    database.trust();
    if (const base::Status set = database.execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; BEGIN IMMEDIATE; COMMIT;");
        !set)
        return set.error();
    std::filesystem::permissions(file, OwnerOnly, failure);
    return std::move(*opened);
}

}
