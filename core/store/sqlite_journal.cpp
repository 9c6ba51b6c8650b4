#include "core/store/sqlite_journal.h"

#include "core/store/journal_file.h"
#include "core/store/journal_read.h"
#include "core/store/journal_upkeep.h"
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
    if (!outcome)
        database.rollBack();
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
    , m_upkeep(std::make_unique<JournalUpkeep>(*m_database))
    , m_caller(caller)
    , m_inbox([this] { m_worker.post([this] { writeBatch(); }); })
{
}

SqliteJournal::~SqliteJournal()
{
    m_upkeep->announce(); // for good: what is left to write comes before any check
}

base::Result<rfq::History> SqliteJournal::load(std::size_t newestRequests)
{
    std::promise<base::Result<rfq::History>> promise;
    auto history = promise.get_future();
    m_worker.post([&] { promise.set_value(readHistory(*m_database, newestRequests)); });
    return history.get();
}

void SqliteJournal::check(std::function<void(base::Status)> done)
{
    m_worker.post([this, done = std::move(done)]() mutable {
        m_checked = std::move(done);
        m_upkeep->wantCheck();
        usePause();
    });
}

void SqliteJournal::append(rfq::JournalRecord record, std::function<void(base::Status)> done)
{
    m_upkeep->announce();
    m_inbox.post({std::move(record), std::move(done)});
}

void SqliteJournal::writeBatch()
{
    std::vector<Pending> batch = m_inbox.drain();
    std::vector<base::Status> outcomes = outcomesOf(batch);
    m_upkeep->done(batch.size());
    report(std::move(batch), std::move(outcomes));
    m_worker.post([this] { usePause(); });
}

std::vector<base::Status> SqliteJournal::outcomesOf(const std::vector<Pending>& batch)
{
    if (const auto& damage = m_upkeep->damage())
        return {batch.size(), *damage};
    std::vector<base::Status> outcomes(batch.size(), commitTogether(*m_database, *m_writer, batch));
    // One record that cannot be written must not take its neighbours with it.
    if (batch.size() > 1 && !outcomes.front())
        for (std::size_t i = 0; i < batch.size(); ++i)
            outcomes[i] = commitTogether(*m_database, *m_writer, std::span(&batch[i], 1));
    return outcomes;
}

void SqliteJournal::usePause()
{
    const auto verdict = m_upkeep->usePause();
    if (verdict)
        m_caller.post([done = std::move(m_checked), verdict = *verdict] { done(verdict); });
}

void SqliteJournal::report(std::vector<Pending> batch, std::vector<base::Status> outcomes)
{
    m_caller.post([batch = std::move(batch), outcomes = std::move(outcomes)] {
        for (std::size_t i = 0; i < batch.size(); ++i)
            batch[i].done(outcomes[i]);
    });
}

}
