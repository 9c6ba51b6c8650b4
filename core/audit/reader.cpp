#include "core/audit/reader.h"

#include "core/audit/record_text.h"
#include "core/audit/trail_rows.h"

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

namespace audit {

using store::SqliteDatabase;

base::Result<std::unique_ptr<TrailReader>> TrailReader::open(const std::filesystem::path& file)
{
    auto database = SqliteDatabase::open(file, SqliteDatabase::Mode::Read);
    if (!database)
        return database.error();
    if (const base::Status set = (*database)->execute(WaitForOthers); !set)
        return set.error();
    if (const base::Status good = checkIsTrail(**database); !good)
        return good.error();
    return std::unique_ptr<TrailReader>(new TrailReader(*std::move(database)));
}

TrailReader::TrailReader(std::unique_ptr<SqliteDatabase> database)
    : m_database(std::move(database))
{
}

TrailReader::~TrailReader()
{
    m_database->rollBack();
}

base::Status TrailReader::freeze()
{
    if (base::Status begun = m_database->execute("BEGIN"); !begun)
        return begun;
    const auto damaged = [this](const std::string& what) { return damagedTrail(m_database->file(), what); };
    const auto verdict = m_database->ask("PRAGMA quick_check(1)"); // a transaction begins with the first read
    if (!verdict)
        return readFailure(*m_database, verdict.error());
    if (*verdict != "ok")
        return damaged(escapedValue(*verdict));
    const auto pageSize = m_database->ask("PRAGMA page_size");
    if (!pageSize)
        return pageSize.error();
    // SQLite takes what is missing of a page for zeros.
    std::uint64_t size = 0;
    std::from_chars(pageSize->data(), pageSize->data() + pageSize->size(), size);
    std::error_code failure;
    const auto bytes = std::filesystem::file_size(m_database->file(), failure);
    if (failure || size == 0 || bytes % size != 0)
        return damaged("its end is missing");
    return base::Ok{};
}

base::Result<std::optional<SchemaChange>> TrailReader::schemaChange()
{
    return audit::schemaChange(*m_database);
}

base::Result<std::vector<StoredRecord>> TrailReader::records(std::uint64_t after, std::size_t most)
{
    return readRecords(*m_database, after, most);
}

base::Result<std::optional<StoredRecord>> TrailReader::last()
{
    const auto number = m_database->ask("SELECT coalesce(max(number), 0) FROM record");
    if (!number)
        return number.error();
    std::uint64_t last = 0;
    std::from_chars(number->data(), number->data() + number->size(), last);
    if (last == 0)
        return std::optional<StoredRecord>();
    auto found = records(last - 1, 1);
    if (!found)
        return found.error();
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

base::Result<std::vector<StoredHead>> TrailReader::heads(std::uint64_t after, std::size_t most)
{
    return readHeads(*m_database, after, most);
}

}
