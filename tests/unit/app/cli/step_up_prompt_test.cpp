#include "app/cli/access_runs.h"
#include "app/cli/step_up_prompt.h"
#include "tests/support/fake_access.h"
#include "tests/unit/app/cli/run_fixture.h"

#include <unistd.h>

/// Step-ups on the terminal and for scripts, and what waits for them.
namespace {

using namespace std::chrono_literals;
using cli::ExitCode;
using rfq::AccessOutcome;
using rfq::AccessPhase;
using rfq::StepUpProblem;
using rfq::StepUpStage;
using support::VenueX;
using Person = cli::StepUpPrompt::Person;

class PromptTest : public test::RunTest {
protected:
    PromptTest() { access.states[VenueX] = {}; }

    void prompt(Person person)
    {
        m_prompt.emplace(
            access, touch,
            [this](const rfq::StepUpView&) -> base::Result<cli::StepUpPrompt::Pin> {
                ++pinsAsked;
                if (noPin)
                    return base::Error{base::Errc::Cancelled, "no PIN was given"};
                cli::StepUpPrompt::Pin pin;
                static_cast<void>(pin.bytes.append(std::string_view("1234")));
                return pin;
            },
            person, reporter, desk.clock);
    }
    void ask()
    {
        touch.view = support::stepUpView(desk.clock.steady());
        m_prompt->look();
    }
    void become(StepUpStage stage, std::optional<StepUpProblem> problem = std::nullopt)
    {
        touch.view->stage = stage;
        touch.view->problem = problem;
        m_prompt->look();
    }

    support::FakeAccess access;
    support::FakeStepUp touch;
    std::optional<cli::StepUpPrompt> m_prompt;
    int pinsAsked = 0;
    bool noPin = false;
};

TEST_F(PromptTest, TheActionIsShownThePinGivenAndTheTouchAskedFor)
{
    prompt(Person::Present);
    ask();
    const auto shown = last("step-up");
    EXPECT_EQ(shown["asker"], "VENUE-X");
    EXPECT_EQ(shown["action"][0], "Sign in at VENUE-X");
    EXPECT_EQ(shown["reason"], "unmanaged device");
    EXPECT_EQ(touch.pins, std::vector<std::string>{"1234"});
    touch.view->touchNow = true;
    m_prompt->look();
    m_prompt->look();
    EXPECT_EQ(events("step-up").size(), 1U);
    EXPECT_EQ(events("step-up-touch").size(), 1U);
    EXPECT_EQ(pinsAsked, 1);
}

TEST_F(PromptTest, APersonIsAskedAgainAfterAWrongPinAScriptIsNot)
{
    prompt(Person::Present);
    ask();
    become(StepUpStage::EnteringPin, StepUpProblem::PinWrong);
    EXPECT_EQ(pinsAsked, 2);
    EXPECT_EQ(last("step-up-problem")["problem"], "pin-wrong");
    prompt(Person::Absent);
    ask();
    become(StepUpStage::EnteringPin, StepUpProblem::PinWrong);
    EXPECT_EQ(pinsAsked, 3);
    EXPECT_EQ(touch.cancels, 1);
}

TEST_F(PromptTest, WithoutAPinItIsCalledOff)
{
    prompt(Person::Present);
    noPin = true;
    ask();
    EXPECT_EQ(touch.cancels, 1);
}

TEST_F(PromptTest, APersonMayPlugTheirKeyInWhatElseStopsItEndsIt)
{
    prompt(Person::Present);
    ask();
    become(StepUpStage::Stopped, StepUpProblem::NoKey);
    EXPECT_EQ(touch.cancels, 0);
    become(StepUpStage::Stopped, StepUpProblem::PinBlocked);
    EXPECT_EQ(touch.cancels, 1);
    prompt(Person::Absent);
    ask();
    become(StepUpStage::Stopped, StepUpProblem::NoKey);
    EXPECT_EQ(touch.cancels, 2);
}

TEST_F(PromptTest, EveryProblemHasWords)
{
    prompt(Person::Present);
    for (int i = 0; i <= static_cast<int>(StepUpProblem::Internal); ++i) {
        auto view = support::stepUpView(desk.clock.steady());
        view.problem = static_cast<StepUpProblem>(i);
        touch.view = view;
        touch.view->stage = StepUpStage::Touching;
        touch.view->number = static_cast<std::uint64_t>(i) + 2;
        m_prompt->look();
        EXPECT_NE(last("step-up-problem")["problem"], "") << i;
    }
    EXPECT_EQ(events("step-up-problem").size(), static_cast<std::size_t>(StepUpProblem::Internal) + 1);
}

TEST_F(PromptTest, DecisionsAndTicketsAreReportedOnceEach)
{
    prompt(Person::Absent);
    access.states[VenueX].notice = support::accessNotice(AccessOutcome::Allow, 15);
    m_prompt->look();
    m_prompt->look();
    ASSERT_EQ(events("access-decision").size(), 1U);
    const auto decision = last("access-decision");
    EXPECT_EQ(decision["outcome"], "allow");
    EXPECT_EQ(decision["score"], 15);
    EXPECT_EQ(decision["lines"].size(), 5U);
    EXPECT_EQ(decision["reference"], "AC-2026-1187");
    access.states[VenueX].problem = base::Error{base::Errc::Timeout, "nobody touched a security key in time"};
    m_prompt->look();
    EXPECT_EQ(last("step-up-missed")["session"], "VENUE-X");
    rfq::ArmScope scope;
    scope.session = VenueX;
    scope.maxQuantity = support::decimal("25000000");
    ASSERT_TRUE(access.arm(scope));
    m_prompt->look();
    EXPECT_EQ(last("armed-ticket")["phase"], "asking");
}

TEST(KeyPin, ADescriptorIsReadOnceAndServesEachTouch)
{
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    ASSERT_EQ(write(ends[1], "1234\n", 5), 5);
    close(ends[1]);
    const auto ask = cli::keyPinFrom({ends[0], false});
    for (int i = 0; i < 2; ++i) {
        const auto pin = ask({});
        ASSERT_TRUE(pin) << pin.error().detail;
        EXPECT_EQ(pin->bytes.reveal(), "1234");
    }
    close(ends[0]);
}

class AccessRunTest : public test::RunTest {
protected:
    AccessRunTest() { access.states[VenueX].phase = AccessPhase::StepUp; }
    support::FakeAccess access;
};

/// Nobody else could be reached: both sessions are guarded.
class GuardedRunTest : public AccessRunTest {
protected:
    GuardedRunTest() { access.states[support::DirectD].phase = AccessPhase::StepUp; }
};

TEST_F(AccessRunTest, ATouchTakesTheTimeItTakes)
{
    cli::AccessRun run(access, desk.service, reporter, desk.clock);
    for (int i = 0; i < 6; ++i) {
        EXPECT_FALSE(run.step());
        desk.clock.advance(10s);
    }
    desk.session(VenueX, rfq::SessionPhase::LoggedOn);
    EXPECT_EQ(run.step(), ExitCode::Done);
}

TEST_F(GuardedRunTest, WhoIsNotLetInAnywhereEndsWithTheReason)
{
    access.states[VenueX].phase = AccessPhase::StepUpMissed;
    access.states[VenueX].problem = base::Error{base::Errc::Cancelled, "you called it off"};
    access.states[support::DirectD] = access.states[VenueX];
    cli::AccessRun run(access, desk.service, reporter, desk.clock);
    EXPECT_EQ(run.step(), ExitCode::NotConnected);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("you called it off"), std::string::npos);
}

