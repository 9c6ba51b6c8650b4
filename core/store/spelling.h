#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace store {

/// How many letters must be changed, added, dropped or swapped with their neighbour to make `a` into `b`.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);

/// The known word that `word` is probably a slip of; absent when none is near.
[[nodiscard]] std::optional<std::string> closestTo(std::string_view word, const std::vector<std::string>& known);

}
