#pragma once

#include "core/access/policy.h"
#include "core/base/result.h"

#include <filesystem>
#include <string_view>

namespace store {

/// Reads an access policy (docs/access-policy.md). All of it or nothing: a file that was cut off anywhere is refused,
/// because its last table says which policy ends there. Errors: Configuration, one line "FILE:LINE: key 'a.b': ..." for
/// each problem.
[[nodiscard]] base::Result<zerotrust::AccessPolicy> readAccessPolicy(
    std::string_view text, const std::filesystem::path& file);

/// The same from a file. Errors: also Io.
[[nodiscard]] base::Result<zerotrust::AccessPolicy> openAccessPolicy(const std::filesystem::path& file);

/// The text of the policy that is shipped: the table of the design documents. To begin with, and to copy from. It knows
/// no network and no country of the firm.
[[nodiscard]] std::string_view defaultAccessPolicyText();

}
