#pragma once

#include "core/pep/identities.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace store {
class SqliteDatabase;
}

namespace pep {

/// The identity store in one SQLite file. A running enforcement point and the administrator's commands use it at the
/// same time, each with a connection of its own. Errors of all calls: Io; NotFound and Duplicate where said. One
/// thread.
class IdentityDatabase final : public IdentityStore {
public:
    /// Begins it where there is none; readable by its owner alone. Errors: also InvalidInput (the file is something
    /// else), Unsupported (of another version).
    [[nodiscard]] static base::Result<std::unique_ptr<IdentityDatabase>> open(const std::filesystem::path& file);
    ~IdentityDatabase() override;
    IdentityDatabase(const IdentityDatabase&) = delete;
    IdentityDatabase& operator=(const IdentityDatabase&) = delete;

    /// Sorted by name; certificates by fingerprint, credentials by id.
    [[nodiscard]] base::Result<Identities> load() override;
    [[nodiscard]] base::Result<std::int64_t> changeMark() override;
    [[nodiscard]] base::Status add(const stepup::Credential& credential) override;
    [[nodiscard]] base::Status noteCounter(
        const stepup::CredentialId& id, std::uint32_t signCount, base::UtcTime at) override;
    [[nodiscard]] base::Status revoke(const stepup::CredentialId& id, base::UtcTime at) override;
    [[nodiscard]] base::Status rename(const stepup::CredentialId& id, const std::string& name) override;
    [[nodiscard]] base::Status lock(const stepup::UserId& user, const std::string& why) override;
    [[nodiscard]] base::Status lock(const stepup::CertificateFingerprint& certificate, const std::string& why) override;
    [[nodiscard]] base::Status remember(const std::vector<PersonMemory>& people) override;
    [[nodiscard]] base::Result<std::vector<PersonMemory>> recall() override;

    // ---- the administrator's ----
    /// With certificates and entitlements, all or nothing. Duplicate: the name, or a certificate.
    [[nodiscard]] base::Status add(const UserRecord& user);
    /// Another certificate for a person. NotFound, Duplicate.
    [[nodiscard]] base::Status add(const stepup::UserId& user, const CertificateRecord& certificate);
    /// What the workstation of this certificate proves with its TPM, in place of what was registered before. NotFound,
    /// InvalidInput.
    [[nodiscard]] base::Status change(
        const stepup::CertificateFingerprint& certificate, const stepup::DeviceReference& reference);
    /// By which device certificates that workstation is known, in the same way; none: none is asked for any more.
    [[nodiscard]] base::Status change(
        const stepup::CertificateFingerprint& certificate, const stepup::DeviceNames& deviceNames);
    /// The security keys that count under one certificate of a person count under another one from now on: a card was
    /// renewed. NotFound: the person has no such certificates.
    [[nodiscard]] base::Status rebind(const stepup::UserId& user, const stepup::CertificateFingerprint& before,
        const stepup::CertificateFingerprint& after);
    /// Role, enrolment window and entitlements are replaced by these. NotFound.
    [[nodiscard]] base::Status change(const UserRecord& user);
    /// For good. NotFound.
    [[nodiscard]] base::Status revoke(const stepup::UserId& user, base::UtcTime at);
    [[nodiscard]] base::Status revoke(const stepup::CertificateFingerprint& certificate, base::UtcTime at);
    /// The person and all their certificates. NotFound.
    [[nodiscard]] base::Status unlock(const stepup::UserId& user);

    /// All that `change` does here in one transaction, or nothing of it.
    [[nodiscard]] base::Status atomically(const std::function<base::Status()>& change);
    [[nodiscard]] store::SqliteDatabase& file() { return *m_database; } ///< for what else is kept in it

private:
    explicit IdentityDatabase(std::unique_ptr<store::SqliteDatabase> database);
    [[nodiscard]] base::Status begin();
    [[nodiscard]] base::Status insert(const UserRecord& user);
    [[nodiscard]] base::Status insert(const stepup::UserId& user, const CertificateRecord& certificate);
    [[nodiscard]] base::Status insertEntitlements(const UserRecord& user);
    [[nodiscard]] base::Status beManaged(const stepup::CertificateFingerprint& certificate);
    /// One that must be there.
    [[nodiscard]] base::Status changed(const base::Status& ran, const std::string& what) const;

    std::unique_ptr<store::SqliteDatabase> m_database;
    bool m_isInside = false; ///< a transaction
};

}
