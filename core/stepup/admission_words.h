#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stepup {

/// What somebody is told whose Logon is refused: Text(58) of the Logout (docs/step-up-dialect.md, 2). `wait`: when they
/// may come again, where that is all that keeps them out; absent: somebody has to act first.
[[nodiscard]] std::string admissionRefusal(const std::string& reference, std::optional<std::chrono::seconds> wait);

/// The wait in what an enforcement point said, wherever the sentence stands in it; from 1 s to an hour. Absent where
/// none is told, and where it is none that an enforcement point of ours would tell.
[[nodiscard]] std::optional<std::chrono::seconds> waitIn(std::string_view words);

}
