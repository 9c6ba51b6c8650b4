#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "auth/token_service.h"

namespace cli {

/// `cert ...`, from start to end on this thread, which is the token thread for as long. A signal to stop ends the
/// program: what was sent to an authority is sent, and a certificate is on the token before the one it replaces goes.
[[nodiscard]] ExitCode runCert(const CertCommand& command, Format format, const auth::TokenSettings& settings);

}
