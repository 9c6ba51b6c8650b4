#pragma once

#include "core/rfq/approval.h"
#include "core/rfq/values.h"
#include "core/store/sqlite_database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace store {

/// Reads the columns of one row from left to right and remembers the first value that makes no sense.
class Row {
public:
    explicit Row(const SqliteStatement& statement)
        : m_statement(statement)
    {
    }

    [[nodiscard]] std::string text() { return m_statement.text(m_column++); }
    [[nodiscard]] std::string bytes() { return m_statement.bytes(m_column++); }
    [[nodiscard]] std::int64_t integer() { return m_statement.integer(m_column++); }
    [[nodiscard]] int smallInteger() { return static_cast<int>(integer()); }
    [[nodiscard]] rfq::UtcTime time() { return rfq::UtcTime(std::chrono::microseconds(integer())); }
    [[nodiscard]] std::optional<std::int64_t> optionalInteger();
    [[nodiscard]] std::optional<rfq::UtcTime> optionalTime();
    [[nodiscard]] rfq::Decimal decimal();
    [[nodiscard]] std::optional<rfq::Decimal> optionalDecimal();
    [[nodiscard]] rfq::Price price();
    [[nodiscard]] std::optional<rfq::Price> optionalPrice();
    [[nodiscard]] rfq::Instrument instrument();
    [[nodiscard]] rfq::Settlement settlement();
    [[nodiscard]] rfq::Person person();
    [[nodiscard]] rfq::Approval approval();
    template <typename E>
    [[nodiscard]] E word(std::optional<E> (*from)(std::string_view), E otherwise)
    {
        const std::optional<E> value = from(text());
        if (!value)
            fail();
        return value.value_or(otherwise);
    }

    [[nodiscard]] bool isSound() const { return m_broken < 0; }
    /// What is wrong, with the file, the kind of thing and its id, which is the first column.
    [[nodiscard]] base::Error damage(const SqliteDatabase& database, const char* what) const;

private:
    template <typename T>
    T understood(base::Result<T> value, T otherwise)
    {
        if (value)
            return *std::move(value);
        fail();
        return otherwise;
    }
    [[nodiscard]] bool skipNull();
    void fail();

    const SqliteStatement& m_statement;
    int m_column = 0;
    int m_broken = -1;
};

/// Runs a query and makes a value of each row. Errors: Io, also where a value makes no sense.
template <typename T>
[[nodiscard]] base::Result<std::vector<T>> readAll(
    SqliteDatabase& database, const char* what, SqliteStatement& query, T (*make)(Row&))
{
    std::vector<T> values;
    for (;;) {
        const base::Result<bool> more = query.step();
        if (!more)
            return more.error();
        if (!*more)
            return values;
        Row row(query);
        values.push_back(make(row));
        if (!row.isSound())
            return row.damage(database, what);
    }
}

template <typename T>
[[nodiscard]] base::Result<std::vector<T>> readAll(
    SqliteDatabase& database, const char* what, const char* sql, T (*make)(Row&))
{
    SqliteStatement query(database, sql);
    return readAll(database, what, query, make);
}

}
