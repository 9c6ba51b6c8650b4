#include "tests/system/security_keys/key_fixture.h"

using fido::Problem;

namespace {

class OddKey : public KeyTest { };

/// A key that answers in a way that no key should; and works again afterwards.
class BrokenKey : public KeyTest, public testing::WithParamInterface<const char*> { };

}

TEST_P(BrokenKey, IsRefusedAndWorksAgain)
{
    const auto registration = enrolled();
    const auto request = inquiry({registration.credentialId});
    virtualKeys.touch("wait");
    const auto pending = beginAssert(request);
    virtualKeys.waitTouch();
    virtualKeys.ask({{"do", "behave"}, {"fault", GetParam()}});
    const auto begin = clock.steady();
    virtualKeys.touch("press");
    EXPECT_EQ(failure(pending).problem, Problem::BadAnswer);
    EXPECT_LT(clock.steady() - begin, 15s) << "half of what a person has for a touch";
    virtualKeys.touch("auto");
    (void)value(beginAssert(request));
}

INSTANTIATE_TEST_SUITE_P(Faults, BrokenKey,
    testing::Values("short", "wrong-cid", "oversize", "bad-sequence", "garbage", "silent"),
    [](const testing::TestParamInfo<const char*>& fault) {
        std::string name = fault.param;
        std::erase(name, '-');
        return name;
    });

TEST_F(OddKey, ThatFloodsWithKeepalivesIsGivenUpInTime)
{
    const auto registration = enrolled();
    auto request = inquiry({registration.credentialId});
    request.limit = 4s; // it must blink before that
    virtualKeys.touch("wait");
    const auto pending = beginAssert(request);
    virtualKeys.waitTouch();
    virtualKeys.ask({{"do", "behave"}, {"fault", "keepalive-flood"}});
    const auto begin = clock.steady();
    virtualKeys.touch("press");
    EXPECT_EQ(failure(pending).problem, Problem::TimedOut);
    EXPECT_LT(clock.steady() - begin, 15s);
    virtualKeys.replug();
    virtualKeys.touch("auto");
    (void)value(beginAssert(inquiry({registration.credentialId})));
}

TEST_F(OddKey, ThatFloodsWithKeepalivesCanBeCancelled)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    virtualKeys.waitTouch();
    virtualKeys.ask({{"do", "behave"}, {"fault", "keepalive-flood"}});
    virtualKeys.touch("press");
    const auto begin = clock.steady();
    keys->cancel(pending.number);
    EXPECT_EQ(failure(pending).problem, Problem::Cancelled);
    EXPECT_LT(clock.steady() - begin, 15s); // and not the minute of the flood
}

TEST_F(OddKey, ThatFloodsWithKeepalivesWhenAskedWhatItIsHoldsNothingUp)
{
    addSecond();
    virtualKeys.ask({{"do", "behave"}, {"fault", "keepalive-flood"}});
    const auto found = list();
    ASSERT_EQ(found.size(), 2U);
    const bool isFirst = found[0].path == first;
    EXPECT_NE(found[isFirst ? 0 : 1].problem, "");
    EXPECT_EQ(found[isFirst ? 1 : 0].problem, "");
}

TEST_F(OddKey, ThatIsPulledInTheMiddleOfAnAnswer)
{
    virtualKeys.touch("wait");
    const auto pending = beginEnrol(enrolment());
    virtualKeys.waitTouch();
    virtualKeys.ask({{"do", "behave"}, {"fault", "mid-frame-unplug"}});
    virtualKeys.touch("press");
    EXPECT_EQ(failure(pending).problem, Problem::Removed);
}

TEST_F(OddKey, ThatIsSlowIsWaitedFor)
{
    virtualKeys.ask({{"do", "behave"}, {"delay", 0.4}});
    (void)enrolled();
}
