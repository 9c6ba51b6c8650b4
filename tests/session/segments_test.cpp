#include "tests/session/access_venue.h"
#include "tests/session/session_pair.h"

#include <gtest/gtest.h>

namespace session_test {

namespace {

/// Two segments: each a venue with its own listener, anchors, identities and dealers.
class Segments : public testing::Test {
protected:
    static std::shared_ptr<const tls::Identity> deskOf(const support::TestCa& authority)
    {
        support::CertificateOptions desk;
        desk.commonName = "desk-1";
        desk.purpose = support::Purpose::Client;
        return std::make_shared<tls::Identity>(authority.issue(desk));
    }
    /// Logs on; everything that came until `part` did, or until the venue hung up.
    std::string logOn(RawPeer& client, std::string_view part)
    {
        client.say("35=A|34=1|49=DESK|56=VENUE|52=" + sendingTime(clock.utc()) + "|98=0|108=30|");
        return client.hearUntil(part);
    }
    /// The client is on, and it is the enforcement point that has the word.
    void expectIn(AccessVenue& venue, const std::shared_ptr<const tls::Identity>& desk)
    {
        const auto client = venue.connect(desk);
        ASSERT_TRUE(client->connected());
        EXPECT_NE(logOn(*client, "35=A|").find("35=A|"), std::string::npos);
        const auto opened = venue.trail.waitFor(audit::Kind::SessionOpened);
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->user, "desk-1");
    }
    /// The handshake itself ends it: no FIX is spoken.
    void expectTurnedAwayInTheHandshake(AccessVenue& venue, const std::shared_ptr<const tls::Identity>& desk)
    {
        // TLS 1.3: this end is done before the other one has judged its certificate.
        const auto client = venue.connect(desk);
        if (client->connected()) {
            EXPECT_EQ(client->hearAll(), "");
            EXPECT_TRUE(client->hungUp());
        }
        const auto refused = venue.trail.waitFor(audit::Kind::SessionRefused);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->fields.at(audit::Field::Error), "certificate-untrusted");
        EXPECT_EQ(refused->fields.at(audit::Field::Address), "127.0.0.1");
        EXPECT_EQ(refused->user, "") << "nobody that is known here";
        EXPECT_FALSE(venue.trail.has(audit::Kind::SessionOpened));
    }

    base::SystemClock clock;
    const support::TestCa one{"Authority of the one segment"};
    const support::TestCa other{"Authority of the other segment"};
};

TEST_F(Segments, ACertificateOfTheOneIsNothingInTheOthersHandshake)
{
    AccessVenue first(one, "one");
    AccessVenue second(other, "other");
    const auto desk = deskOf(one);
    first.enrol(*desk->certificate, pep::DeviceRecord::Managed);
    second.enrol(*desk->certificate, pep::DeviceRecord::Managed); // not even where the store knows it by mistake
    first.start();
    second.start();
    expectIn(first, desk);
    expectTurnedAwayInTheHandshake(second, desk);
}

TEST_F(Segments, APersonInBothHasACertificateForEach)
{
    AccessVenue first(one, "one");
    AccessVenue second(other, "other");
    const auto deskOfOne = deskOf(one);
    const auto deskOfOther = deskOf(other);
    first.enrol(*deskOfOne->certificate, pep::DeviceRecord::Managed);
    second.enrol(*deskOfOther->certificate, pep::DeviceRecord::Managed);
    first.start();
    second.start();
    expectIn(first, deskOfOne);
    expectIn(second, deskOfOther);
    for (const auto& [venue, desk] : {std::pair(&first, deskOfOther), std::pair(&second, deskOfOne)}) {
        const auto client = venue->connect(desk);
        if (client->connected()) {
            EXPECT_EQ(client->hearAll(), "");
        }
        EXPECT_TRUE(venue->trail.waitFor(audit::Kind::SessionRefused));
    }
}

TEST_F(Segments, UnderTheSameAuthorityTheStoreTellsThemApart)
{
    AccessVenue first(one, "one");
    AccessVenue second(one, "other");
    const auto deskOfOne = deskOf(one);
    const auto deskOfOther = deskOf(one);
    first.enrol(*deskOfOne->certificate, pep::DeviceRecord::Managed);
    second.enrol(*deskOfOther->certificate, pep::DeviceRecord::Managed);
    second.start();
    const auto client = second.connect(deskOfOne);
    ASSERT_TRUE(client->connected());
    const std::string heard = logOn(*client, {});
    EXPECT_NE(heard.find("35=5|"), std::string::npos) << heard;
    EXPECT_TRUE(client->hungUp());
    const auto refused = second.trail.waitFor(audit::Kind::SessionRefused);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->user, "desk-1") << "whoever holds the name must hold the certificate too";
    first.start();
    expectIn(first, deskOfOne);
}

}

}
