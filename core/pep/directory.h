#pragma once

#include "core/base/clock.h"
#include "core/pep/identities.h"
#include "core/stepup/credential_registry.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pep {

/// The identity store, as it is now, in memory. One thread, that of the enforcement point.
class Directory {
public:
    Directory(IdentityStore& store, const base::Clock& clock);

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

    /// In force here at once, whatever the store says, and kept there. Errors: Io: it is not written down yet; it stays
    /// in force over refresh(), until writePendingLocks() has written it or the program ends.
    [[nodiscard]] base::Status lock(const stepup::UserId& user, const std::string& why);
    /// Nothing where it is nobody's here: whoever is registered with it later has been decided on anew.
    [[nodiscard]] base::Status lock(const stepup::CertificateFingerprint& certificate, const std::string& why);
    struct Written {
        stepup::UserId user; ///< who is locked, or whose certificate is; empty where it is nobody's here
        std::optional<stepup::CertificateFingerprint> certificate; ///< absent: the person is
    };
    /// Tries once more what could not be written down; those that are now. Cheap where there is nothing.
    [[nodiscard]] std::vector<Written> writePendingLocks();
    [[nodiscard]] bool isLocked(const stepup::CertificateFingerprint& certificate) const;
    /// Whether the window for a first key is open: by the clock of the wall, and by one that nobody sets.
    [[nodiscard]] bool isEnrolmentOpen(const stepup::UserId& user) const;
    /// A new key was written down: the window for a first one is over.
    void endEnrolmentWindow(const stepup::UserId& user);

private:
    void take(const stepup::Credential& stored);
    void takeWindow(const UserRecord& user);
    /// Locks that the store does not have yet, and why.
    template <typename Subject>
    using Unwritten = std::map<Subject, std::string>;

    void apply(const stepup::UserId& user, const std::string& why);
    void apply(const stepup::CertificateFingerprint& certificate, const std::string& why);
    template <typename Subject>
    [[nodiscard]] base::Status lock(Unwritten<Subject>& unwritten, const Subject& subject, const std::string& why);
    /// Those that are written now.
    template <typename Subject>
    [[nodiscard]] std::vector<Subject> writePending(Unwritten<Subject>& unwritten);
    [[nodiscard]] stepup::UserId ownerOf(const stepup::CertificateFingerprint& certificate) const;

    struct Window {
        base::UtcTime until{};
        base::SteadyTime by{};
    };

    IdentityStore& m_store;
    const base::Clock& m_clock;
    Unwritten<stepup::UserId> m_unwrittenUsers;
    Unwritten<stepup::CertificateFingerprint> m_unwrittenCertificates;
    std::map<stepup::UserId, Window> m_windows;
    std::optional<std::int64_t> m_mark;
    std::map<stepup::UserId, UserRecord> m_users;
    stepup::CredentialRegistry m_registry;
};

}
