#include "core/store/journal_bind.h"
#include "core/store/journal_names.h"
#include "core/store/journal_records.h"

#include <optional>
#include <string>
#include <string_view>

namespace store {

using base::Status;

namespace {

/// disputed, acknowledged_by, acknowledged_fingerprint, note, acknowledged_us
SqliteStatement& bindTreatment(SqliteStatement& statement, const rfq::Incident& incident)
{
    const auto& done = incident.acknowledged;
    return statement.bind(std::int64_t{incident.disputed})
        .bindOptional(done ? std::optional(done->who.name) : std::nullopt)
        .bindOptional(done ? std::optional(done->who.fingerprint) : std::nullopt)
        .bindOptional(done ? std::optional(done->note) : std::nullopt)
        .bindOptional(done ? std::optional(microseconds(done->time)) : std::nullopt);
}

Status writeExecution(SqliteDatabase& database, const rfq::IncidentId& incident, const rfq::ExecutionReport& report)
{
    SqliteStatement& insert = database.prepared(
        "INSERT INTO incident_execution(incident, order_id, exec_id, exec_ref_id, symbol, side, currency, quantity, "
        "last_qty, last_px, cum_qty, avg_px) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    return insert.bind(incident.text())
        .bind(report.orderId.text())
        .bind(report.execId.text())
        .bind(report.execRefId.text())
        .bind(report.symbol)
        .bind(report.side ? nameOf(*report.side) : std::string_view())
        .bind(report.currency)
        .bindOptional(textOf(report.quantity))
        .bindOptional(textOf(report.lastQty))
        .bindOptional(textOf(report.lastPx))
        .bind(report.cumQty.text())
        .bindOptional(textOf(report.avgPx))
        .run();
}

}

Status write(SqliteDatabase& database, const rfq::IncidentRaised& raised)
{
    const rfq::Incident& incident = raised.incident;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO incident(id, kind, time_us, request, acceptance, dealer, session, text, disputed, "
        "acknowledged_by, acknowledged_fingerprint, note, acknowledged_us) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(incident.id.text())
        .bind(nameOf(incident.kind))
        .bind(microseconds(incident.time))
        .bind(incident.rfq.text())
        .bind(incident.clOrdId.text())
        .bind(incident.dealer.text())
        .bind(incident.session.text())
        .bind(incident.text);
    if (const Status written = bindTreatment(insert, incident).run(); !written || !incident.report)
        return written;
    return writeExecution(database, incident.id, *incident.report);
}

Status write(SqliteDatabase& database, const rfq::IncidentChanged& changed)
{
    SqliteStatement& update = database.prepared(
        "UPDATE incident SET disputed = ?, acknowledged_by = ?, acknowledged_fingerprint = ?, note = ?, "
        "acknowledged_us = ? WHERE id = ?");
    bindTreatment(update, changed.incident).bind(changed.incident.id.text());
    return updateOne(database, update, "incident", changed.incident.id.text());
}

}
