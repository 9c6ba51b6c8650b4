#include "tests/session/loopback.h"

/// How sessions connect, fail, wait and come back.
namespace {

using namespace session_test;

TEST_F(Loopback, TellsTheFactsOfTheConnection)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::Connecting));
    ASSERT_TRUE(reached(SessionPhase::Securing));
    const auto change = reached(SessionPhase::LoggedOn);
    ASSERT_TRUE(change);
    ASSERT_TRUE(change->connection);
    EXPECT_EQ(change->connection->tlsVersion, "TLSv1.3");
    EXPECT_NE(change->connection->peerSubject.find("venue"), std::string::npos);
    const auto client = venueEvents.next<fix::ClientLoggedOn>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->peer.commonName, "desk-1");
}

TEST_F(Loopback, ACertificateThatTheVenueRefusesStopsTheSessionAndUsesNoNumber)
{
    auto settings = acceptorSettings();
    settings.trust.caFile = otherCaFile;
    openVenue(settings);
    openDesk();
    const auto stranger = deskIdentity();
    for (int round = 0; round < 3; ++round) {
        round == 0 ? desk->start(stranger) : desk->retry(rfq::SessionId("VENUE-X"));
        const auto refused = reached(SessionPhase::Refused);
        ASSERT_TRUE(refused);
        ASSERT_TRUE(refused->reason);
        EXPECT_EQ(refused->reason->code, Errc::CertificateRefused) << refused->reason->detail;
        EXPECT_FALSE(refused->retryAt);
        EXPECT_EQ(storedSender(), 1);
    }
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 3U);
    EXPECT_EQ(changesInto(SessionPhase::Waiting), 0U);
}

TEST_F(Loopback, SessionsStayUntilTheTimeGivenAndThenLogOut)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->stopAt(clock.steady() + 30s, "the token was removed");
    clock.suspend(29s);
    desk->send(request());
    EXPECT_TRUE(clientMessage("R")) << "still up";
    EXPECT_EQ(changesInto(SessionPhase::Stopped), 0U);
    clock.suspend(2s);
    EXPECT_TRUE(reached(SessionPhase::Stopped));
}

TEST_F(Loopback, AStartBeforeThatTimeCallsTheStopOff)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->stopAt(clock.steady() + 10s, "the token was removed");
    clock.suspend(9s);
    desk->start(deskIdentity());
    clock.suspend(2s);
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
    EXPECT_EQ(changesInto(SessionPhase::Stopped), 0U);
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 1U) << "the session that was up is the one that is up";
}

TEST_F(Loopback, AnUnknownCompIdIsRefusedByBothEnds)
{
    openVenue();
    auto settings = sessionSettings();
    settings.senderCompId = "NOBODY";
    openDesk({settings});
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::LogonRefused);
    EXPECT_NE(refused->reason->detail.find("unknown CompID"), std::string::npos) << refused->reason->detail;
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::LogonRefused);
}

TEST_F(Loopback, ACertificateSpeaksOnlyForItsOwnCompId)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity("desk-2"));
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::LogonRefused);
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::CertificateWrongName);
    ASSERT_TRUE(client->client) << "the handshake has proven whose it is";
    EXPECT_EQ(client->client->commonName, "desk-2");
    EXPECT_EQ(venueEvents.count<fix::ClientLoggedOn>(), 0U);
}

TEST_F(Loopback, ACertificateMustBeOneOfThePinnedOnes)
{
    const auto identity = deskIdentity();
    auto settings = acceptorSettings();
    settings.sessions[0].certificatePins = {std::string(64, '0')};
    openVenue(settings);
    openDesk();
    desk->start(identity);
    ASSERT_TRUE(reached(SessionPhase::Refused));
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::CertificateNotPinned);
}

TEST_F(Loopback, AVenueThatShowsItsNextPinnedCertificateIsTakenAndTold)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    const auto present = reached(SessionPhase::LoggedOn);
    ASSERT_TRUE(present && present->connection);
    EXPECT_FALSE(present->connection->pinnedAsNext);
    auto settings = sessionSettings();
    settings.trust.pins = {std::string(64, '0')};
    settings.trust.nextPins = {present->connection->peerFingerprint};
    desk.reset();
    openDesk({settings});
    desk->start(deskIdentity());
    const auto next = reached(SessionPhase::LoggedOn);
    ASSERT_TRUE(next && next->connection);
    EXPECT_TRUE(next->connection->pinned);
    EXPECT_TRUE(next->connection->pinnedAsNext);
}

