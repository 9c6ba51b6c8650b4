#include "core/store/journal_write.h"

#include "core/base/overloaded.h"
#include "core/store/journal_bind.h"
#include "core/store/journal_records.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace store {

using base::Status;

Status updateOne(SqliteDatabase& database, SqliteStatement& update, const char* what, const std::string& id)
{
    const Status ran = update.run();
    if (!ran || database.changedRows() == 1)
        return ran;
    return base::Error{base::Errc::Internal, std::string("the journal knows no ") + what + " " + id};
}

Status JournalWriter::write(const rfq::JournalRecord& record)
{
    return std::visit(base::Overloaded{[&](const rfq::EventRefused& refused) { return keepRefusal(refused); },
                          [&](const auto& entry) { return store::write(m_database, entry); }},
        record);
}

Status JournalWriter::keepRefusal(const rfq::EventRefused& refused)
{
    if (m_refusals >= RefusalsKept) {
        SqliteStatement& count = m_database.prepared(
            "UPDATE event_refused SET more = more + 1 WHERE sequence = (SELECT max(sequence) FROM event_refused)");
        return updateOne(m_database, count, "refused event before", refused.subject);
    }
    const auto clipped = [](std::string_view text) { return text.substr(0, RefusalTextKept); };
    SqliteStatement& insert =
        m_database.prepared("INSERT INTO event_refused(subject, state, event, text, time_us) VALUES(?,?,?,?,?)");
    insert.bind(clipped(refused.subject))
        .bind(clipped(refused.state))
        .bind(clipped(refused.event))
        .bind(clipped(refused.text))
        .bind(microseconds(refused.time));
    const Status ran = insert.run();
    if (ran)
        ++m_refusals; // one that is rolled back with its neighbours counts twice: the bound holds all the same
    return ran;
}

}
