#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stepup {

/// What somebody is told whose Logon is refused: Text(58) of the Logout (docs/step-up-dialect.md, 2). `wait`: when they
/// may come again, where that is all that keeps them out; absent: somebody has to act first.
[[nodiscard]] std::string admissionRefusal(const std::string& reference, std::optional<std::chrono::seconds> wait);

struct AdmissionRefusal {
    std::string reference;
    std::optional<std::chrono::seconds> wait; ///< from 1 s to an hour; absent: none that a point of ours would tell

    friend bool operator==(const AdmissionRefusal&, const AdmissionRefusal&) = default;
};

/// Such a sentence, wherever it stands in what was said. Absent where none does.
[[nodiscard]] std::optional<AdmissionRefusal> admissionRefusalIn(std::string_view words);

}
