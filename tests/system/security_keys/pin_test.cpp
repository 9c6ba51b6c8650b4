#include "tests/system/security_keys/key_fixture.h"

using fido::Problem;

namespace {

class KeyPin : public KeyTest { };

}

TEST_F(KeyPin, WrongOnesAreCountedUntilAReplugIsNeeded)
{
    const auto registration = enrolled();
    const auto request = inquiry({registration.credentialId});
    const auto once = failure(beginAssert(request, "0000"));
    EXPECT_EQ(once.problem, Problem::PinWrong);
    EXPECT_EQ(once.pinTriesLeft, 7);
    const auto twice = failure(beginAssert(request, "0000"));
    EXPECT_EQ(twice.problem, Problem::PinWrong);
    EXPECT_EQ(twice.pinTriesLeft, 6);
    EXPECT_EQ(failure(beginAssert(request, "0000")).problem, Problem::ReplugNeeded);
    // Now not even the right one; and no try is lost by it.
    EXPECT_EQ(failure(beginAssert(request)).problem, Problem::ReplugNeeded);
    EXPECT_EQ(virtualKeys.status()["retries"], 5);
    virtualKeys.replug();
    (void)value(beginAssert(request));
    EXPECT_EQ(virtualKeys.status()["retries"], 8);
}

TEST_F(KeyPin, TheLastTryIsUsedOnlyWhenThatWasConfirmed)
{
    const auto registration = enrolled();
    auto request = inquiry({registration.credentialId});
    virtualKeys.ask({{"do", "pin"}, {"retries", 1}});
    EXPECT_EQ(failure(beginAssert(request, "0000")).problem, Problem::PinLastTry);
    EXPECT_EQ(virtualKeys.status()["retries"], 1);
    request.lastTry = fido::LastTry::Confirmed;
    EXPECT_EQ(failure(beginAssert(request, "0000")).problem, Problem::PinBlocked);
    EXPECT_EQ(failure(beginAssert(request)).problem, Problem::PinBlocked);
    EXPECT_EQ(list().at(0).pinTriesLeft, 0);
}

TEST_F(KeyPin, IsNotSet)
{
    virtualKeys.fresh();
    EXPECT_EQ(failure(beginEnrol(enrolment())).problem, Problem::PinNotSet);
    EXPECT_EQ(list().at(0).pin, fido::PinStatus::NotSet);
}

TEST_F(KeyPin, IsNeeded)
{
    EXPECT_EQ(failure(beginEnrol(enrolment(), "")).problem, Problem::PinNeeded);
    EXPECT_EQ(virtualKeys.status()["retries"], 8);
}

TEST_F(KeyPin, OfAnImpossibleLengthCostsNoTry)
{
    EXPECT_EQ(failure(beginEnrol(enrolment(), "123")).problem, Problem::PinUnfit);
    EXPECT_EQ(failure(beginEnrol(enrolment(), std::string(64, '1'))).problem, Problem::PinUnfit);
    EXPECT_EQ(failure(beginEnrol(enrolment(), std::string("12\00034", 5))).problem, Problem::PinUnfit);
    EXPECT_EQ(virtualKeys.status()["retries"], 8);
}

TEST_F(KeyPin, IsSetAndChanged)
{
    virtualKeys.fresh();
    EXPECT_EQ(failure(beginSetPin("1")).problem, Problem::PinUnfit);
    (void)value(beginSetPin("1234"));
    EXPECT_EQ(failure(beginSetPin("5678")).problem, Problem::PinAlreadySet);
    EXPECT_EQ(failure(beginChangePin("9999", "5678")).problem, Problem::PinWrong);
    (void)value(beginChangePin("1234", "a longer one: 63 bytes are the most that a key ever takes......"));
    EXPECT_EQ(failure(beginEnrol(enrolment(), "1234")).problem, Problem::PinWrong);
    (void)value(beginEnrol(enrolment(), "a longer one: 63 bytes are the most that a key ever takes......"));
}

TEST_F(KeyPin, IsNotChangedWhereThereIsNone)
{
    virtualKeys.fresh();
    EXPECT_EQ(failure(beginChangePin("1234", "5678")).problem, Problem::PinNotSet);
}
