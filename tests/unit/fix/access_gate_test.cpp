#include "core/fix/access_gate.h"

#include <gtest/gtest.h>

/// Invariant 8: before the access decision is allow, no application message passes in either direction.
namespace {

using fix::AccessGate;
using fix::UserRequestType;
using fix::UserStatus;
using stepup::AccessOutcome;
using Passage = AccessGate::Passage;

class AccessGateTest : public testing::Test {
protected:
    AccessGateTest() { gate.connected(); }

    void say(const std::string& id, UserRequestType type = UserRequestType::LogOn)
    {
        gate.asked({.id = id, .type = type, .username = "trader", .payload = {}});
    }
    void hear(const std::string& id, AccessOutcome outcome, UserStatus status = UserStatus::Allowed)
    {
        stepup::Notice notice;
        notice.outcome = outcome;
        gate.answered({.id = id, .username = "trader", .status = status, .text = {}, .payload = "x"}, notice);
    }
    void letIn()
    {
        say("D-1");
        hear("D-1", AccessOutcome::Allow);
    }
    [[nodiscard]] bool passes(const std::string& type) const { return gate.mayWrite(type).has_value(); }

    AccessGate gate{AccessGate::Rule::Enforced};
};

TEST_F(AccessGateTest, BeforeTheDecisionNothingPassesButTheDialect)
{
    for (const char* type : {"R", "D", "AJ", "Z", "H", "Q", "j"})
        EXPECT_FALSE(passes(type)) << type;
    for (const char* type : {"S", "8", "AE", "AI"})
        EXPECT_FALSE(gate.mayRead(type)) << type;
    EXPECT_TRUE(passes("BE"));
    for (const char* type : {"BF", "j", "3"})
        EXPECT_TRUE(gate.mayRead(type)) << type;
}

TEST_F(AccessGateTest, AllowOpensIt)
{
    letIn();
    EXPECT_EQ(gate.passage(), Passage::Open);
    EXPECT_TRUE(passes("D"));
    EXPECT_TRUE(gate.mayRead("8"));
}

TEST_F(AccessGateTest, NothingElseOpensIt)
{
    hear("D-1", AccessOutcome::Allow);
    EXPECT_EQ(gate.passage(), Passage::Closed) << "nothing was asked";
    say("D-1");
    hear("D-1", AccessOutcome::Allow, UserStatus::StepUpNeeded);
    EXPECT_EQ(gate.passage(), Passage::Closed) << "status and notice contradict each other";
    hear("D-1", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    EXPECT_EQ(gate.passage(), Passage::Closed);
    gate.answered(
        {.id = "D-1", .username = {}, .status = UserStatus::Allowed, .text = {}, .payload = {}}, std::nullopt);
    EXPECT_EQ(gate.passage(), Passage::Closed) << "no notice that could be read";
    stepup::Notice ticket;
    ticket.about = stepup::NoticeAbout::Action;
    ticket.outcome = AccessOutcome::Allow;
    gate.answered({.id = "D-1", .username = {}, .status = UserStatus::Allowed, .text = {}, .payload = "x"}, ticket);
    EXPECT_EQ(gate.passage(), Passage::Closed) << "about something else";
}

TEST_F(AccessGateTest, ViewOnlyLetsNothingThroughThatCommits)
{
    say("D-1");
    hear("D-1", AccessOutcome::ViewOnly);
    EXPECT_TRUE(passes("R"));
    EXPECT_FALSE(passes("D"));
    EXPECT_FALSE(passes("AJ"));
    EXPECT_TRUE(gate.mayRead("S"));
}

TEST_F(AccessGateTest, WhoMissesATouchInMidSessionMayStillLook)
{
    letIn();
    hear("PEP-7", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    hear("PEP-8", AccessOutcome::ViewOnly, UserStatus::StepUpNeeded);
    EXPECT_EQ(gate.passage(), Passage::ViewOnly);
    gate.connected();
    say("D-1");
    hear("D-1", AccessOutcome::ViewOnly, UserStatus::Refused);
    EXPECT_EQ(gate.passage(), Passage::Closed);
}

TEST_F(AccessGateTest, AskedAgainInMidSessionNothingCommitsUntilItIsAnswered)
{
    letIn();
    hear("PEP-7", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    EXPECT_EQ(gate.passage(), Passage::ViewOnly);
    EXPECT_FALSE(passes("D"));
    EXPECT_TRUE(gate.mayRead("8")) << "a fill of before is evidence";
    say("D-2");
    hear("D-2", AccessOutcome::Allow);
    EXPECT_EQ(gate.passage(), Passage::Open);
}

TEST_F(AccessGateTest, RestrictionsNeedNoQuestion)
{
    letIn();
    hear("PEP-7", AccessOutcome::ViewOnly);
    EXPECT_EQ(gate.passage(), Passage::ViewOnly);
    hear("PEP-8", AccessOutcome::Deny, UserStatus::Refused);
    EXPECT_EQ(gate.passage(), Passage::Closed);
}

TEST_F(AccessGateTest, OnceThePersonHasLeftAnOlderAllowCountsForNothing)
{
    letIn();
    say("D-2");
    say("D-3", UserRequestType::LogOff);
    EXPECT_EQ(gate.passage(), Passage::Paused);
    hear("PEP-8", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    EXPECT_EQ(gate.passage(), Passage::Paused) << "it opens nothing either";
    hear("D-2", AccessOutcome::Allow);
    hear("PEP-9", AccessOutcome::Allow);
    EXPECT_EQ(gate.passage(), Passage::Paused);
    say("D-4");
    hear("PEP-10", AccessOutcome::Allow);
    EXPECT_EQ(gate.passage(), Passage::Paused) << "it may have been under way before they came back";
    hear("D-4", AccessOutcome::Allow);
    EXPECT_EQ(gate.passage(), Passage::Open);
}

TEST_F(AccessGateTest, AnotherConnectionStartsClosed)
{
    letIn();
    gate.connected();
    EXPECT_EQ(gate.passage(), Passage::Closed);
    hear("D-1", AccessOutcome::Allow);
    EXPECT_EQ(gate.passage(), Passage::Closed);
}

TEST(AccessGate, ASessionWithoutEnforcementPointIsAsItWas)
{
    AccessGate gate(AccessGate::Rule::Open);
    gate.connected();
    EXPECT_TRUE(gate.mayWrite("D"));
    EXPECT_TRUE(gate.mayRead("8"));
}

}
