#pragma once

#include "core/rfq/access.h"
#include "core/rfq/settings.h"
#include "core/rfq/step_up.h"
#include "ui/models/error_text.h"

#include <QString>

/// Access decisions and step-ups in the trader's words.
namespace ui {

/// "allowed", "a touch is needed", "looking only", "denied"
[[nodiscard]] QString outcomeText(rfq::AccessOutcome outcome);
/// For the session's chip and the panel's heading: what stands between the person and dealing. Empty where nothing
/// does.
[[nodiscard]] QString accessStateText(const rfq::AccessState& state);
/// What the person can do about it, one or two sentences.
[[nodiscard]] QString accessAdvice(const rfq::AccessState& state);
/// Why prices of a session that stands cannot be dealt on; rfq::mayDeal() has said so.
[[nodiscard]] QString dealingObstacleText(const rfq::AccessState& state);
/// "Allowed below 20, a touch from 20, denied from 40."
[[nodiscard]] QString thresholdText(const rfq::AccessNotice& notice);
/// What has changed since the decision before: "network: +15". Empty where nothing has, or there was none.
[[nodiscard]] QString changeText(const rfq::AccessState& state);

[[nodiscard]] ErrorText stepUpProblemText(rfq::StepUpProblem problem);
/// What to do now.
[[nodiscard]] QString stageText(const rfq::StepUpView& view);

/// "Armed", "Touch your security key", ...
[[nodiscard]] QString armPhaseText(rfq::ArmPhase phase);
/// "EUR/USD: BUY up to 25,000,000 EUR at 1.1540 or lower, value Thu 26 Nov, dealers Alder Bank, Birch Markets"
[[nodiscard]] QString armScopeText(const rfq::ArmScope& scope, const rfq::DeskSettings& settings);

}
