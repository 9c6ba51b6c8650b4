#pragma once

#include "core/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace audit {

/// "2026-11-24T08:00:07.480000Z" (RFC 3339, always UTC and six digits). 1970 to 9999; earlier is shown as 1970.
[[nodiscard]] std::string timeText(base::UtcTime time);
/// Reads what timeText() writes, and nothing else.
[[nodiscard]] std::optional<base::UtcTime> parseTime(std::string_view text);

}
