#include "app/process/harden.h"

#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <unistd.h>

namespace {

// In a child: hardening lasts for the life of a process.
TEST(Harden, TheMemoryOfTheProcessIsOutOfReachOfItsOwnUser)
{
    ASSERT_EQ(prctl(PR_GET_DUMPABLE), 1) << "otherwise this test proves nothing";
    EXPECT_EXIT(
        {
            app::hardenProcess();
            _exit(prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

}
