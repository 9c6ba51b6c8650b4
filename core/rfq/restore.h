#pragma once

#include "core/rfq/desk_state.h"

namespace rfq {

/// Puts what the journal knew back into an empty desk. A request that was live has ended; an acceptance without an
/// outcome is UNKNOWN until evidence arrives (invariant 3).
void restoreHistory(DeskState& desk, const History& history);

}