TEST_F(GuardedRunTest, InterruptedNothingIsAsked)
{
    cli::AccessRun run(access, desk.service, reporter, desk.clock);
    EXPECT_FALSE(run.step());
    run.interrupt();
    EXPECT_EQ(run.step(), ExitCode::NotConnected);
}

class ArmRunTest : public AccessRunTest {
protected:
    ArmRunTest()
    {
        command.symbol = "EUR/USD";
        command.side = rfq::RequestSide::Buy;
        command.quantity = support::decimal("25000000");
        command.dealers = {"DLR-A", "DLR-B", "DLR-D"};
        command.limit = support::decimal("1.1540");
        command.arm = true;
    }
    cli::RfqCommand command;
};

TEST_F(ArmRunTest, ATicketIsArmedForExactlyTheDeal)
{
    cli::ArmRun run(command, access, desk.service, reporter, desk.clock);
    EXPECT_FALSE(run.step());
    ASSERT_EQ(access.asked.size(), 1U);
    EXPECT_EQ(access.asked[0].session, VenueX);
    EXPECT_EQ(access.asked[0].dealers.size(), 2U) << "those behind the guarded session";
    EXPECT_EQ(access.asked[0].buyAtMost, command.limit);
    EXPECT_FALSE(access.asked[0].sellAtLeast);
    EXPECT_EQ(access.asked[0].uses, 1U);
    access.armed[VenueX].phase = rfq::ArmPhase::StepUp;
    EXPECT_FALSE(run.step());
    access.armed[VenueX].phase = rfq::ArmPhase::Armed;
    EXPECT_EQ(run.step(), ExitCode::Done);
}

TEST_F(ArmRunTest, WhatIsRefusedEndsTheRun)
{
    cli::ArmRun run(command, access, desk.service, reporter, desk.clock);
    EXPECT_FALSE(run.step());
    access.armed[VenueX].phase = rfq::ArmPhase::Refused;
    access.armed[VenueX].problem = base::Error{base::Errc::Refused, "you may deal up to 10m"};
    EXPECT_EQ(run.step(), ExitCode::NotConnected);
    EXPECT_NE(last("end")["reason"].get<std::string>().find("up to 10m"), std::string::npos);
}

TEST_F(ArmRunTest, WhereNobodyAsksForATouchThereIsNothingToArm)
{
    command.dealers = {"DLR-D"};
    cli::ArmRun run(command, access, desk.service, reporter, desk.clock);
    EXPECT_EQ(run.step(), ExitCode::Usage);
}

TEST_F(ArmRunTest, InterruptedItIsDisarmed)
{
    cli::ArmRun run(command, access, desk.service, reporter, desk.clock);
    EXPECT_FALSE(run.step());
    run.interrupt();
    EXPECT_EQ(run.step(), ExitCode::NotConnected);
    EXPECT_EQ(access.armed[VenueX].phase, rfq::ArmPhase::Over);
}

}
