#pragma once

#include "app/cli/events.h"
#include "core/rfq/approval.h"
#include "core/rfq/recovery.h"

#include <string>

/// What is said about acceptances without an outcome, and about what must not have happened.
namespace cli {

/// An acceptance that came to nothing: rejected, not done, not received, not sent.
[[nodiscard]] Event rejectEvent(const rfq::AcceptanceLine& line);
/// An acceptance without an outcome, with everything that is known about it. `phone` of the dealer, where configured.
[[nodiscard]] Event unknownEvent(const rfq::AcceptanceLine& line, const std::string& phone);
/// A question about it was put to the counterparty.
[[nodiscard]] Event askingEvent(const rfq::AcceptanceLine& line, const std::string& question);
[[nodiscard]] Event evidenceEvent(const rfq::AcceptanceLine& line, const rfq::Evidence& evidence);
/// An acceptance that was unknown has its outcome now.
[[nodiscard]] Event outcomeEvent(const rfq::AcceptanceLine& line);

[[nodiscard]] Event incidentEvent(const rfq::Incident& incident);
/// Between which amounts the position of the day is.
[[nodiscard]] Event positionEvent(const rfq::PositionRange& range);

/// The words a second person is asked to sign, before they give their PIN.
[[nodiscard]] Event statementEvent(const std::string& statement);
/// A second person signed.
[[nodiscard]] Event approvalEvent(const rfq::Approval& approval);
[[nodiscard]] Event approvalRefusedEvent(const base::Error& error, const rfq::PinState& pin);

}
