#pragma once

#include "app/cli/events.h"
#include "core/rfq/access.h"
#include "core/rfq/step_up.h"

namespace cli {

/// What the policy enforcement point of a session has decided, line by line.
[[nodiscard]] Event accessDecisionEvent(const rfq::SessionId& session, const rfq::AccessNotice& notice);
/// A touch is asked for: the action in words, who asks, why, and how long there is.
[[nodiscard]] Event stepUpEvent(const rfq::StepUpView& view, base::SteadyTime now);
/// The key waits for the finger.
[[nodiscard]] Event stepUpTouchEvent(const rfq::StepUpView& view);
[[nodiscard]] Event stepUpProblemEvent(const rfq::StepUpView& view);
[[nodiscard]] Event stepUpMissedEvent(const rfq::SessionId& session, const base::Error& why);
/// How the approval of one quote with a touch stands.
[[nodiscard]] Event quoteApprovalEvent(const rfq::SessionId& session, const rfq::QuoteApproval& approval);
[[nodiscard]] Event armedTicketEvent(const rfq::ArmedTicket& ticket, base::SteadyTime now);

}
