#include "tests/session/sample_messages.h"
#include "tests/session/session_pair.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace session_test;
using base::Errc;

std::string contentOf(const std::filesystem::path& directory)
{
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (!entry.is_regular_file())
            continue;
        std::ostringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        all += text.str();
    }
    return all;
}

TEST_F(SessionPair, AnswersATestRequestWithItsId)
{
    logOn();
    venueSays("1", 2, "112=ARE-YOU-THERE|");
    EXPECT_NE(desk.heard.out.find("\x01"
                                  "35=0\x01"),
        std::string::npos);
    EXPECT_NE(desk.heard.out.find("\x01"
                                  "112=ARE-YOU-THERE\x01"),
        std::string::npos);
}

TEST_F(SessionPair, LogsOutPolitely)
{
    logOn();
    desk.session->logout("going home");
    pump();
    ASSERT_TRUE(desk.session->closing());
    EXPECT_EQ(desk.session->closing()->code, Errc::Cancelled);
    ASSERT_TRUE(venue.session->leaving());
    EXPECT_NE(venue.session->leaving()->detail.find("going home"), std::string::npos);
    disconnect();
    logOn(); // and may come back
}

TEST_F(SessionPair, APeerThatDoesNotReadEndsTheSession)
{
    logOn();
    desk.heard.hasRoom = false;
    const auto result = desk.session->send(acceptance());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::ConnectionLost);
    EXPECT_TRUE(desk.session->closing());
}

TEST_F(SessionPair, BytesWithoutAFrameEndTheSessionAndCostNoMemory)
{
    for (const std::string& noise : {std::string(64 << 10, 'x'),
             "8=FIX.4.4\x01"
             "9=2000000000\x01"
                 + std::string(64 << 10, 'x')}) {
        desk.session->disconnected();
        desk.session->connected();
        int blocks = 0;
        while (!desk.session->closing() && blocks < 1024) {
            desk.session->receive(noise);
            ++blocks;
        }
        ASSERT_TRUE(desk.session->closing());
        EXPECT_EQ(desk.session->closing()->code, Errc::ProtocolViolation);
        EXPECT_LE(blocks, 18);
    }
}

TEST_F(SessionPair, AGarbledMessageIsSkippedAndAskedForAgain)
{
    logOn();
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E1"}})));
    const auto at = venue.heard.out.find("E1");
    ASSERT_NE(at, std::string::npos);
    venue.heard.out[at] = 'X'; // the check sum no longer holds
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E2"}})));
    pump();
    ASSERT_EQ(desk.heard.messages.size(), 2U);
    EXPECT_EQ(desk.heard.messages[0].find(17), "E1");
}

TEST_F(SessionPair, AMessageOnWhichTheListenerFailsIsReportedAndNotAskedForForEver)
{
    logOn();
    desk.heard.failsOnMessage = true;
    venueSays("8", 2, Fill);
    desk.heard.failsOnMessage = false;
    EXPECT_FALSE(desk.session->closing());
    EXPECT_EQ(desk.session->nextTarget(), 3);
    ASSERT_EQ(desk.heard.alarms.size(), 1U);
    EXPECT_NE(desk.heard.alarms[0].find("17=E1"), std::string::npos);
    venueSays("8", 3, Fill);
    EXPECT_EQ(desk.heard.messages.size(), 1U);
}

TEST_F(SessionPair, TheStoreSurvivesReopening)
{
    logOn();
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E1"}})));
    pump();
    const int sender = desk.session->nextSender();
    const int target = desk.session->nextTarget();
    disconnect();
    desk.open();
    venue.open();
    EXPECT_EQ(desk.session->nextSender(), sender);
    EXPECT_EQ(desk.session->nextTarget(), target);
    logOn();
    EXPECT_EQ(desk.heard.messages.size(), 1U) << "nothing comes twice";
}

TEST_F(SessionPair, ResetAtLogonStartsBothNumbersAgain)
{
    logOn();
    disconnect();
    desk.config.reset = fix::SequenceReset::AtLogon;
    desk.open();
    logOn();
    EXPECT_EQ(desk.session->nextSender(), 2);
    EXPECT_EQ(venue.session->nextSender(), 2);
}

TEST_F(SessionPair, NoPasswordReachesStoreOrLog)
{
    logOn();
    ASSERT_TRUE(venue.session->send(message("8", {{17, "E1"}})));
    ASSERT_TRUE(
        desk.session->send(message("BE", {{553, "anna"}, {554, "hunter2"}, {925, "hunter3"}, {96, "secret-96"}})));
    venueSays("8", 3, "17=E2|95=11|96=secret\x01-96|1402=hunter4|1404=hunter5|");
    pump();
    desk.session->receive("554=hunter6|no frame");
    const std::string log = contentOf(files.path() / "log");
    const std::string store = contentOf(files.path() / "store");
    EXPECT_NE(log.find("553=anna"), std::string::npos) << "the log is written";
    for (const char* secret : {"hunter2", "hunter3", "hunter4", "hunter5", "hunter6", "secret"}) {
        EXPECT_EQ(log.find(secret), std::string::npos) << secret;
        EXPECT_EQ(store.find(secret), std::string::npos) << secret;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(files.path())) {
        if (entry.is_regular_file()) {
            EXPECT_EQ(
                entry.status().permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        }
    }
}

TEST_F(SessionPair, AStoreThatCannotBeMadeIsNamed)
{
    std::ofstream(files.path() / "in-the-way") << "x";
    desk.config.storeDirectory = files.path() / "in-the-way" / "store";
    const auto opened = fix::FixSession::open(desk.config, desk.heard, desk.clock);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::Io);
    EXPECT_NE(opened.error().detail.find("in-the-way"), std::string::npos);
}

}
