#pragma once

#include "app/cli/arguments.h"
#include "app/cli/option_reader.h"

namespace cli {

/// `countersign-cli audit ...`. For arguments.cpp only.
[[nodiscard]] base::Result<Command> auditCommand(const Words& words, OptionReader& options);

}
