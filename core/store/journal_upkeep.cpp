#include "core/store/journal_upkeep.h"

#include "core/store/journal_file.h"

namespace store {

void JournalUpkeep::announce()
{
    const std::lock_guard lock(m_mutex);
    ++m_announced;
    if (!m_checking || m_interrupted)
        return;
    m_interrupted = true;
    sqlite3_interrupt(m_database.handle());
}

void JournalUpkeep::done(std::size_t count)
{
    const std::lock_guard lock(m_mutex);
    m_announced -= count;
}

bool JournalUpkeep::isPause()
{
    const std::lock_guard lock(m_mutex);
    return m_announced == 0;
}

std::optional<base::Status> JournalUpkeep::usePause()
{
    std::optional<base::Status> verdict;
    if (m_checkWanted && !m_damage && isPause())
        verdict = check();
    if (verdict)
        m_checkWanted = false;
    const int pages = m_database.logPages();
    if (m_database.isTrusted() && (pages >= FoldAtOnceFrom || (pages >= FoldFrom && isPause())))
        fold();
    return verdict;
}

std::optional<base::Status> JournalUpkeep::check()
{
    if (m_database.isTrusted())
        return base::Ok{};
    // Only while a statement is under way does SQLite remember an interruption that comes before the check begins.
    SqliteStatement underWay(m_database, "SELECT 1 UNION ALL SELECT 2");
    static_cast<void>(underWay.step());
    {
        const std::lock_guard lock(m_mutex);
        if (m_announced > 0)
            return std::nullopt;
        m_checking = true;
        m_interrupted = false;
    }
    base::Status verdict = checkEveryPage(m_database);
    {
        const std::lock_guard lock(m_mutex);
        m_checking = false;
        if (m_interrupted)
            return std::nullopt;
    }
    if (verdict)
        m_database.trust();
    else
        m_damage = verdict.error();
    return verdict;
}

void JournalUpkeep::fold()
{
    // What cannot be folded now stays in the log, where it is as durable; the next pause tries again.
    static_cast<void>(m_database.ask("PRAGMA wal_checkpoint(PASSIVE)"));
}

}
