#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// Cases 1B, 1S, 2S, 12, 13: logon and logout. 1B.a, 1S.b and 1S.c need a transport: conformance_link_test.cpp.
namespace {

using namespace session_test;
using base::Errc;
using fix::SessionRole;
using namespace std::chrono_literals;

TEST_F(Initiator, Case1Bb_SendsALogonOnceConnected)
{
    connect();
    const auto logon = sentOnly("A");
    EXPECT_EQ(logon.seqNum(), 1U);
    EXPECT_EQ(logon.body.find(fix::tag::EncryptMethod), "0");
    EXPECT_EQ(logon.body.find(fix::tag::HeartBtInt), "30");
    EXPECT_FALSE(logon.body.find(fix::tag::ResetSeqNumFlag));
    EXPECT_EQ(logon.body.sendingTime, sendingTime(us.clock.utc()));
    EXPECT_EQ(us.heard.loggedOn, 0);
}

TEST_F(Initiator, Case1Bc_AValidLogonOpensTheSession)
{
    connect();
    sent();
    peerLogsOn(1);
    EXPECT_TRUE(us.session->loggedOn());
    EXPECT_EQ(us.heard.loggedOn, 1);
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_F(Initiator, Case1Bc_ALogonWithANumberTooHighOpensTheSessionAndIsAskedAbout)
{
    connect();
    sent();
    peerLogsOn(5);
    EXPECT_TRUE(us.session->loggedOn());
    const auto request = sentOnly("2");
    EXPECT_EQ(request.body.find(fix::tag::BeginSeqNo), "1");
    EXPECT_EQ(request.body.find(fix::tag::EndSeqNo), "0");
    EXPECT_EQ(us.session->nextTarget(), 1) << "what is missing is still missing";
    peerSays("4", 1, "123=Y|36=5|", possDup());
    EXPECT_EQ(us.session->nextTarget(), 6) << "the Logon counts once what was before it has come";
    expectGoesOn();
}

struct BadLogon {
    const char* name;
    std::string fields;
    std::string header;
    Errc code;
    std::string words;
};

class InitiatorBadLogon : public SessionCase, public testing::WithParamInterface<BadLogon> { };

TEST_P(InitiatorBadLogon, Case1Bd_IsAnsweredWithALogoutThatSaysWhyAndDisconnected)
{
    open(SessionRole::Initiator);
    connect();
    sent();
    peerSays("A", 1, GetParam().fields, GetParam().header);
    const auto logout = sentOnly("5");
    ASSERT_TRUE(logout.body.find(fix::tag::Text));
    EXPECT_NE(logout.body.find(fix::tag::Text)->find(GetParam().words), std::string_view::npos)
        << *logout.body.find(fix::tag::Text);
    expectClosed(GetParam().code, GetParam().words);
    EXPECT_EQ(us.heard.loggedOn, 0);
    EXPECT_EQ(us.session->nextTarget(), 1) << "it is not counted";
}

const std::string GoodLogon = "98=0|108=30|";
INSTANTIATE_TEST_SUITE_P(Reasons, InitiatorBadLogon,
    testing::Values(BadLogon{"Encrypted", "98=1|108=30|", "", Errc::ProtocolViolation, "EncryptMethod"},
        BadLogon{"NoEncryptMethod", "108=30|", "", Errc::ProtocolViolation, "EncryptMethod"},
        BadLogon{"NoHeartBtInt", "98=0|", "", Errc::ProtocolViolation, "HeartBtInt"},
        BadLogon{"NegativeHeartBtInt", "98=0|108=-1|", "", Errc::ProtocolViolation, "HeartBtInt"},
        BadLogon{"BadResetFlag", GoodLogon + "141=maybe|", "", Errc::ProtocolViolation, "invalid Logon"},
        BadLogon{"WrongSender", GoodLogon, "49=MALLORY|", Errc::LogonRefused, "MALLORY"},
        BadLogon{"WrongTarget", GoodLogon, "56=MALLORY|", Errc::LogonRefused, "MALLORY"},
        BadLogon{"NoReadableTime", GoodLogon, "52=noon|", Errc::ProtocolViolation, "SendingTime"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Initiator, Case1Bd_ALogonOfAnotherFixVersion)
{
    connect();
    sent();
    std::string logon = framed("35=A|" + headerOf(1) + "98=0|108=30|");
    logon.replace(0, 9, "8=FIX.4.2"); // of the same length; the check sum is mended below
    logon = logon.substr(0, logon.size() - 7);
    unsigned sum = 0;
    for (const char c : logon)
        sum += static_cast<unsigned char>(c);
    const std::string digits = std::to_string(1000 + sum % 256).substr(1);
    receive(logon + "10=" + digits + "\x01");
    EXPECT_EQ(sentTypes(), "5");
    expectClosed(Errc::ProtocolViolation, "FIX.4.2");
}

TEST_F(Initiator, Case1Bd_ALogonWithANumberTooLow)
{
    logOn();
    hangUp();
    connect();
    sent();
    peerSays("A", 1, "98=0|108=30|");
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "MsgSeqNum too low, expecting 2 but received 1");
    expectClosed(Errc::SequenceError, "too low");
}

TEST_F(Initiator, Case1Be_AnotherMessageFirst)
{
    connect();
    sent();
    peerSays("0", 1, "");
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "first message not a Logon: it is of MsgType 0");
    expectClosed(Errc::ProtocolViolation, "first message not a Logon");
    EXPECT_EQ(us.session->nextTarget(), 1);
}

TEST_F(Initiator, Case1Be_AnApplicationMessageFirstIsNotDelivered)
{
    connect();
    peerSays("8", 1, "17=E1|");
    EXPECT_TRUE(us.heard.messages.empty());
    expectClosed(Errc::ProtocolViolation, "first message not a Logon");
}

TEST_F(Initiator, Case1B_ALogoutOrRejectInsteadIsTheCounterpartysRefusal)
{
    connect();
    sent();
    peerSays("5", 1, "58=not today|");
    EXPECT_EQ(sentTypes(), "") << "there is nothing to answer";
    expectClosed(Errc::LogonRefused, "not today");
    hangUp();
    connect();
    sent();
    peerSays("3", 1, "45=1|58=no such user|");
    EXPECT_EQ(sentTypes(), "");
    expectClosed(Errc::LogonRefused, "no such user");
}

TEST_F(Initiator, Case1B_ALogonThatStaysOutTimesOut)
{
    connect();
    pass(9'999ms);
    EXPECT_FALSE(us.session->closing());
    pass(1ms);
    expectClosed(Errc::Timeout, "did not answer the Logon within 10000 ms");
}

TEST_F(Acceptor, Case1Sa_AValidLogonIsAnswered)
{
    connect();
    EXPECT_EQ(sentTypes(), "") << "the client speaks first";
    peerSays("A", "98=0|108=7|");
    const auto logon = sentOnly("A");
    EXPECT_EQ(logon.body.find(fix::tag::HeartBtInt), "7") << "the client's";
    EXPECT_EQ(us.session->heartBtInt(), 7s);
    EXPECT_EQ(us.heard.loggedOn, 1);
    expectGoesOn();
}

TEST_F(Acceptor, Case1Sa_ANumberTooHighIsAnsweredThenAskedAbout)
{
    connect();
    peerLogsOn(9);
    EXPECT_EQ(sentTypes(), "A2");
    EXPECT_EQ(us.session->nextTarget(), 1);
}

TEST_F(Acceptor, Case1Sd_AnInvalidLogonIsAnsweredWithALogout)
{
    connect();
    peerSays("A", 1, "98=3|108=30|");
    const auto logout = sentOnly("5");
    EXPECT_EQ(logout.body.find(fix::tag::Text), "invalid Logon: EncryptMethod is not 0 (none)");
    expectClosed(Errc::ProtocolViolation, "EncryptMethod");
    EXPECT_EQ(us.heard.loggedOn, 0);
}

TEST_F(Acceptor, Case1Sd_ANumberTooLowIsAnsweredWithALogout)
{
    logOn();
    hangUp();
    connect();
    peerSays("A", 1, "98=0|108=30|");
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "MsgSeqNum too low, expecting 2 but received 1");
    expectClosed(Errc::SequenceError, "too low");
}

TEST_F(Acceptor, Case1Sc_ALogonOfSomebodyElseGetsNoWord)
{
    connect();
    peerSays("A", 1, "98=0|108=30|", "49=MALLORY|");
    EXPECT_EQ(sentTypes(), "");
    EXPECT_EQ(us.session->nextSender(), 1);
    expectClosed(Errc::LogonRefused, "not of this session");
}

TEST_F(Acceptor, Case2S_AnotherMessageFirstIsHungUpOnWithoutAWord)
{
    connect();
    peerSays("R", 1, "131=R1|");
    EXPECT_EQ(sentTypes(), "");
    EXPECT_TRUE(us.heard.messages.empty());
    expectClosed(Errc::ProtocolViolation, "first message not a Logon");
}

TEST_F(Acceptor, Case1S_AClientThatSaysNothingIsNotWaitedForForEver)
{
    connect();
    pass(9'999ms);
    EXPECT_FALSE(us.session->closing());
    pass(1ms);
    expectClosed(Errc::Timeout, "no Logon");
}

TEST_P(EitherEnd, Case12_LogoutWaitsForTheAnswer)
{
    logOn();
    us.session->logout("going home");
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "going home");
    EXPECT_FALSE(us.session->closing());
    peerSays("8", "17=LATE|"); // sent before it saw our Logout
    EXPECT_EQ(us.heard.messages.size(), 1U);
    peerSays("5", "");
    EXPECT_EQ(sentTypes(), "") << "nobody answers an answer";
    expectClosed(Errc::Cancelled, "going home");
    EXPECT_EQ(us.heard.loggedOff, 1);
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
}

TEST_P(EitherEnd, Case12_ALogoutWithoutAnAnswerEndsAfterTwoSeconds)
{
    logOn();
    us.session->logout("going home");
    pass(1'999ms);
    EXPECT_FALSE(us.session->closing());
    pass(1ms);
    expectClosed(Errc::Cancelled, "going home");
}

TEST_P(EitherEnd, Case12_NothingIsSentBehindOurLogout)
{
    logOn();
    us.session->logout("going home");
    sent();
    const auto result = us.session->send(message("8", {{17, "E1"}}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::NotConnected);
    EXPECT_EQ(sentTypes(), "");
}

TEST_P(EitherEnd, Case13a_TheAnswerToOurLogoutDisconnectsWithoutAWord)
{
    logOn();
    us.session->logout("going home");
    sent();
    peerSays("5", 99, "", "49=SOMEBODY|"); // its header may be off, as the cases warn
    EXPECT_EQ(sentTypes(), "");
    expectClosed(Errc::Cancelled, "going home");
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext)) << "and is not counted then";
}

TEST_P(EitherEnd, Case13b_ALogoutIsAnsweredAndThePeerHangsUp)
{
    logOn();
    peerSays("5", "58=closed for the day|");
    EXPECT_EQ(sentTypes(), "5");
    EXPECT_FALSE(us.session->loggedOn());
    EXPECT_EQ(us.heard.loggedOff, 1);
    EXPECT_FALSE(us.session->closing()) << "the peer closes the connection";
    ASSERT_TRUE(us.session->leaving());
    EXPECT_NE(us.session->leaving()->detail.find("closed for the day"), std::string::npos);
    peerSays("8", "17=TOO-LATE|");
    EXPECT_TRUE(us.heard.messages.empty());
}

TEST_P(EitherEnd, Case13b_APeerThatDoesNotHangUpIsHungUpOn)
{
    logOn();
    peerSays("5", "58=closed for the day|");
    pass(1'999ms);
    EXPECT_FALSE(us.session->closing());
    pass(1ms);
    expectClosed(Errc::ConnectionLost, "closed for the day");
}

TEST_P(EitherEnd, Case13_ALogoutBehindAGapDoesNotCountWhatIsMissing)
{
    logOn();
    const int expected = us.session->nextTarget();
    peerSays("5", peerNext + 2, "58=bye|");
    EXPECT_EQ(sentTypes(), "5");
    EXPECT_EQ(us.session->nextTarget(), expected) << "a fill may be among it";
}

}
