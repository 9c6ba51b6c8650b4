#include "core/store/journal_bind.h"
#include "core/store/journal_names.h"
#include "core/store/journal_records.h"

namespace store {

using base::Status;

Status write(SqliteDatabase& database, const rfq::EvidenceFound& found)
{
    SqliteStatement& insert =
        database.prepared("INSERT INTO evidence(acceptance, time_us, kind, text) VALUES(?,?,?,?)");
    insert.bind(found.clOrdId.text())
        .bind(microseconds(found.evidence.time))
        .bind(nameOf(found.evidence.kind))
        .bind(found.evidence.text);
    return insert.run();
}

Status write(SqliteDatabase& database, const rfq::OutcomeClosed& closed)
{
    const rfq::Closing& closing = closed.closing;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO outcome_closing(acceptance, verdict, reason, reference, trader, trader_fingerprint, approver, "
        "approver_fingerprint, approved_us, statement, certificate, signature, time_us) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(closing.clOrdId.text()).bind(nameOf(closing.verdict)).bind(closing.reason).bind(closing.reference);
    bind(insert, closing.trader);
    bind(insert, closing.approval).bind(microseconds(closing.time));
    return insert.run();
}

Status write(SqliteDatabase& database, const rfq::TwinAllowed& allowed)
{
    const rfq::TwinConsent& consent = allowed.consent;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO twin_consent(acceptance, reason, trader, trader_fingerprint, approver, approver_fingerprint, "
        "approved_us, statement, certificate, signature, time_us) VALUES(?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(consent.unknown.text()).bind(consent.reason);
    bind(insert, consent.trader);
    bind(insert, consent.approval).bind(microseconds(consent.time));
    return insert.run();
}

}
