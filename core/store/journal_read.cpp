#include "core/store/journal_read.h"

#include "core/rfq/value_date.h"
#include "core/store/journal_names.h"

#include <string>
#include <utility>

namespace store {

namespace {

using base::Errc;
using base::Error;
using base::Result;

/// The requests that are loaded. An acceptance that is not over has none of these states.
constexpr const char* Chosen = R"(
    CREATE TEMP TABLE chosen AS
        SELECT id FROM (SELECT id FROM request ORDER BY sequence DESC LIMIT ?)
        UNION SELECT request FROM acceptance
            WHERE state NOT IN ('filled', 'partly-filled', 'rejected', 'not-done', 'not-sent'))";

/// Reads the columns of one row from left to right and remembers the first value that makes no sense.
class Row {
public:
    explicit Row(const SqliteStatement& statement)
        : m_statement(statement)
    {
    }

    std::string text() { return m_statement.text(m_column++); }
    std::int64_t integer() { return m_statement.integer(m_column++); }
    int smallInteger() { return static_cast<int>(integer()); }
    rfq::UtcTime time() { return rfq::UtcTime(std::chrono::microseconds(integer())); }
    rfq::Decimal decimal() { return understood(rfq::Decimal::parse(text()), rfq::Decimal()); }
    rfq::Price price() { return understood(rfq::Price::parse(text()), rfq::Price()); }
    std::optional<rfq::Decimal> optionalDecimal()
    {
        if (!m_statement.isNull(m_column))
            return decimal();
        ++m_column;
        return std::nullopt;
    }
    rfq::Instrument instrument()
    {
        rfq::Instrument instrument;
        instrument.symbol = text();
        instrument.pipDecimals = smallInteger();
        instrument.priceDecimals = smallInteger();
        instrument.spotDays = smallInteger();
        return instrument;
    }
    rfq::Settlement settlement()
    {
        rfq::Settlement settlement;
        settlement.tenor = understood(rfq::parseTenor(text()), rfq::Tenor::Broken);
        settlement.date = understood(rfq::parseIsoDate(text()), rfq::Date());
        return settlement;
    }
    template <typename E>
    E word(std::optional<E> (*from)(std::string_view), E otherwise)
    {
        const std::optional<E> value = from(text());
        if (!value)
            fail();
        return value.value_or(otherwise);
    }

    [[nodiscard]] bool isSound() const { return m_broken < 0; }
    [[nodiscard]] int brokenColumn() const { return m_broken; }

private:
    template <typename T>
    T understood(Result<T> value, T otherwise)
    {
        if (value)
            return std::move(*value);
        fail();
        return otherwise;
    }
    void fail()
    {
        if (m_broken < 0)
            m_broken = m_column - 1;
    }

