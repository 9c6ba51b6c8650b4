#pragma once

#include "core/rfq/desk_state.h"
#include "core/rfq/request_machine.h"

#include <optional>

/// What a request must satisfy before it leaves, and what its parts make of its state. Pure.
namespace rfq {

/// The request this draft asks for, without id. Errors: see RfqService::request().
[[nodiscard]] base::Result<Request> checkedRequest(const DeskState& desk, const RequestDraft& draft);

/// What dealers, acceptances, trades and time amount to, as an event for the request's machine; absent while nothing
/// has happened to it.
[[nodiscard]] std::optional<RequestEvent> eventOf(const Rfq& rfq, SteadyTime now);

}
