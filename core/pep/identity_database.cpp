#include "core/pep/identity_database.h"

#include "core/pep/device_rows.h"
#include "core/pep/entitlement_text.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_rows.h"
#include "core/pep/memory_rows.h"

#include <charconv>
#include <system_error>
#include <utility>

namespace pep {

using base::Errc;
using base::Error;
using base::Status;
using store::SqliteDatabase;
using store::SqliteStatement;

namespace {

// PRAGMA application_id: says that a SQLite file is an identity store of ours ("CSID").
constexpr std::int64_t ApplicationId = 0x43534944;
// PRAGMA user_version: rises with every change of the tables.
constexpr std::int64_t SchemaVersion = 3;

constexpr const char* LastUse = "ALTER TABLE credentials ADD COLUMN last_used_at INTEGER;";

constexpr auto OwnerOnly = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

Status alreadyThere(Status ran, const std::string& what)
{
    // The one reason for which an INSERT of ours fails although the disk is well.
    if (!ran && ran.error().detail.find("UNIQUE") != std::string::npos)
        return Error{Errc::Duplicate, what + " is registered already"};
    return ran;
}

}

IdentityDatabase::IdentityDatabase(std::unique_ptr<SqliteDatabase> database)
    : m_database(std::move(database))
{
}

IdentityDatabase::~IdentityDatabase() = default;

base::Result<std::unique_ptr<IdentityDatabase>> IdentityDatabase::open(const std::filesystem::path& file)
{
    std::error_code failure;
    if (file.has_parent_path())
        std::filesystem::create_directories(file.parent_path(), failure);
    if (failure)
        return Error{Errc::Io, "cannot create " + file.parent_path().string() + ": " + failure.message()};
    auto database = SqliteDatabase::open(file, SqliteDatabase::Mode::Create);
    if (!database)
        return database.error();
    std::filesystem::permissions(file, OwnerOnly, failure);
    if (failure)
        return Error{Errc::Io, "cannot make " + file.string() + " private: " + failure.message()};
    std::unique_ptr<IdentityDatabase> opened(new IdentityDatabase(*std::move(database)));
    if (const Status begun = opened->begin(); !begun)
        return begun.error();
    return opened;
}

Status IdentityDatabase::atomically(const std::function<Status()>& change)
{
    if (m_isInside)
        return change();
    if (const Status begun = m_database->execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    m_isInside = true;
    const Status changed = change();
    m_isInside = false;
    const Status committed = changed ? m_database->execute("COMMIT") : changed;
    if (!committed)
        m_database->rollBack();
    return committed;
}

Status IdentityDatabase::begin()
{
    const std::string file = m_database->file().string();
    if (const Status set =
            m_database->execute("PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
        !set)
        return set;
    const Status begun = atomically([&]() -> Status {
        const auto id = m_database->ask("PRAGMA application_id");
        const auto version = m_database->ask("PRAGMA user_version");
        const auto tables = m_database->ask("SELECT count(*) FROM sqlite_schema");
        for (const auto* answer : {&id, &version, &tables})
            if (!*answer)
                return answer->error();
        if (*id == "0" && *tables == "0")
            return m_database->execute(std::string(IdentitySchema) + ChangeSchema + "PRAGMA application_id="
                + std::to_string(ApplicationId) + "; PRAGMA user_version=" + std::to_string(SchemaVersion));
        if (*id != std::to_string(ApplicationId))
            return Error{Errc::InvalidInput, file + " is not an identity store; it was left as it is"};
        if (*version == "1") // before changes needed a second person, and cards were attested
            return m_database->execute("ALTER TABLE certificates ADD COLUMN attestation TEXT NOT NULL DEFAULT '';"
                + std::string(ChangeSchema) + LastUse + "PRAGMA user_version=" + std::to_string(SchemaVersion));
        if (*version == "2") // before the last use of a key was kept, and there were device certificates
            return m_database->execute(LastUse + ("PRAGMA user_version=" + std::to_string(SchemaVersion)));
        if (*version != std::to_string(SchemaVersion))
            return Error{Errc::Unsupported,
                file + " was written by another version (identity store version " + *version + ", this program knows "
                    + std::to_string(SchemaVersion) + "); it was left as it is"};
        return base::Ok{};
    });
    return begun ? m_database->execute(std::string(DeviceSchema) + MemorySchema + ChangeIndex) : begun;
}

base::Result<Identities> IdentityDatabase::load()
{
    Identities identities;
    // One moment of the database for all tables.
    const Status read = atomically([&]() -> Status {
        auto users = readUsers(*m_database);
        if (!users)
            return users.error();
        auto credentials = readCredentials(*m_database);
        if (!credentials)
            return credentials.error();
        identities = {.users = *std::move(users), .credentials = *std::move(credentials)};
        return base::Ok{};
    });
    if (!read)
        return read.error();
    return identities;
}

base::Result<std::int64_t> IdentityDatabase::changeMark()
{
    // Moves when another connection commits, and only then.
    const auto text = m_database->ask("PRAGMA data_version");
    if (!text)
        return text.error();
    std::int64_t mark = 0;
    std::from_chars(text->data(), text->data() + text->size(), mark);
    return mark;
}

Status IdentityDatabase::changed(const Status& ran, const std::string& what) const
{
    if (!ran)
        return ran;
    if (m_database->changedRows() == 0)
        return Error{Errc::NotFound, what + " is not registered"};
    return base::Ok{};
}

Status IdentityDatabase::add(const stepup::Credential& credential)
{
    return atomically([&]() -> Status {
        SqliteStatement insert(*m_database,
            "INSERT INTO credentials(id, user, certificate, cose_key, algorithm, aaguid, sign_count, name, "
            "enrolled_at, revoked_at, last_used_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        const Status inserted = alreadyThere(insert.bind(stepup::base64Url(credential.id))
                                                 .bind(credential.user.text())
                                                 .bind(fingerprintText(credential.certificate))
                                                 .bind(stepup::base64Url(credential.coseKey))
                                                 .bind(static_cast<std::int64_t>(credential.algorithm))
                                                 .bind(stepup::base64Url(credential.aaguid))
                                                 .bind(static_cast<std::int64_t>(credential.signCount))
                                                 .bind(credential.name)
                                                 .bind(numberOf(credential.enrolledAt))
                                                 .bindOptional(numberOf(credential.revokedAt))
                                                 .bindOptional(numberOf(credential.lastUsedAt))
                                                 .run(),
            "this security key");
        if (!inserted)
            return inserted;
        SqliteStatement window(*m_database, "UPDATE users SET enrol_until = NULL WHERE name = ?");
        return window.bind(credential.user.text()).run();
    });
}

Status IdentityDatabase::noteCounter(const stepup::CredentialId& id, std::uint32_t signCount, base::UtcTime at)
{
    SqliteStatement update(*m_database,
        "UPDATE credentials SET sign_count = max(sign_count, ?), last_used_at = max(coalesce(last_used_at, 0), ?) "
        "WHERE id = ?");
    return changed(
        update.bind(static_cast<std::int64_t>(signCount)).bind(numberOf(at)).bind(stepup::base64Url(id)).run(),
        "this security key");
}

Status IdentityDatabase::lock(const stepup::UserId& user, const std::string& why)
{
    SqliteStatement update(*m_database, "UPDATE users SET locked_why = ? WHERE name = ?");
    return changed(update.bind(why).bind(user.text()).run(), user.text());
}

Status IdentityDatabase::lock(const stepup::CertificateFingerprint& certificate, const std::string& why)
{
    SqliteStatement update(*m_database, "UPDATE certificates SET locked_why = ? WHERE fingerprint = ?");
    return changed(update.bind(why).bind(fingerprintText(certificate)).run(), "this certificate");
}

Status IdentityDatabase::remember(const std::vector<PersonMemory>& people)
{
    return atomically([&] { return writeMemories(*m_database, people); });
}

base::Result<std::vector<PersonMemory>> IdentityDatabase::recall()
{
    return readMemories(*m_database);
}

Status IdentityDatabase::add(const UserRecord& user)
{
    return atomically([&] { return insert(user); });
}

Status IdentityDatabase::insert(const UserRecord& user)
{
    SqliteStatement insertUser(
        *m_database, "INSERT INTO users(name, role, enrol_until, revoked_at, locked_why) VALUES(?, ?, ?, ?, ?)");
    const Status inserted = alreadyThere(insertUser.bind(user.user.text())
                                             .bind(zerotrust::roleName(user.role))
                                             .bindOptional(numberOf(user.enrolUntil))
                                             .bindOptional(numberOf(user.revokedAt))
                                             .bind(user.lockedWhy)
                                             .run(),
        user.user.text());
    if (!inserted)
        return inserted;
    for (const auto& certificate : user.certificates)
        if (const Status added = insert(user.user, certificate); !added)
            return added;
    return insertEntitlements(user);
}

Status IdentityDatabase::insertEntitlements(const UserRecord& user)
{
    for (const auto& [holder, entitlement] : user.entitlements) {
        SqliteStatement insertOne(*m_database,
            "INSERT INTO entitlements(user, segment, activities, instruments, sides, quantities, dealers) "
            "VALUES(?, ?, ?, ?, ?, ?, ?)");
        const Status inserted = insertOne.bind(user.user.text())
                                    .bind(holder.segment)
                                    .bind(activitiesText(entitlement.activities))
                                    .bind(namesText(entitlement.instruments))
                                    .bind(sidesText(entitlement.sides))
                                    .bind(quantitiesText(entitlement.maxQuantity))
                                    .bind(namesText(entitlement.dealers))
                                    .run();
        if (!inserted)
            return inserted;
    }
    return base::Ok{};
}

Status IdentityDatabase::insert(const stepup::UserId& user, const CertificateRecord& certificate)
{
    SqliteStatement insertOne(*m_database,
        "INSERT INTO certificates(fingerprint, user, key, device, revoked_at, locked_why, attestation) "
        "VALUES(?, ?, ?, ?, ?, ?, ?)");
    const Status inserted = alreadyThere(insertOne.bind(fingerprintText(certificate.fingerprint))
                                             .bind(user.text())
                                             .bind(nameOf(certificate.key))
                                             .bind(nameOf(certificate.device))
                                             .bindOptional(numberOf(certificate.revokedAt))
                                             .bind(certificate.lockedWhy)
                                             .bind(certificate.attestation)
                                             .run(),
        "this certificate");
    if (!inserted)
        return inserted;
    if (const Status named = writeDeviceNames(*m_database, certificate.fingerprint, certificate.deviceNames); !named)
        return named;
    return certificate.reference ? writeDevice(*m_database, certificate.fingerprint, *certificate.reference) : inserted;
}

Status IdentityDatabase::change(
    const stepup::CertificateFingerprint& certificate, const stepup::DeviceReference& reference)
{
    return atomically([&]() -> Status {
        const Status known = beManaged(certificate);
        return known ? writeDevice(*m_database, certificate, reference) : known;
    });
}

Status IdentityDatabase::change(
    const stepup::CertificateFingerprint& certificate, const stepup::DeviceNames& deviceNames)
{
    return atomically([&]() -> Status {
        SqliteStatement touch(*m_database, "UPDATE certificates SET user = user WHERE fingerprint = ?");
        const Status known = deviceNames.empty()
            ? changed(touch.bind(fingerprintText(certificate)).run(), "this certificate")
            : beManaged(certificate);
        return known ? writeDeviceNames(*m_database, certificate, deviceNames) : known;
    });
}

Status IdentityDatabase::beManaged(const stepup::CertificateFingerprint& certificate)
{
    // A device that is registered is a managed one: that is what it is asked to prove.
    SqliteStatement update(*m_database, "UPDATE certificates SET device = ? WHERE fingerprint = ?");
    return changed(
        update.bind(nameOf(DeviceRecord::Managed)).bind(fingerprintText(certificate)).run(), "this certificate");
}

Status IdentityDatabase::add(const stepup::UserId& user, const CertificateRecord& certificate)
{
    return atomically([&]() -> Status {
        SqliteStatement touch(*m_database, "UPDATE users SET role = role WHERE name = ?");
        if (const Status known = changed(touch.bind(user.text()).run(), user.text()); !known)
            return known;
        return insert(user, certificate);
    });
}

Status IdentityDatabase::change(const UserRecord& user)
{
    return atomically([&]() -> Status {
        SqliteStatement update(*m_database, "UPDATE users SET role = ?, enrol_until = ? WHERE name = ?");
        const Status updated = changed(update.bind(zerotrust::roleName(user.role))
                                           .bindOptional(numberOf(user.enrolUntil))
                                           .bind(user.user.text())
                                           .run(),
            user.user.text());
        if (!updated)
            return updated;
        SqliteStatement remove(*m_database, "DELETE FROM entitlements WHERE user = ?");
        if (const Status removed = remove.bind(user.user.text()).run(); !removed)
            return removed;
        return insertEntitlements(user);
    });
}

Status IdentityDatabase::revoke(const stepup::UserId& user, base::UtcTime at)
{
    SqliteStatement update(*m_database, "UPDATE users SET revoked_at = coalesce(revoked_at, ?) WHERE name = ?");
    return changed(update.bind(numberOf(at)).bind(user.text()).run(), user.text());
}

Status IdentityDatabase::revoke(const stepup::CertificateFingerprint& certificate, base::UtcTime at)
{
    SqliteStatement update(
        *m_database, "UPDATE certificates SET revoked_at = coalesce(revoked_at, ?) WHERE fingerprint = ?");
    return changed(update.bind(numberOf(at)).bind(fingerprintText(certificate)).run(), "this certificate");
}

Status IdentityDatabase::revoke(const stepup::CredentialId& id, base::UtcTime at)
{
    SqliteStatement update(*m_database, "UPDATE credentials SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?");
    return changed(update.bind(numberOf(at)).bind(stepup::base64Url(id)).run(), "this security key");
}

Status IdentityDatabase::rebind(const stepup::UserId& user, const stepup::CertificateFingerprint& before,
    const stepup::CertificateFingerprint& after)
{
    for (const auto& fingerprint : {before, after}) {
        SqliteStatement touch(*m_database, "UPDATE certificates SET user = user WHERE fingerprint = ? AND user = ?");
        if (const Status known = changed(touch.bind(fingerprintText(fingerprint)).bind(user.text()).run(),
                "the certificate " + fingerprintText(fingerprint) + " of " + user.text());
            !known)
            return known;
    }
    SqliteStatement update(*m_database, "UPDATE credentials SET certificate = ? WHERE user = ? AND certificate = ?");
    return update.bind(fingerprintText(after)).bind(user.text()).bind(fingerprintText(before)).run();
}

Status IdentityDatabase::rename(const stepup::CredentialId& id, const std::string& name)
{
    SqliteStatement update(*m_database, "UPDATE credentials SET name = ? WHERE id = ?");
    return changed(update.bind(name).bind(stepup::base64Url(id)).run(), "this security key");
}

Status IdentityDatabase::unlock(const stepup::UserId& user)
{
    return atomically([&]() -> Status {
        SqliteStatement certificates(*m_database, "UPDATE certificates SET locked_why = '' WHERE user = ?");
        if (const Status unlocked = certificates.bind(user.text()).run(); !unlocked)
            return unlocked;
        SqliteStatement users(*m_database, "UPDATE users SET locked_why = '' WHERE name = ?");
        return changed(users.bind(user.text()).run(), user.text());
    });
}

}