TEST_F(Loopback, AVenueThatShowsNoProofOfItsStandingIsLeftAloneWhereItMust)
{
    openVenue();
    auto settings = sessionSettings();
    settings.trust.ocsp = tls::Ocsp::Required;
    openDesk({settings});
    desk->start(deskIdentity());
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::RevocationUnknown) << waiting->reason->detail;
    EXPECT_TRUE(waiting->retryAt) << "a fresh answer comes by itself";
}

TEST_F(Loopback, ARefusedLogonCanBePutRightWithoutTouchingTheNumbers)
{
    openVenue();
    openDesk();
    desk->start(deskIdentity("desk-2"));
    ASSERT_TRUE(reached(SessionPhase::Refused));
    desk->start(deskIdentity());
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(Loopback, ASecondConnectionOfASessionIsRefusedAndTheFirstGoesOn)
{
    logOn();
    EventCollector<rfq::VenueEvent> otherEvents;
    auto settings = sessionSettings();
    settings.storeDirectory = files.path() / "other";
    fix::FixLink other({settings}, otherEvents.inbox(), clock);
    other.start(deskIdentity());
    const auto client = venueEvents.next<fix::ClientRefused>();
    ASSERT_TRUE(client);
    EXPECT_EQ(client->reason.code, Errc::Duplicate);
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
}

TEST_F(Loopback, AConnectionThatBreaksComesBackByItself)
{
    logOn();
    venue->drop(clientSession);
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->reason->code, Errc::ConnectionLost) << waiting->reason->detail;
    EXPECT_TRUE(waiting->retryAt);
    EXPECT_FALSE(waiting->connection);
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    desk->send(request());
    EXPECT_TRUE(clientMessage("R"));
}

TEST_F(Loopback, AVenueThatComesBackLaterIsFound)
{
    logOn();
    venue.reset();
    const std::uint16_t port = venuePort;
    ASSERT_TRUE(reached(SessionPhase::Waiting));
    const auto refused = deskEvents.next<rfq::SessionChanged>([](const rfq::SessionChanged& change) {
        return change.reason && change.reason->code == Errc::ConnectionRefused;
    });
    EXPECT_TRUE(refused);
    openVenue(port);
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(Loopback, StopLogsOutAndNothingReconnects)
{
    logOn();
    desk->stop("the token is gone");
    ASSERT_TRUE(reached(SessionPhase::Stopped));
    const auto off = venueEvents.next<fix::ClientLoggedOff>();
    ASSERT_TRUE(off);
    EXPECT_NE(off->reason.find("the token is gone"), std::string::npos) << off->reason;
    desk->retry(rfq::SessionId("VENUE-X"));
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    EXPECT_EQ(changesInto(SessionPhase::Connecting), 2U);
}

TEST_F(Loopback, TheVenueCanLogAClientOut)
{
    logOn();
    venue->logout(clientSession, "closed for the day");
    const auto waiting = reached(SessionPhase::Waiting);
    ASSERT_TRUE(waiting);
    EXPECT_NE(waiting->reason->detail.find("closed for the day"), std::string::npos) << waiting->reason->detail;
}

TEST_F(Loopback, NumbersThatNoLongerMatchStopTheSessionWithClearWords)
{
    logOn();
    desk.reset();
    venue.reset();
    std::filesystem::remove_all(files.path() / "venue");
    openVenue();
    openDesk();
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::SequenceError) << refused->reason->detail;
    desk->resetSequenceNumbers(rfq::SessionId("VENUE-X"));
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
    EXPECT_GE(deskEvents.count<rfq::NumbersReset>(), 1U);
}

TEST_F(Loopback, NumbersThatShallStartAgainBeforeTheStartDoSo)
{
    logOn();
    desk.reset();
    venue.reset();
    std::filesystem::remove_all(files.path() / "venue");
    openVenue();
    openDesk();
    desk->resetSequenceNumbers(rfq::SessionId("VENUE-X"));
    desk->start(deskIdentity());
    EXPECT_TRUE(reached(SessionPhase::LoggedOn));
}

TEST_F(Loopback, ASessionThatIsLoggedOnKeepsItsNumbers)
{
    logOn();
    desk->resetSequenceNumbers(rfq::SessionId("VENUE-X"));
    desk->stop("the desk closes");
    ASSERT_TRUE(reached(SessionPhase::Stopped));
    desk->start(deskIdentity());
    ASSERT_TRUE(reached(SessionPhase::LoggedOn));
    EXPECT_EQ(deskEvents.count<rfq::NumbersReset>(), 0U);
}

TEST_F(Loopback, AStoreThatCannotBeMadeRefusesTheSession)
{
    openVenue();
    auto settings = sessionSettings();
    settings.storeDirectory = files.write("in-the-way", "x") / "store";
    openDesk({settings});
    desk->start(deskIdentity());
    const auto refused = reached(SessionPhase::Refused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason->code, Errc::Io);
}

}
