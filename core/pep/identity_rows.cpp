#include "core/pep/identity_rows.h"

#include "core/pep/device_rows.h"
#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"

#include <algorithm>
#include <map>
#include <utility>

namespace pep {

namespace {

using base::Errc;
using base::Error;
using base::Result;
using store::SqliteDatabase;
using store::SqliteStatement;
using zerotrust::UserRole;

Error damaged(const SqliteDatabase& database, const std::string& what)
{
    return {Errc::InvalidInput, database.file().string() + ": " + what + " does not hold what it should"};
}

base::UtcTime timeOf(std::int64_t number)
{
    return base::UtcTime(std::chrono::microseconds(number));
}

using Users = std::map<stepup::UserId, UserRecord>;

base::Status readCertificates(SqliteDatabase& database, Users& users)
{
    SqliteStatement rows(database,
        "SELECT user, fingerprint, key, device, revoked_at, locked_why, attestation FROM certificates ORDER BY "
        "fingerprint");
    return forEachRow(rows, [&]() -> base::Status {
        const auto user = users.find(stepup::UserId(rows.text(0)));
        const auto fingerprint = fingerprintOf(rows.text(1));
        const auto key = keyHomeOf(rows.text(2));
        const auto device = deviceRecordOf(rows.text(3));
        if (user == users.end() || !fingerprint || !key || !device)
            return damaged(database, "the row of the certificate " + rows.text(1));
        user->second.certificates.push_back({.fingerprint = *fingerprint,
            .key = *key,
            .device = *device,
            .revokedAt = timeIn(rows, 4),
            .lockedWhy = rows.text(5),
            .attestation = rows.text(6)});
        return base::Ok{};
    });
}

base::Status readEntitlements(SqliteDatabase& database, Users& users)
{
    SqliteStatement rows(
        database, "SELECT user, segment, activities, instruments, sides, quantities, dealers FROM entitlements");
    return forEachRow(rows, [&]() -> base::Status {
        const auto user = users.find(stepup::UserId(rows.text(0)));
        const auto activities = parseActivities(rows.text(2));
        const auto sides = parseSides(rows.text(4));
        const auto quantities = parseQuantities(rows.text(5));
        if (user == users.end() || !activities || !sides || !quantities)
            return damaged(database, "the row of the entitlements of " + rows.text(0));
        user->second.entitlements.insert_or_assign({.user = rows.text(0), .segment = rows.text(1)},
            zerotrust::Entitlement{.activities = *activities,
                .instruments = parseNames(rows.text(3)),
                .sides = *sides,
                .maxQuantity = *quantities,
                .dealers = parseNames(rows.text(6))});
        return base::Ok{};
    });
}

std::optional<stepup::Aaguid> aaguidOf(const std::string& text)
{
    const auto bytes = stepup::bytesOfBase64Url(text);
    stepup::Aaguid aaguid{};
    if (!bytes || bytes->size() != aaguid.size())
        return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), aaguid.begin());
    return aaguid;
}

}

const char* const IdentitySchema =
    "CREATE TABLE users(name TEXT PRIMARY KEY, role TEXT NOT NULL, enrol_until INTEGER, revoked_at INTEGER, "
    "locked_why TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE TABLE certificates(fingerprint TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users(name), "
    "key TEXT NOT NULL, device TEXT NOT NULL, revoked_at INTEGER, locked_why TEXT NOT NULL DEFAULT '', "
    "attestation TEXT NOT NULL DEFAULT '') STRICT;"
    "CREATE TABLE entitlements(user TEXT NOT NULL REFERENCES users(name), segment TEXT NOT NULL, "
    "activities TEXT NOT NULL, instruments TEXT NOT NULL, sides TEXT NOT NULL, quantities TEXT NOT NULL, "
    "dealers TEXT NOT NULL, PRIMARY KEY(user, segment)) STRICT;"
    "CREATE TABLE credentials(id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users(name), "
    "certificate TEXT NOT NULL, cose_key TEXT NOT NULL, algorithm INTEGER NOT NULL, aaguid TEXT NOT NULL, "
    "sign_count INTEGER NOT NULL, name TEXT NOT NULL, enrolled_at INTEGER NOT NULL, revoked_at INTEGER, "
    "last_used_at INTEGER) STRICT;";

