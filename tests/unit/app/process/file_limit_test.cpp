#include "app/process/file_limit.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

namespace {

/// In a child: a limit lasts for the life of a process. The soft limit after the call, as the exit code.
int softLimitAfter(rlim_t soft, rlim_t hard)
{
    rlimit limit{soft, hard};
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 255;
    app::allowManyFiles();
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<int>(limit.rlim_cur) : 255;
}

TEST(FileLimit, IsRaisedToWhatTheSystemAllows)
{
    EXPECT_EXIT(_exit(softLimitAfter(100, 200)), testing::ExitedWithCode(200), "");
}

TEST(FileLimit, ThatIsHighEnoughStays)
{
    EXPECT_EXIT(_exit(softLimitAfter(200, 200)), testing::ExitedWithCode(200), "");
}

}
