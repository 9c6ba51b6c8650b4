#pragma once

#include "core/access/entitlements.h"
#include "core/base/result.h"
#include "core/pep/identities.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace pep {

/// What an administrator does with the identity store. Closed.
enum class ChangeKind {
    AddUser,
    ChangeUser,
    UnlockUser,
    AddCertificate,
    ChangeCertificate, ///< what the workstation of one proves
    ImportCredential,
    LockUser,
    RevokeUser,
    RevokeCertificate,
    RevokeCredential,
    RenameCredential,
};

/// Parts of an entitlement in one segment; what is absent stays as it is.
struct EntitlementParts {
    std::string segment;
    std::optional<std::set<zerotrust::Activity>> activities{};
    std::optional<zerotrust::Names> instruments{};
    std::optional<std::set<zerotrust::Side>> sides{};
    std::optional<zerotrust::Quantities> maxQuantity{};
    std::optional<zerotrust::Names> dealers{};

    friend bool operator==(const EntitlementParts&, const EntitlementParts&) = default;
};

/// One change of the identity store, whole: what persons sign, what is kept, and what is done are the same.
struct IdentityChange {
    ChangeKind kind = ChangeKind::ChangeUser;
    stepup::UserId user{}; ///< empty where only a certificate or a security key is named
    std::optional<zerotrust::UserRole> role{};
    std::optional<CertificateRecord> certificate{}; ///< a new one
    std::optional<stepup::CertificateFingerprint> replaced{}; ///< whose security keys go over to the new one
    std::optional<std::chrono::hours> enrolFor{}; ///< from when it is done; 0 ends the window
    std::optional<EntitlementParts> entitlement{};
    std::optional<stepup::Credential> credential{}; ///< a new one; whose it is, is `user`
    std::optional<stepup::CertificateFingerprint> changedCertificate{};
    std::optional<stepup::DeviceReference> reference{}; ///< of the changed one
    std::optional<stepup::DeviceNames> deviceNames{}; ///< of the changed one; empty: no device certificate is asked for
    std::optional<stepup::CertificateFingerprint> revokedCertificate{};
    std::optional<stepup::CredentialId> revokedCredential{};
    std::optional<stepup::CredentialId> renamedCredential{};
    std::string keyName{}; ///< of the renamed one
    std::string why{}; ///< of a lock

    friend bool operator==(const IdentityChange&, const IdentityChange&) = default;
};

/// Stable names, for stores and JSON: "user-add", "certificate-revoke".
[[nodiscard]] const char* nameOf(ChangeKind kind);
[[nodiscard]] std::optional<ChangeKind> changeKindOf(std::string_view name);

/// As lines of `name=value`, always in one order: one spelling for one change. Errors: InvalidInput, for a value with
/// control characters, which could forge a line.
[[nodiscard]] base::Result<std::string> changeText(const IdentityChange& change);
/// Errors: InvalidInput, for anything that changeText() does not write.
[[nodiscard]] base::Result<IdentityChange> parseChange(std::string_view text);

/// The person after it. Certificates and keys are not looked at.
[[nodiscard]] UserRecord changed(UserRecord user, const IdentityChange& change, base::UtcTime now);

/// Whether somebody can do more after it, or is asked for less: a new person, certificate or key; more of anything in
/// an entitlement; an open window for a first key; another role, since a privileged person is scored higher and a
/// standard one lower; an unlock. `before` is the person as they are, where there is one.
[[nodiscard]] bool givesPower(const IdentityChange& change, const std::optional<UserRecord>& before);

}
