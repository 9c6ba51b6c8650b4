#include "core/store/journal_bind.h"
#include "core/store/journal_names.h"
#include "core/store/journal_records.h"

namespace store {

using base::Status;

/// Every trade is kept as it is told: that a resent execution is not booked twice is the desk's rule, which goes by
/// quantity, because dealers reuse an ExecID or leave it out.
Status write(SqliteDatabase& database, const rfq::TradeBooked& booked)
{
    const rfq::Trade& trade = booked.trade;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO trade(acceptance, request, exec_id, order_id, dealer, symbol, pip_decimals, price_decimals, "
        "spot_days, side, quantity, currency, price, tenor, value_date, time_us, discrepancy, state) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(trade.clOrdId.text())
        .bind(trade.rfq.text())
        .bind(trade.execId.text())
        .bind(trade.orderId.text())
        .bind(trade.dealer.text());
    bind(insert, trade.instrument)
        .bind(nameOf(trade.side))
        .bind(trade.quantity.text())
        .bind(trade.currency)
        .bind(trade.price.text);
    bind(insert, trade.settlement).bind(microseconds(trade.time)).bind(trade.discrepancy).bind(nameOf(trade.state));
    return insert.run();
}

/// The values before are kept beside the new ones: a bust does not make a deal unhappened.
Status write(SqliteDatabase& database, const rfq::TradeAmended& amended)
{
    const rfq::Trade& trade = amended.trade;
    SqliteStatement& keep = database.prepared(
        "INSERT INTO trade_before(trade, order_id, side, quantity, currency, price, tenor, value_date, time_us, "
        "discrepancy, state) SELECT sequence, order_id, side, quantity, currency, price, tenor, value_date, time_us, "
        "discrepancy, state FROM trade WHERE acceptance = ? AND exec_id = ? ORDER BY sequence DESC LIMIT 1");
    keep.bind(trade.clOrdId.text()).bind(trade.execId.text());
    if (Status kept = updateOne(database, keep, "trade of", trade.clOrdId.text()); !kept)
        return kept;
    SqliteStatement& update = database.prepared(
        "UPDATE trade SET order_id = ?, side = ?, quantity = ?, currency = ?, price = ?, tenor = ?, value_date = ?, "
        "time_us = ?, discrepancy = ?, state = ? WHERE sequence = "
        "(SELECT max(sequence) FROM trade WHERE acceptance = ? AND exec_id = ?)");
    update.bind(trade.orderId.text())
        .bind(nameOf(trade.side))
        .bind(trade.quantity.text())
        .bind(trade.currency)
        .bind(trade.price.text);
    bind(update, trade.settlement)
        .bind(microseconds(trade.time))
        .bind(trade.discrepancy)
        .bind(nameOf(trade.state))
        .bind(trade.clOrdId.text())
        .bind(trade.execId.text());
    return updateOne(database, update, "trade of", trade.clOrdId.text());
}

}
