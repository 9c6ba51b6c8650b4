#pragma once

#include "app/venue/order_book.h"
#include "core/store/sqlite_database.h"

#include <optional>
#include <string>

/// Orders and reports as rows of the order book's file. Prices, quantities and dates are text, digit for digit; times
/// are microseconds since 1970 UTC.
namespace venue {

inline constexpr const char* OrderBookSchema = R"(
CREATE TABLE runs(
    run INTEGER PRIMARY KEY,
    last_receipt_before INTEGER NOT NULL
) STRICT;
CREATE TABLE orders(
    sequence INTEGER PRIMARY KEY,
    session TEXT NOT NULL,
    cl_ord_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    quote TEXT NOT NULL,
    rfq TEXT,
    dealer TEXT NOT NULL,
    resp_id TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    price TEXT NOT NULL,
    value_date TEXT,
    state TEXT NOT NULL,
    cum_qty TEXT NOT NULL,
    avg_px TEXT,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    doubt TEXT NOT NULL,
    taken_us INTEGER NOT NULL,
    UNIQUE(session, cl_ord_id)
) STRICT;
CREATE INDEX orders_state ON orders(state);
CREATE INDEX orders_quote ON orders(session, quote);
CREATE TABLE reports(
    receipt INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,
    about TEXT NOT NULL,
    cl_ord_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    exec_id TEXT NOT NULL,
    refers_to TEXT NOT NULL,
    exec_type TEXT NOT NULL,
    ord_status TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT,
    currency TEXT NOT NULL,
    quantity TEXT,
    last_px TEXT,
    last_qty TEXT,
    cum_qty TEXT NOT NULL,
    leaves_qty TEXT NOT NULL,
    avg_px TEXT,
    value_date TEXT,
    reject_code TEXT NOT NULL,
    text TEXT NOT NULL,
    transact_us INTEGER,
    more TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reports_about ON reports(session, about);
CREATE INDEX reports_unsent ON reports(session) WHERE sent = 0;
)";

[[nodiscard]] base::Status insertOrder(store::SqliteDatabase& database, const BookedOrder& order);
[[nodiscard]] base::Result<std::uint64_t> insertReport(
    store::SqliteDatabase& database, const rfq::ClOrdId& about, const fix::maker::ReportOut& out);

/// Queries of whole rows: `rest` follows the name of the table.
[[nodiscard]] std::string selectOrders(const std::string& rest);
[[nodiscard]] std::string selectReports(const std::string& rest);

/// Every row of such a query. Errors: Io; also where a row does not hold what it should.
[[nodiscard]] base::Result<std::vector<BookedOrder>> readOrders(store::SqliteStatement& query);
[[nodiscard]] base::Result<std::vector<KeptReport>> readReports(store::SqliteStatement& query);

}
