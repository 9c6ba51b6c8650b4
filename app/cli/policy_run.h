#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"

#include <ostream>

namespace cli {

/// `policy ...`, from start to end: needs no configuration, no token, no network. Configuration where a file is not
/// what it should be; `policy explain` is Done whatever the outcome.
[[nodiscard]] ExitCode runPolicy(const PolicyCommand& command, Format format, std::ostream& out);

}
