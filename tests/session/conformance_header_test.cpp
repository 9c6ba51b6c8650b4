#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// Cases 2 and 3: the standard header and trailer.
namespace {

using namespace session_test;
using base::Errc;
using namespace std::chrono_literals;

const std::string ShortFill = "37=O1|11=C1|17=E1|150=F|39=2|55=EUR/USD|54=1|";

/// "8=FIX.4.4|9=..|" and a check sum around what is meant to be wrong in some way.
std::string framedAs(const std::string& beginString, std::size_t bodyLength, std::string body)
{
    std::replace(body.begin(), body.end(), '|', '\x01');
    const std::string message = "8=" + beginString + "\x01" + "9=" + std::to_string(bodyLength) + "\x01" + body;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    return message + "10=" + std::to_string(1000 + sum % 256).substr(1) + "\x01";
}

TEST_P(EitherEnd, Case2a_AMessageInOrderIsAccepted)
{
    logOn();
    peerSays("8", ShortFill);
    EXPECT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext));
    EXPECT_EQ(sentTypes(), "");
}

TEST_P(EitherEnd, Case2b_ANumberTooHighIsAskedAboutOnce)
{
    logOn();
    peerSays("8", peerNext + 1, "17=E2|");
    const auto request = sentOnly("2");
    EXPECT_EQ(request.body.find(fix::tag::BeginSeqNo), std::to_string(peerNext));
    EXPECT_EQ(request.body.find(fix::tag::EndSeqNo), "0");
    peerSays("8", peerNext + 2, "17=E3|");
    peerSays("0", peerNext + 3, "");
    EXPECT_EQ(sentTypes(), "") << "one request covers all that follow";
    EXPECT_TRUE(us.heard.messages.empty()) << "order is kept";
    peerSays("8", peerNext, "17=E1|", possDup());
    ASSERT_EQ(us.heard.messages.size(), 3U);
    EXPECT_EQ(us.heard.messages[0].find(fix::tag::ExecId), "E1");
    EXPECT_EQ(us.heard.messages[1].find(fix::tag::ExecId), "E2");
    EXPECT_EQ(us.heard.messages[2].find(fix::tag::ExecId), "E3");
    peerNext += 4;
    expectGoesOn();
}

TEST_P(EitherEnd, Case2b_ASecondGapIsAskedAboutThoughNothingCameInOrderAfterTheFirst)
{
    logOn();
    const std::uint64_t first = peerNext;
    peerSays("8", first + 2, "17=E3|");
    EXPECT_EQ(sentTypes(), "2");
    peerSays("8", first + 5, "17=E6|"); // first + 3 and first + 4 are missing, too
    peerSays("4", first, "123=Y|36=" + std::to_string(first + 2) + "|", possDup());
    ASSERT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(sentOnly("2").body.find(fix::tag::BeginSeqNo), std::to_string(first + 3));
    peerSays("4", first + 3, "123=Y|36=" + std::to_string(first + 5) + "|", possDup());
    EXPECT_EQ(us.heard.messages.size(), 2U);
    peerNext = first + 6;
    expectGoesOn();
}

TEST_P(EitherEnd, Case2b_APeerThatSendsNothingAgainIsAskedAgainAndThenGivenUp)
{
    logOn();
    peerSays("8", peerNext + 1, "17=E2|");
    EXPECT_EQ(sentTypes(), "2");
    pass(10s);
    EXPECT_EQ(sentTypes(), "2");
    pass(10s);
    EXPECT_EQ(sentTypes(), "2");
    pass(10s);
    EXPECT_NE(sentTypes().find('5'), std::string::npos);
    expectClosed(Errc::SequenceError, "which we lack");
    EXPECT_TRUE(us.heard.messages.empty());
}

TEST_P(EitherEnd, Case2b_WhatWaitsForAGapIsBounded)
{
    logOn();
    for (std::uint64_t i = 1; i <= 20'001 && !us.session->closing(); ++i)
        peerSays("8", peerNext + i, "17=E|");
    expectClosed(Errc::ProtocolViolation, "never fills the gap");
}

TEST_P(EitherEnd, Case2c_ANumberTooLowEndsTheSession)
{
    logOn();
    peerSays("8", ShortFill);
    sent();
    peerSays("8", peerNext - 1, ShortFill);
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "MsgSeqNum too low, expecting 3 but received 2");
    expectClosed(Errc::SequenceError, "MsgSeqNum too low, expecting 3 but received 2");
    EXPECT_EQ(us.heard.messages.size(), 1U);
}

