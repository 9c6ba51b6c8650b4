#pragma once

#include "core/rfq/messages.h"
#include "core/rfq/rfq_service.h"

#include <optional>

namespace app {

/// The acceptance that this event refused because nobody had approved it: BusinessMessageReject(j) with
/// BusinessRejectReason(380)=6. `service` has applied the event. Absent for any other event, and where the acceptance
/// is not proven to be rejected: then it may have been dealt, and there is nothing to approve.
[[nodiscard]] std::optional<rfq::Acceptance> unapprovedAcceptance(
    const rfq::RfqService& service, const rfq::VenueEvent& event);

}
