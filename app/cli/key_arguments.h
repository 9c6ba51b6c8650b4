#pragma once

#include "app/cli/arguments.h"
#include "app/cli/option_reader.h"

namespace cli {

/// `countersign-cli key ...`. For arguments.cpp only.
[[nodiscard]] base::Result<Command> keyCommand(const Words& words, OptionReader& options);

}
