#pragma once

#include "core/access/entitlements.h"
#include "core/base/result.h"
#include "core/pep/change_book.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace venue {

enum class IdentityTask {
    AddUser,
    ChangeUser,
    ListUsers,
    RevokeUser,
    UnlockUser,
    AddCertificate,
    RevokeCertificate,
    ChangeCertificate,
    ListCredentials,
    RevokeCredential,
    RenameCredential,
    ImportCredential,
    LockUser,
    ListRoles,
    SetRole,
    ListChanges,
    ShowChange,
    ProposeChange,
    ApproveChange,
    RejectChange,
};

/// `countersign-venue user|role|certificate|credential|change ...`: what an administrator does with the identity store.
struct IdentityOptions {
    IdentityTask task = IdentityTask::ListUsers;
    std::filesystem::path config;
    std::string object; ///< user, fingerprint, credential id, file, or number of a change
    std::optional<std::string> user{}; ///< of an imported key
    std::optional<std::filesystem::path> certificate{}; ///< PEM
    std::optional<std::string> replaces{}; ///< fingerprint of the certificate whose security keys go over to this one
    std::optional<std::filesystem::path> attestation{}; ///< a certificate request that carries one
    std::optional<std::string> keyName{}; ///< of an imported key, or a new one
    std::optional<pep::KeyHome> key{};
    std::optional<pep::DeviceRecord> device{};
    std::optional<std::filesystem::path> deviceKey{}; ///< what `countersign-cli device show` wrote
    std::optional<std::filesystem::path> deviceCertificate{}; ///< PEM: of the workstation
    std::optional<stepup::DeviceNames> deviceNames{}; ///< as device certificates spell them; empty: none is asked for
    std::optional<zerotrust::UserRole> role{};
    std::optional<std::chrono::hours> enrolFor{};
    std::optional<std::filesystem::path> signature{}; ///< of a person, CMS, detached, DER
    std::optional<pep::ChangeStep> step{}; ///< whose words are shown; absent: the next one
    std::string why{}; ///< of a lock
    std::optional<std::string> segment{};
    // Parts of the entitlement; what is absent stays, or is empty where there was none.
    std::optional<std::set<zerotrust::Activity>> activities{};
    std::optional<zerotrust::Names> instruments{};
    std::optional<std::set<zerotrust::Side>> sides{};
    std::optional<zerotrust::Quantities> maxQuantity{};
    std::optional<zerotrust::Names> dealers{};
};

/// Whether these words are an administrator's command.
[[nodiscard]] bool isIdentityCommand(std::span<const std::string> words);
/// Errors: InvalidInput, with what was expected.
[[nodiscard]] base::Result<IdentityOptions> parseIdentityOptions(std::span<const std::string> words);

[[nodiscard]] const char* identityUsageText();

}
