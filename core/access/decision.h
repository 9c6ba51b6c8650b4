#pragma once

#include "core/access/policy.h"
#include "core/access/signals.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zerotrust {

enum class Outcome {
    Allow,
    StepUp, ///< a fresh proof of the person: PIN and touch
    Deny, ///< and raise an alert
};

/// What stands behind a line.
enum class Footing {
    Known, ///< seen or proven, or reported where the policy takes that
    NotProven, ///< reported only, and the policy wants more
    Missing, ///< nothing is known
    NotCovered, ///< something is known that no condition of the policy covers
};

/// What one attribute contributes.
struct ScoreLine {
    std::string attribute;
    std::string condition;
    int score = 0;
    std::string evidence;
    Footing footing = Footing::Missing;

    friend bool operator==(const ScoreLine&, const ScoreLine&) = default;
};

/// The sum of the lines.
struct AccessScore {
    std::vector<ScoreLine> lines; ///< in the order of the policy
    int total = 0;

    friend bool operator==(const AccessScore&, const AccessScore&) = default;
};

/// A judgement, with all that explains it later.
struct AccessDecision {
    AccessScore score;
    Outcome outcome = Outcome::Deny;
    std::string policyId;
    std::uint32_t policyVersion = 0;
    Thresholds thresholds;

    friend bool operator==(const AccessDecision&, const AccessDecision&) = default;
};

/// Judges one request. Pure: the same values give the same decision, whatever the order of the signals and of the
/// policy's conditions. Fails closed: what is not known, not believed or not covered counts as the attribute's
/// condition for the unknown, and never less than what was reported; a policy without attributes denies.
[[nodiscard]] AccessDecision evaluate(const AccessPolicy& policy, const Signals& signals);

/// Which outcome a sum has.
[[nodiscard]] Outcome outcomeOf(const Thresholds& thresholds, int total);

// Stable names, for logs, JSON and the audit trail: "allow", "step-up", "deny"; "known", "not-proven", "missing",
// "not-covered".
[[nodiscard]] const char* outcomeName(Outcome outcome);
[[nodiscard]] const char* footingName(Footing footing);

}
