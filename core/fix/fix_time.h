#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fix {

/// How many digits a written time has behind the second.
enum class TimePrecision { Seconds, Milliseconds, Microseconds };

/// UTCTimestamp (FIX 4.4 vol. 1): YYYYMMDD-HH:MM:SS with one to nine digits of fraction or none; what is finer than a
/// microsecond is cut off. A leap second (SS=60) becomes the last microsecond of its minute, as UtcTime has no room
/// for it.
[[nodiscard]] base::Result<base::UtcTime> parseUtcTimestamp(std::string_view text);
/// Cut off, not rounded: a written time is never later than the time.
[[nodiscard]] std::string formatUtcTimestamp(base::UtcTime time, TimePrecision precision = TimePrecision::Milliseconds);

/// LocalMktDate and UTCDateOnly: YYYYMMDD, and a day that exists.
[[nodiscard]] base::Result<base::Date> parseDate(std::string_view text);
[[nodiscard]] std::string formatDate(base::Date date);

}
