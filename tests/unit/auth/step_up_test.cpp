#include "auth/step_up.h"
#include "auth/step_up_problem.h"
#include "tests/support/fake_security_keys.h"
#include "tests/unit/stepup/stepup_world.h"

#include <gtest/gtest.h>

/// The step-up service over a security key in the test's hand, judged by the verifier of a policy enforcement point.
namespace {

using namespace std::chrono_literals;
using base::Errc;
using rfq::StepUpProblem;
using rfq::StepUpStage;
using stepup_test::RpId;
using Outcome = base::Result<stepup::Assertion>;

class StepUpTest : public testing::Test {
protected:
    StepUpTest() { challenge = world.ask(); }

    [[nodiscard]] auth::StepUpConnection connection() const
    {
        return {RpId, world.peer.session, "VENUE", world.peer.channelBinding};
    }
    [[nodiscard]] base::Result<auth::StepUpTask> task(const stepup::Action& action = stepup_test::ticket()) const
    {
        const auto now = world.clock.steady();
        return auth::taskFor(challenge, action, connection(), now + 60s, now);
    }
    std::uint64_t ask()
    {
        return service.ask(*task(), [this](Outcome outcome) { outcomes.push_back(std::move(outcome)); });
    }
    [[nodiscard]] const rfq::StepUpView& view() const { return *service.current(); }
    [[nodiscard]] fido::Assertion sign(const fido::AssertRequest& request) const
    {
        stepup::Digest hash{};
        std::copy(request.clientDataHash.begin(), request.clientDataHash.end(), hash.begin());
        const auto assertion = world.key.assertion(hash, world.answer);
        return {assertion.credentialId, assertion.authenticatorData, assertion.signature};
    }
    void touch()
    {
        keys.touch([this](const fido::AssertRequest& request) { return sign(request); });
    }
    void enterPin(const std::string& pin = "1234")
    {
        service.enterPin(support::secret(pin), rfq::LastTry::NotConfirmed);
    }
    void toThePin()
    {
        ask();
        keys.answerChoice();
    }
    [[nodiscard]] Errc onlyError() const
    {
        EXPECT_EQ(outcomes.size(), 1U);
        return outcomes.empty() || outcomes[0] ? Errc::Internal : outcomes[0].error().code;
    }

    mutable stepup_test::World world;
    stepup::Challenge challenge;
    support::FakeSecurityKeys keys;
    auth::StepUpService service{keys, world.clock};
    std::vector<Outcome> outcomes;
};

TEST_F(StepUpTest, APinAndATouchAreWhatTheEnforcementPointTakes)
{
    toThePin();
    EXPECT_EQ(view().stage, StepUpStage::EnteringPin);
    EXPECT_EQ(view().key, "Yubico YubiKey 5C");
    EXPECT_EQ(view().pinTriesLeft, 8);
    EXPECT_EQ(view().ask.lines.front(), "Arm a ticket: EUR/USD, settlement SP");
    EXPECT_EQ(view().ask.reason, "first deal of the day");
    enterPin();
    EXPECT_EQ(view().stage, StepUpStage::Touching);
    EXPECT_EQ(keys.asked.front().request.path, "/dev/hidraw3") << "the PIN goes to the key that was chosen";
    keys.asked.front().touch({fido::TouchNeeded::Purpose::Consent, 30s});
    EXPECT_TRUE(view().touchNow);
    touch();
    ASSERT_EQ(outcomes.size(), 1U);
    ASSERT_TRUE(outcomes[0]);
    const auto verdict = world.verify(challenge, *outcomes[0]);
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(verdict)) << stepup_test::detailOf(verdict);
    EXPECT_EQ(service.current(), nullptr);
}

TEST_F(StepUpTest, AnotherActionThanOursIsNotSigned)
{
    auto more = stepup_test::ticket();
    more.maxQuantity = stepup_test::decimal("10000001");
    const auto refused = task(more);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Refused);
    challenge.scope = stepup::Scope::Session;
    EXPECT_FALSE(task());
}

TEST_F(StepUpTest, AChallengeThatNoKeyMayAnswerOrThatIsOverIsNotShown)
{
    auto late =
        auth::taskFor(challenge, stepup_test::ticket(), connection(), world.clock.steady(), world.clock.steady());
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::Expired);
    challenge.allowed.clear();
    ASSERT_FALSE(task());
    EXPECT_EQ(task().error().code, Errc::Refused);
}

TEST_F(StepUpTest, AReasonThatCouldDeceiveIsNotShown)
{
    challenge.reason = "fine\u202e";
    ASSERT_TRUE(task());
    EXPECT_EQ(task()->ask.reason, "");
}

TEST_F(StepUpTest, AWrongPinIsTriedAgainOnTheSameKey)
{
    toThePin();
    enterPin("0000");
    touch();
    EXPECT_EQ(view().stage, StepUpStage::EnteringPin);
    EXPECT_EQ(view().problem, StepUpProblem::PinWrong);
    EXPECT_EQ(view().pinTriesLeft, 7);
    enterPin();
    EXPECT_FALSE(view().problem);
    touch();
    ASSERT_EQ(outcomes.size(), 1U);
    EXPECT_TRUE(outcomes[0]);
}

