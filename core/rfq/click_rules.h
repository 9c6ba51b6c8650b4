#pragma once

#include "core/rfq/desk_state.h"

/// Whether a click may become an acceptance. Checked for the button's state, at the click, and once more when the
/// intent is durable. Pure.
namespace rfq {

/// Every guard. Success: the quote on the button is live, unchanged and may be dealt on. Errors: RfqService::accept().
[[nodiscard]] base::Result<Quote> checkedClick(const DeskState& desk, const Click& click);

/// The acceptances of unknown outcome that this deal would double: same instrument, same direction.
[[nodiscard]] std::set<ClOrdId> twinsOf(const DeskState& desk, const Request& request, Side side);

/// The guards that time and other events can break between the click and the write.
[[nodiscard]] base::Status checkStillGood(const DeskState& desk, const Acceptance& acceptance);

}
