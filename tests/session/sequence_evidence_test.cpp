#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// What sequence numbers prove about an acceptance whose answer stays out: NextExpectedMsgSeqNum(789), gap fills,
/// numbers that start again, and the peer's past on request.
namespace {

using namespace session_test;
using base::Errc;
using fix::NextExpected;
using namespace std::chrono_literals;
using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

TEST_F(Initiator, SaysWhatItExpectsOnlyWhereItIsTo)
{
    connect();
    EXPECT_FALSE(sentOnly("A").body.find(fix::tag::NextExpectedMsgSeqNum));
    hangUp();
    us.config.nextExpected = NextExpected::Sent;
    reopen();
    connect();
    EXPECT_EQ(sentOnly("A").body.find(fix::tag::NextExpectedMsgSeqNum), "1");
    peerLogsOn(1);
    peerSays("8", "17=E1|");
    hangUp();
    connect();
    EXPECT_EQ(sentOnly("A").body.find(fix::tag::NextExpectedMsgSeqNum), "3");
}

TEST_F(Acceptor, AnswersWithWhatItExpectsWhereItWasTold)
{
    connect();
    peerLogsOn(1);
    EXPECT_FALSE(sentOnly("A").body.find(fix::tag::NextExpectedMsgSeqNum));
    hangUp();
    connect();
    peerLogsOn(peerNext, "789=2|");
    const auto logon = sentOnly("A");
    EXPECT_EQ(logon.body.find(fix::tag::NextExpectedMsgSeqNum), "3") << "this Logon is counted";
    EXPECT_EQ(us.heard.peerExpects, (std::vector<std::uint64_t>{2}));
    hangUp();
    connect();
    peerLogsOn(peerNext + 4, "789=3|");
    EXPECT_EQ(sent()[0].body.find(fix::tag::NextExpectedMsgSeqNum), "3") << "this one came too early";
}

TEST_F(Initiator, APeerThatLacksNothingIsSentNothing)
{
    connect();
    sent();
    peerLogsOn(1, "789=2|");
    EXPECT_EQ(sentTypes(), "");
    EXPECT_EQ(us.heard.peerExpects, (std::vector<std::uint64_t>{2}));
    EXPECT_TRUE(us.heard.gapFilled.empty());
}

TEST_F(Initiator, APeerThatLacksSomethingIsSentItUnasked)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("D", {{11, "C1"}}))); // 2: an acceptance
    ASSERT_TRUE(us.session->send(message("8", {{17, "E1"}}))); // 3
    hangUp();
    connect(); // our Logon is 4
    sent();
    us.heard.story.clear();
    peerLogsOn(peerNext, "789=2|");
    const auto messages = sent();
    ASSERT_EQ(messages.size(), 3U);
    EXPECT_EQ(messages[0].body.type, "4");
    EXPECT_EQ(messages[0].body.find(fix::tag::NewSeqNo), "3");
    EXPECT_EQ(messages[1].body.type, "8");
    EXPECT_TRUE(messages[1].body.possDup);
    EXPECT_EQ(messages[2].body.type, "4");
    EXPECT_EQ(messages[2].body.find(fix::tag::NewSeqNo), "5");
    EXPECT_EQ(us.heard.gapFilled, (Ranges{{2, 2}, {4, 4}})) << "the acceptance of number 2 was never processed";
    EXPECT_EQ(us.heard.story, "logged on, peer expects, gap filled, gap filled, ");
}

TEST_F(Acceptor, AClientThatLacksSomethingIsSentItUnasked)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("8", {{17, "E1"}}))); // 2
    hangUp();
    connect();
    peerLogsOn(peerNext, "789=2|"); // our Logon is 3
    const auto messages = sent();
    ASSERT_EQ(messages.size(), 3U);
    EXPECT_EQ(messages[0].body.type, "A");
    EXPECT_EQ(messages[1].body.type, "8");
    EXPECT_EQ(messages[2].body.type, "4");
    EXPECT_EQ(messages[2].seqNum(), 3U);
}

TEST_F(Initiator, APeerThatExpectsMoreThanWeSentEndsTheSession)
{
    connect();
    sent();
    peerSays("A", 1, "98=0|108=30|789=7|");
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "NextExpectedMsgSeqNum too high, expecting 2 but received 7");
    expectClosed(Errc::SequenceError, "NextExpectedMsgSeqNum too high");
    EXPECT_EQ(us.heard.loggedOn, 0);
}

TEST_F(Initiator, APeerThatWasToldIsNotAskedAsWell)
{
    us.config.nextExpected = NextExpected::Sent;
    reopen();
    connect();
    sent();
    peerLogsOn(3, "789=2|");
    EXPECT_EQ(sentTypes(), "") << "it knows";
    peerSays("8", 1, "17=E1|", possDup());
    peerSays("4", 2, "123=Y|36=3|", possDup());
    EXPECT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(us.session->nextTarget(), 4);
    expectGoesOn();
}

