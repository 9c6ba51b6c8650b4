#include "app/venue/forward_book.h"

#include "core/store/sqlite_database.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace venue {

using base::Errc;
using base::Error;
using store::SqliteDatabase;
using store::SqliteStatement;

namespace {

// PRAGMA application_id: says that a SQLite file is a book of forwards ("CSFW").
constexpr const char* ApplicationId = "1129530967";
// PRAGMA user_version: rises with every change of the table.
constexpr const char* SchemaVersion = "1";
constexpr const char* FileName = "forwards.sqlite";

constexpr const char* Schema = R"(
CREATE TABLE forwards(
    sequence INTEGER PRIMARY KEY,
    client TEXT NOT NULL,
    cl_ord_id TEXT NOT NULL,
    upstream TEXT NOT NULL,
    upstream_id TEXT NOT NULL UNIQUE,
    upstream_rfq TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    seq_num INTEGER NOT NULL,
    their_next INTEGER NOT NULL,
    UNIQUE(client, cl_ord_id)
) STRICT;
CREATE INDEX forwards_upstream ON forwards(upstream);
)";

constexpr std::array<std::pair<ForwardState, std::string_view>, 3> StateNames{
    {{ForwardState::Intended, "intended"}, {ForwardState::Written, "written"}, {ForwardState::NotSent, "not-sent"}}};

std::string_view nameOf(ForwardState state)
{
    const auto* found =
        std::find_if(StateNames.begin(), StateNames.end(), [state](const auto& entry) { return entry.first == state; });
    return found == StateNames.end() ? std::string_view() : found->second;
}

std::optional<ForwardState> stateOf(const std::string& name)
{
    const auto* found =
        std::find_if(StateNames.begin(), StateNames.end(), [&name](const auto& entry) { return entry.second == name; });
    return found == StateNames.end() ? std::nullopt : std::optional(found->first);
}

std::string select(const char* rest)
{
    return std::string("SELECT client, cl_ord_id, upstream, upstream_id, upstream_rfq, message, state, seq_num, "
                       "their_next FROM forwards ")
        + rest;
}

}

ForwardBook::ForwardBook(std::unique_ptr<SqliteDatabase> database)
    : m_database(std::move(database))
{
}

ForwardBook::~ForwardBook() = default;

base::Result<std::unique_ptr<ForwardBook>> ForwardBook::open(const std::filesystem::path& directory)
{
    const std::filesystem::path file = directory / FileName;
    auto database = SqliteDatabase::open(file, SqliteDatabase::Mode::Create);
    if (!database)
        return database.error();
    std::error_code failure;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failure);
    if (failure)
        return Error{Errc::Io, "cannot make " + file.string() + " private: " + failure.message()};
    std::unique_ptr<ForwardBook> book(new ForwardBook(*std::move(database)));
    if (const base::Status begun = book->begin(); !begun)
        return begun.error();
    return book;
}

