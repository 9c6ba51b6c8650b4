#include "tests/unit/app/desk_core/access_world.h"

/// A session and its enforcement point: context, challenge, touch, answer.
namespace {

using namespace access_test;
const stepup::OpenSession SignIn{"VENUE", "alice"};

TEST_F(AccessTest, OnASessionTheDeskSaysWhoAsksAndIsLetIn)
{
    connect();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].request.type, UserRequestType::LogOn);
    EXPECT_EQ(said[0].connection, 1U);
    EXPECT_EQ(std::get<stepup::ContextStatement>(lastPayload()).program, "Countersign test");
    EXPECT_EQ(state().phase, AccessPhase::Asking);
    allow(said[0].request.id);
    EXPECT_EQ(state().phase, AccessPhase::Decided);
    ASSERT_TRUE(state().notice);
    EXPECT_EQ(state().notice->score, 15);
    EXPECT_EQ(state().notice->text, "As the policy says.");
    EXPECT_FALSE(state().lastStepUp);
}

TEST_F(AccessTest, AChallengeIsAnsweredWithATouchThatTheVerifierTakes)
{
    connect();
    const auto asked = challenge(SignIn, stepup::NoticeAbout::Session);
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
    ASSERT_NE(touches.current(), nullptr);
    EXPECT_EQ(touches.current()->ask.lines.front(), "Sign in at VENUE");
    EXPECT_EQ(touches.current()->ask.asker, "VENUE");
    touch();
    EXPECT_EQ(state().phase, AccessPhase::Answering);
    const auto verdict = judge(asked);
    EXPECT_TRUE(std::holds_alternative<stepup::Approval>(verdict)) << stepup_test::detailOf(verdict);
    allow(said.back().request.id);
    EXPECT_EQ(state().phase, AccessPhase::Decided);
    EXPECT_EQ(state().lastStepUp, pep.clock.utc());
    ASSERT_TRUE(state().before);
    EXPECT_EQ(state().before->score, 25) << "what has changed can be shown";
}

TEST_F(AccessTest, AChallengeForSomethingElseIsNotShownAndNotAnswered)
{
    connect();
    challenge(stepup::OpenSession{"VENUE", "mallory"}, stepup::NoticeAbout::Session);
    EXPECT_EQ(touches.current(), nullptr);
    EXPECT_EQ(state().phase, AccessPhase::StepUpMissed);
    ASSERT_TRUE(state().problem);
    EXPECT_EQ(state().problem->code, Errc::Refused);
    EXPECT_EQ(said.size(), 1U);
}

TEST_F(AccessTest, WithoutAConnectionNobodyDecides)
{
    letIn();
    desk.apply(fix::AccessClosed{VenueX, 1});
    tell("PEP-1", UserStatus::Allowed, decided(stepup::AccessOutcome::Allow), 0);
    EXPECT_EQ(state().phase, AccessPhase::Offline);
}

TEST_F(AccessTest, AMissedTouchIsAskedForAgain)
{
    connect();
    challenge(SignIn, stepup::NoticeAbout::Session);
    touches.cancel();
    EXPECT_EQ(state().phase, AccessPhase::StepUpMissed);
    EXPECT_EQ(state().problem->code, Errc::Cancelled);
    desk.askAgain(VenueX);
    EXPECT_EQ(state().phase, AccessPhase::Asking);
    EXPECT_TRUE(std::holds_alternative<stepup::ContextStatement>(lastPayload()));
    challenge(SignIn, stepup::NoticeAbout::Session);
    pep.clock.advance(60s);
    desk.tick();
    EXPECT_EQ(state().problem->code, Errc::Timeout);
}

TEST_F(AccessTest, TheChallengeLastsAsLongAsTheEnforcementPointWaitsWhateverTheClocksSay)
{
    connect();
    pep.clock.shiftUtc(-90s);
    auto asked = pep.ask(SignIn);
    auto notice = decided(stepup::AccessOutcome::StepUp, 25);
    notice.challenge = asked;
    tell(said.back().request.id, UserStatus::StepUpNeeded, notice);
    pep.clock.shiftUtc(90s); // this workstation's clock is a minute and a half ahead
    ASSERT_NE(touches.current(), nullptr);
    EXPECT_EQ(touches.current()->ends, pep.clock.steady() + 60s);
}

