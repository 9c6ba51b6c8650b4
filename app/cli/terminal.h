#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <string>

namespace cli {

/// Asks on the controlling terminal with echo off. Errors: Io where there is no terminal, Cancelled on end of input,
/// InvalidInput where it is too long.
[[nodiscard]] base::Result<base::SecretBytes> askPin(const std::string& prompt);

/// Reads the PIN from an open descriptor up to a line end or the end of input. Errors: Io, InvalidInput.
[[nodiscard]] base::Result<base::SecretBytes> readPin(int descriptor);

/// Asks on the terminal for exactly `word`; false for anything else, and where there is no terminal.
[[nodiscard]] bool confirm(const std::string& question, const std::string& word);

}
