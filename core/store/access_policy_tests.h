#pragma once

#include "core/access/policy.h"
#include "core/store/toml_document.h"

#include <vector>

/// Reading what a condition asks for. For access_policy_reader.cpp only.
namespace store {

/// The tests of one condition; what is wrong becomes a problem of the document.
[[nodiscard]] std::vector<zerotrust::ConditionTest> readPolicyTests(const TomlTable& condition);

/// Two capital letters.
[[nodiscard]] bool isCountryCode(std::string_view text);

}
