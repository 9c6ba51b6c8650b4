#pragma once

#include "app/cli/events.h"
#include "app/cli/recorded_decision.h"
#include "core/access/policy_lint.h"

#include <vector>

namespace cli {

/// The policy was read, and whose signature it carries; empty: it was not asked for.
[[nodiscard]] Event policyEvent(const zerotrust::AccessPolicy& policy, const std::string& signer);
/// One for each line of what is wrong.
[[nodiscard]] std::vector<Event> policyProblemEvents(const base::Error& error);
[[nodiscard]] Event lintEvent(const zerotrust::LintFinding& finding);

[[nodiscard]] Event scoreLineEvent(const zerotrust::ScoreLine& line);
[[nodiscard]] Event decisionEvent(const zerotrust::AccessDecision& decision);

/// A decision of the past that is another one under the new policy.
[[nodiscard]] Event changedDecisionEvent(
    const RecordedDecision& then, zerotrust::Outcome before, const zerotrust::AccessDecision& now);

/// How decisions of the past come out.
struct SimulationCount {
    int decisions = 0;
    int refused = 0; ///< that were not before
    int steppedUp = 0; ///< that were allowed before
    int relaxed = 0; ///< with a milder outcome than before
    int incomparable = 0; ///< without an outcome of before
    int notReplayed = 0; ///< of which the trail does not have what they were made from; not among `decisions`
};
[[nodiscard]] Event personCountEvent(const std::string& user, const SimulationCount& count);
[[nodiscard]] Event simulatedEvent(const zerotrust::AccessPolicy& policy, const SimulationCount& count);

}
