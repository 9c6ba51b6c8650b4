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
/// Only "signals" must be there, and in each "attribute" and "value"; other members are passed over. Or a line of an
/// exported audit trail, {"time":"...","user":"...","reference":"...","fields":{"outcome":"...","signals":"..."}}, with
/// what zerotrust::signalsText() wrote.
struct RecordedDecision {
    std::string at;
    std::string user;
    std::string reference;
    /// As the policy decided it then: not what a touch that was there already, or a rule, made of it, where that is
    /// told.
    std::optional<zerotrust::Outcome> outcome;
    zerotrust::Signals signals;
    bool isWhole = true; ///< false: the trail has the decision and not what it was made from, which was too long
};

/// Absent where the line is one of an audit trail that is about something else. Errors: InvalidInput, with what was
/// expected.
[[nodiscard]] base::Result<std::optional<RecordedDecision>> parseRecordedDecision(std::string_view line);

}
