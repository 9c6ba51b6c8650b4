#pragma once

#include "core/pep/identity_change.h"
#include "core/pep/identity_database.h"

#include <optional>

namespace pep {

/// Absent where nobody has that name. Errors: Io.
[[nodiscard]] base::Result<std::optional<UserRecord>> findUser(IdentityDatabase& database, const stepup::UserId& user);

/// Registered as one of a card, and good.
[[nodiscard]] bool isCard(const CertificateRecord& certificate);

/// Does it, whoever agreed to it. Errors: Io, NotFound, Duplicate; Refused, where somebody would become privileged who
/// has no card to sign with.
[[nodiscard]] base::Status performChange(IdentityDatabase& database, const IdentityChange& change, base::UtcTime now);

}