base::Status ForwardBook::begin()
{
    const auto id = m_database->ask("PRAGMA application_id");
    const auto version = m_database->ask("PRAGMA user_version");
    const auto tables = m_database->ask("SELECT count(*) FROM sqlite_schema");
    for (const auto* answer : {&id, &version, &tables})
        if (!*answer)
            return answer->error();
    const bool isEmpty = *id == "0" && *tables == "0";
    const std::string file = m_database->file().string();
    if (!isEmpty && *id != ApplicationId)
        return Error{Errc::InvalidInput, file + " is no book of forwards; it was left as it is"};
    if (!isEmpty && *version != SchemaVersion)
        return Error{Errc::Unsupported,
            file + " was written by another version (" + *version + ", this program knows " + SchemaVersion
                + "); it was left as it is"};
    m_database->trust();
    if (const base::Status set = m_database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"); !set)
        return set;
    if (!isEmpty)
        return base::Ok{};
    return m_database->execute(std::string("BEGIN IMMEDIATE;") + Schema + "PRAGMA application_id=" + ApplicationId
        + "; PRAGMA user_version=" + SchemaVersion + "; COMMIT");
}

base::Status ForwardBook::intend(const Forward& forward)
{
    SqliteStatement insert(*m_database,
        "INSERT INTO forwards(client, cl_ord_id, upstream, upstream_id, upstream_rfq, message, state, seq_num, "
        "their_next) VALUES(?,?,?,?,?,?,?,?,?)");
    return insert.bind(forward.client.text())
        .bind(forward.clOrdId.text())
        .bind(forward.upstream.text())
        .bind(forward.upstreamId.text())
        .bind(forward.upstreamRfq.text())
        .bind(forward.message)
        .bind(nameOf(forward.state))
        .bind(static_cast<std::int64_t>(forward.seqNum))
        .bind(static_cast<std::int64_t>(forward.theirNext))
        .run();
}

base::Status ForwardBook::written(const rfq::ClOrdId& upstreamId, std::uint64_t seqNum, std::uint64_t theirNext)
{
    SqliteStatement update(
        *m_database, "UPDATE forwards SET state = ?, seq_num = ?, their_next = ? WHERE upstream_id = ?");
    return update.bind(nameOf(ForwardState::Written))
        .bind(static_cast<std::int64_t>(seqNum))
        .bind(static_cast<std::int64_t>(theirNext))
        .bind(upstreamId.text())
        .run();
}

base::Status ForwardBook::notSent(const rfq::ClOrdId& upstreamId)
{
    SqliteStatement update(*m_database, "UPDATE forwards SET state = ? WHERE upstream_id = ?");
    return update.bind(nameOf(ForwardState::NotSent)).bind(upstreamId.text()).run();
}

base::Status ForwardBook::voidNumbers(const rfq::SessionId& upstream)
{
    SqliteStatement update(*m_database, "UPDATE forwards SET seq_num = 0, their_next = 0 WHERE upstream = ?");
    return update.bind(upstream.text()).run();
}

base::Result<std::optional<Forward>> ForwardBook::find(const rfq::SessionId& client, const rfq::ClOrdId& clOrdId)
{
    SqliteStatement query(*m_database, select("WHERE client = ? AND cl_ord_id = ?"));
    return first(query.bind(client.text()).bind(clOrdId.text()));
}

base::Result<std::optional<Forward>> ForwardBook::findUpstream(
    const rfq::SessionId& upstream, const rfq::ClOrdId& upstreamId)
{
    SqliteStatement query(*m_database, select("WHERE upstream = ? AND upstream_id = ?"));
    return first(query.bind(upstream.text()).bind(upstreamId.text()));
}

base::Result<std::optional<Forward>> ForwardBook::replayMark(const rfq::SessionId& upstream)
{
    SqliteStatement query(*m_database,
        select("WHERE upstream = ? AND state <> 'not-sent' ORDER BY state = 'written' AND their_next > 0 DESC, "
               "sequence DESC LIMIT 1"));
    auto mark = first(query.bind(upstream.text()));
    if (mark && *mark && (*mark)->state != ForwardState::Written)
        (*mark)->theirNext = 0;
    return mark;
}

base::Result<std::optional<Forward>> ForwardBook::first(SqliteStatement& query)
{
    const auto row = query.step();
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<Forward>();
    const auto state = stateOf(query.text(6));
    if (!state)
        return Error{Errc::Io, "the book of forwards is damaged: '" + query.text(6) + "' is no state of a forward"};
    Forward forward;
    forward.client = rfq::SessionId(query.text(0));
    forward.clOrdId = rfq::ClOrdId(query.text(1));
    forward.upstream = rfq::SessionId(query.text(2));
    forward.upstreamId = rfq::ClOrdId(query.text(3));
    forward.upstreamRfq = rfq::RfqId(query.text(4));
    forward.message = query.text(5);
    forward.state = *state;
    forward.seqNum = static_cast<std::uint64_t>(query.integer(7));
    forward.theirNext = static_cast<std::uint64_t>(query.integer(8));
    return std::optional(std::move(forward));
}

}
