#pragma once

#include "app/cli/option_reader.h"

namespace cli {

/// `cert trust ...` and `cert attestation ...`.
[[nodiscard]] base::Result<Command> certLookCommand(const Words& words, OptionReader& options);

}
