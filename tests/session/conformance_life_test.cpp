#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// Cases 4, 5 and 6: heartbeats, on a clock that the test moves.
namespace {

using namespace session_test;
using base::Errc;
using namespace std::chrono_literals;

TEST_P(EitherEnd, Case4a_AHeartbeatAfterAnIntervalOfSayingNothing)
{
    logOn();
    pass(29'999ms);
    EXPECT_EQ(sentTypes(), "");
    pass(1ms);
    EXPECT_FALSE(sentOnly("0").body.find(fix::tag::TestReqId));
    peerSays("0", "");
    pass(15s);
    peerSays("0", "");
    ASSERT_TRUE(us.session->send(message("8", {{17, "E1"}})));
    pass(29'999ms);
    EXPECT_EQ(sentTypes(), "8") << "what we say puts it off";
    pass(1ms);
    EXPECT_EQ(sentTypes(), "0");
}

TEST_P(EitherEnd, Case4a_WhoSetsTheWallClockMovesNoHeartbeat)
{
    logOn();
    us.clock.shiftUtc(-1h);
    pass(29'999ms);
    EXPECT_EQ(sentTypes(), "");
    us.clock.shiftUtc(26h);
    pass(1ms);
    EXPECT_EQ(sentTypes(), "0");
    EXPECT_FALSE(us.session->closing());
}

TEST_F(Acceptor, Case4a_AnIntervalOfZeroMeansNoHeartbeats)
{
    connect();
    peerSays("A", "98=0|108=0|");
    sent();
    pass(1h);
    EXPECT_EQ(sentTypes(), "");
    EXPECT_FALSE(us.session->closing());
}

TEST_P(EitherEnd, Case4b_ATestRequestIsAnsweredWithItsId)
{
    logOn();
    peerSays("1", "112=ARE YOU THERE|");
    EXPECT_EQ(sentOnly("0").body.find(fix::tag::TestReqId), "ARE YOU THERE");
    expectGoesOn();
}

TEST_P(EitherEnd, Case5_AHeartbeatIsAccepted)
{
    logOn();
    peerSays("0", "");
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case6_ASilentPeerIsAskedAfterOneAndAFifthIntervals)
{
    logOn();
    pass(35'999ms);
    EXPECT_EQ(sentTypes(), "0");
    pass(1ms);
    const auto test = sentOnly("1");
    ASSERT_TRUE(test.body.find(fix::tag::TestReqId));
    EXPECT_FALSE(test.body.find(fix::tag::TestReqId)->empty());
    peerSays("0", "112=" + std::string(*test.body.find(fix::tag::TestReqId)) + "|");
    pass(35'999ms);
    EXPECT_FALSE(us.session->closing()) << "it answered";
}

TEST_P(EitherEnd, Case6_EveryTestRequestHasAnIdOfItsOwn)
{
    logOn();
    std::set<std::string> ids;
    for (int round = 0; round < 3; ++round) {
        pass(36s);
        for (const auto& message : sent()) {
            if (message.body.type != "1")
                continue;
            const std::string id(message.body.find(fix::tag::TestReqId).value_or(""));
            EXPECT_TRUE(ids.insert(id).second) << id;
            peerSays("0", "112=" + id + "|");
        }
    }
    EXPECT_EQ(ids.size(), 3U);
}

TEST_P(EitherEnd, Case6_AnotherHeartbeatDoesNotAnswerTheTestRequest)
{
    logOn();
    pass(36s);
    EXPECT_EQ(sentTypes(), "01");
    pass(10s);
    peerSays("0", "112=SOMETHING ELSE|");
    peerSays("0", "");
    peerSays("8", "17=E1|");
    pass(25'999ms);
    EXPECT_FALSE(us.session->closing());
    pass(1ms);
    expectClosed(Errc::Timeout, "does not answer a TestRequest");
}

TEST_P(EitherEnd, Case6_TheAnswerMayComeBehindOtherMessages)
{
    logOn();
    pass(36s);
    const auto messages = sent();
    const std::string id(messages.back().body.find(fix::tag::TestReqId).value_or(""));
    peerSays("8", "17=E1|");
    peerSays("8", "17=E2|");
    pass(30s);
    peerSays("0", "112=" + id + "|");
    pass(30s);
    EXPECT_FALSE(us.session->closing());
}

TEST_P(EitherEnd, Case6_APeerSilentForTwoAndTwoFifthsIntervalsIsGivenUp)
{
    logOn();
    pass(71'999ms);
    EXPECT_FALSE(us.session->closing());
    pass(1ms);
    expectClosed(Errc::Timeout, "silent");
    EXPECT_EQ(us.heard.loggedOff, 1);
}

TEST_P(EitherEnd, Case6_AMachineThatSleptDoesNotBelieveWhatWaitedInItsSocket)
{
    logOn();
    const std::string stale = framed("35=S|" + headerOf(peerNext) + "117=Q1|");
    us.clock.advance(72s); // no tick: the machine slept
    receive(stale);
    EXPECT_TRUE(us.heard.messages.empty());
    expectClosed(Errc::Timeout, "silent");
}

TEST_F(Acceptor, AClientThatTestsWithoutEndIsLoggedOut)
{
    logOn();
    int answered = 0;
    while (!us.session->closing() && answered < 20'000) {
        peerSays("1", "112=T|");
        ++answered;
    }
    EXPECT_EQ(answered, 5'000) << "and the Logon";
    expectClosed(Errc::ProtocolViolation, "too many session messages");
}

TEST_F(Acceptor, AtThePaceOfAnyClientNoSessionMessageIsTooMany)
{
    logOn();
    for (int i = 0; i < 6'000; ++i) {
        peerSays(i % 2 == 0 ? "0" : "1", i % 2 == 0 ? "" : "112=T|");
        us.clock.advance(50ms);
        ASSERT_FALSE(us.session->closing()) << i;
    }
}

TEST_F(Acceptor, WhatCannotBeReadCountsLikeASessionMessage)
{
    logOn();
    int sent = 0;
    while (!us.session->closing() && sent < 20'000) {
        receive(framed("34=1|35=0|")); // MsgType is not the third field
        ++sent;
    }
    EXPECT_EQ(sent, 5'000);
}

}
