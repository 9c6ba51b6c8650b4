#pragma once

#include "core/access/decision.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// A decision of the past, as `policy simulate` reads it: one JSON object
/// {"at":"...","user":"alice","reference":"...","occasion":"session","outcome":"allow",
///  "signals":[{"attribute":"network","value":"203.0.113.9","source":"seen","evidence":"..."}]}
/// Only "signals" must be there, and in each "attribute" and "value"; other members are passed over.
struct RecordedDecision {
    std::string at;
    std::string user;
    std::string reference;
    std::optional<zerotrust::Outcome> outcome; ///< as it was decided then
    zerotrust::Signals signals;
};

/// Errors: InvalidInput, with what was expected.
[[nodiscard]] base::Result<RecordedDecision> parseRecordedDecision(std::string_view line);

}
