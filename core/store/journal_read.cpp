#include "core/store/journal_read.h"

#include "core/store/journal_names.h"
#include "core/store/journal_row.h"

#include <string>
#include <utility>

namespace store {

namespace {

using base::Result;

/// Of those that are acknowledged.
constexpr std::int64_t NewestIncidents = 200;

/// The requests that are loaded. An acceptance that is not over has none of these states; the words must be those of
/// the index, which without this hint would be an index in vain.
constexpr const char* Chosen = R"(
    INSERT INTO temp.chosen
        SELECT id FROM (SELECT id FROM request ORDER BY sequence DESC LIMIT ?)
        UNION SELECT request FROM acceptance INDEXED BY acceptance_open WHERE state NOT IN
            ('filled', 'partly-filled', 'rejected', 'not-done', 'not-sent', 'not-received', 'closed', 'busted')
        UNION SELECT request FROM incident INDEXED BY incident_open WHERE acknowledged_us IS NULL)";

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
    booked.state = row.word(tradeStateFrom, rfq::TradeState::Booked);
    return booked;
}

/// What incident_execution keeps of it.
rfq::ExecutionReport disputableReport(Row& row)
{
    rfq::ExecutionReport report;
    report.orderId = rfq::OrderId(row.text());
    report.execId = rfq::ExecId(row.text());
    report.execRefId = rfq::ExecId(row.text());
    report.symbol = row.text();
    report.side = sideFrom(row.text());
    report.currency = row.text();
    report.quantity = row.optionalDecimal();
    report.lastQty = row.optionalDecimal();
    report.lastPx = row.optionalPrice();
    report.cumQty = row.decimal();
    report.avgPx = row.optionalPrice();
    return report;
}

rfq::Incident incident(Row& row)
{
    rfq::Incident incident;
    incident.id = rfq::IncidentId(row.text());
    incident.kind = row.word(incidentKindFrom, rfq::IncidentKind::Contradiction);
    incident.time = row.time();
    incident.rfq = rfq::RfqId(row.text());
    incident.clOrdId = rfq::ClOrdId(row.text());
    incident.dealer = rfq::DealerId(row.text());
    incident.session = rfq::SessionId(row.text());
    incident.text = row.text();
    incident.disputed = row.integer() != 0;
    rfq::Incident::Acknowledgement done;
    done.who = row.person();
    done.note = row.text();
    if (const auto time = row.optionalTime()) {
        done.time = *time;
        incident.acknowledged = std::move(done);
    }
    if (row.integer() != 0) {
        incident.report = disputableReport(row);
        incident.report->clOrdId = incident.clOrdId;
        incident.report->session = incident.session;
    }
    return incident;
}

base::Status readDealers(SqliteDatabase& database, std::vector<rfq::History::PastRequest>& requests)
{
    for (rfq::History::PastRequest& past : requests) {
        SqliteStatement& query =
            database.prepared("SELECT dealer FROM request_dealer WHERE request = ? ORDER BY position");
        query.bind(past.request.id.text());
        Result<bool> more = query.step();
        for (; more && *more; more = query.step())
            past.request.dealers.emplace_back(query.text(0));
        if (!more)
            return more.error();
    }
    return base::Ok{};
}

Result<std::vector<rfq::Incident>> readIncidents(SqliteDatabase& database)
{
    SqliteStatement query(database,
        "SELECT id, kind, time_us, request, acceptance, dealer, session, text, disputed, acknowledged_by, "
        "acknowledged_fingerprint, note, acknowledged_us, x.incident IS NOT NULL, order_id, exec_id, exec_ref_id, "
        "symbol, side, currency, quantity, last_qty, last_px, cum_qty, avg_px FROM incident "
        "LEFT JOIN incident_execution x ON x.incident = id WHERE sequence IN "
        "(SELECT sequence FROM incident INDEXED BY incident_open WHERE acknowledged_us IS NULL UNION "
        "SELECT sequence FROM (SELECT sequence FROM incident ORDER BY sequence DESC LIMIT ?)) ORDER BY sequence");
    query.bind(NewestIncidents);
    return readAll<rfq::Incident>(database, "incident", query, incident);
}

Result<rfq::History> readChosen(SqliteDatabase& database)
{
    auto requests = readAll<rfq::History::PastRequest>(database, "request",
        "SELECT id, symbol, pip_decimals, price_decimals, spot_days, side, quantity, currency, tenor, value_date, "
        "limit_price, life_ms, state, opened_us FROM request WHERE id IN temp.chosen ORDER BY sequence",
        pastRequest);
    if (!requests)
        return requests.error();
    if (const base::Status read = readDealers(database, *requests); !read)
        return read.error();
    auto acceptances = readAcceptances(database);
    if (!acceptances)
        return acceptances.error();
    auto trades = readAll<rfq::Trade>(database, "trade of",
        "SELECT acceptance, request, exec_id, order_id, dealer, symbol, pip_decimals, price_decimals, spot_days, side, "
        "quantity, currency, price, tenor, value_date, time_us, discrepancy, state FROM trade "
        "WHERE request IN temp.chosen ORDER BY sequence",
        trade);
    if (!trades)
        return trades.error();
    auto incidents = readIncidents(database);
    if (!incidents)
        return incidents.error();
    return rfq::History{*std::move(requests), *std::move(acceptances), *std::move(trades), *std::move(incidents)};
}

}

Result<rfq::History> readHistory(SqliteDatabase& database, std::size_t newestRequests)
{
    if (const base::Status made =
            database.execute("CREATE TEMP TABLE chosen(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID");
        !made)
        return made.error();
    SqliteStatement& choose = database.prepared(Chosen);
    choose.bind(static_cast<std::int64_t>(newestRequests));
    const base::Status chosen = choose.run();
    Result<rfq::History> history = chosen ? readChosen(database) : chosen.error();
    const base::Status dropped = database.execute("DROP TABLE temp.chosen");
    return dropped || !history ? std::move(history) : dropped.error();
}

}