TEST_P(EitherEnd, Case2d_AGarbledMessageIsIgnored)
{
    logOn();
    const std::string body = "35=8|" + headerOf(peerNext) + "17=E1|this is no field|";
    receive(framedAs("FIX.4.4", body.size(), body));
    receive("one\x01two\x01");
    EXPECT_TRUE(us.heard.messages.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2e_APossibleDuplicateThatHasComeIsIgnored)
{
    logOn();
    peerSays("8", ShortFill);
    peerSays("8", peerNext - 1, ShortFill, possDup());
    EXPECT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2e_APossibleDuplicateThatHasNotComeIsProcessed)
{
    logOn();
    peerSays("8", ShortFill, possDup());
    ASSERT_EQ(us.heard.messages.size(), 1U);
    EXPECT_TRUE(us.heard.messages[0].possDup);
    expectGoesOn();
}

TEST_P(EitherEnd, Case2e_AnOldLogoutOrResendRequestDoesNothing)
{
    logOn();
    peerSays("0", "");
    peerSays("5", peerNext - 1, "", possDup());
    peerSays("2", peerNext - 1, "7=1|16=0|", possDup());
    EXPECT_EQ(sentTypes(), "");
    EXPECT_FALSE(us.session->leaving());
    expectGoesOn();
}

TEST_P(EitherEnd, Case2f_OrigSendingTimeBehindSendingTimeIsRejected)
{
    logOn();
    peerSays("8", ShortFill, "43=Y|122=" + sendingTime(us.clock.utc() + 1s) + "|");
    const auto reject = sentOnly("3");
    EXPECT_EQ(reject.body.find(fix::tag::SessionRejectReason), "10");
    EXPECT_EQ(reject.body.find(fix::tag::RefSeqNum), "2");
    EXPECT_EQ(reject.body.find(fix::tag::RefMsgType), "8");
    ASSERT_EQ(us.heard.alarms.size(), 1U) << "it may have been a fill";
    expectGoesOn();
}

TEST_P(EitherEnd, Case2g_APossibleDuplicateWithoutOrigSendingTimeIsRejected)
{
    logOn();
    peerSays("8", ShortFill, "43=Y|");
    const auto reject = sentOnly("3");
    EXPECT_EQ(reject.body.find(fix::tag::SessionRejectReason), "1");
    EXPECT_EQ(reject.body.find(fix::tag::RefTagId), "122");
    ASSERT_EQ(us.heard.alarms.size(), 1U);
    EXPECT_NE(us.heard.alarms[0].find("17=E1"), std::string::npos);
    expectGoesOn();
    peerSays("8", peerNext - 1, ShortFill, "43=Y|"); // and so is one of the past
    EXPECT_EQ(sentTypes(), "3");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2h_WhatWeSayIsFix44AsWhatWeHear)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("8", {{17, "E1"}})));
    EXPECT_EQ(sentOnly("8").find(fix::tag::BeginString), "FIX.4.4");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2i_AnotherFixVersionEndsTheSession)
{
    logOn();
    const std::string body = "35=8|" + headerOf(peerNext) + ShortFill;
    receive(framedAs("FIX.4.2", body.size(), body));
    EXPECT_EQ(sentOnly("5").body.find(fix::tag::Text), "Incorrect BeginString FIX.4.2, expecting FIX.4.4");
    expectClosed(Errc::ProtocolViolation, "Incorrect BeginString");
    EXPECT_TRUE(us.heard.messages.empty());
}

TEST_P(EitherEnd, Case2j_OurCompIdsAreOnWhatWeSay)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("8", {{17, "E1"}})));
    const auto sent = sentOnly("8");
    EXPECT_EQ(sent.find(fix::tag::SenderCompId), "US");
    EXPECT_EQ(sent.find(fix::tag::TargetCompId), "PEER");
}

TEST_P(EitherEnd, Case2k_AnotherSenderOrTargetIsRejectedAndLoggedOut)
{
    for (const auto& [header, tag] : {std::pair("49=MALLORY|", "49"), std::pair("56=MALLORY|", "56")}) {
        logOn();
        peerSays("8", ShortFill, header);
        const auto messages = sent();
        ASSERT_EQ(messages.size(), 2U);
        EXPECT_EQ(messages[0].body.type, "3");
        EXPECT_EQ(messages[0].body.find(fix::tag::SessionRejectReason), "9");
        EXPECT_EQ(messages[0].body.find(fix::tag::RefTagId), tag);
        EXPECT_EQ(messages[1].body.type, "5");
        EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext)) << "it is counted";
        expectClosed(Errc::ProtocolViolation, "CompID problem");
        hangUp();
    }
    EXPECT_TRUE(us.heard.messages.empty());
}

