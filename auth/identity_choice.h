#pragma once

#include "core/base/result.h"
#include "core/rfq/sign_in.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace auth {

/// Which identity is meant, by CKA_ID and by the certificate's SHA-256 fingerprint, both in hex, either may be empty.
/// What is configured must match; what is not configured must leave exactly one, or one that was chosen. Never a guess,
/// never by label.
struct IdentityQuery {
    std::string keyId;
    std::string fingerprint;
};

/// The indices of those that fit what is configured. Errors: KeyNotFound where none does, which names what is there.
[[nodiscard]] base::Result<std::vector<std::size_t>> fittingIdentities(
    std::span<const rfq::TokenIdentity> identities, const IdentityQuery& query);

/// The index of the one that is meant among those that fit; a choice of another certificate than the configured one
/// does not count. A certificate that was renewed on the card that was chosen is the one on it now. Errors: KeyNotFound
/// where several are left, or where the one that was chosen is not among them.
[[nodiscard]] base::Result<std::size_t> chooseIdentity(std::span<const rfq::TokenIdentity> fitting,
    const IdentityQuery& query, const std::optional<rfq::TokenChoice>& choice);

/// A choice that counts although none of those that fit is it.
[[nodiscard]] bool isMissing(std::span<const rfq::TokenIdentity> fitting, const IdentityQuery& query,
    const std::optional<rfq::TokenChoice>& choice);

}
