#pragma once

#include "core/base/result.h"
#include "core/rfq/sign_in.h"

#include <cstddef>
#include <span>
#include <string>

namespace auth {

/// Which identity is meant, by CKA_ID and by the certificate's SHA-256 fingerprint, both in hex, either may be empty.
/// What is configured must match; what is not configured must leave exactly one. Never a guess, never by label.
struct IdentityQuery {
    std::string keyId;
    std::string fingerprint;
};

/// The index of the one identity that is meant. Errors: KeyNotFound, which names what is there.
[[nodiscard]] base::Result<std::size_t> chooseIdentity(
    std::span<const rfq::TokenIdentity> identities, const IdentityQuery& query);

}
