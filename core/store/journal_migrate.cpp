#include "core/store/journal_migrate.h"

#include "core/store/durable_file.h"
#include "core/store/journal_schema.h"

#include <string>
#include <system_error>

namespace store {

namespace {

using base::Error;
using base::Result;
using base::Status;
using std::filesystem::path;

/// The first of "x.v1-backup", "x.v1-backup.2" ... that nothing has: whatever is there may be all that is left of
/// something.
path freeName(const path& journal, std::int64_t version)
{
    const std::string name = journal.string() + ".v" + std::to_string(version) + "-backup";
    std::error_code ignored;
    path candidate = name;
    for (int number = 2; std::filesystem::exists(std::filesystem::symlink_status(candidate, ignored)); ++number)
        candidate = name + "." + std::to_string(number);
    return candidate;
}

void discard(const path& file)
{
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
}

/// Page by page as the connection sees it: with what a killed program left in the write-ahead log.
Status copyInto(SqliteDatabase& journal, const path& draft)
{
    if (Status made = createPrivateFile(draft); !made)
        return made;
    auto copy = SqliteDatabase::open(draft, SqliteDatabase::Mode::Existing);
    if (!copy)
        return copy.error();
    if (Status copied = journal.copyTo(**copy); !copied)
        return copied;
    copy->reset();
    return syncFile(draft);
}

Result<path> keepCopy(SqliteDatabase& journal, std::int64_t version)
{
    const path name = freeName(journal.file(), version);
    const path draft = name.string() + ".new";
    discard(draft);
    Status kept = copyInto(journal, draft);
    if (kept)
        kept = renameDurably(draft, name);
    if (kept)
        return name;
    discard(draft);
    return kept.error();
}

Error withContext(const SqliteDatabase& journal, const char* what, const Error& cause)
{
    return {cause.code,
        "the journal of an older version was left as it is, because " + std::string(what) + " failed: " + cause.detail
            + " (" + journal.file().string() + ")"};
}

}

Status migrateJournal(SqliteDatabase& database, std::int64_t version)
{
    const Result<path> copy = keepCopy(database, version);
    if (!copy)
        return withContext(database, "making a copy of it", copy.error());
    Status done = database.execute("PRAGMA synchronous=FULL; BEGIN IMMEDIATE;" + schemaStepsFrom(version) + "COMMIT;");
    if (done)
        return done;
    database.rollBack();
    discard(*copy);
    return withContext(database, "bringing it up to date", done.error());
}

}
