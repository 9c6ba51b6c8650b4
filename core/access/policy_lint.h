#pragma once

#include "core/access/policy.h"

#include <string>
#include <vector>

namespace zerotrust {

/// Something about a policy that is allowed and probably not meant.
struct LintFinding {
    std::string attribute; ///< empty: about the policy as a whole
    std::string text; ///< English: what, and what to do

    friend bool operator==(const LintFinding&, const LintFinding&) = default;
};

/// What a careful colleague would say about a policy that was read without fault. In the order of the policy.
[[nodiscard]] std::vector<LintFinding> lint(const AccessPolicy& policy);

}
