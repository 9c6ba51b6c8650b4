#pragma once

#include "app/venue/identity_options.h"
#include "app/venue/pep_settings.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/pep/change_book.h"
#include "core/pep/imported_key.h"
#include "core/tls/context.h"

#include <iosfwd>
#include <string>

namespace venue {

/// What an administrator's commands go by.
struct Administration {
    PepSettings pep;
    tls::TrustPolicy people; ///< whose certificates are good
    std::string account; ///< of this machine, who runs the command
};

/// Does it, or notes that it waits for privileged persons, and prints what has become of it, one JSON object a line.
/// Errors: those of pep::ChangeBook and of signatoryOf(), Configuration.
[[nodiscard]] base::Status runIdentityCommand(
    const IdentityOptions& options, const Administration& by, const base::Clock& clock, std::ostream& out);

/// The change that is asked for. `database` is only read. Errors: Io, InvalidInput, NotFound, Configuration, Refused.
[[nodiscard]] base::Result<pep::IdentityChange> requestedChange(
    const IdentityOptions& options, const PepSettings& settings, pep::IdentityDatabase& database, base::UtcTime now);

/// `change ...`: lists what waits, shows what is to be signed, takes signatures.
[[nodiscard]] base::Status runChangeCommand(const IdentityOptions& options, const Administration& by,
    pep::IdentityDatabase& database, pep::ChangeBook& changes, base::UtcTime now, std::ostream& out);
void printAnswer(const pep::ChangeAnswer& answer, std::ostream& out);

/// One person, one key, as `list` prints them: a JSON object.
[[nodiscard]] std::string described(const pep::UserRecord& user);
/// Who has that role, but for those who were revoked.
[[nodiscard]] std::string described(zerotrust::UserRole role, const std::vector<pep::UserRecord>& users);
[[nodiscard]] std::string described(const stepup::Credential& credential);

/// What `countersign-cli key enrol` wrote. Errors: Io, InvalidInput.
[[nodiscard]] base::Result<pep::ImportedKey> readEnrolmentFile(const std::filesystem::path& file);

}
