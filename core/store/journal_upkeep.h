#pragma once

#include "core/store/sqlite_database.h"

#include <cstddef>
#include <mutex>
#include <optional>

namespace store {

/// What the journal does in its pauses, so that no click waits for it: reading the whole file for damage, once, and
/// folding the write-ahead log into the file. Until the file has proved to be sound only its log is written: a damaged
/// one stays as it was found.
class JournalUpkeep {
public:
    /// In pages of the log. Folding that many takes milliseconds; past the second figure no pause is waited for.
    static constexpr int FoldFrom = 256;
    static constexpr int FoldAtOnceFrom = 4'096;

    explicit JournalUpkeep(SqliteDatabase& database)
        : m_database(database)
    {
    }

    /// Any thread: something is about to be written. A check that is under way makes room within one page.
    void announce();
    /// The store thread has written so much of what was announced.
    void done(std::size_t count);

    /// The store thread asks for the check, and lets the pauses be used; without announced work there is one. The
    /// verdict comes once, from the call that reached it. Errors: Io, the file is damaged or cannot be read.
    void wantCheck() { m_checkWanted = true; }
    [[nodiscard]] std::optional<base::Status> usePause();
    /// What the check found.
    [[nodiscard]] const std::optional<base::Error>& damage() const { return m_damage; }

private:
    [[nodiscard]] bool isPause();
    [[nodiscard]] std::optional<base::Status> check();
    void fold();

    SqliteDatabase& m_database;
    bool m_checkWanted = false;
    std::optional<base::Error> m_damage;
    std::mutex m_mutex; ///< guards what follows; never held while the disk is read
    std::size_t m_announced = 0;
    bool m_checking = false;
    bool m_interrupted = false;
};

}
