#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"

#include <iosfwd>

namespace cli {

/// `cert trust ...` and `cert attestation ...`, from start to end on this thread.
[[nodiscard]] ExitCode runCertLook(const CertLookCommand& command, Format format, std::ostream& output);

}
