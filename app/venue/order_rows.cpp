#include "app/venue/order_rows.h"

#include "core/rfq/value_date.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace venue {

using base::Errc;
using base::Error;
using fix::maker::ReportOut;
using store::SqliteDatabase;
using store::SqliteStatement;

namespace {

constexpr char Separator = '\x01'; // no value of a FIX field holds one

const char* nameOf(rfq::Side side)
{
    return side == rfq::Side::Buy ? "buy" : "sell";
}

std::optional<std::string> textOf(const std::optional<rfq::Price>& price)
{
    return price ? std::optional(price->text) : std::nullopt;
}

std::optional<std::string> textOf(const std::optional<rfq::Decimal>& number)
{
    return number ? std::optional(number->text()) : std::nullopt;
}

std::optional<std::string> textOf(const std::optional<rfq::Date>& date)
{
    return date ? std::optional(rfq::isoDate(*date)) : std::nullopt;
}

std::string codeText(char code)
{
    return code == 0 ? std::string() : std::string(1, code);
}

std::string joined(const std::vector<std::pair<int, std::string>>& fields)
{
    std::string text;
    for (const auto& [tag, value] : fields)
        text += std::to_string(tag) + "=" + value + Separator;
    return text;
}

/// Reads one row, column by column; the first one that does not hold what it should is remembered.
class RowReader {
public:
    explicit RowReader(const SqliteStatement& row)
        : m_row(row)
    {
    }

    std::string text() { return m_row.text(m_column++); }
    std::int64_t integer() { return m_row.integer(m_column++); }
    std::optional<std::string> optionalText()
    {
        const bool absent = m_row.isNull(m_column);
        std::string found = text();
        return absent ? std::nullopt : std::optional(std::move(found));
    }
    char code()
    {
        const std::string found = text();
        return found.empty() ? '\0' : found.front();
    }
    rfq::Decimal decimal() { return parsed(rfq::Decimal::parse(text())); }
    std::optional<rfq::Decimal> optionalDecimal()
    {
        const auto found = optionalText();
        return found ? std::optional(parsed(rfq::Decimal::parse(*found))) : std::nullopt;
    }
    rfq::Price price() { return parsed(rfq::Price::parse(text())); }
    std::optional<rfq::Price> optionalPrice()
    {
        const auto found = optionalText();
        return found ? std::optional(parsed(rfq::Price::parse(*found))) : std::nullopt;
    }
    std::optional<rfq::Date> optionalDate()
    {
        const auto found = optionalText();
        return found ? std::optional(parsed(rfq::parseIsoDate(*found))) : std::nullopt;
    }
    std::optional<rfq::UtcTime> optionalTime()
    {
        const bool absent = m_row.isNull(m_column);
        const rfq::UtcTime found{std::chrono::microseconds(integer())};
        return absent ? std::nullopt : std::optional(found);
    }
    std::optional<rfq::Side> optionalSide()
    {
        const auto found = optionalText();
        if (!found)
            return std::nullopt;
        if (*found != "buy" && *found != "sell")
            fail("'" + *found + "' is no side");
        return *found == "sell" ? rfq::Side::Sell : rfq::Side::Buy;
    }
    OrderState state()
    {
        const std::string found = text();
        const auto state = orderStateOf(found);
        if (!state)
            fail("'" + found + "' is no state of an order");
        return state.value_or(OrderState::Taken);
    }
    std::vector<std::pair<int, std::string>> fields()
    {
        const std::string found = text();
        std::vector<std::pair<int, std::string>> all;
        std::string_view rest = found;
        while (!rest.empty()) {
            const std::string_view field = rest.substr(0, rest.find(Separator));
            rest.remove_prefix(std::min(rest.size(), field.size() + 1));
            const std::size_t equals = field.find('=');
            int tag = 0;
            if (equals == std::string_view::npos
                || std::from_chars(field.data(), field.data() + equals, tag).ec != std::errc())
                fail("'" + std::string(field) + "' is no field");
            else
                all.emplace_back(tag, field.substr(equals + 1));
        }
        return all;
    }
    [[nodiscard]] base::Status status() const { return m_failure ? base::Status(*m_failure) : base::Ok{}; }

private:
    void fail(const std::string& why)
    {
        if (!m_failure)
            m_failure = Error{Errc::Io, "the order book is damaged: " + why};
    }
    template <typename T>
    T parsed(const base::Result<T>& result)
    {
        if (result)
            return *result;
        fail(result.error().detail);
        return {};
    }