TEST_F(Initiator, APeerThatWasToldAndSendsNothingIsAskedAfterAll)
{
    us.config.nextExpected = NextExpected::Sent;
    reopen();
    connect();
    sent();
    peerLogsOn(3, "789=2|");
    pass(10s);
    EXPECT_EQ(sentOnly("2").body.find(fix::tag::BeginSeqNo), "1");
}

TEST_F(Initiator, APeerThatKnowsNoSuchFieldIsAsked)
{
    us.config.nextExpected = NextExpected::Sent;
    reopen();
    connect();
    sent();
    peerLogsOn(3);
    EXPECT_EQ(sentTypes(), "2");
    EXPECT_TRUE(us.heard.peerExpects.empty());
}

TEST_F(Initiator, NumbersThatStartAgainAreToldBeforeAnythingElse)
{
    us.config.reset = fix::SequenceReset::AtLogon;
    reopen();
    connect();
    EXPECT_EQ(us.heard.numbersReset, 1) << "our Logon says so";
    const auto logon = sentOnly("A");
    EXPECT_EQ(logon.seqNum(), 1U);
    EXPECT_EQ(logon.body.find(fix::tag::ResetSeqNumFlag), "Y");
    peerLogsOn(1, "141=Y|789=2|");
    EXPECT_EQ(us.heard.story, "numbers reset, logged on, peer expects, ");
    EXPECT_TRUE(us.heard.gapFilled.empty());
    expectGoesOn();
}

TEST_F(Initiator, NumbersStartAgainOnceWhenAPersonSaysSo)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("D", {{11, "C1"}})));
    hangUp();
    us.session->resetAtNextLogon();
    connect();
    const auto logon = sentOnly("A");
    EXPECT_EQ(logon.seqNum(), 1U);
    EXPECT_EQ(logon.body.find(fix::tag::ResetSeqNumFlag), "Y");
    EXPECT_EQ(us.heard.numbersReset, 1);
    peerLogsOn(1, "141=Y|");
    expectGoesOn();
    hangUp();
    connect();
    EXPECT_FALSE(sentOnly("A").body.find(fix::tag::ResetSeqNumFlag)) << "once, not for ever";
    EXPECT_EQ(us.heard.numbersReset, 1);
}

TEST_F(Initiator, NumbersThatShallStartAgainWaitForALogonThatIsTaken)
{
    logOn();
    hangUp();
    us.session->resetAtNextLogon();
    connect();
    hangUp();
    connect();
    const auto logons = sent("A");
    ASSERT_FALSE(logons.empty());
    EXPECT_EQ(logons.back().body.find(fix::tag::ResetSeqNumFlag), "Y");
}

TEST_F(Initiator, ACounterpartyThatStartsAgainIsTold)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("D", {{11, "C1"}})));
    hangUp();
    us.heard.story.clear();
    connect();
    sent();
    peerLogsOn(1, "141=Y|");
    EXPECT_EQ(us.heard.story, "numbers reset, logged on, ");
    EXPECT_EQ(us.session->nextTarget(), 2);
    expectGoesOn();
}

TEST_F(Acceptor, AClientThatStartsAgainIsTold)
{
    logOn();
    hangUp();
    connect();
    us.heard.story.clear();
    peerLogsOn(1, "141=Y|");
    EXPECT_EQ(us.heard.story, "numbers reset, logged on, ");
    EXPECT_EQ(us.session->nextSender(), 2);
}

class Replay : public EitherEnd {
protected:
    /// The peer's messages 2 to 5: two fills, a heartbeat, a fill.
    void listen()
    {
        logOn();
        peerSays("8", "17=E2|");
        peerSays("8", "17=E3|");
        peerSays("0", "");
        peerSays("8", "17=E5|");
        us.heard.messages.clear();
    }
    std::string heard()
    {
        std::string ids;
        for (const fix::WireMessage& message : us.heard.messages)
            ids += std::string(message.find(fix::tag::ExecId).value_or("?")) + (message.possDup ? "+ " : " ");
        us.heard.messages.clear();
        return ids;
    }
};

TEST_P(Replay, BringsTheApplicationMessagesOfThePastOnceMore)
{
    listen();
    ASSERT_TRUE(us.session->requestReplay(2));
    const auto request = sentOnly("2");
    EXPECT_EQ(request.body.find(fix::tag::BeginSeqNo), "2");
    EXPECT_EQ(request.body.find(fix::tag::EndSeqNo), "0");
    peerSays("8", 2, "17=E2|", possDup());
    peerSays("8", 3, "17=E3|", possDup());
    peerSays("4", 4, "123=Y|36=5|", possDup());
    EXPECT_TRUE(us.heard.replays.empty());
    peerSays("8", 5, "17=E5|", possDup());
    EXPECT_EQ(heard(), "E2+ E3+ E5+ ");
    EXPECT_EQ(us.heard.replays, std::vector{fix::ReplayEnd::Complete});
    EXPECT_EQ(us.session->nextTarget(), 6);
    peerSays("8", 5, "17=E5|", possDup());
    EXPECT_EQ(heard(), "") << "it is over";
    expectGoesOn();
}

