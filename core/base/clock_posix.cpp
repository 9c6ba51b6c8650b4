#include "core/base/clock.h"

#include <ctime>

namespace base {

SteadyTime SystemClock::steady() const
{
#ifdef CLOCK_BOOTTIME
    constexpr clockid_t Source = CLOCK_BOOTTIME; // Linux: CLOCK_MONOTONIC leaves out the time the machine slept
#else
    constexpr clockid_t Source = CLOCK_MONOTONIC; // elsewhere it counts on
#endif
    timespec now{};
    // It cannot fail: the clock exists on every kernel we run on, and the pointer is good.
    static_cast<void>(::clock_gettime(Source, &now));
    return SteadyTime(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

}
