#include "core/store/journal_bind.h"
#include "core/store/journal_names.h"
#include "core/store/journal_records.h"

#include <optional>
#include <string>

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
    return bindTreatment(insert, incident).run();
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
