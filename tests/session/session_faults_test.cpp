#include "core/fix/tags.h"
#include "tests/session/loopback.h"
#include "tests/session/session_pair.h"

/// What a venue can do to the session of a client that it trains or certifies.
namespace {

using namespace session_test;

std::size_t count(const std::string& bytes, const std::string& part)
{
    std::size_t found = 0;
    for (auto at = bytes.find(part); at != std::string::npos; at = bytes.find(part, at + 1))
        ++found;
    return found;
}

class SessionFaults : public SessionPair {
protected:
    void expectNumbersAgree()
    {
        EXPECT_EQ(desk.session->nextTarget(), venue.session->nextSender());
        EXPECT_EQ(venue.session->nextTarget(), desk.session->nextSender());
    }
    void sendFill(const std::string& execId) { ASSERT_TRUE(venue.session->send(message("8", {{17, execId}}))); }
};

TEST_F(SessionFaults, AMessageCanBeRejectedAtSessionLevel)
{
    logOn();
    const auto number = desk.session->send(message("D", {{11, "C1"}}));
    ASSERT_TRUE(number);
    pump();
    venue.session->reject({*number, "D", "5", "value is incorrect"});
    pump();
    ASSERT_EQ(desk.heard.rejects.size(), 1U);
    const fix::WireMessage& reject = desk.heard.rejects[0];
    EXPECT_EQ(reject.find(fix::tag::RefSeqNum), std::to_string(*number));
    EXPECT_EQ(reject.find(fix::tag::RefMsgType), "D");
    EXPECT_EQ(reject.find(fix::tag::SessionRejectReason), "5");
    EXPECT_EQ(reject.find(fix::tag::Text), "value is incorrect");
    expectNumbersAgree();
}

TEST_F(SessionFaults, ARejectOfALoggedOffSessionIsNotSentAndUsesNoNumber)
{
    venue.session->reject({1, "D", "5", ""});
    EXPECT_TRUE(venue.heard.allSent.empty());
    EXPECT_EQ(venue.session->nextSender(), 1);
}

TEST_F(SessionFaults, AnUnaskedResetStartsBothNumbersAgainAndTheSessionGoesOn)
{
    logOn();
    sendFill("E1");
    pump();
    disconnect();
    venue.session->resetAtNextLogon();
    venue.heard.allSent.clear();
    logOn();
    EXPECT_NE(venue.heard.allSent.find("\x01"
                                       "34=1\x01"),
        std::string::npos);
    EXPECT_EQ(count(venue.heard.allSent,
                  "\x01"
                  "141=Y\x01"),
        1U)
        << "one Logon of the venue, and no answer to the answer";
    expectNumbersAgree();
    sendFill("E2");
    ASSERT_TRUE(desk.session->send(message("D", {{11, "C1"}})));
    pump();
    EXPECT_EQ(desk.heard.messages.back().find(17), "E2");
    EXPECT_EQ(venue.heard.messages.back().find(11), "C1");
    EXPECT_TRUE(desk.heard.alarms.empty());
    disconnect();
    logOn();
    expectNumbersAgree();
    EXPECT_GT(venue.session->nextSender(), 2) << "the reset was for one Logon only";
}

TEST_F(SessionFaults, ForgottenNumbersAreThoseOfALostStore)
{
    logOn();
    sendFill("E1");
    pump();
    EXPECT_EQ(venue.session->forgetNumbers().error().code, base::Errc::Refused) << "in use";
    disconnect();
    ASSERT_TRUE(venue.session->forgetNumbers());
    EXPECT_EQ(venue.session->nextSender(), 1);
    EXPECT_EQ(venue.session->nextTarget(), 1);
    connect();
    pump();
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, base::Errc::SequenceError);
}

TEST_F(SessionFaults, AVenueThatIgnoresResendRequestsCountsThem)
{
    venue.config.resendRequests = fix::ResendRequests::Ignored;
    venue.open();
    logOn();
    sendFill("E1");
    disconnect(); // and the fill is lost
    connect();
    desk.session->tick();
    pump();
    pump();
    EXPECT_TRUE(desk.heard.messages.empty());
    EXPECT_GT(count(desk.heard.allSent,
                  "\x01"
                  "35=2\x01"),
        0U);
    EXPECT_EQ(venue.session->nextTarget(), desk.session->nextSender());
}

