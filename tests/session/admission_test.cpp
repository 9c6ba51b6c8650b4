#include "core/fix/link.h"
#include "core/pep/fingerprint_text.h"
#include "core/stepup/dialect.h"
#include "tests/session/access_venue.h"
#include "tests/session/event_collector.h"
#include "tests/session/session_pair.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace session_test {

namespace {

/// A venue with an enforcement point, and people at its door who speak only as the test says.
class VenueDoor : public testing::Test {
protected:
    [[nodiscard]] std::shared_ptr<const tls::Identity> issue(const std::string& name = "desk-1") const
    {
        support::CertificateOptions desk;
        desk.commonName = name;
        desk.purpose = support::Purpose::Client;
        return std::make_shared<tls::Identity>(m_ca.issue(desk));
    }
    [[nodiscard]] static stepup::CertificateFingerprint printOf(const tls::Identity& identity)
    {
        return *pep::fingerprintOf(tls::fingerprint(*identity.certificate));
    }
    [[nodiscard]] std::string message(
        const std::string& type, int number, const std::string& fields, const std::string& from = "DESK") const
    {
        return "35=" + type + "|34=" + std::to_string(number) + "|49=" + from
            + "|56=VENUE|52=" + sendingTime(m_clock.utc()) + "|" + fields;
    }
    /// Says it as a first message; all that was heard until the venue hung up or the Logon was answered.
    [[nodiscard]] std::string comeWith(RawPeer& client, const std::string& first, std::string_view until = {}) const
    {
        client.say(first);
        return client.hearUntil(until);
    }
    void expectTurnedAway(const std::shared_ptr<const tls::Identity>& who, const std::string& first)
    {
        const auto client = m_venue.connect(who);
        ASSERT_TRUE(client->connected());
        const std::string heard = comeWith(*client, first);
        EXPECT_EQ(heard.find("35=A|"), std::string::npos) << heard;
        EXPECT_NE(heard.find("35=5|"), std::string::npos) << heard;
        EXPECT_NE(heard.find("|34=1|"), std::string::npos) << "a number of nobody's session: " << heard;
        EXPECT_NE(heard.find("|58=Access refused. Reference "), std::string::npos) << heard;
        EXPECT_TRUE(client->hungUp());
    }
    /// The client is on, with this number of its own; its session goes on.
    std::unique_ptr<RawPeer> logOn(const std::shared_ptr<const tls::Identity>& who, int number)
    {
        auto client = m_venue.connect(who);
        EXPECT_TRUE(client->connected());
        const std::string heard = comeWith(*client, message("A", number, "98=0|108=30|"), "35=A|");
        EXPECT_NE(heard.find("35=A|"), std::string::npos) << heard;
        return client;
    }
    void logOut(RawPeer& client, int number)
    {
        client.say(message("5", number, ""));
        static_cast<void>(client.hearAll());
        EXPECT_TRUE(client.hungUp());
    }

