#pragma once

#include "auth/fido/problem.h"
#include "core/rfq/step_up.h"

namespace auth {

/// What a failed touch means for who stands before the screen. TimedOut is a touch that did not come.
[[nodiscard]] rfq::StepUpProblem stepUpProblemOf(fido::Problem problem);

/// Whether the same key can be tried again with another PIN.
[[nodiscard]] bool isAboutThePin(rfq::StepUpProblem problem);

}
