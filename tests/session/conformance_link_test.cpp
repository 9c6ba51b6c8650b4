#include "core/fix/tags.h"
#include "tests/session/loopback.h"
#include "tests/session/raw_peer.h"
#include "tests/session/session_pair.h"

#include <filesystem>
#include <fstream>

/// The session test cases for which the transport matters, over TLS.
namespace {

using namespace session_test;

class Transport : public Loopback {
protected:
    [[nodiscard]] std::unique_ptr<RawPeer> client(const std::string& commonName = "desk-1")
    {
        tls::TrustPolicy trust;
        trust.caFile = caFile;
        trust.serverName = "localhost";
        auto peer = std::make_unique<RawPeer>(venuePort, trust, deskIdentity(commonName));
        EXPECT_TRUE(peer->connected());
        return peer;
    }
    [[nodiscard]] std::string logonOf(const std::string& sender, int seqNum = 1) const
    {
        return "35=A|34=" + std::to_string(seqNum) + "|49=" + sender + "|56=VENUE|52=" + sendingTime(clock.utc())
            + "|98=0|108=30|";
    }
};

TEST_F(Transport, Case1Ba_TheInitiatorConnectsAndLogsOn)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::Connecting));
    ASSERT_TRUE(reached(SessionPhase::Securing));
    ASSERT_TRUE(reached(SessionPhase::LoggingOn));
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
    EXPECT_EQ(storedSender(), 2);
}

TEST_F(Transport, Case1Sa_TheAcceptorAnswersALogon)
{
    openVenue();
    const auto peer = client();
    peer->say(logonOf("DESK"));
    const std::string heard = peer->hearUntil("|10=");
    EXPECT_NE(heard.find("|35=A|"), std::string::npos) << heard;
    EXPECT_NE(heard.find("|108=30|"), std::string::npos) << heard;
    EXPECT_TRUE(venueEvents.next<fix::ClientLoggedOn>());
}

TEST_F(Transport, Case1Sb_ASecondLogonOfTheSameIdentityIsHungUpOnWithoutAWord)
{
    logOn();
    const auto peer = client();
    peer->say(logonOf("DESK", 2));
    EXPECT_EQ(peer->hearAll(), "");
    EXPECT_TRUE(peer->hungUp());
    const auto refused = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::Duplicate);
    desk->send(request()); // the first goes on
    EXPECT_TRUE(clientMessage("R"));
}

// A deviation: a word is better than a riddle, and costs nobody a number, since there is no such session.
TEST_F(Transport, Case1Sc_AStrangerIsToldWhyAndHungUpOn)
{
    openVenue();
    const auto peer = client();
    peer->say(logonOf("NOBODY"));
    const std::string heard = peer->hearAll();
    EXPECT_NE(heard.find("|35=5|34=1|"), std::string::npos) << heard;
    EXPECT_NE(heard.find("|58=unknown CompID|"), std::string::npos) << heard;
    EXPECT_TRUE(peer->hungUp());
    EXPECT_EQ(venueEvents.count<fix::ClientLoggedOn>(), 0U);
}

TEST_F(Transport, Case1Sd_AnInvalidLogonGetsALogoutAndIsHungUpOn)
{
    openVenue();
    const auto peer = client();
    peer->say("35=A|34=1|49=DESK|56=VENUE|52=" + sendingTime(clock.utc()) + "|98=0|");
    const std::string heard = peer->hearAll();
    EXPECT_NE(heard.find("|58=invalid Logon: HeartBtInt"), std::string::npos) << heard;
    EXPECT_TRUE(peer->hungUp());
}

TEST_F(Transport, Case2S_AnotherMessageFirstIsHungUpOnWithoutAWord)
{
    openVenue();
    const auto peer = client();
    peer->say("35=R|34=1|49=DESK|56=VENUE|52=" + sendingTime(clock.utc()) + "|131=R1|");
    EXPECT_EQ(peer->hearAll(), "");
    EXPECT_TRUE(peer->hungUp());
    const auto refused = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason.code, Errc::ProtocolViolation);
    EXPECT_NE(refused->reason.detail.find("first message is not a Logon"), std::string::npos);
}

TEST_F(Transport, Case2r_ATypeTheDeskHasNoUseForIsAnsweredWithABusinessMessageReject)
{
    logOn();
    venue->send(clientSession, message("B", {{148, "news"}}));
    const auto reject = clientMessage("j");
    ASSERT_TRUE(reject);
    EXPECT_EQ(reject->find(fix::tag::BusinessRejectReason), "3");
    EXPECT_EQ(reject->find(fix::tag::RefMsgType), "B");
    EXPECT_TRUE(deskEvents.next<rfq::InboundRejected>()) << "and nobody overlooks it";
}

TEST_F(Transport, Case13b_WhoAnswersALogoutLeavesTheHangingUpToTheOther)
{
    openVenue();
    const auto peer = client();
    peer->say(logonOf("DESK"));
    peer->hearUntil("|35=A|");
    const base::SteadyTime asked = clock.steady();
    peer->say("35=5|34=2|49=DESK|56=VENUE|52=" + sendingTime(clock.utc()) + "|");
    EXPECT_NE(peer->hearAll().find("|35=5|"), std::string::npos); // and hangs up, if the other does not
    EXPECT_TRUE(peer->hungUp());
    EXPECT_GE(clock.steady() - asked, 1s);
}

TEST_F(Transport, ADeskThatSleptReconnectsAtOnce)
{
    logOn();
    clock.suspend(8h);
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::Timeout) << waiting->reason->detail;
    ASSERT_TRUE(waiting->retryAt);
    EXPECT_LE(*waiting->retryAt, clock.steady());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
}

TEST_F(Transport, OutsideItsScheduleASessionWaitsForTheNextStart)
{
    openVenue();
    auto settings = sessionSettings();
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.utc());
    const auto ofDay = now - std::chrono::floor<std::chrono::days>(now);
    settings.schedule = fix::SessionSchedule::daily((ofDay + 2h) % 24h, (ofDay + 3h) % 24h);
    openDesk({settings});
    desk->start(deskIdentity());
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_NE(waiting->reason->detail.find("outside the session's schedule"), std::string::npos);
    ASSERT_TRUE(waiting->retryAt);
    EXPECT_GT(*waiting->retryAt, clock.steady() + 119min);
    EXPECT_LE(*waiting->retryAt, clock.steady() + 2h);
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 0U);
    desk->retry(rfq::SessionId("VENUE-X"));
    EXPECT_TRUE(reached(SessionPhase::Waiting)) << "nobody can make it open earlier";
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 0U);
}

TEST_F(Transport, NumbersThatStartedAgainStayThatWayWhenTheVenueRefusesTheCertificate)
{
    auto strict = acceptorSettings();
    strict.trust.caFile = otherCaFile;
    openVenue(strict);
    std::filesystem::create_directories(files.path() / "desk");
    std::ofstream(files.path() / "desk" / "VENUE-X.seqnums") << "0000000007 0000000009 0000000000\n";
    auto settings = sessionSettings();
    settings.schedule = *fix::SessionSchedule::parse("daily 00:00-00:00");
    settings.reset = fix::SequenceReset::EachPeriod;
    openDesk({settings});
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::CertificateRefused) << refused->reason->detail;
    EXPECT_EQ(storedSender(), 1);
}

}
