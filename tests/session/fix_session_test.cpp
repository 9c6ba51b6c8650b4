#include "tests/session/sample_messages.h"
#include "tests/session/session_pair.h"

#include <filesystem>

namespace {

using namespace session_test;
using base::Errc;
using namespace std::chrono_literals;

TEST_F(SessionPair, LogsOnInBothDirections)
{
    logOn();
    EXPECT_EQ(desk.heard.loggedOn, 1);
    EXPECT_EQ(venue.heard.loggedOn, 1);
    EXPECT_EQ(desk.session->nextSender(), 2);
    EXPECT_EQ(desk.session->nextTarget(), 2);
    EXPECT_EQ(venue.session->heartBtInt(), 30s);
}

TEST_F(SessionPair, DeliversAnApplicationMessageByteForByteAndInOrder)
{
    logOn();
    const auto sent = message("S",
        {{131, "R1"}, {453, "2"}, {448, "A"}, {452, "35"}, {448, "B"}, {452, "35"}, {132, "1.15340"}, {9999, "own"},
            {1, "last"}});
    const auto seqNum = venue.session->send(sent);
    ASSERT_TRUE(seqNum) << seqNum.error().detail;
    EXPECT_EQ(*seqNum, 2U);
    pump();
    ASSERT_EQ(desk.heard.messages.size(), 1U);
    EXPECT_EQ(desk.heard.messages[0].type, "S");
    EXPECT_EQ(desk.heard.messages[0].fields, sent.fields);
    EXPECT_FALSE(desk.heard.messages[0].sendingTime.empty());
    EXPECT_FALSE(desk.heard.messages[0].possDup);
}

TEST_F(SessionPair, ASendWhileLoggedOffIsRefusedAndUsesNoNumber)
{
    const auto before = desk.session->send(acceptance());
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().code, Errc::NotConnected);
    logOn();
    disconnect();
    const auto after = desk.session->send(acceptance());
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().code, Errc::NotConnected);
    EXPECT_EQ(desk.session->nextSender(), 2);
}

TEST_F(SessionPair, AFieldCannotSmuggleInAnother)
{
    logOn();
    auto order = acceptance();
    order.add(58,
        "text\x01"
        "38=99000000");
    const auto result = desk.session->send(order);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::InvalidInput);
    EXPECT_EQ(desk.session->nextSender(), 2);
}

TEST_F(SessionPair, SessionMessagesCannotBeSentAsApplicationMessages)
{
    logOn();
    EXPECT_EQ(desk.session->send(message("4", {{36, "9"}})).error().code, Errc::InvalidInput);
}

TEST_F(SessionPair, AResendRequestForAnAcceptanceIsAnsweredByAGapFill)
{
    logOn();
    ASSERT_TRUE(desk.session->send(acceptance()));
    desk.heard.out.clear(); // lost on the way
    disconnect();
    desk.heard.allSent.clear();
    logOn();
    EXPECT_TRUE(venue.heard.messages.empty());
    EXPECT_EQ(desk.heard.allSent.find("\x01"
                                      "35=D\x01"),
        std::string::npos);
    EXPECT_NE(desk.heard.allSent.find("\x01"
                                      "35=4\x01"),
        std::string::npos);
    EXPECT_EQ(venue.session->nextTarget(), desk.session->nextSender());
}

TEST_F(SessionPair, AnAcceptanceKeptByAnOlderStoreIsStillNotSentAgain)
{
    desk.config.resendable = {"D"};
    desk.open();
    logOn();
    ASSERT_TRUE(desk.session->send(acceptance()));
    desk.heard.out.clear();
    disconnect();
    desk.config.resendable = {};
    desk.open();
    desk.heard.allSent.clear();
    logOn();
    EXPECT_EQ(desk.heard.allSent.find("\x01"
                                      "35=D\x01"),
        std::string::npos);
    ASSERT_EQ(desk.heard.gapFilled.size(), 1U);
    EXPECT_EQ(desk.heard.gapFilled[0], (std::pair<std::uint64_t, std::uint64_t>(2, 3))) << "with the new Logon";
}

TEST_F(SessionPair, AFillLostOnTheWayIsSentAgainAfterTheReconnect)
{
    logOn();
    ASSERT_TRUE(venue.session->send(message("8", {{37, "O1"}, {17, "E1"}, {31, "1.15340"}})));
    disconnect();
    logOn();
    ASSERT_EQ(desk.heard.messages.size(), 1U);
    EXPECT_EQ(desk.heard.messages[0].find(17), "E1");
    EXPECT_TRUE(desk.heard.messages[0].possDup);
}

TEST_F(SessionPair, MessagesAfterAGapAreDeliveredInOrderOnceItIsFilled)
{
    logOn();
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E1"}})));
    venue.heard.out.clear(); // lost
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E2"}, {448, "x"}, {448, "y"}})));
    pump();
    ASSERT_EQ(desk.heard.messages.size(), 2U);
    EXPECT_EQ(desk.heard.messages[0].find(17), "E1");
    EXPECT_EQ(desk.heard.messages[1].find(17), "E2");
    EXPECT_EQ(desk.heard.messages[1].fields.size(), 3U);
    EXPECT_EQ(desk.session->nextTarget(), 4);
}

