#include "core/store/journal_bind.h"

#include "core/rfq/value_date.h"

namespace store {

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

SqliteStatement& bind(SqliteStatement& statement, const rfq::Person& person)
{
    return statement.bind(person.name).bind(person.fingerprint);
}

SqliteStatement& bind(SqliteStatement& statement, const rfq::Approval& approval)
{
    return bind(statement, approval.person)
        .bind(microseconds(approval.time))
        .bind(approval.statement)
        .bind(approval.certificate)
        .bind(approval.signature);
}

}
