#include "core/base/listeners.h"

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(Listeners, AreToldInTheOrderInWhichTheyCame)
{
    base::Listeners<std::string> listeners;
    std::string heard;
    const auto first = listeners.add([&](const std::string& what) { heard += "1" + what; });
    const auto second = listeners.add([&](const std::string& what) { heard += "2" + what; });
    listeners.tell("a");
    EXPECT_EQ(heard, "1a2a");
}

TEST(Listeners, HearNothingOnceTheirSubscriptionIsGone)
{
    base::Listeners<> listeners;
    int heard = 0;
    auto one = listeners.add([&] { ++heard; });
    listeners.tell();
    one.reset();
    listeners.tell();
    EXPECT_EQ(heard, 1);
}

TEST(Listeners, MayLeaveAndComeWhileTheyAreTold)
{
    base::Listeners<> listeners;
    int late = 0;
    base::Subscription second;
    base::Subscription third;
    auto first = listeners.add([&] {
        second.reset();
        if (!third)
            third = listeners.add([&] { ++late; });
    });
    int heard = 0;
    second = listeners.add([&] { ++heard; });
    listeners.tell();
    EXPECT_EQ(heard, 0);
    EXPECT_EQ(late, 0);
    listeners.tell();
    EXPECT_EQ(late, 1);
}

}
