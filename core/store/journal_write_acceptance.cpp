#include "core/store/journal_bind.h"
#include "core/store/journal_names.h"
#include "core/store/journal_records.h"

#include <chrono>

namespace store {

using base::Status;

Status write(SqliteDatabase& database, const rfq::AcceptanceIntended& intended)
{
    const rfq::Acceptance& acceptance = intended.acceptance;
    const rfq::Quote& shown = intended.displayed;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO acceptance(id, request, quote, dealer, session, symbol, pip_decimals, price_decimals, spot_days, "
        "side, quantity, currency, price, tenor, value_date, displayed_bid, displayed_offer, displayed_bid_size, "
        "displayed_offer_size, displayed_value_date, displayed_sent_us, displayed_valid_until_us, state, code, text, "
        "clicked_us, moved_us, clicked_steady_ns, message, trader, trader_fingerprint) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'','',?,?,?,?,?,?)");
    insert.bind(acceptance.id.text())
        .bind(acceptance.rfq.text())
        .bind(acceptance.quote.text())
        .bind(acceptance.dealer.text())
        .bind(acceptance.session.text());
    bind(insert, acceptance.instrument)
        .bind(nameOf(acceptance.side))
        .bind(acceptance.quantity.text())
        .bind(acceptance.currency)
        .bind(acceptance.price.text);
    bind(insert, acceptance.settlement)
        .bindOptional(textOf(shown.bid))
        .bindOptional(textOf(shown.offer))
        .bindOptional(textOf(shown.bidSize))
        .bindOptional(textOf(shown.offerSize))
        .bindOptional(textOf(shown.valueDate))
        .bindOptional(microseconds(shown.sendingTime))
        .bindOptional(microseconds(shown.validUntil))
        .bind(nameOf(rfq::AcceptanceState::Intended))
        .bind(microseconds(intended.time))
        .bind(microseconds(intended.time))
        .bind(std::chrono::nanoseconds(intended.steady.time_since_epoch()).count())
        .bindBytes(intended.message);
    bind(insert, intended.trader);
    return insert.run();
}

Status write(SqliteDatabase& database, const rfq::AcceptanceWritten& written)
{
    const std::string& id = written.clOrdId.text();
    // What it was written with stays on record; it only stops being a proof.
    if (written.seqNum == 0) {
        SqliteStatement& reset = database.prepared("UPDATE acceptance SET numbers_reset_us = ? WHERE id = ?");
        reset.bind(microseconds(written.time)).bind(id);
        return updateOne(database, reset, "acceptance", id);
    }
    SqliteStatement& update = database.prepared(
        "UPDATE acceptance SET seq_num = ?, their_next = ?, written_us = ?, numbers_reset_us = NULL WHERE id = ?");
    update.bind(static_cast<std::int64_t>(written.seqNum))
        .bind(static_cast<std::int64_t>(written.theirNext))
        .bind(microseconds(written.time))
        .bind(id);
    return updateOne(database, update, "acceptance", id);
}

Status write(SqliteDatabase& database, const rfq::AcceptanceMoved& moved)
{
    const std::string& id = moved.clOrdId.text();
    SqliteStatement& update = database.prepared(
        "UPDATE acceptance SET state = ?, code = ?, text = ?, moved_us = ?, category = ? WHERE id = ?");
    update.bind(nameOf(moved.state))
        .bind(moved.code)
        .bind(moved.text)
        .bind(microseconds(moved.time))
        .bind(rfq::nameOf(moved.category))
        .bind(id);
    if (Status known = updateOne(database, update, "acceptance", id); !known)
        return known;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO acceptance_move(acceptance, state, code, text, category, time_us) VALUES(?,?,?,?,?,?)");
    insert.bind(id)
        .bind(nameOf(moved.state))
        .bind(moved.code)
        .bind(moved.text)
        .bind(rfq::nameOf(moved.category))
        .bind(microseconds(moved.time));
    return insert.run();
}

}
