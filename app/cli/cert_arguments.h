#pragma once

#include "app/cli/option_reader.h"

namespace cli {

/// `cert ...`: `words` begin with "cert". Errors: InvalidInput, with what was expected.
[[nodiscard]] base::Result<Command> certCommand(const Words& words, OptionReader& options);

}
