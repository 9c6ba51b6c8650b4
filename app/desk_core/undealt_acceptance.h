#pragma once

#include "core/rfq/messages.h"
#include "core/rfq/rfq_service.h"

#include <optional>

/// Acceptances that are proven not to have dealt, and what they leave to do. `service` has applied the event.
namespace app {

/// The acceptance that this event refused because nobody had approved it: BusinessMessageReject(j) with
/// BusinessRejectReason(380)=6. Absent for any other event, and where the acceptance is not proven to be rejected: then
/// it may have been dealt, and there is nothing to approve.
[[nodiscard]] std::optional<rfq::Acceptance> unapprovedAcceptance(
    const rfq::RfqService& service, const rfq::VenueEvent& event);

/// The acceptance that this event says never left the desk: it has used nothing of what it was allowed by. Absent for
/// any other event, and where that is not proven.
[[nodiscard]] std::optional<rfq::Acceptance> unsentAcceptance(
    const rfq::RfqService& service, const rfq::VenueEvent& event);

}
