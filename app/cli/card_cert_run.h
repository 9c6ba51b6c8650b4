#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"
#include "auth/token_service.h"

#include <optional>

namespace cli {

/// Does it by the card's own commands where the command is about the key in slot 9a of a PIV card, which needs its
/// management key and shows no private key before there is a certificate. Absent: it is about another token or key,
/// and nothing was done. Blocks, for the card, the person and the authority.
[[nodiscard]] std::optional<ExitCode> runCertOnCard(
    const CertCommand& command, Format format, const auth::TokenSettings& settings);

}