TEST_F(AccessTest, ATouchForAConnectionThatHasEndedIsNotSent)
{
    connect();
    challenge(SignIn, stepup::NoticeAbout::Session);
    keys.answerChoice();
    enterPin();
    desk.apply(fix::AccessClosed{VenueX, 1});
    EXPECT_EQ(touches.current(), nullptr) << "nobody is asked for what nobody waits for";
    EXPECT_EQ(state().phase, AccessPhase::Offline);
    EXPECT_EQ(said.size(), 1U);
}

TEST_F(AccessTest, WhatBelongsToAnotherConnectionIsOutOfDate)
{
    connect(1);
    connect(2);
    tell("D-1", UserStatus::Allowed, decided(stepup::AccessOutcome::Allow), 1);
    EXPECT_EQ(state().phase, AccessPhase::Asking);
    desk.apply(fix::AccessClosed{VenueX, 1});
    EXPECT_EQ(state().phase, AccessPhase::Asking);
}

TEST_F(AccessTest, ANewDecisionTakesThePlaceOfARunningTouch)
{
    connect();
    challenge(SignIn, stepup::NoticeAbout::Session);
    tell("PEP-1", UserStatus::Refused, decided(stepup::AccessOutcome::Deny, 55));
    EXPECT_EQ(touches.current(), nullptr);
    EXPECT_EQ(state().phase, AccessPhase::Decided);
    EXPECT_EQ(state().notice->outcome, rfq::AccessOutcome::Deny);
}

TEST_F(AccessTest, WhoLeavesSaysSoAndIsAskedAnewWhenBack)
{
    letIn();
    desk.leave();
    EXPECT_EQ(said.back().request.type, UserRequestType::LogOff);
    EXPECT_EQ(state().phase, AccessPhase::Left);
    const auto before = said.size();
    desk.leave();
    EXPECT_EQ(said.size(), before);
    allow("D-1");
    EXPECT_EQ(state().phase, AccessPhase::Left) << "nobody is there";
    desk.comeBack();
    EXPECT_EQ(said.back().request.type, UserRequestType::LogOn);
    EXPECT_EQ(state().phase, AccessPhase::Asking);
}

TEST_F(AccessTest, WhoMayOnlyLookCanAskForTheTouchAgain)
{
    letIn();
    tell("PEP-1", UserStatus::StepUpNeeded, decided(stepup::AccessOutcome::ViewOnly, 25));
    EXPECT_EQ(state().phase, AccessPhase::Decided);
    desk.askAgain(VenueX);
    EXPECT_EQ(state().phase, AccessPhase::Asking);
    auto notice = decided(stepup::AccessOutcome::ViewOnly, 25);
    notice.challenge = pep.ask(SignIn);
    tell(said.back().request.id, UserStatus::StepUpNeeded, notice);
    EXPECT_EQ(state().phase, AccessPhase::StepUp);
}

TEST_F(AccessTest, ASessionWithoutEnforcementPointIsNoneOfItsBusiness)
{
    EXPECT_FALSE(desk.sessions().contains(support::DirectD));
    desk.apply(fix::AccessOpened{support::DirectD, 1, "alice", {}});
    EXPECT_TRUE(said.empty());
}

TEST_F(AccessTest, ASessionThatStandsWhileNobodyIsThereIsToldSoAndWaits)
{
    desk.leave();
    connect();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].request.type, UserRequestType::LogOff) << "or it would be closed for want of a context";
    EXPECT_EQ(state().phase, AccessPhase::Left);
    desk.comeBack();
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[1].request.type, UserRequestType::LogOn);
    EXPECT_EQ(state().phase, AccessPhase::Asking);
}

}
