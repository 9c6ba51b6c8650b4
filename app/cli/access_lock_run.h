#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "app/config/desk_config.h"

namespace cli {

/// `countersign-cli access ...`: this desk's own locks, also while the desk runs. Output goes to stdout.
[[nodiscard]] ExitCode showLocks(Format format, const app::DeskConfig& config);
/// Shows the words, and has a privileged person sign them. NotConnected where they did not; Usage where nobody of that
/// name is locked.
[[nodiscard]] ExitCode unlockPerson(const AccessUnlockCommand& command, Format format, app::DeskConfig config);

}
