#include "app/process/clock_health.h"

#include <sys/timex.h>

namespace app {

std::optional<ClockState> clockState()
{
    timex kernel{};
    const int state = ::adjtimex(&kernel); // modes is 0: it only reads
    if (state < 0)
        return std::nullopt;
    return ClockState{
        state != TIME_ERROR && (kernel.status & STA_UNSYNC) == 0, std::chrono::microseconds(kernel.esterror)};
}

}
