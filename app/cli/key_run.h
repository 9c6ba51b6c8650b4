#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"

namespace cli {

/// `countersign-cli key ...`, from the first event to the exit code. On the program's main thread.
[[nodiscard]] ExitCode runKey(const KeyCommand& command, Format format);

}
