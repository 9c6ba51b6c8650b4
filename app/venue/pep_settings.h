#pragma once

#include "core/pep/change_book.h"
#include "core/pep/settings.h"
#include "core/stepup/authenticator_data.h"
#include "core/store/signed_policy.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace venue {

/// The firm's device CA.
struct DeviceAuthority {
    std::filesystem::path roots; ///< PEM
    std::optional<std::filesystem::path> revocationLists; ///< PEM; absent: revocation is not checked
    std::set<std::string> hardwarePolicies; ///< OIDs by which it says that a key is in hardware
};

/// The policy enforcement point in front of a listener.
struct PepSettings {
    pep::EnforcementSettings enforcement;
    std::filesystem::path identities; ///< users, certificates and security keys, SQLite
    std::filesystem::path attestationRoots; ///< PEM: makers of security keys
    std::optional<std::filesystem::path> pivRoots; ///< PEM: makers of PIV cards; absent: no attestation is taken
    std::optional<DeviceAuthority> devices; ///< absent: no device certificate counts
    std::set<stepup::Aaguid> securityKeys; ///< models that may be enrolled; none: none
    std::optional<std::filesystem::path> countries; ///< MaxMind DB; absent: only the policy's own places are known
    pep::FourEyes fourEyes = pep::FourEyes::On; ///< for changes of `identities` that give power
    std::optional<store::SignedPolicy> policy; ///< absent: the one that is shipped
};

}