TEST_F(SessionPair, UnknownTagsValuesAndGroupsDoNotCostAFill)
{
    logOn();
    venueSays("8", 2, Fill + "20999=own|");
    venueSays("8", 3, Fill + "167=NOTATYPE|150=Z|528=?|");
    venueSays("8", 4, Fill + "1907=2|1903=A|1905=B|1903=C|1905=D|5000=x|5000=y|");
    EXPECT_EQ(desk.heard.messages.size(), 3U);
    EXPECT_TRUE(desk.heard.alarms.empty());
    EXPECT_EQ(desk.session->nextTarget(), 5);
}

TEST_F(SessionPair, AnApplicationMessageThatOurEngineRefusesRaisesAnAlarm)
{
    logOn();
    venueSays("8", 2, Fill, "43=Y|"); // PossDup without OrigSendingTime, and not a number of the past
    venueSays("8", 3, "554=hunter2|" + Fill, "43=Y|");
    ASSERT_FALSE(desk.heard.alarms.empty());
    EXPECT_NE(desk.heard.alarms[0].find("17=E1"), std::string::npos) << desk.heard.alarms[0];
    EXPECT_EQ(desk.heard.alarms[0].rfind("8: ", 0), 0U);
    EXPECT_EQ(desk.heard.alarms[0].find("hunter2"), std::string::npos);
}

TEST_F(SessionPair, AMessageTypeOfNoFixVersionRaisesAnAlarm)
{
    logOn();
    venueSays("?!", 2, "58=?|");
    ASSERT_EQ(desk.heard.alarms.size(), 1U);
    EXPECT_EQ(desk.heard.alarms[0].rfind("?!: ", 0), 0U);
    venueSays("8", 3, Fill);
    EXPECT_EQ(desk.heard.messages.size(), 1U);
}

TEST_F(SessionPair, ARejectOfOursNamesTheMessageItRefuses)
{
    logOn();
    ASSERT_TRUE(desk.session->send(acceptance()));
    venueSays("3", 2, "45=2|372=D|373=5|58=no|");
    ASSERT_EQ(desk.heard.rejects.size(), 1U);
    EXPECT_EQ(desk.heard.rejects[0].find(45), "2");
    EXPECT_TRUE(desk.heard.alarms.empty());
}

TEST_F(SessionPair, ACounterpartyBehindItsNumbersEndsTheSessionWithClearWords)
{
    logOn();
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E1"}})));
    pump();
    venueSays("8", 2, Fill);
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, Errc::SequenceError);
    EXPECT_NE(desk.session->closing()->detail.find("MsgSeqNum too low, expecting 3 but received 2"), std::string::npos);
}

TEST_F(SessionPair, ALogonWithTooLowANumberIsASequenceError)
{
    logOn();
    disconnect();
    std::filesystem::remove_all(files.path() / "store");
    venue.open(); // forgot everything
    connect();
    pump();
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, Errc::SequenceError) << desk.session->closing()->detail;
}

TEST_F(SessionPair, ALogoutForTooLowANumberIsASequenceErrorNotALostConnection)
{
    desk.session->connected();
    desk.session->tick();
    venueSays("5", 1, "58=MsgSeqNum too low, expecting 40 but received 1|");
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, Errc::SequenceError);
    EXPECT_NE(desk.session->closing()->detail.find("expecting 40"), std::string::npos);
}

TEST_F(SessionPair, ALogoutInsteadOfALogonIsARefusal)
{
    desk.session->connected();
    desk.session->tick();
    venueSays("5", 1, "58=not today|");
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, Errc::LogonRefused);
    EXPECT_NE(desk.session->closing()->detail.find("not today"), std::string::npos);
}

TEST_F(SessionPair, ALogonOfSomebodyElseIsRefused)
{
    desk.session->connected();
    desk.session->tick();
    desk.session->receive(framed("35=A|34=1|49=MALLORY|56=DESK|52=" + sendingTime(desk.clock.utc()) + "|98=0|108=30|"));
    EXPECT_FALSE(desk.session->loggedOn());
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, Errc::LogonRefused);
    EXPECT_EQ(desk.session->nextTarget(), 1);
}

TEST_F(SessionPair, NothingPassesBeforeTheLogon)
{
    venue.session->connected();
    venue.session->receive(framed("35=R|34=1|49=DESK|56=VENUE|52=" + sendingTime(desk.clock.utc()) + "|131=R1|"));
    EXPECT_TRUE(venue.heard.messages.empty());
    ASSERT_TRUE(venue.session->closing());
    EXPECT_EQ(venue.session->closing()->code, Errc::ProtocolViolation);
}

}
