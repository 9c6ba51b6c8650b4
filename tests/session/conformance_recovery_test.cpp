#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// Cases 8 to 11 and 20: what was lost is sent again, by either end.
namespace {

using namespace session_test;
using base::Errc;
using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

/// "4:2-3 8:4" of a gap fill from 2 to 3 and the ExecutionReport 4 once more.
std::string answersOf(const std::vector<fix::RawMessage>& messages)
{
    std::string text;
    for (const fix::RawMessage& message : messages) {
        text += (text.empty() ? "" : " ") + message.body.type + ":" + std::to_string(message.seqNum());
        if (message.body.type == "4")
            text += "-" + std::to_string(std::stoull(std::string(*message.body.find(fix::tag::NewSeqNo))) - 1);
        EXPECT_TRUE(message.body.possDup);
        EXPECT_FALSE(message.find(fix::tag::OrigSendingTime).empty());
    }
    return text;
}

class Resend : public EitherEnd {
protected:
    /// Our messages 2 to 7: an order, a fill, a heartbeat, a fill, an order, a heartbeat. Fills are resendable.
    void speak()
    {
        logOn();
        for (const char* type : {"D", "8", "1", "8", "D", "1"}) {
            if (std::string(type) == "1")
                peerSays("1", "112=T|");
            else
                ASSERT_TRUE(us.session->send(message(type, {{11, "C1"}, {453, "2"}, {448, "A"}, {448, "B"}})));
        }
        us.heard.out.clear();
        ASSERT_EQ(us.session->nextSender(), 8);
    }
    std::string asked(const std::string& from, const std::string& to)
    {
        us.heard.gapFilled.clear();
        peerSays("2", "7=" + from + "|16=" + to + "|");
        return answersOf(sent());
    }
};

TEST_P(Resend, Case8_ApplicationMessagesAgainAndAGapFillForTheRest)
{
    speak();
    EXPECT_EQ(asked("1", "0"), "4:1-2 8:3 4:4-4 8:5 4:6-7");
    EXPECT_EQ(us.heard.gapFilled, (Ranges{{1, 2}, {4, 4}, {6, 7}}));
    EXPECT_EQ(us.session->nextSender(), 8) << "no number is used";
    expectGoesOn();
}

TEST_P(Resend, Case8_OnlyTheRangeThatWasAskedFor)
{
    speak();
    EXPECT_EQ(asked("3", "3"), "8:3");
    EXPECT_TRUE(us.heard.gapFilled.empty());
    EXPECT_EQ(asked("2", "4"), "4:2-2 8:3 4:4-4");
    EXPECT_EQ(asked("7", "0"), "4:7-7");
    EXPECT_EQ(asked("5", "999999"), "8:5 4:6-7") << "what is beyond our newest does not exist";
    EXPECT_EQ(us.heard.gapFilled, (Ranges{{6, 7}}));
}

TEST_P(Resend, Case8_WhatIsSentAgainIsWhatWasSent)
{
    speak();
    const std::string before = sendingTime(us.clock.utc());
    us.clock.advance(std::chrono::seconds(5));
    peerSays("2", "7=3|16=3|");
    const auto again = sentOnly("8");
    EXPECT_EQ(again.seqNum(), 3U);
    EXPECT_EQ(again.find(fix::tag::OrigSendingTime), before);
    EXPECT_EQ(again.body.sendingTime, sendingTime(us.clock.utc()));
    EXPECT_EQ(again.find(fix::tag::SenderCompId), "US");
    EXPECT_EQ(
        again.body.fields, (std::vector<std::pair<int, std::string>>{{11, "C1"}, {453, "2"}, {448, "A"}, {448, "B"}}));
}

TEST_P(Resend, Case8_WhatCommitsIsNeverSentAgain)
{
    speak();
    for (int times = 0; times < 3; ++times)
        EXPECT_EQ(asked("2", "2"), "4:2-2");
    EXPECT_EQ(us.heard.gapFilled, (Ranges{{2, 2}}));
}

TEST_P(Resend, Case8_AnAnswerInThePlaceOfSessionMessagesAtTheEndIsInOrder)
{
    speak();
    // A gap fill that began at 5 again would be ignored as old, and the peer would wait for 6 for ever.
    EXPECT_EQ(asked("5", "0"), "8:5 4:6-7");
}

TEST_P(Resend, Case20_WhileWeWaitForTheirsWeAnswerTheirRequest)
{
    speak();
    peerSays("8", peerNext + 1, "17=E2|"); // peerNext is missing
    EXPECT_EQ(sentTypes(), "2");
    const std::uint64_t request = peerNext + 2;
    peerSays("2", request, "7=3|16=0|");
    const auto messages = sent();
    EXPECT_EQ(answersOf(messages), "8:3 4:4-4 8:5 4:6-8");
    peerSays("8", peerNext, "17=E1|", possDup());
    EXPECT_EQ(us.heard.messages.size(), 2U);
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(request + 1)) << "the request itself has been counted";
    peerNext = request + 1;
    expectGoesOn();
}

