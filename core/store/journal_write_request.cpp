#include "core/store/journal_bind.h"
#include "core/store/journal_names.h"
#include "core/store/journal_records.h"

namespace store {

using base::Status;

Status write(SqliteDatabase& database, const rfq::RequestOpened& opened)
{
    const rfq::Request& request = opened.request;
    SqliteStatement& insert = database.prepared(
        "INSERT INTO request(id, symbol, pip_decimals, price_decimals, spot_days, side, quantity, currency, tenor, "
        "value_date, limit_price, life_ms, state, opened_us) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(request.id.text());
    bind(insert, request.instrument).bind(nameOf(request.side)).bind(request.quantity.text()).bind(request.currency);
    bind(insert, request.settlement)
        .bindOptional(textOf(request.limit))
        .bind(std::int64_t{request.life.count()})
        .bind(nameOf(rfq::RfqState::Sent))
        .bind(microseconds(opened.time));
    if (Status ran = insert.run(); !ran)
        return ran;
    for (std::size_t i = 0; i < request.dealers.size(); ++i) {
        SqliteStatement& dealer =
            database.prepared("INSERT INTO request_dealer(request, position, dealer) VALUES(?,?,?)");
        dealer.bind(request.id.text()).bind(static_cast<std::int64_t>(i)).bind(request.dealers[i].text());
        if (Status ran = dealer.run(); !ran)
            return ran;
    }
    return base::Ok{};
}

Status write(SqliteDatabase& database, const rfq::RequestClosed& closed)
{
    SqliteStatement& update = database.prepared("UPDATE request SET state = ?, closed_us = ? WHERE id = ?");
    update.bind(nameOf(closed.state)).bind(microseconds(closed.time)).bind(closed.rfq.text());
    return updateOne(database, update, "request", closed.rfq.text());
}

}
