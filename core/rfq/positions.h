#pragma once

#include "core/rfq/desk_state.h"

#include <vector>

namespace rfq {

/// The net position of the current trade date, pair by pair, in base currency; a deal in terms currency counts at its
/// price. Busted trades count for nothing; an unknown outcome widens the range; what two persons closed as traded
/// counts until the venue's own report is booked.
[[nodiscard]] std::vector<PositionRange> positionsOf(const DeskState& desk);

}
