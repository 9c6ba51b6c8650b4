#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "core/siem/entry.h"

#include <ostream>

namespace cli {

/// `countersign-cli audit ...`, from the first line to the exit code: Done; UnknownOutcome, where the trail was
/// tampered with or holds what is no record; Configuration, where it cannot be read. `origin` is who reports in an
/// export.
[[nodiscard]] ExitCode runAudit(
    const AuditCommand& command, Format format, std::ostream& out, std::ostream& problems, siem::Origin origin);

}
