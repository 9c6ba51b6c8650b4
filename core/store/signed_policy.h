#pragma once

#include "core/store/policy_store.h"
#include "core/store/toml_document.h"

#include <filesystem>
#include <optional>
#include <string>

namespace store {

/// An access policy of the firm's own, signed.
struct SignedPolicy {
    std::string id;
    PolicyFiles files;
    std::filesystem::path signers; ///< PEM: whose signature counts
};

/// The keys `policy`, `policy_id`, `policy_signers`, `policy_signature` of a table; absent where no policy is named.
/// `kept`: where the last good one is kept, of a program that knows that by itself; absent: the key `policy_kept` says
/// so. Problems are the document's.
[[nodiscard]] std::optional<SignedPolicy> readSignedPolicy(
    const TomlTable& table, const std::optional<std::filesystem::path>& kept = std::nullopt);

}
