#include "core/fix/tags.h"
#include "core/fix/user_request.h"
#include "core/stepup/dialect.h"
#include "tests/session/loopback.h"

/// A session whose counterparty has a policy enforcement point, played here by the test, over TLS (invariant 8).
namespace {

using namespace session_test;
using fix::UserStatus;
using stepup::AccessOutcome;

class GuardedLink : public Loopback {
protected:
    ~GuardedLink() override { desk.reset(); } // before its inbox
    void openGuardedDesk()
    {
        openVenue();
        auto settings = sessionSettings();
        settings.access = fix::AccessSettings{"stepup.example.com"};
        desk =
            std::make_unique<fix::FixLink>(std::vector{std::move(settings)}, deskEvents.inbox(), access.inbox(), clock);
        desk->start(deskIdentity());
        ASSERT_TRUE(reached(SessionPhase::Authorising));
        const auto opened = access.next<fix::AccessOpened>();
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->user, "desk-1");
        EXPECT_NE(opened->channelBinding, stepup::Digest());
        connection = opened->connection;
        const auto loggedOn = venueEvents.next<fix::ClientLoggedOn>();
        ASSERT_TRUE(loggedOn);
        ASSERT_TRUE(loggedOn->channelBinding);
        EXPECT_EQ(*loggedOn->channelBinding, opened->channelBinding) << "both ends of one connection";
    }
    void say(const std::string& id, fix::UserRequestType type = fix::UserRequestType::LogOn)
    {
        desk->sendUserRequest(rfq::SessionId("VENUE-X"), connection, {id, type, {}, "payload"});
    }
    void decide(const std::string& id, AccessOutcome outcome, UserStatus status)
    {
        stepup::Notice notice;
        notice.outcome = outcome;
        notice.score = outcome == AccessOutcome::Deny ? 40 : 15;
        notice.stepUpFrom = 20;
        notice.denyFrom = 40;
        notice.lines = {{"location", "anomalous country", notice.score, ""}};
        notice.reference = "AC-7";
        notice.evaluatedAt = venueClock.utc();
        const auto payload = stepup::payloadText(notice);
        ASSERT_TRUE(payload) << payload.error().detail;
        venue->send(
            clientSession, fix::encode(fix::UserResponse{id, "desk-1", status, "As the policy says.", *payload}));
    }
    void letIn()
    {
        openGuardedDesk();
        say("D-1");
        ASSERT_TRUE(clientMessage("BE"));
        decide("D-1", AccessOutcome::Allow, UserStatus::Allowed);
        ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    }

    EventCollector<fix::AccessEvent> access;
    std::uint64_t connection = 0;
};

TEST_F(GuardedLink, TheUserIsNamedAndTheDecisionComesBack)
{
    openGuardedDesk();
    say("D-1");
    const auto asked = clientMessage("BE");
    ASSERT_TRUE(asked);
    const auto request = fix::decodeUserRequest(*asked);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->id, "D-1");
    EXPECT_EQ(request->username, "desk-1");
    decide("D-1", AccessOutcome::Allow, UserStatus::Allowed);
    const auto answered = access.next<fix::AccessAnswered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(answered->notice);
    EXPECT_EQ(answered->notice->reference, "AC-7");
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(GuardedLink, BeforeAllowNothingGoesOut)
{
    openGuardedDesk();
    desk->send(request("R1"));
    const auto refused = deskEvents.next<rfq::RequestNotSent>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::NotConnected);
    EXPECT_EQ(storedSender(), 2) << "only the Logon has a number";
}

TEST_F(GuardedLink, BeforeAllowNothingComesIn)
{
    openGuardedDesk();
    quote("R1", "Q1");
    const auto alarm = deskEvents.next<rfq::InboundRejected>();
    ASSERT_TRUE(alarm);
    EXPECT_EQ(alarm->msgType, "S");
    EXPECT_EQ(deskEvents.count<rfq::QuoteReceived>(), 0U);
}

TEST_F(GuardedLink, AfterAllowItIsASessionLikeAnyOther)
{
    letIn();
    const auto received = quoted("R1", "Q1");
    desk->send(acceptance(received));
    EXPECT_TRUE(deskEvents.next<rfq::AcceptanceSent>());
    EXPECT_TRUE(clientMessage("D"));
}

TEST_F(GuardedLink, DeniedItIsRefusedWithTheReasonAndTheReference)
{
    openGuardedDesk();
    say("D-1");
    ASSERT_TRUE(clientMessage("BE"));
    decide("D-1", AccessOutcome::Deny, UserStatus::Refused);
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    ASSERT_TRUE(refused->reason);
    EXPECT_EQ(refused->reason->code, Errc::LogonRefused);
    EXPECT_NE(refused->reason->detail.find("anomalous country, 40"), std::string::npos) << refused->reason->detail;
    EXPECT_NE(refused->reason->detail.find("AC-7"), std::string::npos);
    EXPECT_EQ(changesInto(SessionPhase::LoggedOn), 0U);
}

