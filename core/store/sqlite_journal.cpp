#include "core/store/sqlite_journal.h"

#include "core/store/journal_file.h"
#include "core/store/journal_read.h"
#include "core/store/journal_write.h"

#include <future>
#include <span>
#include <utility>

namespace store {

namespace {

/// All of these records in one transaction, or none.
template <typename Entries>
base::Status commitTogether(SqliteDatabase& database, JournalWriter& writer, const Entries& entries)
{
    base::Status outcome = database.prepared("BEGIN IMMEDIATE").run();
    for (auto entry = entries.begin(); outcome && entry != entries.end(); ++entry)
        outcome = writer.write(entry->record);
    if (outcome)
        outcome = database.prepared("COMMIT").run();
    // Where the failure has ended the transaction already, there is nothing left to roll back.
    if (!outcome && sqlite3_get_autocommit(database.handle()) == 0)
        static_cast<void>(database.execute("ROLLBACK"));
    return outcome;
}

}

base::Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(
    const std::filesystem::path& file, base::Executor& caller)
{
    auto database = openJournalFile(file);
    if (!database)
        return database.error();
    return std::unique_ptr<SqliteJournal>(new SqliteJournal(std::move(*database), caller));
}

SqliteJournal::SqliteJournal(std::unique_ptr<SqliteDatabase> database, base::Executor& caller)
    : m_database(std::move(database))
    , m_writer(std::make_unique<JournalWriter>(*m_database))
    , m_caller(caller)
    , m_inbox([this] { m_worker.post([this] { writeBatch(); }); })
{
}

SqliteJournal::~SqliteJournal() = default;

base::Result<rfq::History> SqliteJournal::load(std::size_t newestRequests)
{
    std::promise<base::Result<rfq::History>> promise;
    auto history = promise.get_future();
    m_worker.post([&] { promise.set_value(readHistory(*m_database, newestRequests)); });
    return history.get();
}

void SqliteJournal::append(rfq::JournalRecord record, std::function<void(base::Status)> done)
{
    m_inbox.post({std::move(record), std::move(done)});
}

void SqliteJournal::writeBatch()
{
    std::vector<Pending> batch = m_inbox.drain();
    std::vector<base::Status> outcomes(batch.size(), commitTogether(*m_database, *m_writer, batch));
    // One record that cannot be written must not take its neighbours with it.
    if (batch.size() > 1 && !outcomes.front())
        for (std::size_t i = 0; i < batch.size(); ++i)
            outcomes[i] = commitTogether(*m_database, *m_writer, std::span(&batch[i], 1));
    report(std::move(batch), std::move(outcomes));
}

void SqliteJournal::report(std::vector<Pending> batch, std::vector<base::Status> outcomes)
{
    m_caller.post([batch = std::move(batch), outcomes = std::move(outcomes)] {
        for (std::size_t i = 0; i < batch.size(); ++i)
            batch[i].done(outcomes[i]);
    });
}

}
