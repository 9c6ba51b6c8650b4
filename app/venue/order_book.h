#pragma once

#include "app/venue/order_state.h"
#include "core/base/result.h"
#include "core/fix/maker_codec.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace store {
class SqliteDatabase;
}

namespace venue {

/// A report in the book, and the number under which its sending is confirmed. Numbers rise.
struct KeptReport {
    std::uint64_t receipt = 0;
    fix::maker::ReportOut out;
};

/// What a venue must not forget: the orders it took, what it decided, and what it has to report. Every change is on
/// disk when the call returns, so that a venue that is killed knows afterwards what it may have said. One thread.
class OrderBook {
public:
    /// Opens `orders.sqlite` in that directory for a venue, or begins it there; another venue cannot open it at the
    /// same time. Errors: Io, Duplicate (in use), InvalidInput (the file is something else), Unsupported (of a newer
    /// version).
    [[nodiscard]] static base::Result<std::unique_ptr<OrderBook>> open(const std::filesystem::path& directory);
    /// Opens it for reading, while a venue uses it too. Errors: as open(); NotFound where there is none.
    [[nodiscard]] static base::Result<std::unique_ptr<OrderBook>> read(const std::filesystem::path& directory);
    ~OrderBook();
    OrderBook(const OrderBook&) = delete;
    OrderBook& operator=(const OrderBook&) = delete;

    /// How often this book was opened by a venue: no two runs share an id.
    [[nodiscard]] std::int64_t run() const { return m_run; }
    /// The last receipt of the runs before this one.
    [[nodiscard]] std::uint64_t lastReceiptBefore() const { return m_lastReceiptBefore; }

    /// Errors of the following: Io. take() is Duplicate where the session used that ClOrdID before.
    [[nodiscard]] base::Status take(const BookedOrder& order);
    /// The order's new truth, where there is one, and the reports on it: all of it or nothing.
    [[nodiscard]] base::Result<std::vector<KeptReport>> decide(const rfq::SessionId& session,
        const rfq::ClOrdId& clOrdId, const std::optional<OrderTruth>& truth,
        const std::vector<fix::maker::ReportOut>& reports);
    [[nodiscard]] base::Status doubt(
        const rfq::SessionId& session, const rfq::ClOrdId& clOrdId, const std::string& words);
    [[nodiscard]] base::Status markSent(std::uint64_t receipt);
    /// The OrderID(37) that the dealer gave the order.
    [[nodiscard]] base::Status name(const rfq::SessionId& session, const rfq::ClOrdId& clOrdId, const rfq::OrderId& id);

    [[nodiscard]] base::Result<std::optional<BookedOrder>> find(
        const rfq::SessionId& session, const rfq::ClOrdId& clOrdId);
    /// The order that a report of this ExecID and OrderID was about: two dealers may use the same ExecID.
    [[nodiscard]] base::Result<std::optional<BookedOrder>> findByReport(
        const rfq::SessionId& session, const rfq::ExecId& execId, const rfq::OrderId& orderId);
    /// The order that was dealt, or else the last one, on this quote.
    [[nodiscard]] base::Result<std::optional<BookedOrder>> findByQuote(
        const rfq::SessionId& session, const rfq::QuoteId& quote);
    /// Oldest first.
    [[nodiscard]] base::Result<std::vector<BookedOrder>> ordersOf(const rfq::SessionId& session, rfq::UtcTime since);
    [[nodiscard]] base::Result<std::vector<BookedOrder>> orders();
    [[nodiscard]] base::Result<std::vector<BookedOrder>> undecided() { return inState(OrderState::Taken); }
    [[nodiscard]] base::Result<std::vector<BookedOrder>> inState(OrderState state);
    /// The reports on one order, oldest first.
    [[nodiscard]] base::Result<std::vector<KeptReport>> reportsOn(
        const rfq::SessionId& session, const rfq::ClOrdId& clOrdId);
    /// All reports to one session, oldest first.
    [[nodiscard]] base::Result<std::vector<KeptReport>> reportsTo(const rfq::SessionId& session);
    /// Of these, those that nobody confirmed as sent.
    [[nodiscard]] base::Result<std::vector<KeptReport>> unsentTo(const rfq::SessionId& session);

private:
    explicit OrderBook(std::unique_ptr<store::SqliteDatabase> database);
    [[nodiscard]] base::Status begin();
    [[nodiscard]] base::Result<std::vector<KeptReport>> write(const rfq::SessionId& session,
        const rfq::ClOrdId& clOrdId, const std::optional<OrderTruth>& truth,
        const std::vector<fix::maker::ReportOut>& reports);

    std::unique_ptr<store::SqliteDatabase> m_database;
    std::unique_ptr<store::SqliteDatabase> m_lock; ///< held by the one venue that uses the book
    std::int64_t m_run = 0;
    std::uint64_t m_lastReceiptBefore = 0;
};

}