TEST_F(GuardedLink, InViewOnlyPricesComeAndNothingIsDealt)
{
    openGuardedDesk();
    say("D-1");
    ASSERT_TRUE(clientMessage("BE"));
    decide("D-1", AccessOutcome::ViewOnly, UserStatus::Allowed);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(acceptance(quoted("R1", "Q1")));
    const auto refused = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Refused);
}

TEST_F(GuardedLink, AskedAgainInMidSessionNothingIsDealtUntilAnswered)
{
    letIn();
    const auto quote = quoted("R1", "Q1");
    decide("PEP-1", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    ASSERT_TRUE(access.next<fix::AccessAnswered>(
        [](const fix::AccessAnswered& answer) { return answer.response.id == "PEP-1"; }));
    desk->send(acceptance(quote, "C1"));
    const auto refused = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Refused);
    say("D-2");
    ASSERT_TRUE(clientMessage("BE"));
    decide("D-2", AccessOutcome::Allow, UserStatus::Allowed);
    ASSERT_TRUE(access.next<fix::AccessAnswered>(
        [](const fix::AccessAnswered& answer) { return answer.response.id == "D-2"; }));
    desk->send(acceptance(quote, "C2"));
    EXPECT_TRUE(deskEvents.next<rfq::AcceptanceSent>());
    EXPECT_EQ(changesInto(SessionPhase::LoggedOn), 1U) << "the session has stood all the time";
}

TEST_F(GuardedLink, WhoLeavesStandsStillUntilTheyAreBack)
{
    letIn();
    const auto old = quoted("R1", "Q1");
    say("D-2", fix::UserRequestType::LogOff);
    ASSERT_TRUE(reached(SessionPhase::Authorising));
    desk->send(acceptance(old, "C1"));
    ASSERT_TRUE(deskEvents.next<rfq::AcceptanceNotSent>());
    say("D-3");
    ASSERT_TRUE(clientMessage("BE"));
    ASSERT_TRUE(clientMessage("BE"));
    decide("D-3", AccessOutcome::Allow, UserStatus::Allowed);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(acceptance(old, "C2"));
    const auto stale = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(stale);
    EXPECT_EQ(stale->reason.code, Errc::Stale) << "a quote of before is not dealt on afterwards";
}

TEST_F(GuardedLink, WhoSignsOutSaysSo)
{
    letIn();
    desk->stop("the trader signed out");
    const auto goodbye = venueEvents.next<fix::ClientMessage>([](const fix::ClientMessage& message) {
        const auto request = fix::decodeUserRequest(message.message);
        return request && request->type == fix::UserRequestType::LogOff;
    });
    EXPECT_TRUE(goodbye);
    EXPECT_TRUE(reached(SessionPhase::Stopped));
    EXPECT_TRUE(access.next<fix::AccessClosed>());
}

TEST_F(GuardedLink, ACounterpartyThatKnowsNoDialectIsExplained)
{
    openGuardedDesk();
    say("D-1");
    ASSERT_TRUE(clientMessage("BE"));
    fix::WireMessage reject;
    reject.type = "j";
    reject.add(fix::tag::RefMsgType, "BE");
    reject.add(fix::tag::BusinessRejectReason, "3");
    venue->send(clientSession, reject);
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    ASSERT_TRUE(refused->reason);
    EXPECT_EQ(refused->reason->code, Errc::Unsupported);
}

TEST_F(GuardedLink, ADecisionThatDoesNotComeIsNotWaitedForForever)
{
    openGuardedDesk();
    say("D-1");
    ASSERT_TRUE(clientMessage("BE"));
    clock.suspend(31s);
    say("D-2"); // wakes the thread
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    ASSERT_TRUE(waiting->reason);
    EXPECT_EQ(waiting->reason->code, Errc::Timeout);
    EXPECT_NE(waiting->reason->detail.find("enforcement point"), std::string::npos);
    EXPECT_EQ(changesInto(SessionPhase::LoggedOn), 0U);
}

TEST_F(GuardedLink, WithNobodyToAnswerItIsNotOpened)
{
    openVenue();
    auto settings = sessionSettings();
    settings.access = fix::AccessSettings{"stepup.example.com"};
    openDesk({std::move(settings)});
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::Unsupported);
}

/// The desk itself judges: its own enforcement point is played by the test.
class SelfJudgedLink : public Loopback {
protected:
    ~SelfJudgedLink() override { desk.reset(); } // before its inbox
    void openJudgedDesk()
    {
        openVenue();
        auto settings = sessionSettings();
        settings.access = fix::AccessSettings{"stepup.example.com", fix::AccessJudge::Desk};
        settings.reconnectFirst = 10ms;
        desk =
            std::make_unique<fix::FixLink>(std::vector{std::move(settings)}, deskEvents.inbox(), access.inbox(), clock);
        desk->start(deskIdentity());
        ASSERT_TRUE(reached(SessionPhase::Authorising));
        awaitQuestion();
    }
    void awaitQuestion()
    {
        const auto opened = access.next<fix::AccessOpened>();
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->user, "desk-1");
        connection = opened->connection;
    }
    void say(const std::string& id, fix::UserRequestType type = fix::UserRequestType::LogOn)
    {
        desk->sendUserRequest(rfq::SessionId("VENUE-X"), connection, {id, type, {}, "payload"});
    }
    void decide(const std::string& id, AccessOutcome outcome, UserStatus status)
    {
        stepup::Notice notice;
        notice.outcome = outcome;
        notice.reference = "AC-8";
        desk->answerHere(
            rfq::SessionId("VENUE-X"), connection, {id, "desk-1", status, "As the policy says.", {}}, notice);
    }
    void letIn()
    {
        openJudgedDesk();
        say("D-1");
        decide("D-1", AccessOutcome::Allow, UserStatus::Allowed);
        ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    }

    EventCollector<fix::AccessEvent> access;
    std::uint64_t connection = 0;
};