TEST_F(SessionFaults, AnUnaskedResetForgetsWhatTheClientExpectedOfTheOldNumbers)
{
    desk.config.nextExpected = fix::NextExpected::Sent;
    desk.open();
    logOn();
    sendFill("E1");
    disconnect(); // and the fill is lost
    venue.session->resetAtNextLogon();
    venue.heard.peerExpects.clear();
    logOn();
    EXPECT_TRUE(venue.heard.peerExpects.empty()) << "a number of before the reset";
    EXPECT_EQ(venue.heard.numbersReset, 1);
    EXPECT_TRUE(desk.heard.messages.empty());
    EXPECT_TRUE(venue.heard.gapFilled.empty());
    expectNumbersAgree();
}

TEST_F(SessionFaults, AVenueThatIgnoresResendRequestsDoesNotFillUnaskedEither)
{
    desk.config.nextExpected = fix::NextExpected::Sent;
    desk.open();
    venue.config.resendRequests = fix::ResendRequests::Ignored;
    venue.open();
    logOn();
    sendFill("E1");
    disconnect(); // and the fill is lost
    logOn();
    EXPECT_TRUE(desk.heard.messages.empty());
    EXPECT_TRUE(venue.heard.gapFilled.empty());
    EXPECT_EQ(venue.heard.peerExpects.back(), 2U);
}

TEST_F(SessionFaults, ARepeatedReportIsDeliveredWithItsFlag)
{
    logOn();
    auto again = message("8", {{17, "E1"}});
    again.possResend = true;
    ASSERT_TRUE(venue.session->send(again));
    again.possResend = false;
    again.possDup = true;
    ASSERT_TRUE(venue.session->send(again));
    pump();
    ASSERT_EQ(desk.heard.messages.size(), 2U);
    EXPECT_TRUE(desk.heard.messages[0].possResend);
    EXPECT_FALSE(desk.heard.messages[0].possDup);
    EXPECT_TRUE(desk.heard.messages[1].possDup);
    EXPECT_TRUE(desk.heard.alarms.empty());
    expectNumbersAgree();
}

TEST_F(SessionFaults, AReportSentBeforeTheVenueWasKilledIsReplayed)
{
    logOn();
    sendFill("E1");
    disconnect(); // and the fill is lost
    venue.open(); // another process, from the files
    logOn();
    ASSERT_EQ(desk.heard.messages.size(), 1U);
    EXPECT_EQ(desk.heard.messages[0].find(17), "E1");
    EXPECT_TRUE(desk.heard.messages[0].possDup);
}

TEST_F(Loopback, AnAcceptanceRejectedAtSessionLevelIsNamed)
{
    logOn();
    desk->send(acceptance(quoted("R1", "Q1")));
    const auto sent = deskEvents.next<rfq::AcceptanceSent>();
    ASSERT_TRUE(sent);
    const auto order = venueEvents.next<fix::ClientMessage>(
        [](const fix::ClientMessage& received) { return received.message.type == "D"; });
    ASSERT_TRUE(order);
    EXPECT_EQ(order->seqNum, sent->seqNum);
    venue->sessionReject(clientSession, {order->seqNum, "D", "99", "not today"});
    const auto rejected = deskEvents.next<rfq::MessageRejected>();
    ASSERT_TRUE(rejected);
    EXPECT_EQ(rejected->refId, "C1");
    EXPECT_EQ(rejected->code, "99");
}

TEST_F(Loopback, ASessionWhoseNumbersTheVenueForgotIsRefusedWithClearWords)
{
    logOn();
    desk->send(request());
    ASSERT_TRUE(clientMessage("R"));
    venue->forgetNumbers(clientSession);
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::SequenceError) << refused->reason->detail;
}

TEST_F(Loopback, TheNextConnectionSeesTheVenuesOtherCertificate)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    const auto first = reached(SessionPhase::LoggedOn);
    ASSERT_TRUE(first);
    ASSERT_TRUE(venue->useIdentity(venueIdentity()));
    venue->drop(clientSession);
    const auto second = reached(SessionPhase::LoggedOn);
    ASSERT_TRUE(second);
    ASSERT_TRUE(first->connection && second->connection);
    EXPECT_NE(first->connection->peerFingerprint, second->connection->peerFingerprint);
}

TEST_F(Loopback, AReceiptComesOnlyForWhatTheSessionTook)
{
    logOn();
    fix::WireMessage news;
    news.type = "8";
    news.fields = {{17, "E1"}, {37, "O1"}, {150, "8"}};
    desk->stop("away");
    ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOff>());
    venue->send(clientSession, news, 1);
    desk->start(deskIdentity());
    ASSERT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
    venue->send(clientSession, news, 2);
    ASSERT_TRUE(venueEvents.next<fix::MessageSent>());
    EXPECT_EQ(venueEvents.count<fix::MessageSent>(), 1U);
    EXPECT_EQ(venueEvents.count<fix::MessageSent>([](const fix::MessageSent& sent) { return sent.receipt == 2; }), 1U);
}

}