TEST_P(EitherEnd, Case2m_AWrongBodyLengthIsIgnored)
{
    logOn();
    const std::string body = "35=8|" + headerOf(peerNext) + ShortFill;
    receive(framedAs("FIX.4.4", body.size() - 3, body));
    EXPECT_TRUE(us.heard.messages.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2n_SendingTimeOfAnyPrecisionIsAccepted)
{
    logOn();
    for (const char* time : {"20261124-08:00:07", "20261124-08:00:07.4", "20261124-08:00:07.480123456"})
        peerSays("8", ShortFill, std::string("52=") + time + "|");
    EXPECT_EQ(us.heard.messages.size(), 3U);
}

// A deviation, for the trader: a clock that is off must not cost a fill. It is judged at the Logon.
TEST_P(EitherEnd, Case2o_AnApplicationMessageIsNeverRefusedForItsSendingTime)
{
    logOn();
    for (const auto off : {-1h, +1h, -24h})
        peerSays("8", ShortFill, "52=" + sendingTime(us.clock.utc() + off) + "|");
    peerSays("8", ShortFill, "52=yesterday|");
    EXPECT_EQ(us.heard.messages.size(), 4U);
    EXPECT_TRUE(us.heard.alarms.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2o_ALogonWhoseClockIsOffByMoreThanTwoMinutesIsRefusedBeforeTheSessionOpens)
{
    for (const auto off : {-121s, +121s}) {
        connect();
        sent();
        const std::string theirs = sendingTime(us.clock.utc() + off);
        peerSays("A", peerNext, "98=0|108=30|", "52=" + theirs + "|");
        EXPECT_EQ(sentTypes(), "5");
        EXPECT_EQ(us.heard.loggedOn, 0);
        expectClosed(Errc::Refused, "Correct the workstation's clock");
        EXPECT_NE(us.session->closing()->detail.find(theirs), std::string::npos);
        EXPECT_NE(us.session->closing()->detail.find(sendingTime(us.clock.utc())), std::string::npos);
        EXPECT_NE(us.session->closing()->detail.find("121 s"), std::string::npos);
        hangUp();
    }
}

TEST_P(EitherEnd, Case2o_ALogonWhoseClockIsOffByTwoMinutesOpensTheSession)
{
    connect();
    peerLogsOn(1, "", "52=" + sendingTime(us.clock.utc() - 120s) + "|");
    EXPECT_TRUE(us.session->loggedOn());
    EXPECT_EQ(us.session->clockOffset(), -120s);
}

TEST_P(EitherEnd, Case2p_StandardAndUserDefinedTypesAreAccepted)
{
    logOn();
    for (const char* type : {"8", "S", "AE", "BH", "U7", "UXYZ"})
        peerSays(type, "58=x|");
    EXPECT_EQ(us.heard.messages.size(), 6U);
    EXPECT_EQ(sentTypes(), "");
}

TEST_P(EitherEnd, Case2q_ATypeOfNoSpecificationIsRejected)
{
    logOn();
    for (const char* type : {"?", "aa", "8x", "ABC"}) {
        peerSays(type, "58=x|");
        const auto reject = sentOnly("3");
        EXPECT_EQ(reject.body.find(fix::tag::SessionRejectReason), "11");
        EXPECT_EQ(reject.body.find(fix::tag::RefMsgType), type);
    }
    EXPECT_EQ(us.heard.alarms.size(), 4U);
    expectGoesOn();
}

TEST_P(EitherEnd, Case2t_MsgTypeThatIsNotTheThirdFieldIsGarbled)
{
    logOn();
    const std::string body = "34=" + std::to_string(peerNext) + "|35=8|49=PEER|56=US|52=20261124-08:00:07|" + ShortFill;
    receive(framedAs("FIX.4.4", body.size(), body));
    EXPECT_TRUE(us.heard.messages.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case2_AMessageWithoutANumberEndsTheSession)
{
    logOn();
    receive(framed("35=8|49=PEER|56=US|52=20261124-08:00:07|" + ShortFill));
    EXPECT_EQ(sentTypes(), "5");
    expectClosed(Errc::ProtocolViolation, "MsgSeqNum is missing");
}

TEST_P(EitherEnd, Case3b_AWrongCheckSumIsIgnored)
{
    logOn();
    std::string bytes = framed("35=8|" + headerOf(peerNext) + ShortFill);
    bytes[bytes.size() - 2] = bytes[bytes.size() - 2] == '0' ? '1' : '0';
    receive(bytes);
    EXPECT_TRUE(us.heard.messages.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case3c_AMessageWithBytesTurnedOverIsIgnored)
{
    logOn();
    std::string bytes = framed("35=8|" + headerOf(peerNext) + ShortFill);
    const std::size_t at = bytes.find("EUR");
    std::swap(bytes[at], bytes[at + 1]);
    bytes[at + 2] = 'X';
    receive(bytes);
    EXPECT_TRUE(us.heard.messages.empty());
    expectGoesOn();
}

TEST_P(EitherEnd, Case3e_ACheckSumOfTwoDigitsOrWithoutADelimiterIsGarbled)
{
    logOn();
    const std::string good = framed("35=8|" + headerOf(peerNext) + ShortFill);
    receive(good.substr(0, good.size() - 4) + good.substr(good.size() - 3)); // 10=nn
    receive(good.substr(0, good.size() - 1)); // no delimiter
    EXPECT_TRUE(us.heard.messages.empty());
    expectGoesOn();
}

TEST_P(EitherEnd, Case3e_ACheckSumThatIsNotLastIsGarbled)
{
    logOn();
    std::string bytes = framed("35=8|" + headerOf(peerNext) + ShortFill);
    bytes += "58=behind\x01";
    receive(bytes); // the message itself is whole; what follows is no message
    EXPECT_EQ(us.heard.messages.size(), 1U);
    ++peerNext;
    expectGoesOn();
}

}