TEST_P(Replay, BringsEachOnlyOnceAndOnlyWhatWasAskedFor)
{
    listen();
    ASSERT_TRUE(us.session->requestReplay(3));
    peerSays("8", 2, "17=E2|", possDup());
    peerSays("8", 3, "17=E3|", possDup());
    peerSays("8", 3, "17=E3|", possDup());
    EXPECT_EQ(heard(), "E3+ ");
}

TEST_P(Replay, LiveMessagesPassBetween)
{
    listen();
    ASSERT_TRUE(us.session->requestReplay(2));
    peerSays("8", "17=LIVE|"); // was on its way
    peerSays("8", 2, "17=E2|", possDup());
    EXPECT_EQ(heard(), "LIVE E2+ ");
    peerSays("8", 6, "17=LIVE|", possDup()); // the peer sends all it has
    peerSays("8", 5, "17=E5|", possDup());
    EXPECT_EQ(heard(), "") << "a number that was expected then ends it";
    EXPECT_EQ(us.heard.replays, std::vector{fix::ReplayEnd::Complete});
    expectGoesOn();
}

TEST_P(Replay, AGapFillOverAllOfItEndsIt)
{
    listen();
    ASSERT_TRUE(us.session->requestReplay(2));
    peerSays("4", 2, "123=Y|36=6|", possDup());
    EXPECT_EQ(us.heard.replays, std::vector{fix::ReplayEnd::Complete});
    peerSays("8", 3, "17=E3|", possDup());
    EXPECT_EQ(heard(), "");
    expectGoesOn();
}

TEST_P(Replay, IsNotWaitedForForEver)
{
    listen();
    ASSERT_TRUE(us.session->requestReplay(2));
    pass(29'999ms);
    peerSays("8", 2, "17=E2|", possDup());
    pass(1ms);
    peerSays("8", 3, "17=E3|", possDup());
    EXPECT_EQ(heard(), "E2+ ");
    EXPECT_EQ(us.heard.replays, std::vector{fix::ReplayEnd::GivenUp});
}

TEST_P(Replay, ADuplicateNobodyAskedForIsDropped)
{
    listen();
    peerSays("8", 2, "17=E2|", possDup());
    EXPECT_EQ(heard(), "");
}

TEST_P(Replay, WhatCannotBeReplayedIsRefused)
{
    EXPECT_EQ(us.session->requestReplay(1).error().code, Errc::NotConnected);
    listen();
    EXPECT_EQ(us.session->requestReplay(0).error().code, Errc::InvalidInput);
    EXPECT_EQ(us.session->requestReplay(6).error().code, Errc::InvalidInput);
    EXPECT_EQ(sentTypes(), "");
}

TEST_P(Replay, EndsWithTheConnection)
{
    listen();
    ASSERT_TRUE(us.session->requestReplay(2));
    hangUp();
    logOn();
    peerSays("8", 2, "17=E2|", possDup());
    EXPECT_EQ(heard(), "");
    EXPECT_TRUE(us.heard.replays.empty());
}

INSTANTIATE_TEST_SUITE_P(Roles, Replay, testing::Values(fix::SessionRole::Initiator, fix::SessionRole::Acceptor),
    [](const auto& role) { return role.param == fix::SessionRole::Initiator ? "Initiator" : "Acceptor"; });

TEST_P(EitherEnd, LatenessIsWhatAMessageTookLongerThanUsual)
{
    us.clock.shiftUtc(90s); // our PC is ahead
    const auto theirs = [this](std::chrono::milliseconds way) {
        return "52=" + sendingTime(us.clock.utc() - 90s - way) + "|";
    };
    connect();
    peerLogsOn(1, "", theirs(300ms)); // a slow handshake says nothing of the way
    for (int i = 0; i < 5; ++i) {
        pass(1s);
        peerSays("0", "", theirs(20ms));
    }
    peerSays("S", "117=Q1|", theirs(20ms));
    peerSays("S", "117=Q2|", theirs(720ms));
    us.clock.shiftUtc(-80s); // somebody sets the clock right
    peerSays("S", "117=Q3|", "52=" + sendingTime(us.clock.utc() - 10s - 20ms) + "|");
    peerSays("S", "117=Q4|", "43=Y|122=20261124-07:00:00|" + theirs(5s));
    ASSERT_EQ(us.heard.messages.size(), 4U);
    EXPECT_EQ(us.heard.messages[0].lateness, 0s);
    EXPECT_EQ(us.heard.messages[1].lateness, 700ms);
    EXPECT_EQ(us.heard.messages[2].lateness, 0s) << "a step of the PC's clock is invisible";
    EXPECT_FALSE(us.heard.messages[3].lateness) << "a possible duplicate tells nothing";
    ASSERT_TRUE(us.session->clockOffset());
    EXPECT_EQ(*us.session->clockOffset(), -90'020ms);
}

}
