#include "tests/system/security_keys/key_fixture.h"

/// A key that another program has open as well. Everybody reads all that the key says, and it works for one at a time.
using fido::Problem;

namespace {

class SharedKey : public KeyTest { };

/// Another program is quicker by one message: of this CTAP command.
class TakenKey : public KeyTest, public testing::WithParamInterface<std::pair<const char*, int>> { };

}

TEST_F(SharedKey, IsBusyAsLongAsTheOtherProgramWorks)
{
    const auto registration = enrolled();
    virtualKeys.ask({{"do", "behave"}, {"taken", true}});
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    EXPECT_EQ(failure(pending).problem, Problem::Busy);
    EXPECT_TRUE(pending.touches->empty()) << "the touch is not for us";
    EXPECT_EQ(failure(beginEnrol(enrolment())).problem, Problem::Busy);
    EXPECT_EQ(failure(beginChangePin(Pin, "13579")).problem, Problem::Busy);
    const auto found = list();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].problem, "");
    EXPECT_EQ(virtualKeys.status()["retries"], 8);
    virtualKeys.ask({{"do", "behave"}, {"taken", false}});
    (void)value(beginAssert(inquiry({registration.credentialId})));
}

TEST_P(TakenKey, IsBusyAndNoTryIsLost)
{
    const auto registration = enrolled();
    constexpr int Make = 1;
    constexpr int Assertion = 2;
    const int command = GetParam().second;
    // Where the key is taken before the PIN is, a wrong one shows that it was not tried.
    const std::string pin = command == Make || command == Assertion ? Pin : "0000";
    virtualKeys.ask({{"do", "behave"}, {"taken_at", command}});
    const auto refused = command == Make ? failure(beginEnrol(enrolment(), pin))
                                         : failure(beginAssert(inquiry({registration.credentialId}), pin));
    EXPECT_EQ(refused.problem, Problem::Busy) << refused.detail;
    EXPECT_EQ(virtualKeys.status()["retries"], 8);
    (void)value(beginAssert(inquiry({registration.credentialId})));
}

INSTANTIATE_TEST_SUITE_P(At, TakenKey,
    testing::Values(std::pair("Make", 1), std::pair("Assertion", 2), std::pair("Info", 4), std::pair("Pin", 6)),
    [](const auto& tried) { return std::string(tried.param.first); });

TEST_F(SharedKey, WhatItTellsTheOtherProgramIsNothingToUs)
{
    // Before each report for us: an INIT of another, a wait for another's touch, another's answer, and that it is busy
    // for another.
    virtualKeys.ask({{"do", "behave"}, {"chatter", true}, {"delay", 0.1}});
    EXPECT_EQ(list().at(0).problem, "");
    const auto enrolling = beginEnrol(enrolment());
    const auto registration = value(enrolling);
    const auto asserting = beginAssert(inquiry({registration.credentialId}));
    const auto assertion = value(asserting);
    EXPECT_FALSE(failureIn(fido::checkAssertion(registration, RpId, hash(9), assertion)));
    EXPECT_TRUE(enrolling.touches->empty() && asserting.touches->empty()) << "the touch is not for us";
}

TEST_F(SharedKey, IsCancelledWhileItTellsTheOtherProgram)
{
    const auto registration = enrolled();
    virtualKeys.touch("wait");
    virtualKeys.ask({{"do", "behave"}, {"chatter", true}});
    const auto pending = beginAssert(inquiry({registration.credentialId}));
    EXPECT_TRUE(desk.runUntil([&] { return !pending.touches->empty(); }));
    keys->cancel(pending.number);
    EXPECT_EQ(failure(pending).problem, Problem::Cancelled);
    virtualKeys.touch("auto");
    (void)value(beginAssert(inquiry({registration.credentialId})));
}
