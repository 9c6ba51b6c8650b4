#pragma once

#include "app/venue/settings.h"
#include "core/fix/acceptor.h"

namespace venue {

/// What the acceptor of a venue needs of its settings: where it listens, whom it trusts, its sessions.
[[nodiscard]] fix::AcceptorSettings acceptorSettings(const ProgramSettings& settings);

}
