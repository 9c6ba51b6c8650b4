#pragma once

#include "core/pep/identities.h"
#include "core/store/sqlite_database.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// The tables of the identity database, and how values stand in their rows.
namespace pep {

extern const char* const IdentitySchema;
/// Of changes that wait for a second person, and of what is told about changes. To be made after the other tables.
extern const char* const ChangeSchema;
/// Where it is not there yet.
extern const char* const ChangeIndex;

[[nodiscard]] const char* nameOf(KeyHome home);
[[nodiscard]] const char* nameOf(DeviceRecord device);
[[nodiscard]] std::optional<zerotrust::UserRole> userRoleOf(std::string_view name);
[[nodiscard]] std::optional<KeyHome> keyHomeOf(std::string_view name);
[[nodiscard]] std::optional<DeviceRecord> deviceRecordOf(std::string_view name);

/// Microseconds since 1970.
[[nodiscard]] std::int64_t numberOf(base::UtcTime at);
[[nodiscard]] std::optional<std::int64_t> numberOf(const std::optional<base::UtcTime>& at);

/// Absent where the column is null.
[[nodiscard]] std::optional<base::UtcTime> timeIn(const store::SqliteStatement& row, int column);

/// Calls `take` for each row, until it refuses one. Errors: Io, those of `take`.
[[nodiscard]] base::Status forEachRow(store::SqliteStatement& rows, const std::function<base::Status()>& take);

// Errors: Io; InvalidInput where a row does not hold what it should: nobody is let in on half a record.
[[nodiscard]] base::Result<std::vector<UserRecord>> readUsers(store::SqliteDatabase& database);
[[nodiscard]] base::Result<std::vector<stepup::Credential>> readCredentials(store::SqliteDatabase& database);

}
