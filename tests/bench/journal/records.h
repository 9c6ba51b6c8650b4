#pragma once

#include "core/base/executor.h"
#include "core/rfq/journal.h"
#include "core/store/sqlite_journal.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bench {

/// Runs the journal's callbacks where they arrive, on the store thread: nothing but the journal is measured.
class Immediate final : public base::Executor {
public:
    void post(std::function<void()> work) override { work(); }
};

/// A journal of its own in a directory, and the means to wait for it. Ends the program on any error.
class Rig {
public:
    explicit Rig(const std::filesystem::path& file);
    void append(rfq::JournalRecord record);
    /// Until everything appended so far is durable.
    void wait();
    [[nodiscard]] store::SqliteJournal& journal() { return *m_journal; }

private:
    Immediate m_executor;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::size_t m_open = 0;
    std::unique_ptr<store::SqliteJournal> m_journal;
};

/// The records of one deal with ids of the usual length, as the desk writes them.
[[nodiscard]] rfq::RequestOpened request(int number);
[[nodiscard]] rfq::AcceptanceIntended click(int number);
/// Everything after the click: written, held, and its end: two of three are filled, the third is rejected.
[[nodiscard]] std::vector<rfq::JournalRecord> outcome(int number);
/// Written, and then the answer stayed out; the dealer was asked in vain.
[[nodiscard]] std::vector<rfq::JournalRecord> noOutcome(int number);

[[nodiscard]] double percentile(std::vector<double> values, double share);
[[noreturn]] void fail(const std::string& what);

}
