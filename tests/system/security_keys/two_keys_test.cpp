#include "tests/system/security_keys/key_fixture.h"

using fido::Problem;

namespace {

/// One person, two keys with different PINs, both enrolled.
class TwoKeys : public KeyTest {
protected:
    TwoKeys()
    {
        one = enrolled();
        second = addSecond("1357");
        auto request = enrolment();
        request.path = second;
        request.excluded = {one.credentialId};
        two = value(beginEnrol(request, "1357"));
        virtualKeys.touch("wait", 0);
        virtualKeys.touch("wait", 1);
    }

    fido::AssertRequest either() const { return inquiry({one.credentialId, two.credentialId}); }

    std::string second;
    fido::Registration one;
    fido::Registration two;
};

}

TEST_F(TwoKeys, AreBothListed)
{
    EXPECT_EQ(list().size(), 2U);
}

TEST_F(TwoKeys, BlinkAndTheTouchedOneAnswers)
{
    const auto pending = beginAssert(either(), "1357");
    virtualKeys.waitTouch(0);
    virtualKeys.waitTouch(1);
    EXPECT_TRUE(desk.runUntil([&] { return !pending.touches->empty(); }));
    EXPECT_EQ(pending.touches->front().purpose, fido::TouchNeeded::Purpose::Choice);
    virtualKeys.touch("press", 1);
    virtualKeys.waitTouch(1);
    virtualKeys.touch("press", 1);
    EXPECT_EQ(value(pending).credentialId, two.credentialId);
    // The other one's PIN was not tried, and it blinks no longer.
    EXPECT_EQ(virtualKeys.status(0)["retries"], 8);
    virtualKeys.waitIdle(0);
}

TEST_F(TwoKeys, BlinkAndTheTouchedOneIsEnrolled)
{
    const auto pending = beginEnrol(enrolment(), "1357");
    virtualKeys.waitTouch(0);
    virtualKeys.waitTouch(1);
    virtualKeys.touch("press", 1);
    virtualKeys.waitTouch(1);
    virtualKeys.touch("press", 1);
    EXPECT_NE(value(pending).credentialId, two.credentialId);
    EXPECT_EQ(virtualKeys.status(1)["credentials"].size(), 2U);
    EXPECT_EQ(virtualKeys.status(0)["credentials"].size(), 1U);
    EXPECT_EQ(virtualKeys.status(0)["retries"], 8);
    virtualKeys.waitIdle(0);
}

TEST_F(TwoKeys, AreChosenBeforeThePinIsAsked)
{
    const auto pending = beginChoose(either());
    virtualKeys.waitTouch(0);
    virtualKeys.touch("press", 0);
    const auto chosen = value(pending);
    EXPECT_EQ(chosen.path, first);
    EXPECT_EQ(chosen.pinTriesLeft, 8);
    auto request = either();
    request.path = chosen.path;
    const auto asked = beginAssert(request);
    virtualKeys.waitTouch(0);
    virtualKeys.touch("press", 0);
    EXPECT_EQ(value(asked).credentialId, one.credentialId);
    virtualKeys.waitIdle(1);
}

TEST_F(TwoKeys, WrongOneOfThemIsTouchedOnlyOnce)
{
    const auto pending = beginAssert(inquiry({two.credentialId}));
    virtualKeys.waitTouch(0);
    const int before = virtualKeys.status(0)["touches"];
    virtualKeys.touch("press", 0);
    EXPECT_EQ(failure(pending).problem, Problem::WrongKey);
    EXPECT_EQ(virtualKeys.status(0)["touches"], before);
}

TEST_F(TwoKeys, ProtectedCredentialDoesNotShowWithoutThePin)
{
    // credProtect 3: were it found without the PIN, the key would answer at once.
    const auto pending = beginChoose(inquiry({two.credentialId}));
    virtualKeys.waitTouch(0);
    virtualKeys.waitTouch(1);
    keys->cancel(pending.number);
    EXPECT_EQ(failure(pending).problem, Problem::Cancelled);
    virtualKeys.waitIdle(0);
    virtualKeys.waitIdle(1);
}

TEST_F(TwoKeys, OneIsPulledWhileBothBlink)
{
    const auto pending = beginAssert(either());
    virtualKeys.waitTouch(0);
    virtualKeys.waitTouch(1);
    virtualKeys.unplug(1);
    virtualKeys.touch("press", 0);
    virtualKeys.waitTouch(0);
    virtualKeys.touch("press", 0);
    EXPECT_EQ(value(pending).credentialId, one.credentialId);
}

TEST_F(TwoKeys, NeitherIsTouchedInTime)
{
    auto request = either();
    request.limit = 700ms;
    EXPECT_EQ(failure(beginAssert(request)).problem, Problem::TimedOut);
    virtualKeys.touch("auto", 0);
    request.limit = 20s;
    request.path = first;
    EXPECT_EQ(value(beginAssert(request)).credentialId, one.credentialId);
}

TEST_F(TwoKeys, OneDeniesAndTheOtherGoesOn)
{
    const auto pending = beginAssert(either(), "1357");
    virtualKeys.waitTouch(0);
    virtualKeys.waitTouch(1);
    virtualKeys.touch("deny", 0);
    virtualKeys.touch("press", 1);
    virtualKeys.waitTouch(1);
    virtualKeys.touch("press", 1);
    EXPECT_EQ(value(pending).credentialId, two.credentialId);
}

TEST_F(TwoKeys, OneIsUsedByAnotherProgramAndItsPinIsNotTriedOnTheOther)
{
    virtualKeys.ask({{"do", "behave"}, {"key", 0}, {"taken", true}});
    const auto hasty = beginAssert(either());
    virtualKeys.waitTouch(1);
    EXPECT_EQ(virtualKeys.status(1)["retries"], 8);
    keys->cancel(hasty.number);
    EXPECT_EQ(failure(hasty).problem, Problem::Cancelled);
    const auto enrolling = beginEnrol(enrolment());
    virtualKeys.waitTouch(1);
    keys->cancel(enrolling.number);
    EXPECT_EQ(failure(enrolling).problem, Problem::Cancelled);
    EXPECT_EQ(virtualKeys.status(1)["retries"], 8);

    const auto pending = beginAssert(either(), "1357");
    virtualKeys.waitTouch(1);
    virtualKeys.touch("press", 1);
    virtualKeys.waitTouch(1);
    virtualKeys.touch("press", 1);
    EXPECT_EQ(value(pending).credentialId, two.credentialId);
}

TEST_F(TwoKeys, BothAreUsedByAnotherProgram)
{
    for (const int key : {0, 1})
        virtualKeys.ask({{"do", "behave"}, {"key", key}, {"taken", true}});
    EXPECT_EQ(failure(beginAssert(either())).problem, Problem::Busy);
}
