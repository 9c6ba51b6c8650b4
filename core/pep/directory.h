#pragma once

#include "core/pep/identities.h"
#include "core/stepup/credential_registry.h"

#include <map>
#include <optional>
#include <string>

namespace pep {

/// The identity store, as it is now, in memory. One thread, that of the enforcement point.
class Directory {
public:
    explicit Directory(IdentityStore& store);

    /// Takes over what others have changed; true where they have. Errors: Io; what was known is kept.
    [[nodiscard]] base::Result<bool> refresh();

    /// Null where nobody has that name.
    [[nodiscard]] const UserRecord* find(const stepup::UserId& user) const;
    /// Why this person may not come with this certificate; absent where they may.
    [[nodiscard]] std::optional<std::string> objection(
        const stepup::UserId& user, const stepup::CertificateFingerprint& certificate) const;
    /// Whether it is one of theirs and it, or the person, was revoked.
    [[nodiscard]] bool isRevoked(const stepup::UserId& user, const stepup::CertificateFingerprint& certificate) const;
    /// Null where the certificate is not the person's.
    [[nodiscard]] const CertificateRecord* certificate(
        const stepup::UserId& user, const stepup::CertificateFingerprint& certificate) const;
    [[nodiscard]] stepup::CredentialRegistry& registry() { return m_registry; }
    [[nodiscard]] const stepup::CredentialRegistry& registry() const { return m_registry; }

    /// In the store first, then here. Errors: Io.
    [[nodiscard]] base::Status lock(const stepup::UserId& user, const std::string& why);
    [[nodiscard]] base::Status lock(const stepup::CertificateFingerprint& certificate, const std::string& why);
    [[nodiscard]] bool isLocked(const stepup::CertificateFingerprint& certificate) const;
    /// A new key was written down: the window for a first one is over.
    void endEnrolmentWindow(const stepup::UserId& user);

private:
    void take(const stepup::Credential& stored);

    IdentityStore& m_store;
    std::optional<std::int64_t> m_mark;
    std::map<stepup::UserId, UserRecord> m_users;
    stepup::CredentialRegistry m_registry;
};

}
