#include "core/pep/change_rows.h"

#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_rows.h"

#include <utility>

namespace pep {

using base::Errc;
using base::Error;
using store::SqliteDatabase;
using store::SqliteStatement;

namespace {

constexpr const char* ChangeColumns =
    "SELECT number, head, body, until, state, first, first_certificate, coalesce((SELECT by_whom FROM change_events "
    "WHERE change = changes.number AND outcome = 'drafted'), '') FROM changes ";

const char* nameOf(ChangeState state)
{
    switch (state) {
    case ChangeState::Drafted:
        return "drafted";
    case ChangeState::Proposed:
        return "proposed";
    case ChangeState::Done:
        return "done";
    case ChangeState::Rejected:
        return "rejected";
    }
    return "";
}

std::optional<ChangeState> changeStateOf(std::string_view name)
{
    for (const ChangeState state :
        {ChangeState::Drafted, ChangeState::Proposed, ChangeState::Done, ChangeState::Rejected})
        if (name == nameOf(state))
            return state;
    return std::nullopt;
}

Error damaged(const SqliteDatabase& database, const std::string& what)
{
    return {Errc::InvalidInput, database.file().string() + ": " + what + " does not hold what it should"};
}

base::Result<std::vector<ChangeRow>> read(SqliteDatabase& database, SqliteStatement& rows)
{
    std::vector<ChangeRow> list;
    const auto read = forEachRow(rows, [&]() -> base::Status {
        const auto state = changeStateOf(rows.text(4));
        if (!state)
            return damaged(database, "the row of the change " + rows.text(0));
        list.push_back({.number = rows.integer(0),
            .head = rows.text(1),
            .body = rows.text(2),
            .until = timeIn(rows, 3).value_or(base::UtcTime{}),
            .state = *state,
            .first = rows.text(5),
            .firstCertificate = rows.text(6),
            .draftedBy = rows.text(7)});
        return base::Ok{};
    });
    if (!read)
        return read.error();
    return list;
}

}

// The triggers keep the most privileged persons that there ever were, whoever changes the table. Who has no card cannot
// sign a change and does not count: otherwise nobody could ever make the first one who can.
const char* const ChangeSchema =
    "CREATE TABLE changes(number INTEGER PRIMARY KEY AUTOINCREMENT, head TEXT NOT NULL, body TEXT NOT NULL, until "
    "INTEGER NOT NULL, "
    "state TEXT NOT NULL, first TEXT NOT NULL DEFAULT '', first_certificate TEXT NOT NULL DEFAULT '', "
    "first_statement TEXT, first_signature BLOB, last TEXT, last_certificate TEXT, last_statement TEXT, "
    "last_signature BLOB) STRICT;"
    "CREATE TABLE change_events(number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, change INTEGER NOT "
    "NULL, "
    "kind TEXT NOT NULL, outcome TEXT NOT NULL, target TEXT NOT NULL, certificate TEXT NOT NULL, "
    "credential TEXT NOT NULL, role TEXT NOT NULL, segment TEXT NOT NULL, by_whom TEXT NOT NULL, "
    "second TEXT NOT NULL, reason TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE privileged(most INTEGER NOT NULL) STRICT;"
    "CREATE VIEW privileged_with_a_card AS SELECT name FROM users WHERE role = 'privileged' AND EXISTS "
    "(SELECT 1 FROM certificates WHERE user = users.name AND key = 'hardware');"
    "INSERT INTO privileged SELECT count(*) FROM privileged_with_a_card;"
    "CREATE TRIGGER one_more_card AFTER INSERT ON certificates WHEN NEW.key = 'hardware' BEGIN "
    "UPDATE privileged SET most = max(most, (SELECT count(*) FROM privileged_with_a_card)); END;"
    "CREATE TRIGGER became_privileged AFTER UPDATE OF role ON users WHEN NEW.role = 'privileged' BEGIN "
    "UPDATE privileged SET most = max(most, (SELECT count(*) FROM privileged_with_a_card)); END;";

const char* const ChangeIndex = "CREATE INDEX IF NOT EXISTS events_of_change ON change_events(change);";

base::Result<ChangeRow> readChange(SqliteDatabase& database, std::int64_t number)
{
    SqliteStatement rows(database, std::string(ChangeColumns) + "WHERE number = ?");
    auto found = read(database, rows.bind(number));
    if (!found)
        return found.error();
    if (found->empty())
        return Error{Errc::NotFound, "there is no change " + std::to_string(number)};
    return std::move(found->front());
}

base::Result<std::vector<ChangeRow>> readOpenChanges(SqliteDatabase& database, base::UtcTime now)
{
    SqliteStatement rows(
        database, std::string(ChangeColumns) + "WHERE state IN ('drafted', 'proposed') AND until > ? ORDER BY number");
    return read(database, rows.bind(numberOf(now)));
}

base::Status insertChange(SqliteDatabase& database, const ChangeRow& row)
{
    SqliteStatement insert(database, "INSERT INTO changes(number, head, body, until, state) VALUES(?, ?, ?, ?, ?)");
    return insert.bind(row.number)
        .bind(row.head)
        .bind(row.body)
        .bind(numberOf(row.until))
        .bind(nameOf(row.state))
        .run();
}

base::Status updateChange(SqliteDatabase& database, std::int64_t number, ChangeState state, const SignedStep& step)
{
    SqliteStatement update(database,
        step.step == ChangeStep::Propose
            ? "UPDATE changes SET state = ?, first = ?, first_certificate = ?, first_statement = ?, "
              "first_signature = ? WHERE number = ?"
            : "UPDATE changes SET state = ?, last = ?, last_certificate = ?, last_statement = ?, last_signature = ? "
              "WHERE number = ?");
    return update.bind(nameOf(state))
        .bind(step.by.user.text())
        .bind(fingerprintText(step.by.certificate))
        .bind(step.statement)
        .bindBytes(step.signature)
        .bind(number)
        .run();
}

base::Result<std::vector<ChangeEvent>> readUntold(SqliteDatabase& database)
{
    std::vector<ChangeEvent> list;
    SqliteStatement rows(database,
        "SELECT number, at, change, kind, outcome, target, certificate, credential, role, segment, by_whom, second, "
        "reason FROM change_events WHERE told = 0 ORDER BY number");
    const auto read = forEachRow(rows, [&]() -> base::Status {
        const auto kind = changeKindOf(rows.text(3));
        const auto outcome = changeOutcomeOf(rows.text(4));
        if (!kind || !outcome)
            return damaged(database, "the row of the event " + rows.text(0));
        list.push_back({.number = rows.integer(0),
            .at = timeIn(rows, 1).value_or(base::UtcTime{}),
            .change = rows.integer(2),
            .kind = *kind,
            .outcome = *outcome,
            .target = rows.text(5),
            .certificate = rows.text(6),
            .credential = rows.text(7),
            .role = rows.text(8),
            .segment = rows.text(9),
            .by = rows.text(10),
            .second = rows.text(11),
            .reason = rows.text(12)});
        return base::Ok{};
    });
    if (!read)
        return read.error();
    return list;
}

base::Status insertEvent(SqliteDatabase& database, const ChangeEvent& event)
{
    SqliteStatement insert(database,
        "INSERT INTO change_events(at, change, kind, outcome, target, certificate, credential, role, segment, by_whom, "
        "second, reason) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    return insert.bind(numberOf(event.at))
        .bind(event.change)
        .bind(nameOf(event.kind))
        .bind(nameOf(event.outcome))
        .bind(event.target)
        .bind(event.certificate)
        .bind(event.credential)
        .bind(event.role)
        .bind(event.segment)
        .bind(event.by)
        .bind(event.second)
        .bind(event.reason)
        .run();
}

}
