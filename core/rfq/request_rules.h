#pragma once

#include "core/rfq/desk_state.h"

/// What a request must satisfy before it leaves, and what its parts make of its state. Pure.
namespace rfq {

/// The request this draft asks for, without id. Errors: see RfqService::request().
[[nodiscard]] base::Result<Request> checkedRequest(const DeskState& desk, const RequestDraft& draft);

/// What dealers, acceptances and trades make of a request.
[[nodiscard]] RfqState derivedState(const Rfq& rfq, SteadyTime now);

}
