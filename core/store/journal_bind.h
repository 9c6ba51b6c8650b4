#pragma once

#include "core/rfq/approval.h"
#include "core/rfq/values.h"
#include "core/store/sqlite_database.h"

#include <cstdint>
#include <optional>
#include <string>

/// How values of the desk become columns.
namespace store {

/// Since 1970 UTC.
[[nodiscard]] std::int64_t microseconds(rfq::UtcTime time);
[[nodiscard]] std::optional<std::int64_t> microseconds(const std::optional<rfq::UtcTime>& time);

[[nodiscard]] std::optional<std::string> textOf(const std::optional<rfq::Price>& price);
[[nodiscard]] std::optional<std::string> textOf(const std::optional<rfq::Decimal>& number);
[[nodiscard]] std::optional<std::string> textOf(const std::optional<rfq::Date>& date);

/// Each binds the columns that its value has in every table, in this order.
/// symbol, pip_decimals, price_decimals, spot_days
SqliteStatement& bind(SqliteStatement& statement, const rfq::Instrument& instrument);
/// tenor, value_date
SqliteStatement& bind(SqliteStatement& statement, const rfq::Settlement& settlement);
/// name, fingerprint
SqliteStatement& bind(SqliteStatement& statement, const rfq::Person& person);
/// approver, approver_fingerprint, approved_us, statement, certificate, signature
SqliteStatement& bind(SqliteStatement& statement, const rfq::Approval& approval);

}
