#pragma once

#include "core/base/result.h"
#include "core/rfq/rfq_service.h"

#include <QString>

/// What access policies let the trader do, for buttons.
namespace ui {

class DeskModel;

/// Whether this click would be dealt on now. As RfqService::canAccept(), and what the access policy of the dealer's
/// session lets pass. Errors: also Refused by that.
[[nodiscard]] base::Status canDeal(DeskModel& desk, const rfq::Click& click);
/// What access lacks at this dealer's session, for the person; empty where nothing does.
[[nodiscard]] QString accessObstacle(DeskModel& desk, const rfq::DealerId& dealer);
/// How the approval of one quote of this request stands, and what to do; empty where none was asked for.
[[nodiscard]] QString approvalText(const DeskModel& desk, const rfq::RfqId& request);

}
