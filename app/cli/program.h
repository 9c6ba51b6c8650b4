#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"

namespace cli {

/// Does what the arguments say, with the real desk, on this thread; output goes to stdout, complaints to stderr.
[[nodiscard]] ExitCode run(const Arguments& arguments);

}
