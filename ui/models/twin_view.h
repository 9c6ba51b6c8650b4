#pragma once

#include "core/rfq/rfq_service.h"

#include <optional>
#include <vector>

/// Deals that could be the second one of a deal whose outcome nobody knows.
namespace ui {

/// The unknown outcomes of the same instrument and direction, oldest first.
[[nodiscard]] std::vector<const rfq::AcceptanceLine*> unknownTwins(
    const rfq::RfqService& service, const rfq::Request& request, rfq::Side side);
/// The one of them that this refusal of RfqService::canAccept() names; null where it was refused for another reason.
[[nodiscard]] const rfq::AcceptanceLine* blockingTwin(
    const std::vector<const rfq::AcceptanceLine*>& twins, const base::Error& refusal);

}
