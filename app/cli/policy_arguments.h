#pragma once

#include "app/cli/option_reader.h"

namespace cli {

/// `policy ...`: `words` begin with "policy". Errors: InvalidInput, with what was expected.
[[nodiscard]] base::Result<Command> policyCommand(const Words& words, OptionReader& options);

}
