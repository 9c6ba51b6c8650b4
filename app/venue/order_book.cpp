#include "app/venue/order_book.h"

#include "app/venue/order_rows.h"
#include "core/store/sqlite_database.h"

#include <utility>

namespace venue {

using base::Errc;
using base::Error;
using store::SqliteDatabase;
using store::SqliteStatement;

namespace {

// PRAGMA application_id: says that a SQLite file is an order book of ours ("CSOB").
constexpr std::int64_t ApplicationId = 0x43534f42;
// PRAGMA user_version: rises with every change of the tables.
constexpr std::int64_t SchemaVersion = 1;

constexpr const char* FileName = "orders.sqlite";
constexpr const char* LockName = "orders.lock";

constexpr auto OwnerOnly = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

base::Status makeDirectory(const std::filesystem::path& directory)
{
    std::error_code failure;
    if (std::filesystem::create_directories(directory, failure) && !failure)
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
    if (failure)
        return Error{Errc::Io, "cannot create " + directory.string() + ": " + failure.message()};
    return base::Ok{};
}

base::Result<std::unique_ptr<SqliteDatabase>> openPrivate(const std::filesystem::path& file)
{
    auto database = SqliteDatabase::open(file, SqliteDatabase::Mode::Create);
    if (!database)
        return database;
    std::error_code failure;
    std::filesystem::permissions(file, OwnerOnly, failure);
    if (failure)
        return Error{Errc::Io, "cannot make " + file.string() + " private: " + failure.message()};
    return database;
}

/// Whether the file holds no table at all yet; an error where it holds something that is not for us.
base::Result<bool> isEmpty(SqliteDatabase& database)
{
    const auto id = database.ask("PRAGMA application_id");
    const auto version = database.ask("PRAGMA user_version");
    const auto tables = database.ask("SELECT count(*) FROM sqlite_schema");
    for (const auto* answer : {&id, &version, &tables})
        if (!*answer)
            return answer->error();
    if (*id == "0" && *tables == "0")
        return true;
    const std::string file = database.file().string();
    if (*id != std::to_string(ApplicationId))
        return Error{Errc::InvalidInput, file + " is not an order book; it was left as it is"};
    if (*version != std::to_string(SchemaVersion))
        return Error{Errc::Unsupported,
            file + " was written by another version (order book version " + *version + ", this program knows "
                + std::to_string(SchemaVersion) + "); it was left as it is"};
    return false;
}

/// Within one transaction: everything that `change` does, or nothing.
template <typename Change>
auto atomically(SqliteDatabase& database, Change change) -> decltype(change())
{
    if (const base::Status begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    auto changed = change();
    if (!changed) {
        // The reason is told already; what could not be rolled back was never committed.
        static_cast<void>(database.execute("ROLLBACK"));
        return changed;
    }
    if (const base::Status committed = database.execute("COMMIT"); !committed)
        return committed.error();
    return changed;
}

base::Result<std::optional<BookedOrder>> firstOf(base::Result<std::vector<BookedOrder>> rows)
{
    if (!rows)
        return rows.error();
    return rows->empty() ? std::nullopt : std::optional(std::move(rows->front()));
}

}

OrderBook::OrderBook(std::unique_ptr<SqliteDatabase> database)
    : m_database(std::move(database))
{
}

OrderBook::~OrderBook() = default;

base::Result<std::unique_ptr<OrderBook>> OrderBook::open(const std::filesystem::path& directory)
{
    if (const base::Status made = makeDirectory(directory); !made)
        return made.error();
    auto lock = openPrivate(directory / LockName);
    if (!lock)
        return lock.error();
    if (const base::Status held = (*lock)->execute("BEGIN EXCLUSIVE"); !held)
        return held.error();
    auto database = openPrivate(directory / FileName);
    if (!database)
        return database.error();
    std::unique_ptr<OrderBook> book(new OrderBook(*std::move(database)));
    book->m_lock = *std::move(lock);
    if (const base::Status begun = book->begin(); !begun)
        return begun.error();
    return book;
}

base::Result<std::unique_ptr<OrderBook>> OrderBook::read(const std::filesystem::path& directory)
{
    std::error_code failure;
    if (!std::filesystem::exists(directory / FileName, failure))
        return Error{Errc::NotFound, "there is no order book " + (directory / FileName).string() + " yet"};
    auto database = SqliteDatabase::open(directory / FileName, SqliteDatabase::Mode::Existing);
    if (!database)
        return database.error();
    const auto empty = isEmpty(**database);
    if (!empty)
        return empty.error();
    if (*empty)
        return Error{Errc::NotFound, "the order book " + (directory / FileName).string() + " was never begun"};
    return std::unique_ptr<OrderBook>(new OrderBook(*std::move(database)));
}

base::Status OrderBook::begin()
{
    const auto empty = isEmpty(*m_database);
    if (!empty)
        return empty.error();
    m_database->trust();
    if (const base::Status set = m_database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"); !set)
        return set;
    return atomically(*m_database, [&]() -> base::Status {
        if (*empty) {
            const base::Status made = m_database->execute(std::string(OrderBookSchema) + "PRAGMA application_id="
                + std::to_string(ApplicationId) + "; PRAGMA user_version=" + std::to_string(SchemaVersion));
            if (!made)
                return made;
        }
        SqliteStatement next(*m_database,
            "INSERT INTO runs(last_receipt_before) SELECT coalesce(max(receipt), 0) FROM reports "
            "RETURNING run, last_receipt_before");
        const auto row = next.step();
        if (!row)
            return row.error();
        m_run = next.integer(0);
        m_lastReceiptBefore = static_cast<std::uint64_t>(next.integer(1));
        const auto done = next.step();
        return done ? base::Status(base::Ok{}) : done.error();
    });
}

base::Status OrderBook::take(const BookedOrder& order)
{
    const auto known = find(order.reported.session, order.reported.order.clOrdId);
    if (!known)
        return known.error();
    if (*known)
        return Error{Errc::Duplicate, "ClOrdID " + order.reported.order.clOrdId.text() + " is in the book already"};
    return insertOrder(*m_database, order);
}

base::Result<std::vector<KeptReport>> OrderBook::decide(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId,
    const std::optional<OrderTruth>& truth, const std::vector<fix::maker::ReportOut>& reports)
{
    return atomically(*m_database, [&] { return write(session, clOrdId, truth, reports); });
}

base::Result<std::vector<KeptReport>> OrderBook::write(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId,
    const std::optional<OrderTruth>& truth, const std::vector<fix::maker::ReportOut>& reports)
{
    if (truth) {
        SqliteStatement update(*m_database,
            "UPDATE orders SET state = ?, cum_qty = ?, avg_px = ?, code = ?, text = ? "
            "WHERE session = ? AND cl_ord_id = ?");
        const base::Status updated = update.bind(nameOf(truth->state))
                                         .bind(truth->cumQty.text())
                                         .bindOptional(truth->avgPx ? std::optional(truth->avgPx->text) : std::nullopt)
                                         .bind(truth->code)
                                         .bind(truth->text)
                                         .bind(session.text())
                                         .bind(clOrdId.text())
                                         .run();
        if (!updated)
            return updated.error();
        if (m_database->changedRows() != 1)
            return Error{Errc::Internal, "the order book knows no order " + clOrdId.text()};
    }
    std::vector<KeptReport> kept;
    for (const fix::maker::ReportOut& out : reports) {
        const auto receipt = insertReport(*m_database, clOrdId, out);
        if (!receipt)
            return receipt.error();
        kept.push_back({*receipt, out});
    }
    return kept;
}

base::Status OrderBook::doubt(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId, const std::string& words)
{
    SqliteStatement update(*m_database, "UPDATE orders SET doubt = ? WHERE session = ? AND cl_ord_id = ?");
    return update.bind(words).bind(session.text()).bind(clOrdId.text()).run();
}

base::Status OrderBook::markSent(std::uint64_t receipt)
{
    SqliteStatement update(*m_database, "UPDATE reports SET sent = 1 WHERE receipt = ?");
    return update.bind(static_cast<std::int64_t>(receipt)).run();
}

base::Status OrderBook::name(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId, const rfq::OrderId& id)
{
    SqliteStatement update(*m_database, "UPDATE orders SET order_id = ? WHERE session = ? AND cl_ord_id = ?");
    return update.bind(id.text()).bind(session.text()).bind(clOrdId.text()).run();
}

base::Result<std::optional<BookedOrder>> OrderBook::find(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId)
{
    SqliteStatement query(*m_database, selectOrders("WHERE session = ? AND cl_ord_id = ?"));
    return firstOf(readOrders(query.bind(session.text()).bind(clOrdId.text())));
}

base::Result<std::optional<BookedOrder>> OrderBook::findByReport(
    const rfq::SessionId& session, const rfq::ExecId& execId, const rfq::OrderId& orderId)
{
    SqliteStatement query(*m_database,
        selectOrders("WHERE session = ?1 AND cl_ord_id = "
                     "(SELECT about FROM reports WHERE session = ?1 AND exec_id = ?2 AND order_id = ?3 "
                     "ORDER BY receipt LIMIT 1)"));
    return firstOf(readOrders(query.bind(session.text()).bind(execId.text()).bind(orderId.text())));
}

base::Result<std::optional<BookedOrder>> OrderBook::findByQuote(
    const rfq::SessionId& session, const rfq::QuoteId& quote)
{
    SqliteStatement query(*m_database,
        selectOrders("WHERE session = ? AND quote = ? "
                     "ORDER BY state IN ('filled', 'partly-filled') DESC, sequence DESC LIMIT 1"));
    return firstOf(readOrders(query.bind(session.text()).bind(quote.text())));
}

base::Result<std::vector<BookedOrder>> OrderBook::ordersOf(const rfq::SessionId& session, rfq::UtcTime since)
{
    SqliteStatement query(*m_database, selectOrders("WHERE session = ? AND taken_us >= ? ORDER BY sequence"));
    return readOrders(query.bind(session.text()).bind(std::int64_t{since.time_since_epoch().count()}));
}

base::Result<std::vector<BookedOrder>> OrderBook::orders()
{
    SqliteStatement query(*m_database, selectOrders("ORDER BY sequence"));
    return readOrders(query);
}

base::Result<std::vector<BookedOrder>> OrderBook::inState(OrderState state)
{
    SqliteStatement query(*m_database, selectOrders("WHERE state = ? ORDER BY sequence"));
    return readOrders(query.bind(nameOf(state)));
}

base::Result<std::vector<KeptReport>> OrderBook::reportsOn(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId)
{
    SqliteStatement query(*m_database, selectReports("WHERE session = ? AND about = ? ORDER BY receipt"));
    return readReports(query.bind(session.text()).bind(clOrdId.text()));
}

base::Result<std::vector<KeptReport>> OrderBook::reportsTo(const rfq::SessionId& session)
{
    SqliteStatement query(*m_database, selectReports("WHERE session = ? ORDER BY receipt"));
    return readReports(query.bind(session.text()));
}

base::Result<std::vector<KeptReport>> OrderBook::unsentTo(const rfq::SessionId& session)
{
    SqliteStatement query(*m_database, selectReports("WHERE session = ? AND sent = 0 ORDER BY receipt"));
    return readReports(query.bind(session.text()));
}

}
