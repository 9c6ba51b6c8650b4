#include "app/process/file_limit.h"

#include <algorithm>
#include <sys/resource.h>

namespace app {

namespace {

// Where there is no limit at all, a program that we start would close that many before it begins.
constexpr rlim_t Enough = 1U << 16U;

}

void allowManyFiles()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, Enough));
    // Where it is refused, the limit stays, and what cannot be opened says so.
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

}
