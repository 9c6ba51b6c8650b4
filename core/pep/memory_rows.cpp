#include "core/pep/memory_rows.h"

#include "core/pep/identity_rows.h"

namespace pep {

using store::SqliteStatement;

const char* const MemorySchema =
    "CREATE TABLE IF NOT EXISTS memories(user TEXT PRIMARY KEY, last_host TEXT NOT NULL, touch_owed TEXT NOT NULL, "
    "stops_asking INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

base::Status writeMemories(store::SqliteDatabase& database, const std::vector<PersonMemory>& people)
{
    for (const PersonMemory& person : people) {
        SqliteStatement insert(
            database, "INSERT OR REPLACE INTO memories(user, last_host, touch_owed, stops_asking) VALUES(?, ?, ?, ?)");
        const base::Status kept = insert.bind(person.user.text())
                                      .bind(person.lastHost)
                                      .bind(person.touchOwed)
                                      .bind(std::int64_t{person.stopsAsking ? 1 : 0})
                                      .run();
        if (!kept)
            return kept;
    }
    return base::Ok{};
}

base::Result<std::vector<PersonMemory>> readMemories(store::SqliteDatabase& database)
{
    std::vector<PersonMemory> people;
    SqliteStatement rows(database, "SELECT user, last_host, touch_owed, stops_asking FROM memories ORDER BY user");
    const base::Status read = forEachRow(rows, [&]() -> base::Status {
        people.push_back({.user = stepup::UserId(rows.text(0)),
            .lastHost = rows.text(1),
            .touchOwed = rows.text(2),
            .stopsAsking = rows.integer(3) != 0});
        return base::Ok{};
    });
    if (!read)
        return read.error();
    return people;
}

}
