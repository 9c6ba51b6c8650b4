#include "core/store/journal_row.h"

#include "core/rfq/value_date.h"
#include "core/store/sqlite_failure.h"

namespace store {

std::optional<std::int64_t> Row::optionalInteger()
{
    return skipNull() ? std::nullopt : std::optional(integer());
}

std::optional<rfq::UtcTime> Row::optionalTime()
{
    return skipNull() ? std::nullopt : std::optional(time());
}

rfq::Decimal Row::decimal()
{
    return understood(rfq::Decimal::parse(text()), rfq::Decimal());
}

std::optional<rfq::Decimal> Row::optionalDecimal()
{
    return skipNull() ? std::nullopt : std::optional(decimal());
}

rfq::Price Row::price()
{
    return understood(rfq::Price::parse(text()), rfq::Price());
}

std::optional<rfq::Price> Row::optionalPrice()
{
    return skipNull() ? std::nullopt : std::optional(price());
}

rfq::Instrument Row::instrument()
{
    rfq::Instrument instrument;
    instrument.symbol = text();
    instrument.pipDecimals = smallInteger();
    instrument.priceDecimals = smallInteger();
    instrument.spotDays = smallInteger();
    return instrument;
}

rfq::Settlement Row::settlement()
{
    rfq::Settlement settlement;
    settlement.tenor = understood(rfq::parseTenor(text()), rfq::Tenor::Broken);
    settlement.date = understood(rfq::parseIsoDate(text()), rfq::Date());
    return settlement;
}

rfq::Person Row::person()
{
    rfq::Person person;
    person.name = text();
    person.fingerprint = text();
    return person;
}

rfq::Approval Row::approval()
{
    rfq::Approval approval;
    approval.person = person();
    approval.time = time();
    approval.statement = text();
    approval.certificate = text();
    approval.signature = text();
    return approval;
}

base::Error Row::damage(const SqliteDatabase& database, const char* what) const
{
    return damageOf(database.file(),
        std::string(what) + " " + m_statement.text(0) + " has '" + m_statement.text(m_broken) + "' in column "
            + std::to_string(m_broken + 1));
}

bool Row::skipNull()
{
    if (!m_statement.isNull(m_column))
        return false;
    ++m_column;
    return true;
}

void Row::fail()
{
    if (m_broken < 0)
        m_broken = m_column - 1;
}

}