    const SqliteStatement& m_statement;
    int m_column = 0;
    int m_broken = -1;
};

/// Runs a query and makes a value of each row.
template <typename T>
Result<std::vector<T>> readAll(SqliteDatabase& database, const char* table, const char* sql, T (*make)(Row&))
{
    std::vector<T> values;
    SqliteStatement query(database, sql);
    for (;;) {
        const Result<bool> more = query.step();
        if (!more)
            return more.error();
        if (!*more)
            return values;
        Row row(query);
        values.push_back(make(row));
        if (!row.isSound())
            return Error{Errc::Io,
                database.file().string() + " is damaged: " + table + " " + query.text(0) + " has '"
                    + query.text(row.brokenColumn()) + "' in column " + std::to_string(row.brokenColumn() + 1)};
    }
}

rfq::History::PastRequest pastRequest(Row& row)
{
    rfq::History::PastRequest past;
    rfq::Request& request = past.request;
    request.id = rfq::RfqId(row.text());
    request.instrument = row.instrument();
    request.side = row.word(requestSideFrom, rfq::RequestSide::TwoWay);
    request.quantity = row.decimal();
    request.currency = row.text();
    request.settlement = row.settlement();
    request.limit = row.optionalDecimal();
    request.life = std::chrono::milliseconds(row.integer());
    past.state = row.word(rfqStateFrom, rfq::RfqState::Unknown);
    past.opened = row.time();
    return past;
}

rfq::History::PastAcceptance pastAcceptance(Row& row)
{
    rfq::History::PastAcceptance past;
    rfq::Acceptance& acceptance = past.acceptance;
    acceptance.id = rfq::ClOrdId(row.text());
    acceptance.rfq = rfq::RfqId(row.text());
    acceptance.quote = rfq::QuoteId(row.text());
    acceptance.dealer = rfq::DealerId(row.text());
    acceptance.session = rfq::SessionId(row.text());
    acceptance.instrument = row.instrument();
    acceptance.side = row.word(sideFrom, rfq::Side::Buy);
    acceptance.quantity = row.decimal();
    acceptance.currency = row.text();
    acceptance.price = row.price();
    acceptance.settlement = row.settlement();
    past.state = row.word(acceptanceStateFrom, rfq::AcceptanceState::Unknown);
    past.code = row.text();
    past.text = row.text();
    past.time = row.time();
    return past;
}

rfq::Trade trade(Row& row)
{
    rfq::Trade booked;
    booked.clOrdId = rfq::ClOrdId(row.text());
    booked.rfq = rfq::RfqId(row.text());
    booked.execId = rfq::ExecId(row.text());
    booked.orderId = rfq::OrderId(row.text());
    booked.dealer = rfq::DealerId(row.text());
    booked.instrument = row.instrument();
    booked.side = row.word(sideFrom, rfq::Side::Buy);
    booked.quantity = row.decimal();
    booked.currency = row.text();
    booked.price = row.price();
    booked.settlement = row.settlement();
    booked.time = row.time();
    booked.discrepancy = row.text();
    return booked;
}

base::Status readDealers(SqliteDatabase& database, std::vector<rfq::History::PastRequest>& requests)
{
    for (rfq::History::PastRequest& past : requests) {
        SqliteStatement query(database, "SELECT dealer FROM request_dealer WHERE request = ? ORDER BY position");
        query.bind(past.request.id.text());
        Result<bool> more = query.step();
        for (; more && *more; more = query.step())
            past.request.dealers.emplace_back(query.text(0));
        if (!more)
            return more.error();
    }
    return base::Ok{};
}

Result<rfq::History> readChosen(SqliteDatabase& database)
{
    auto requests = readAll<rfq::History::PastRequest>(database, "request",
        "SELECT id, symbol, pip_decimals, price_decimals, spot_days, side, quantity, currency, tenor, value_date, "
        "limit_price, life_ms, state, opened_us FROM request WHERE id IN chosen ORDER BY sequence",
        pastRequest);
    if (!requests)
        return requests.error();
    if (const base::Status read = readDealers(database, *requests); !read)
        return read.error();
    auto acceptances = readAll<rfq::History::PastAcceptance>(database, "acceptance",
        "SELECT id, request, quote, dealer, session, symbol, pip_decimals, price_decimals, spot_days, side, quantity, "
        "currency, price, tenor, value_date, state, code, text, clicked_us FROM acceptance WHERE request IN chosen "
        "ORDER BY sequence",
        pastAcceptance);
    if (!acceptances)
        return acceptances.error();
    auto trades = readAll<rfq::Trade>(database, "trade of",
        "SELECT acceptance, request, exec_id, order_id, dealer, symbol, pip_decimals, price_decimals, spot_days, side, "
        "quantity, currency, price, tenor, value_date, time_us, discrepancy FROM trade WHERE request IN chosen "
        "ORDER BY sequence",
        trade);
    if (!trades)
        return trades.error();
    return rfq::History{std::move(*requests), std::move(*acceptances), std::move(*trades)};
}

}

Result<rfq::History> readHistory(SqliteDatabase& database, std::size_t newestRequests)
{
    SqliteStatement choose(database, Chosen);
    choose.bind(static_cast<std::int64_t>(newestRequests));
    if (const base::Status chosen = choose.run(); !chosen)
        return chosen.error();
    Result<rfq::History> history = readChosen(database);
    const base::Status dropped = database.execute("DROP TABLE temp.chosen");
    return dropped || !history ? std::move(history) : dropped.error();
}

}
