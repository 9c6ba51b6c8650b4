#pragma once

#include "app/venue/identity_options.h"
#include "app/venue/pep_settings.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/pep/imported_key.h"

#include <iosfwd>

namespace venue {

/// Does it, and prints what was done, one JSON object a line. Errors: Io, InvalidInput, NotFound, Duplicate, Refused,
/// Configuration.
[[nodiscard]] base::Status runIdentityCommand(
    const IdentityOptions& options, const PepSettings& settings, const base::Clock& clock, std::ostream& out);

/// What `countersign-cli key enrol` wrote. Errors: Io, InvalidInput.
[[nodiscard]] base::Result<pep::ImportedKey> readEnrolmentFile(const std::filesystem::path& file);

}