TEST_F(StepUpTest, TheLastTryHasToBeConfirmed)
{
    toThePin();
    enterPin();
    EXPECT_EQ(keys.asked.front().request.lastTry, fido::LastTry::NotConfirmed);
    keys.fail(fido::Problem::PinLastTry);
    EXPECT_EQ(view().stage, StepUpStage::EnteringPin);
    EXPECT_TRUE(rfq::isLastPinTry(view()));
    service.enterPin(support::secret("1234"), rfq::LastTry::Confirmed);
    EXPECT_EQ(keys.asked.front().request.lastTry, fido::LastTry::Confirmed);
}

TEST_F(StepUpTest, EveryProblemOfAKeyIsExplainedAndLeavesTheWayOpen)
{
    using P = fido::Problem;
    for (const P problem : {P::NoKey, P::Removed, P::WrongKey, P::PinNotSet, P::ReplugNeeded, P::PinBlocked,
             P::TimedOut, P::Denied, P::StartOver, P::FingerprintWrong, P::FingerprintBlocked, P::Damaged, P::Busy,
             P::NotPermitted, P::Unsupported, P::NotVerified, P::BadAnswer, P::Internal}) {
        const auto number = ask();
        keys.fail(problem);
        EXPECT_EQ(view().stage, StepUpStage::Stopped) << fido::problemName(problem);
        EXPECT_EQ(view().problem, auth::stepUpProblemOf(problem));
        service.again();
        EXPECT_EQ(view().stage, StepUpStage::ChoosingKey);
        keys.answerChoice();
        EXPECT_EQ(view().stage, StepUpStage::EnteringPin);
        service.withdraw(number);
    }
    EXPECT_TRUE(outcomes.empty());
}

TEST_F(StepUpTest, AKeyWithoutPinIsNotAskedForOne)
{
    ask();
    auto key = support::FakeSecurityKeys::blueKey();
    key.pin = fido::PinStatus::NotSet;
    keys.answerChoice(key);
    EXPECT_EQ(view().stage, StepUpStage::Stopped);
    EXPECT_EQ(view().problem, StepUpProblem::PinNotSet);
    enterPin();
    EXPECT_TRUE(keys.asked.empty());
}

TEST_F(StepUpTest, APluggedInKeyIsFoundByItself)
{
    ask();
    keys.fail(fido::Problem::NoKey);
    service.keysChanged();
    EXPECT_EQ(view().stage, StepUpStage::ChoosingKey);
    keys.answerChoice();
    service.keysChanged();
    EXPECT_EQ(view().stage, StepUpStage::EnteringPin) << "nothing starts over while a PIN is typed";
}

TEST_F(StepUpTest, SeveralKeysBlinkAndTheTouchedOneIsUsed)
{
    ask();
    keys.asked.front().touch({fido::TouchNeeded::Purpose::Choice, 30s});
    EXPECT_TRUE(view().touchToChoose);
    keys.answerChoice();
    EXPECT_FALSE(view().touchToChoose);
    EXPECT_EQ(view().stage, StepUpStage::EnteringPin);
}

TEST_F(StepUpTest, CancelledAtAnyStageItEndsOnceAndTheKeyIsStopped)
{
    ask();
    service.cancel();
    EXPECT_EQ(onlyError(), Errc::Cancelled);
    ASSERT_EQ(keys.cancelled.size(), 1U);
    keys.answerChoice();
    EXPECT_EQ(outcomes.size(), 1U) << "what the key says afterwards is thrown away";
    outcomes.clear();

    toThePin();
    enterPin();
    service.cancel();
    touch();
    EXPECT_EQ(onlyError(), Errc::Cancelled);
    service.cancel();
    EXPECT_EQ(outcomes.size(), 1U);
}

TEST_F(StepUpTest, ItIsOverWithTheChallenge)
{
    toThePin();
    world.clock.advance(59s);
    service.tick();
    EXPECT_TRUE(outcomes.empty());
    world.clock.advance(1s);
    service.tick();
    EXPECT_EQ(onlyError(), Errc::Timeout);
}

TEST_F(StepUpTest, ATouchThatComesTooLateIsNotAnswered)
{
    toThePin();
    world.clock.advance(50s);
    enterPin();
    EXPECT_EQ(keys.asked.front().request.limit, 10s) << "the key waits no longer than the asker";
    world.clock.advance(10s);
    touch();
    EXPECT_EQ(onlyError(), Errc::Timeout);
}

TEST_F(StepUpTest, AnAnswerForAnotherCredentialIsNotHandedOn)
{
    toThePin();
    enterPin();
    keys.touch([](const fido::AssertRequest&) { return fido::Assertion{{1, 2, 3}, {4}, {5}}; });
    EXPECT_EQ(view().problem, StepUpProblem::NotVerified);
    EXPECT_TRUE(outcomes.empty());
}

TEST_F(StepUpTest, OneAfterTheOther)
{
    const auto first = ask();
    const auto second = ask();
    EXPECT_EQ(view().number, first);
    service.cancel();
    EXPECT_EQ(view().number, second);
    EXPECT_EQ(view().stage, StepUpStage::ChoosingKey);
    service.withdraw(second);
    EXPECT_EQ(service.current(), nullptr);
    EXPECT_EQ(outcomes.size(), 1U);
}

TEST_F(StepUpTest, WhoWatchesIsToldOfEachChange)
{
    int changes = 0;
    service.onChanged([&] { ++changes; });
    toThePin();
    const int before = changes;
    EXPECT_GE(before, 2);
    service.cancel();
    EXPECT_GT(changes, before);
}

}
