#pragma once

#include "core/base/executor.h"
#include "core/base/inbox.h"
#include "core/base/worker.h"
#include "core/rfq/ports.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace store {

class JournalUpkeep;
class JournalWriter;
class SqliteDatabase;

/// The journal in a SQLite file, on a thread of its own. What is appended while a commit is under way shares the next
/// one. The destructor finishes what was appended.
class SqliteJournal final : public rfq::Journal {
public:
    /// Blocks while the file is opened or created and checked; `caller` gets the callbacks and must outlive the
    /// journal. Errors: Io, InvalidInput (not a journal), Unsupported (of a newer version), Duplicate (in use).
    [[nodiscard]] static base::Result<std::unique_ptr<SqliteJournal>> open(
        const std::filesystem::path& file, base::Executor& caller);
    ~SqliteJournal() override;

    /// The newest requests with what belongs to them, and every acceptance without an outcome. Blocks: for the start,
    /// before anything is appended.
    [[nodiscard]] base::Result<rfq::History> load(std::size_t newestRequests);

    /// Reads the whole file for damage, in the pauses between appends; `done` runs like that of append(), once. Every
    /// append fails from the moment that damage is found. Errors: Io.
    void check(std::function<void(base::Status)> done);

    /// Calls `done` in the order of the appends, each once.
    void append(rfq::JournalRecord record, std::function<void(base::Status)> done) override;

private:
    struct Pending {
        rfq::JournalRecord record;
        std::function<void(base::Status)> done;
    };
    SqliteJournal(std::unique_ptr<SqliteDatabase> database, base::Executor& caller);
    void writeBatch();
    [[nodiscard]] std::vector<base::Status> outcomesOf(const std::vector<Pending>& batch);
    void usePause();
    void report(std::vector<Pending> batch, std::vector<base::Status> outcomes);

    std::unique_ptr<SqliteDatabase> m_database; ///< after open() only the worker's
    std::unique_ptr<JournalWriter> m_writer; ///< after open() only the worker's
    std::unique_ptr<JournalUpkeep> m_upkeep;
    std::function<void(base::Status)> m_checked; ///< whom to tell the verdict; only the worker's
    base::Executor& m_caller;
    base::Inbox<Pending> m_inbox;
    base::Worker m_worker; ///< last: it stops, having written everything, before the rest goes
};

}
