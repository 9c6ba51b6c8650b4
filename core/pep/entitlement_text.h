#pragma once

#include "core/access/entitlements.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

/// Parts of an entitlement as words with commas between them, as a store keeps them and an administrator writes them.
namespace pep {

[[nodiscard]] std::string activitiesText(const std::set<zerotrust::Activity>& activities);
[[nodiscard]] std::string sidesText(const std::set<zerotrust::Side>& sides);
/// "EUR=10000000,USD=5000000".
[[nodiscard]] std::string quantitiesText(const zerotrust::Quantities& quantities);
[[nodiscard]] std::string namesText(const zerotrust::Names& names);

// Errors: InvalidInput, with the word and those that are known. The empty text is the empty set.
/// "view", "request-quote", "accept", "arm-ticket", "manage-keys", "administer".
[[nodiscard]] base::Result<std::set<zerotrust::Activity>> parseActivities(std::string_view text);
/// "buy", "sell".
[[nodiscard]] base::Result<std::set<zerotrust::Side>> parseSides(std::string_view text);
[[nodiscard]] base::Result<zerotrust::Quantities> parseQuantities(std::string_view text);
[[nodiscard]] zerotrust::Names parseNames(std::string_view text);

}
