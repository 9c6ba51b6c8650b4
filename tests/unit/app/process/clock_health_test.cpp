#include "app/process/clock_health.h"

#include <gtest/gtest.h>

#include <sys/timex.h>

namespace {

using namespace std::chrono_literals;
using app::clockProblem;
using app::ClockState;

const base::UtcTime Now = app::builtOn() + std::chrono::days(40);
const ClockState Good{true, 300us};

TEST(ClockHealth, AClockThatIsKeptIsNoProblem)
{
    EXPECT_FALSE(clockProblem(Good, Now, std::nullopt));
    EXPECT_FALSE(clockProblem(Good, Now, Now));
    EXPECT_FALSE(clockProblem(ClockState{true, 1s}, Now, std::nullopt));
}

TEST(ClockHealth, WhatTheSystemDoesNotTellIsNoProblem)
{
    EXPECT_FALSE(clockProblem(std::nullopt, Now, Now - 1s));
}

TEST(ClockHealth, AClockThatNobodyKeepsIsOne)
{
    const auto problem = clockProblem(ClockState{false, 0us}, Now, std::nullopt);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->detail.find("not synchronised"), std::string::npos);
}

TEST(ClockHealth, AnErrorThatRts25DoesNotAllowIsOne)
{
    const auto problem = clockProblem(ClockState{true, 1'001ms}, Now, std::nullopt);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->detail.find("off by 1001 ms"), std::string::npos) << problem->detail;
}

TEST(ClockHealth, AClockBehindTheJournalIsOneEvenIfItIsKept)
{
    const auto problem = clockProblem(Good, Now, Now + 90s);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->detail.find("90 s behind the newest entry"), std::string::npos) << problem->detail;
}

TEST(ClockHealth, AClockBeforeTheBuildIsOneEvenWithoutAnyRecord)
{
    const auto problem = clockProblem(std::nullopt, base::UtcTime(std::chrono::days(1)), std::nullopt);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->detail.find("1970-01-02"), std::string::npos) << problem->detail;
}

TEST(ClockHealth, ThisMachinesClockIsNotBehindItsOwnBuild)
{
    EXPECT_GE(base::SystemClock().utc(), app::builtOn());
}

TEST(ClockHealth, TheOperatingSystemIsAsked)
{
    ntptimeval kernel{};
    const int state = ::ntp_gettime(&kernel);
    ASSERT_EQ(app::clockState().has_value(), state >= 0);
    if (state >= 0) {
        EXPECT_EQ(app::clockState()->synchronised, state != TIME_ERROR);
    }
}

}
