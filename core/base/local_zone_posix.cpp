#include "core/base/local_zone.h"

#include <ctime>

namespace base {

std::chrono::minutes aheadOfUtc(UtcTime time)
{
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    std::tm local{};
    if (::localtime_r(&seconds, &local) == nullptr)
        return std::chrono::minutes(0); // a year that no calendar holds
    return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::seconds(local.tm_gmtoff));
}

}