    base::SystemClock m_clock;
    support::TestCa m_ca;
    AccessVenue m_venue{m_ca};
};

TEST_F(VenueDoor, WhoeverIsHeldToTls12IsNotLoggedOn)
{
    const auto desk = issue();
    m_venue.enrol(*desk->certificate, pep::DeviceRecord::Managed);
    m_venue.start();
    const auto client = m_venue.connect(desk, TLS1_2_VERSION);
    ASSERT_TRUE(client->connected());
    const std::string heard = comeWith(*client, message("A", 1, "98=0|108=30|"));
    EXPECT_EQ(heard.find("35=A|"), std::string::npos) << heard;
    EXPECT_NE(heard.find("35=5|"), std::string::npos) << heard;
    EXPECT_TRUE(m_venue.log.waitFor("connection-refused"));
}

TEST_F(VenueDoor, AStrangerIsNotLoggedOn)
{
    m_venue.start();
    expectTurnedAway(issue(), message("A", 1, "98=0|108=30|"));
    const auto refused = m_venue.trail.waitFor(audit::Kind::SessionRefused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->user, "desk-1");
    EXPECT_TRUE(refused->fields.contains(audit::Field::Certificate));
    EXPECT_FALSE(m_venue.trail.has(audit::Kind::SessionOpened));
}

TEST_F(VenueDoor, TheThiefOfARevokedCardMovesNoNumbers)
{
    const auto stolen = issue();
    const auto renewed = issue();
    m_venue.enrol(*stolen->certificate, pep::DeviceRecord::Managed);
    m_venue.change([&](pep::IdentityDatabase& store) {
        pep::CertificateRecord record;
        record.fingerprint = printOf(*renewed);
        record.device = pep::DeviceRecord::Managed;
        return store.add(stepup::UserId("desk-1"), record);
    });
    m_venue.start();
    logOut(*logOn(renewed, 1), 2);
    m_venue.change([&](pep::IdentityDatabase& store) { return store.revoke(printOf(*stolen), m_clock.utc()); });

    expectTurnedAway(stolen, message("A", 1, "98=0|108=30|141=Y|"));
    expectTurnedAway(stolen, message("A", 900'000, "98=0|108=30|"));
    // One that does not wait for an answer.
    const auto hasty = m_venue.connect(stolen);
    ASSERT_TRUE(hasty->connected());
    hasty->say(message("A", 3, "98=0|108=30|"));
    hasty->say(message("4", 4, "123=N|36=800000|"));
    EXPECT_EQ(hasty->hearAll().find("35=A|"), std::string::npos);

    const auto owner = logOn(renewed, 3);
    const std::string heard = owner->hearUntil("35=A|");
    EXPECT_NE(heard.find("|34=3|"), std::string::npos) << "ours went on, too: " << heard;
    owner->say(message("1", 4, "112=still-there|"));
    EXPECT_NE(owner->hearUntil("112=still-there|").find("112=still-there|"), std::string::npos);
}

TEST_F(VenueDoor, ALockedCertificateDoesNotHoldTheCompId)
{
    const auto locked = issue();
    const auto owned = issue();
    m_venue.enrol(*owned->certificate, pep::DeviceRecord::Managed);
    m_venue.change([&](pep::IdentityDatabase& store) -> base::Status {
        pep::CertificateRecord record;
        record.fingerprint = printOf(*locked);
        record.device = pep::DeviceRecord::Managed;
        if (auto added = store.add(stepup::UserId("desk-1"), record); !added)
            return added;
        return store.lock(record.fingerprint, "too many attempts failed");
    });
    m_venue.start();
    // It neither reads nor hangs up, and comes once more while the owner is on.
    const auto thief = m_venue.connect(locked);
    ASSERT_TRUE(thief->connected());
    thief->say(message("A", 1, "98=0|108=30|"));
    ASSERT_TRUE(m_venue.log.waitFor("connection-refused"));
    const auto owner = logOn(owned, 1);
    const auto again = m_venue.connect(locked);
    ASSERT_TRUE(again->connected());
    EXPECT_EQ(comeWith(*again, message("A", 2, "98=0|108=30|")), "");
    owner->say(message("1", 2, "112=still-there|"));
    EXPECT_NE(owner->hearUntil("112=still-there|").find("112=still-there|"), std::string::npos);
}

TEST_F(VenueDoor, ADeskThatIsToldToWaitComesAgainByItself)
{
    const auto renewed = issue();
    m_venue.enrol(*issue()->certificate, pep::DeviceRecord::Managed);
    m_venue.start();
    fix::SessionSettings settings;
    settings.name = rfq::SessionId("VENUE-X");
    settings.host = "127.0.0.1";
    settings.port = m_venue.port();
    settings.senderCompId = "DESK";
    settings.targetCompId = "VENUE";
    settings.trust.caFile = m_venue.caFile();
    settings.trust.serverName = "localhost";
    settings.access = fix::AccessSettings{"stepup.desk.example"};
    settings.reconnectFirst = std::chrono::milliseconds(50);
    settings.reconnectMost = std::chrono::milliseconds(200);
    const support::TemporaryDirectory files;
    settings.storeDirectory = files.path();
    EventCollector<rfq::VenueEvent> events;
    EventCollector<fix::AccessEvent> access;
    const auto reached = [&events](rfq::SessionPhase phase) {
        return events.next<rfq::SessionChanged>(
            [phase](const rfq::SessionChanged& change) { return change.phase == phase; });
    };
    fix::FixLink desk({settings}, events.inbox(), access.inbox(), m_clock);
    desk.start(renewed);
    for (int tries = 1; tries <= 4; ++tries) {
        const auto refused = reached(rfq::SessionPhase::Refused);
        ASSERT_TRUE(refused) << tries;
        ASSERT_TRUE(refused->reason);
        EXPECT_NE(refused->reason->detail.find("Access refused. Reference "), std::string::npos);
        ASSERT_TRUE(refused->refusal);
        EXPECT_NE(refused->reason->detail.find(refused->refusal->reference), std::string::npos);
        EXPECT_FALSE(refused->refusal->isForAWhile);
        desk.retry(settings.name);
    }
    const auto waiting = reached(rfq::SessionPhase::Waiting);
    ASSERT_TRUE(waiting) << "after four failures there is a delay";
    ASSERT_TRUE(waiting->reason);
    EXPECT_NE(waiting->reason->detail.find("Access refused: wait 1 s. "), std::string::npos) << waiting->reason->detail;
    ASSERT_TRUE(waiting->refusal);
    EXPECT_TRUE(waiting->refusal->isForAWhile);
    m_venue.change([&](pep::IdentityDatabase& store) {
        pep::CertificateRecord record;
        record.fingerprint = printOf(*renewed);
        record.device = pep::DeviceRecord::Managed;
        return store.add(stepup::UserId("desk-1"), record);
    });
    EXPECT_TRUE(reached(rfq::SessionPhase::Authorising)) << "it is let in, and nobody has clicked";
}

TEST_F(VenueDoor, WhoAsksWithoutEndIsLoggedOutAndOthersAreServed)
{
    const auto flooding = issue();
    const auto patient = issue("desk-2");
    m_venue.enrol(*flooding->certificate, pep::DeviceRecord::Managed);
    m_venue.enrol(*patient->certificate, pep::DeviceRecord::Managed);
    m_venue.start();
    const std::string context = *stepup::payloadText(stepup::ContextStatement{.program = "a test", .posture = {}});
    const auto says = [&](const std::string& id, const std::string& user) {
        return "923=" + id + "|924=1|553=" + user + "|95=" + std::to_string(context.size()) + "|96=" + context + "|";
    };
    const auto flooder = logOn(flooding, 1);
    std::atomic<int> taken = 0;
    std::jthread flood([&] {
        while (taken < 10'000
            && flooder->saySlowly(message("BE", taken + 2, says("D-" + std::to_string(taken), "desk-1"))))
            ++taken;
    });
    const auto client = m_venue.connect(patient);
    ASSERT_TRUE(client->connected());
    EXPECT_NE(comeWith(*client, message("A", 1, "98=0|108=30|", "DESK2"), "35=A|").find("35=A|"), std::string::npos);
    client->say(message("BE", 2, says("D-1", "desk-2"), "DESK2"));
    EXPECT_NE(client->hearUntil("|923=D-1|").find("|926=1|"), std::string::npos);
    client->say(message("R", 3, "131=R-1|146=1|55=EUR/USD|38=1000000|15=EUR|", "DESK2"));
    EXPECT_NE(client->hearUntil("35=S|").find("131=R-1|"), std::string::npos);

    flood.join();
    const std::string heard = flooder->hearAll();
    EXPECT_TRUE(flooder->hungUp()) << heard.substr(heard.size() - std::min<std::size_t>(heard.size(), 500));
    EXPECT_TRUE(m_venue.trail.waitFor(audit::Kind::SessionClosed));
    EXPECT_LT(m_venue.trail.size(), 500U) << "little of it is written down";
}

}

}