TEST_F(SelfJudgedLink, NothingIsConnectedBeforeTheDeskHasAllowedIt)
{
    openJudgedDesk();
    decide("D-1", AccessOutcome::Allow, UserStatus::Allowed); // answers nothing that was said
    desk->send(request("R1"));
    ASSERT_TRUE(deskEvents.next<rfq::RequestNotSent>());
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 0U);
    say("D-1");
    decide("D-1", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    desk->send(request("R2"));
    ASSERT_TRUE(deskEvents.next<rfq::RequestNotSent>());
    decide("D-1", AccessOutcome::ViewOnly, UserStatus::StepUpNeeded);
    desk->send(request("R3"));
    ASSERT_TRUE(deskEvents.next<rfq::RequestNotSent>());
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 0U) << "who may only look is not let in";
    say("D-2");
    decide("D-2", AccessOutcome::Allow, UserStatus::Allowed);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(acceptance(quoted("R4", "Q1")));
    EXPECT_TRUE(deskEvents.next<rfq::AcceptanceSent>());
}

TEST_F(SelfJudgedLink, DeniedNothingIsConnectedAtAll)
{
    openJudgedDesk();
    say("D-1");
    decide("D-1", AccessOutcome::Deny, UserStatus::Refused);
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    ASSERT_TRUE(refused->reason);
    EXPECT_EQ(refused->reason->code, Errc::LogonRefused);
    EXPECT_NE(refused->reason->detail.find("AC-8"), std::string::npos);
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 0U);
    EXPECT_TRUE(access.next<fix::AccessClosed>());
}

TEST_F(SelfJudgedLink, DeniedInMidSessionItIsLoggedOut)
{
    letIn();
    decide("PEP-1", AccessOutcome::Deny, UserStatus::Refused);
    EXPECT_TRUE(reached(SessionPhase::Refused));
    EXPECT_TRUE(access.next<fix::AccessClosed>());
}

TEST_F(SelfJudgedLink, WhileATouchIsOwedPricesComeAndNothingIsDealt)
{
    letIn();
    const auto quote = quoted("R1", "Q1");
    decide("PEP-1", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    desk->send(acceptance(quote));
    const auto refused = deskEvents.next<rfq::AcceptanceNotSent>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Refused);
}

TEST_F(SelfJudgedLink, WhoLeavesStandsStillAndWhatComesInIsRead)
{
    letIn();
    const auto old = quoted("R1", "Q1");
    say("D-2", fix::UserRequestType::LogOff);
    ASSERT_TRUE(reached(SessionPhase::Authorising));
    desk->send(acceptance(old, "C1"));
    ASSERT_TRUE(deskEvents.next<rfq::AcceptanceNotSent>());
    say("D-3");
    decide("D-3", AccessOutcome::Allow, UserStatus::Allowed);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(SelfJudgedLink, TheCounterpartyDecidesNothing)
{
    letIn();
    decide("PEP-1", AccessOutcome::StepUp, UserStatus::StepUpNeeded);
    stepup::Notice notice;
    notice.outcome = AccessOutcome::Allow;
    notice.stepUpFrom = 20;
    notice.denyFrom = 40;
    notice.reference = "AC-9";
    notice.evaluatedAt = venueClock.utc();
    const auto payload = stepup::payloadText(notice);
    ASSERT_TRUE(payload) << payload.error().detail;
    venue->send(clientSession, fix::encode(fix::UserResponse{"D-1", "desk-1", UserStatus::Allowed, "Yes.", *payload}));
    desk->send(acceptance(quoted("R1", "Q1")));
    EXPECT_TRUE(deskEvents.next<rfq::AcceptanceNotSent>());
}

TEST_F(SelfJudgedLink, EachConnectionIsJudgedAnew)
{
    letIn();
    const auto before = connection;
    venue.reset(); // the connection is lost
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    awaitQuestion();
    EXPECT_GT(connection, before);
    EXPECT_EQ(changesInto(SessionPhase::LoggedOn), 1U);
}

TEST_F(SelfJudgedLink, TurnedAwayItIsNotTriedAgainByItself)
{
    openJudgedDesk();
    desk->turnAwayHere(rfq::SessionId("VENUE-X"), connection, {Errc::LogonRefused, "The touch did not come in time."});
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->detail, "The touch did not come in time.");
    desk->retry(rfq::SessionId("VENUE-X"));
    awaitQuestion();
}

}