TEST_P(Resend, Case20_ARequestThatShowsAGapIsAnsweredAndThenOurs)
{
    speak();
    peerSays("2", peerNext + 1, "7=3|16=3|");
    const auto messages = sent();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].body.type, "8");
    EXPECT_EQ(messages[1].body.type, "2");
    EXPECT_EQ(messages[1].body.find(fix::tag::BeginSeqNo), std::to_string(peerNext));
}

INSTANTIATE_TEST_SUITE_P(Roles, Resend, testing::Values(fix::SessionRole::Initiator, fix::SessionRole::Acceptor),
    [](const auto& role) { return role.param == fix::SessionRole::Initiator ? "Initiator" : "Acceptor"; });

TEST_P(EitherEnd, Case9_BothMayStartAgainAtOneWithALogon)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("8", {{17, "E1"}})));
    peerSays("8", "17=E1|");
    sent();
    peerNext = 1;
    peerSays("A", "98=0|108=30|141=Y|");
    const auto logon = sentOnly("A");
    EXPECT_EQ(logon.seqNum(), 1U);
    EXPECT_EQ(logon.body.find(fix::tag::ResetSeqNumFlag), "Y");
    EXPECT_EQ(us.heard.numbersReset, 1);
    EXPECT_EQ(us.heard.loggedOn, 1) << "the session goes on";
    EXPECT_EQ(us.session->nextSender(), 2);
    expectGoesOn();
}

TEST_P(EitherEnd, Case10a_AGapFillBehindAGapIsAskedAbout)
{
    logOn();
    peerSays("4", peerNext + 2, "123=Y|36=" + std::to_string(peerNext + 5) + "|");
    EXPECT_EQ(sentOnly("2").body.find(fix::tag::BeginSeqNo), std::to_string(peerNext));
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
    peerSays("4", peerNext, "123=Y|36=" + std::to_string(peerNext + 2) + "|", possDup());
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext + 5)) << "and has its turn";
    peerNext += 5;
    expectGoesOn();
}

TEST_P(EitherEnd, Case10b_AGapFillInOrderLeadsOn)
{
    logOn();
    peerSays("4", "123=Y|36=20|");
    EXPECT_EQ(us.session->nextTarget(), 20);
    EXPECT_EQ(sentTypes(), "");
    peerNext = 20;
    expectGoesOn();
}

TEST_P(EitherEnd, Case10c_AnOldGapFillIsIgnored)
{
    logOn();
    peerSays("8", "17=E1|");
    peerSays("4", peerNext - 1, "123=Y|36=20|", possDup());
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case10d_AnOldGapFillThatIsNoDuplicateEndsTheSession)
{
    logOn();
    peerSays("8", "17=E1|");
    peerSays("4", peerNext - 1, "123=Y|36=20|");
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "MsgSeqNum too low, expecting 3 but received 2");
    expectClosed(Errc::SequenceError, "too low");
}

TEST_P(EitherEnd, Case10e_AGapFillThatLeadsBackIsRejected)
{
    logOn();
    for (const std::uint64_t next : {peerNext, peerNext - 1}) {
        peerSays("4", peerNext, "123=Y|36=" + std::to_string(next) + "|");
        EXPECT_EQ(sentOnly("3").body.find(fix::tag::Text),
            "attempt to lower sequence number, invalid value NewSeqNo=" + std::to_string(next));
    }
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
    expectGoesOn();
}

TEST_P(EitherEnd, Case11a_AResetLeadsOnWhateverItsNumber)
{
    for (const std::uint64_t number : {1U, 2U, 77U}) {
        logOn();
        const std::uint64_t next = peerNext + 20;
        peerSays("4", number, "36=" + std::to_string(next) + "|");
        EXPECT_EQ(us.session->nextTarget(), static_cast<int>(next));
        EXPECT_EQ(sentTypes(), "");
        peerNext = next;
        expectGoesOn();
        hangUp();
    }
    EXPECT_EQ(us.heard.numbersReset, 0) << "no number comes twice";
}

TEST_P(EitherEnd, Case11a_AResetEndsTheWaitForAGap)
{
    logOn();
    peerSays("8", peerNext + 1, "17=E2|");
    peerSays("8", peerNext + 8, "17=E9|");
    sent();
    peerSays("4", 1, "123=N|36=" + std::to_string(peerNext + 8) + "|");
    ASSERT_EQ(us.heard.messages.size(), 1U) << "what the peer gave up is given up";
    EXPECT_EQ(us.heard.messages[0].find(fix::tag::ExecId), "E9");
    peerNext += 9;
    expectGoesOn();
}

TEST_P(EitherEnd, Case11b_AResetToTheExpectedNumberChangesNothing)
{
    logOn();
    peerSays("4", 1, "123=N|36=" + std::to_string(peerNext) + "|");
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case11c_AResetToALowerNumberIsRejected)
{
    logOn();
    peerSays("8", "17=E1|");
    peerSays("4", peerNext, "123=N|36=1|");
    const auto reject = sentOnly("3");
    EXPECT_EQ(reject.body.find(fix::tag::SessionRejectReason), "5");
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
    EXPECT_EQ(us.heard.numbersReset, 0);
    expectGoesOn();
}

}
