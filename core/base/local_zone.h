#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace base {

/// How far this machine's local time is ahead of UTC at that moment, summer time included.
[[nodiscard]] std::chrono::minutes aheadOfUtc(UtcTime time);

}
