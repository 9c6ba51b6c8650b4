#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "app/config/desk_config.h"

namespace cli {

/// Every certificate whose key is on a token, or every card. NotConnected where they cannot be told.
[[nodiscard]] ExitCode listTokens(const TokenListCommand& command, Format format, app::DeskConfig config);
/// The configured token. NotConnected where nobody could sign in with it as it is.
[[nodiscard]] ExitCode showToken(const TokenStatusCommand& command, Format format, app::DeskConfig config);
/// NotConnected where the PIN is as it was before.
[[nodiscard]] ExitCode setPin(const SetPinCommand& command, Format format, app::DeskConfig config);

}
