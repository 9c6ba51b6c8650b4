#pragma once

#include "core/access/policy.h"

#include <string>
#include <string_view>

/// What the values of our own attributes can be (docs/access-policy.md), so that a slip of the pen is seen before it
/// decides something. About other attributes, which a firm fills itself, nothing is known and nothing is said.
namespace zerotrust {

/// Whether one of our programs fills it.
[[nodiscard]] bool isOurAttribute(std::string_view attribute);

/// Why `value` is never seen under this attribute, in English; empty where it may be.
[[nodiscard]] std::string valueDoubt(std::string_view attribute, const SignalValue& value);
/// Why this test never holds for it; empty where it may.
[[nodiscard]] std::string testDoubt(std::string_view attribute, const ConditionTest& test);
/// Why no file of countries says this code; empty where it may.
[[nodiscard]] std::string countryDoubt(std::string_view code);

}
