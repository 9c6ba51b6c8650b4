#include "core/store/journal_write.h"

#include "core/rfq/value_date.h"
#include "core/store/journal_names.h"

#include <string>

namespace store {

namespace {

using base::Status;

std::int64_t microseconds(rfq::UtcTime time)
{
    return time.time_since_epoch().count();
}

std::optional<std::int64_t> microseconds(const std::optional<rfq::UtcTime>& time)
{
    return time ? std::optional(microseconds(*time)) : std::nullopt;
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

SqliteStatement& bind(SqliteStatement& statement, const rfq::Instrument& instrument)
{
    return statement.bind(instrument.symbol)
        .bind(std::int64_t{instrument.pipDecimals})
        .bind(std::int64_t{instrument.priceDecimals})
        .bind(std::int64_t{instrument.spotDays});
}

SqliteStatement& bind(SqliteStatement& statement, const rfq::Settlement& settlement)
{
    return statement.bind(rfq::tenorCode(settlement.tenor)).bind(rfq::isoDate(settlement.date));
}

Status knownOne(SqliteDatabase& database, const Status& ran, const char* what, const std::string& id)
{
    if (!ran || database.changedRows() == 1)
        return ran;
    return base::Error{base::Errc::Internal, std::string("the journal knows no ") + what + " " + id};
}

Status write(SqliteDatabase& database, const rfq::RequestOpened& opened)
{
    const rfq::Request& request = opened.request;
    SqliteStatement insert(database,
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
        SqliteStatement dealer(database, "INSERT INTO request_dealer(request, position, dealer) VALUES(?,?,?)");
        dealer.bind(request.id.text()).bind(static_cast<std::int64_t>(i)).bind(request.dealers[i].text());
        if (Status ran = dealer.run(); !ran)
            return ran;
    }
    return base::Ok{};
}

Status write(SqliteDatabase& database, const rfq::RequestClosed& closed)
{
    SqliteStatement update(database, "UPDATE request SET state = ?, closed_us = ? WHERE id = ?");
    update.bind(nameOf(closed.state)).bind(microseconds(closed.time)).bind(closed.rfq.text());
    return knownOne(database, update.run(), "request", closed.rfq.text());
}

Status write(SqliteDatabase& database, const rfq::AcceptanceIntended& intended)
{
    const rfq::Acceptance& acceptance = intended.acceptance;
    const rfq::Quote& shown = intended.displayed;
    SqliteStatement insert(database,
        "INSERT INTO acceptance(id, request, quote, dealer, session, symbol, pip_decimals, price_decimals, spot_days, "
        "side, quantity, currency, price, tenor, value_date, displayed_bid, displayed_offer, displayed_bid_size, "
        "displayed_offer_size, displayed_value_date, displayed_sent_us, displayed_valid_until_us, state, code, text, "
        "clicked_us, moved_us) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'','',?,?)");
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
        .bind(microseconds(intended.time));
    return insert.run();
}

Status write(SqliteDatabase& database, const rfq::AcceptanceMoved& moved)
{
    SqliteStatement update(database, "UPDATE acceptance SET state = ?, code = ?, text = ?, moved_us = ? WHERE id = ?");
    update.bind(nameOf(moved.state))
        .bind(moved.code)
        .bind(moved.text)
        .bind(microseconds(moved.time))
        .bind(moved.clOrdId.text());
    return knownOne(database, update.run(), "acceptance", moved.clOrdId.text());
}

/// Every trade is kept as it is told: that a resent execution is not booked twice is the desk's rule, which goes by
/// quantity, because dealers reuse an ExecID or leave it out.
Status write(SqliteDatabase& database, const rfq::TradeBooked& booked)
{
    const rfq::Trade& trade = booked.trade;
    SqliteStatement insert(database,
        "INSERT INTO trade(acceptance, request, exec_id, order_id, dealer, symbol, pip_decimals, price_decimals, "
        "spot_days, side, quantity, currency, price, tenor, value_date, time_us, discrepancy) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
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
    bind(insert, trade.settlement).bind(microseconds(trade.time)).bind(trade.discrepancy);
    return insert.run();
}

}

Status writeRecord(SqliteDatabase& database, const rfq::JournalRecord& record)
{
    return std::visit([&](const auto& entry) { return write(database, entry); }, record);
}

}