const char* nameOf(KeyHome home)
{
    switch (home) {
    case KeyHome::Hardware:
        return "hardware";
    case KeyHome::Software:
        return "software";
    }
    return "";
}

const char* nameOf(DeviceRecord device)
{
    switch (device) {
    case DeviceRecord::Managed:
        return "managed";
    case DeviceRecord::Unmanaged:
        return "unmanaged";
    case DeviceRecord::Unknown:
        return "unknown";
    }
    return "";
}

std::optional<UserRole> userRoleOf(std::string_view name)
{
    for (const UserRole role : {UserRole::Standard, UserRole::Privileged})
        if (name == zerotrust::roleName(role))
            return role;
    return std::nullopt;
}

std::optional<KeyHome> keyHomeOf(std::string_view name)
{
    for (const KeyHome home : {KeyHome::Hardware, KeyHome::Software})
        if (name == nameOf(home))
            return home;
    return std::nullopt;
}

std::optional<DeviceRecord> deviceRecordOf(std::string_view name)
{
    for (const DeviceRecord device : {DeviceRecord::Managed, DeviceRecord::Unmanaged, DeviceRecord::Unknown})
        if (name == nameOf(device))
            return device;
    return std::nullopt;
}

std::int64_t numberOf(base::UtcTime at)
{
    return at.time_since_epoch().count();
}

std::optional<std::int64_t> numberOf(const std::optional<base::UtcTime>& at)
{
    return at ? std::optional(numberOf(*at)) : std::nullopt;
}

std::optional<base::UtcTime> timeIn(const SqliteStatement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(timeOf(row.integer(column)));
}

base::Status forEachRow(SqliteStatement& rows, const std::function<base::Status()>& take)
{
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return base::Ok{};
        if (const base::Status taken = take(); !taken)
            return taken;
    }
}

Result<std::vector<UserRecord>> readUsers(SqliteDatabase& database)
{
    Users users;
    SqliteStatement rows(database, "SELECT name, role, enrol_until, revoked_at, locked_why FROM users");
    const auto read = forEachRow(rows, [&]() -> base::Status {
        const auto role = userRoleOf(rows.text(1));
        if (!role)
            return damaged(database, "the row of the user " + rows.text(0));
        users.emplace(stepup::UserId(rows.text(0)),
            UserRecord{.user = stepup::UserId(rows.text(0)),
                .role = *role,
                .certificates = {},
                .entitlements = {},
                .enrolUntil = timeIn(rows, 2),
                .revokedAt = timeIn(rows, 3),
                .lockedWhy = rows.text(4)});
        return base::Ok{};
    });
    for (const auto& part : {read, readCertificates(database, users), readDevices(database, users),
             readDeviceNames(database, users), readEntitlements(database, users)})
        if (!part)
            return part.error();
    std::vector<UserRecord> list;
    for (auto& [name, user] : users)
        list.push_back(std::move(user));
    return list;
}

Result<std::vector<stepup::Credential>> readCredentials(SqliteDatabase& database)
{
    std::vector<stepup::Credential> list;
    SqliteStatement rows(database,
        "SELECT id, user, certificate, cose_key, algorithm, aaguid, sign_count, name, enrolled_at, revoked_at, "
        "last_used_at FROM credentials ORDER BY id");
    const auto read = forEachRow(rows, [&]() -> base::Status {
        const auto id = stepup::bytesOfBase64Url(rows.text(0));
        const auto certificate = fingerprintOf(rows.text(2));
        const auto key = stepup::bytesOfBase64Url(rows.text(3));
        const auto algorithm = stepup::algorithmOf(rows.integer(4));
        const auto aaguid = aaguidOf(rows.text(5));
        const std::int64_t count = rows.integer(6);
        if (!id || !certificate || !key || !algorithm || !aaguid || count < 0 || count > UINT32_MAX)
            return damaged(database, "the row of the security key " + rows.text(0));
        list.push_back({.id = *id,
            .coseKey = *key,
            .algorithm = *algorithm,
            .aaguid = *aaguid,
            .signCount = static_cast<std::uint32_t>(count),
            .user = stepup::UserId(rows.text(1)),
            .certificate = *certificate,
            .name = rows.text(7),
            .enrolledAt = timeOf(rows.integer(8)),
            .revokedAt = timeIn(rows, 9),
            .lastUsedAt = timeIn(rows, 10)});
        return base::Ok{};
    });
    if (!read)
        return read.error();
    return list;
}

}