    const SqliteStatement& m_row;
    int m_column = 0;
    std::optional<Error> m_failure;
};

BookedOrder orderIn(RowReader& row)
{
    BookedOrder booked;
    fix::maker::Order& order = booked.reported.order;
    booked.reported.session = rfq::SessionId(row.text());
    order.clOrdId = rfq::ClOrdId(row.text());
    booked.reported.id = rfq::OrderId(row.text());
    order.quote = rfq::QuoteId(row.text());
    if (const auto rfq = row.optionalText())
        order.rfq = rfq::RfqId(*rfq);
    booked.dealer = rfq::DealerId(row.text());
    order.respId = row.text();
    order.symbol = row.text();
    order.side = row.optionalSide().value_or(rfq::Side::Buy);
    order.quantity = row.decimal();
    order.currency = row.text();
    order.price = row.price();
    order.settlDate = row.optionalDate();
    booked.truth.state = row.state();
    booked.truth.cumQty = row.decimal();
    booked.truth.avgPx = row.optionalPrice();
    booked.truth.code = row.text();
    booked.truth.text = row.text();
    booked.doubt = row.text();
    booked.taken = row.optionalTime().value_or(rfq::UtcTime());
    return booked;
}

KeptReport reportIn(RowReader& row)
{
    KeptReport kept;
    rfq::ExecutionReport& report = kept.out.report;
    kept.receipt = static_cast<std::uint64_t>(row.integer());
    report.session = rfq::SessionId(row.text());
    report.clOrdId = rfq::ClOrdId(row.text());
    report.orderId = rfq::OrderId(row.text());
    report.execId = rfq::ExecId(row.text());
    kept.out.refersTo = rfq::ExecId(row.text());
    report.execType = row.code();
    report.ordStatus = row.code();
    report.symbol = row.text();
    report.side = row.optionalSide();
    report.currency = row.text();
    report.quantity = row.optionalDecimal();
    report.lastPx = row.optionalPrice();
    report.lastQty = row.optionalDecimal();
    report.cumQty = row.decimal();
    report.leavesQty = row.decimal();
    report.avgPx = row.optionalPrice();
    report.valueDate = row.optionalDate();
    report.rejectCode = row.text();
    report.text = row.text();
    report.transactTime = row.optionalTime();
    kept.out.more = row.fields();
    return kept;
}

template <typename Row>
base::Result<std::vector<Row>> readAll(SqliteStatement& query, Row (*read)(RowReader&))
{
    std::vector<Row> rows;
    while (true) {
        const auto more = query.step();
        if (!more)
            return more.error();
        if (!*more)
            return rows;
        RowReader reader(query);
        rows.push_back(read(reader));
        if (const base::Status whole = reader.status(); !whole)
            return whole.error();
    }
}

}

std::string selectOrders(const std::string& rest)
{
    return "SELECT session, cl_ord_id, order_id, quote, rfq, dealer, resp_id, symbol, side, quantity, currency, price, "
           "value_date, state, cum_qty, avg_px, code, text, doubt, taken_us FROM orders "
        + rest;
}

std::string selectReports(const std::string& rest)
{
    return "SELECT receipt, session, cl_ord_id, order_id, exec_id, refers_to, exec_type, ord_status, symbol, side, "
           "currency, quantity, last_px, last_qty, cum_qty, leaves_qty, avg_px, value_date, reject_code, text, "
           "transact_us, more FROM reports "
        + rest;
}

base::Status insertOrder(SqliteDatabase& database, const BookedOrder& booked)
{
    const fix::maker::Order& order = booked.reported.order;
    SqliteStatement insert(database,
        "INSERT INTO orders(session, cl_ord_id, order_id, quote, rfq, dealer, resp_id, symbol, side, quantity, "
        "currency, price, value_date, state, cum_qty, avg_px, code, text, doubt, taken_us) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    return insert.bind(booked.reported.session.text())
        .bind(order.clOrdId.text())
        .bind(booked.reported.id.text())
        .bind(order.quote.text())
        .bindOptional(order.rfq ? std::optional(order.rfq->text()) : std::nullopt)
        .bind(booked.dealer.text())
        .bind(order.respId)
        .bind(order.symbol)
        .bind(nameOf(order.side))
        .bind(order.quantity.text())
        .bind(order.currency)
        .bind(order.price.text)
        .bindOptional(textOf(order.settlDate))
        .bind(nameOf(booked.truth.state))
        .bind(booked.truth.cumQty.text())
        .bindOptional(textOf(booked.truth.avgPx))
        .bind(booked.truth.code)
        .bind(booked.truth.text)
        .bind(booked.doubt)
        .bind(std::int64_t{booked.taken.time_since_epoch().count()})
        .run();
}

base::Result<std::uint64_t> insertReport(SqliteDatabase& database, const rfq::ClOrdId& about, const ReportOut& out)
{
    const rfq::ExecutionReport& report = out.report;
    SqliteStatement insert(database,
        "INSERT INTO reports(session, about, cl_ord_id, order_id, exec_id, refers_to, exec_type, ord_status, symbol, "
        "side, currency, quantity, last_px, last_qty, cum_qty, leaves_qty, avg_px, value_date, reject_code, text, "
        "transact_us, more) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING receipt");
    insert.bind(report.session.text())
        .bind(about.text())
        .bind(report.clOrdId.text())
        .bind(report.orderId.text())
        .bind(report.execId.text())
        .bind(out.refersTo.text())
        .bind(codeText(report.execType))
        .bind(codeText(report.ordStatus))
        .bind(report.symbol)
        .bindOptional(report.side ? std::optional<std::string>(nameOf(*report.side)) : std::nullopt)
        .bind(report.currency)
        .bindOptional(textOf(report.quantity))
        .bindOptional(textOf(report.lastPx))
        .bindOptional(textOf(report.lastQty))
        .bind(report.cumQty.text())
        .bind(report.leavesQty.text())
        .bindOptional(textOf(report.avgPx))
        .bindOptional(textOf(report.valueDate))
        .bind(report.rejectCode)
        .bind(report.text)
        .bindOptional(report.transactTime ? std::optional<std::int64_t>(report.transactTime->time_since_epoch().count())
                                          : std::nullopt)
        .bind(joined(out.more));
    const auto row = insert.step();
    if (!row)
        return row.error();
    const auto receipt = static_cast<std::uint64_t>(insert.integer(0));
    const auto done = insert.step();
    if (!done)
        return done.error();
    return receipt;
}

base::Result<std::vector<BookedOrder>> readOrders(SqliteStatement& query)
{
    return readAll<BookedOrder>(query, orderIn);
}

base::Result<std::vector<KeptReport>> readReports(SqliteStatement& query)
{
    return readAll<KeptReport>(query, reportIn);
}

}
