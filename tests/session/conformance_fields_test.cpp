#include "core/fix/tags.h"
#include "tests/session/conformance.h"

/// Cases 7 and 14 to 19: rejects, fields, queues, identities. Of an application message the session judges the header
/// alone; its body is for the codec, which refuses nothing that could be a fill (docs/fix-session.md).
namespace {

using namespace session_test;
using base::Errc;

const std::string FillWithoutPrice = "37=O1|11=C1|17=E1|150=F|39=2|55=EUR/USD|54=1|38=1000000|";

TEST_P(EitherEnd, Case7_ARejectIsCountedAndTold)
{
    logOn();
    ASSERT_TRUE(us.session->send(message("D", {{11, "C1"}})));
    sent();
    peerSays("3", "45=2|372=D|373=5|58=no|");
    ASSERT_EQ(us.heard.rejects.size(), 1U);
    EXPECT_EQ(us.heard.rejects[0].find(fix::tag::RefSeqNum), "2");
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case7_ARejectBehindAGapWaitsForIt)
{
    logOn();
    peerSays("3", peerNext + 1, "45=2|");
    EXPECT_TRUE(us.heard.rejects.empty());
    EXPECT_EQ(sentTypes(), "2");
    EXPECT_EQ(us.session->nextTarget(), static_cast<int>(peerNext)) << "what is missing is not counted with it";
    peerSays("8", FillWithoutPrice, possDup());
    EXPECT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(us.heard.rejects.size(), 1U);
}

/// Of an application message: what a codec may still make a fill of.
struct OddBody {
    const char* name;
    std::string fields;
};

class AnOddBody : public SessionCase, public testing::WithParamInterface<OddBody> { };

TEST_P(AnOddBody, Case14_OfAnApplicationMessageIsDelivered)
{
    open(fix::SessionRole::Initiator);
    logOn();
    peerSays("8", GetParam().fields);
    ASSERT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(us.heard.messages[0].find(fix::tag::ExecId), "E1");
    EXPECT_TRUE(us.heard.alarms.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

INSTANTIATE_TEST_SUITE_P(Fields, AnOddBody,
    testing::Values(OddBody{"14a_UnknownTag", FillWithoutPrice + "9999=x|"}, OddBody{"14b_MissingTag", "17=E1|"},
        OddBody{"14c_TagOfAnotherMessage", FillWithoutPrice + "108=30|"},
        OddBody{"14d_NoValue", FillWithoutPrice + "58=|"},
        OddBody{"14e_UnknownValue", FillWithoutPrice + "167=NOTATYPE|"},
        OddBody{"14f_BadFormat", FillWithoutPrice + "60=noon|31=abc|"},
        OddBody{"14g_HeaderFieldInTheBody", FillWithoutPrice + "57=DESK|58=x|"},
        OddBody{"14h_RepeatedTag", FillWithoutPrice + "58=x|58=y|"},
        OddBody{"14i_WrongGroupCount", FillWithoutPrice + "453=3|448=A|447=D|452=35|"},
        OddBody{"14j_GroupOutOfOrder", FillWithoutPrice + "453=1|452=35|448=A|447=D|"},
        OddBody{"14m_ConditionallyRequiredMissing", "17=E1|150=F|39=2|"}),
    [](const auto& one) { return std::string(one.param.name); });

/// Of a session message: the dictionary's judgement, answered with a Reject and counted.
struct BadSessionMessage {
    const char* name;
    std::string type;
    std::string fields;
    std::string reason;
};

class ABadSessionMessage : public SessionCase, public testing::WithParamInterface<BadSessionMessage> { };

TEST_P(ABadSessionMessage, Case14_IsRejectedAndCounted)
{
    open(fix::SessionRole::Acceptor);
    logOn();
    peerSays(GetParam().type, GetParam().fields);
    const auto reject = sentOnly("3");
    EXPECT_EQ(reject.body.find(fix::tag::SessionRejectReason), GetParam().reason);
    EXPECT_EQ(reject.body.find(fix::tag::RefSeqNum), "2");
    EXPECT_TRUE(us.heard.alarms.empty()) << "no fill can be lost with it";
    expectGoesOn();
}

INSTANTIATE_TEST_SUITE_P(Fields, ABadSessionMessage,
    testing::Values(BadSessionMessage{"14b_NoTestReqID", "1", "", "1"},
        BadSessionMessage{"14b_NoRefSeqNum", "3", "58=no|", "1"},
        BadSessionMessage{"14b_NoBeginSeqNo", "2", "16=0|", "1"}, BadSessionMessage{"14b_NoEndSeqNo", "2", "7=1|", "1"},
        BadSessionMessage{"14d_NoValue", "1", "112=|", "4"},
        BadSessionMessage{"14e_RangeUpsideDown", "2", "7=2|16=1|", "5"},
        BadSessionMessage{"14e_RangeFromZero", "2", "7=0|16=0|", "5"},
        BadSessionMessage{"14e_RangeNeverSent", "2", "7=99|16=0|", "5"},
        BadSessionMessage{"14f_NoNumber", "2", "7=one|16=0|", "6"},
        BadSessionMessage{"14f_NoNumberToReject", "3", "45=two|", "6"},
        BadSessionMessage{"14h_RepeatedTag", "1", "112=A|112=B|", "13"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_P(EitherEnd, Case14k_ADelimiterInsideAValueIsGarbled)
{
    logOn();
    receive(framed("35=8|" + headerOf(peerNext) + FillWithoutPrice + "58=one|two|"));
    EXPECT_TRUE(us.heard.messages.empty());
    EXPECT_EQ(sentTypes(), "");
    expectGoesOn();
}

TEST_P(EitherEnd, Case14k_ADelimiterInsideDataIsData)
{
    logOn();
    receive(framed("35=8|" + headerOf(peerNext) + "17=E1|95=7|96=one|two|"));
    ASSERT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(us.heard.messages[0].find(fix::tag::RawData), "one\x01two");
    ++peerNext;
    expectGoesOn();
}

TEST_P(EitherEnd, Case14l_AnApplicationThatCannotCopeIsNotAvailable)
{
    logOn();
    us.heard.failsOnMessage = true;
    peerSays("8", FillWithoutPrice);
    us.heard.failsOnMessage = false;
    const auto reject = sentOnly("j");
    EXPECT_EQ(reject.body.find(fix::tag::BusinessRejectReason), "4");
    EXPECT_EQ(reject.body.find(fix::tag::RefSeqNum), "2");
    EXPECT_EQ(reject.body.find(fix::tag::RefMsgType), "8");
    ASSERT_EQ(us.heard.alarms.size(), 1U);
    expectGoesOn();
}

TEST_P(EitherEnd, Case15_FieldsMayComeInAnyOrder)
{
    logOn();
    const std::string time = sendingTime(us.clock.utc());
    receive(framed("35=8|56=US|52=" + time + "|34=2|49=PEER|54=1|17=E1|55=EUR/USD|"));
    receive(framed("35=8|49=PEER|34=3|56=US|52=" + time + "|55=EUR/USD|17=E2|54=1|"));
    receive(framed("35=1|52=" + time + "|56=US|34=4|49=PEER|112=T|"));
    EXPECT_EQ(us.heard.messages.size(), 2U);
    EXPECT_EQ(sentTypes(), "0");
    peerNext = 5;
    expectGoesOn();
}

// A deviation: the desk queues nothing. An acceptance that waits is an acceptance of an old price.
TEST_P(EitherEnd, Case16_WhatCannotBeSentNowIsNotSentLater)
{
    const auto before = us.session->send(message("D", {{11, "C1"}}));
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().code, Errc::NotConnected);
    EXPECT_EQ(us.session->nextSender(), 1) << "no number is used";
    connect();
    peerLogsOn(1);
    EXPECT_EQ(sentTypes(), "A");
    peerSays("2", "7=1|16=0|");
    EXPECT_EQ(sentTypes(), "4") << "and there is nothing to resend";
}

TEST_P(EitherEnd, Case17_OnlyTlsEncrypts)
{
    connect();
    sent();
    peerSays("A", 1, "98=2|108=30|");
    EXPECT_EQ(sentTypes(), "5");
    expectClosed(Errc::ProtocolViolation, "EncryptMethod");
}

TEST_P(EitherEnd, Case18_ThirdPartiesAreTheCodecsBusiness)
{
    logOn();
    peerSays("8", FillWithoutPrice, "115=DEALER|128=TRADER|");
    EXPECT_EQ(us.heard.messages.size(), 1U);
    EXPECT_EQ(sentTypes(), "");
}

TEST_P(EitherEnd, Case19_APossibleResendIsDeliveredForTheApplicationToKnow)
{
    logOn();
    peerSays("8", FillWithoutPrice);
    peerSays("8", FillWithoutPrice, "97=Y|");
    ASSERT_EQ(us.heard.messages.size(), 2U);
    EXPECT_EQ(us.heard.messages[0].find(fix::tag::ExecId), us.heard.messages[1].find(fix::tag::ExecId));
    EXPECT_FALSE(us.heard.messages[1].possDup);
    expectGoesOn();
}

}
