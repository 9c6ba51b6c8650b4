#include "core/fix/user_request.h"
#include "core/stepup/client_data.h"
#include "core/stepup/dialect.h"
#include "tests/session/access_venue.h"
#include "tests/session/session_pair.h"
#include "tests/support/device_ca.h"

#include <gtest/gtest.h>

namespace session_test {

namespace {

constexpr const char* RpId = "stepup.desk.example";

/// A venue with an enforcement point, and a client that speaks only as the test says.
class VenueAccess : public testing::Test {
protected:
    VenueAccess()
    {
        support::CertificateOptions desk;
        desk.commonName = "desk-1";
        desk.purpose = support::Purpose::Client;
        m_desk = std::make_shared<tls::Identity>(m_ca.issue(desk));
    }
    void enrol(pep::DeviceRecord device, const stepup::DeviceNames& deviceNames = {})
    {
        m_venue.enrol(*m_desk->certificate, device, &m_key, deviceNames);
    }
    void start() { m_venue.start(); }
    void logOn()
    {
        m_client = m_venue.connect(m_desk);
        ASSERT_TRUE(m_client->connected());
        m_seqNum = 0;
        say("A", "98=0|108=30|");
        ASSERT_NE(m_client->hearUntil("35=A|").find("35=A|"), std::string::npos);
    }
    /// Another connection, on which the numbers go on.
    void logOnAgain()
    {
        m_client = m_venue.connect(m_desk);
        ASSERT_TRUE(m_client->connected());
        say("A", "98=0|108=30|");
        ASSERT_NE(m_client->hearUntil("35=A|").find("35=A|"), std::string::npos);
    }
    void say(const std::string& type, const std::string& fields)
    {
        m_client->say("35=" + type + "|34=" + std::to_string(++m_seqNum)
            + "|49=DESK|56=VENUE|52=" + sendingTime(m_clock.utc()) + "|" + fields);
    }
    void ask(const std::string& id, const stepup::DeskPayload& payload)
    {
        const std::string text = *stepup::payloadText(payload);
        say("BE", "923=" + id + "|924=1|553=desk-1|95=" + std::to_string(text.size()) + "|96=" + text + "|");
    }
    void requestQuotes(const std::string& id) { say("R", "131=" + id + "|146=1|55=EUR/USD|38=1000000|15=EUR|"); }
    /// The notice in the answer to that request.
    stepup::Notice noticeTo(const std::string& id)
    {
        const std::string mark = "|923=" + id + "|";
        EXPECT_NE(m_client->hearUntil(mark).find(mark), std::string::npos);
        // What answers this comes behind it: then all of it is there.
        say("1", "112=after-" + id + "|");
        const auto whole = m_client->hearUntil("|112=after-" + id + "|");
        const auto at = whole.find(mark);
        const auto data = whole.find("|96=", at);
        const auto end = whole.find('|', data + 1);
        const auto notice = stepup::parseNotice(whole.substr(data + 4, end - data - 4));
        EXPECT_TRUE(notice);
        return notice ? *notice : stepup::Notice{};
    }

    /// What the key answers where the desk's end of the connection has this channel binding.
    stepup::ChallengeAnswer touch(
        const stepup::Challenge& challenge, const stepup::Digest& channel, std::uint32_t count) const
    {
        const auto hash = stepup::clientDataHash({.scope = challenge.scope,
            .challenge = challenge.bytes,
            .rpId = RpId,
            .action = *stepup::actionDigest(stepup::OpenSession{.venue = "VENUE", .user = "desk-1"}),
            .channelBinding = channel,
            .session = "DESK>VENUE",
            .seq = challenge.seq});
        return {.challenge = challenge.bytes,
            .assertion = m_key.assertion(*hash, {.rpId = RpId, .signCount = count, .tail = {}})};
    }

    base::SystemClock m_clock;
    support::TestCa m_ca;
    AccessVenue m_venue{m_ca};
    std::shared_ptr<const tls::Identity> m_desk;
    support::SoftAuthenticator m_key{stepup::Algorithm::Es256, stepup::CredentialId(48, 0x11)};
    std::unique_ptr<RawPeer> m_client;
    int m_seqNum = 0;
};

const stepup::ContextStatement Statement{.program = "a test", .posture = {}};

TEST_F(VenueAccess, NothingPassesBeforeThePersonIsAllowed)
{
    enrol(pep::DeviceRecord::Managed);
    start();
    logOn();
    requestQuotes("R-EARLY");
    const std::string heard = m_client->hearUntil("35=j|");
    EXPECT_NE(heard.find("|380=6|"), std::string::npos) << heard;
    EXPECT_NE(heard.find("|379=R-EARLY|"), std::string::npos) << heard;
    ask("D-1", Statement);
    const auto notice = noticeTo("D-1");
    EXPECT_EQ(notice.outcome, stepup::AccessOutcome::Allow);
    EXPECT_EQ(notice.score, 0);
    EXPECT_EQ(m_client->hearUntil("|923=D-1|").find("35=S|"), std::string::npos);
    requestQuotes("R-1");
    EXPECT_NE(m_client->hearUntil("35=S|").find("131=R-1|"), std::string::npos);
}

TEST_F(VenueAccess, ATouchOnThisConnectionOpensTheSession)
{
    enrol(pep::DeviceRecord::Unmanaged);
    start();
    logOn();
    ask("D-1", Statement);
    const auto asked = noticeTo("D-1");
    ASSERT_TRUE(asked.challenge);
    EXPECT_EQ(asked.score, 25);
    const auto binding = m_client->channelBinding();
    ASSERT_TRUE(binding);
    stepup::Digest other = *binding;
    other[0] ^= 1U;
    ask("D-2", touch(*asked.challenge, other, 1));
    EXPECT_EQ(noticeTo("D-2").refusal, "signature-wrong");
    ask("D-3", Statement);
    const auto again = noticeTo("D-3");
    ASSERT_TRUE(again.challenge);
    ask("D-4", touch(*again.challenge, *binding, 1));
    EXPECT_EQ(noticeTo("D-4").outcome, stepup::AccessOutcome::Allow);
    requestQuotes("R-1");
    EXPECT_NE(m_client->hearUntil("35=S|").find("131=R-1|"), std::string::npos);
}

TEST_F(VenueAccess, ATouchOnTheLastConnectionOpensNoOther)
{
    enrol(pep::DeviceRecord::Unmanaged);
    start();
    logOn();
    ask("D-1", Statement);
    const auto before = noticeTo("D-1");
    const auto last = m_client->channelBinding();
    ASSERT_TRUE(before.challenge && last);
    say("5", "");
    (void)m_client->hearAll();
    ASSERT_TRUE(m_client->hungUp());

    logOnAgain();
    const auto binding = m_client->channelBinding();
    ASSERT_TRUE(binding);
    ASSERT_NE(*binding, *last);
    ask("D-2", touch(*before.challenge, *last, 1));
    EXPECT_EQ(noticeTo("D-2").refusal, "challenge-unknown") << "it was asked on a connection that is over";
    ask("D-3", Statement);
    const auto asked = noticeTo("D-3");
    ASSERT_TRUE(asked.challenge);
    ask("D-4", touch(*asked.challenge, *last, 2));
    EXPECT_EQ(noticeTo("D-4").refusal, "signature-wrong");
    ask("D-5", Statement);
    const auto again = noticeTo("D-5");
    ASSERT_TRUE(again.challenge);
    ask("D-6", touch(*again.challenge, *binding, 3));
    EXPECT_EQ(noticeTo("D-6").outcome, stepup::AccessOutcome::Allow);
}

// As long as the venue takes to look at its list again, ten seconds.
TEST_F(VenueAccess, WhoeverANewListNamesIsLoggedOutInMidSession)
{
    enrol(pep::DeviceRecord::Managed);
    start();
    logOn();
    ask("D-1", Statement);
    ASSERT_EQ(noticeTo("D-1").outcome, stepup::AccessOutcome::Allow);
    m_venue.revoke(m_ca, *m_desk->certificate);
    EXPECT_NE(m_client->hearUntil("35=5|").find("35=5|"), std::string::npos);
    const auto alert = m_venue.trail.waitFor(audit::Kind::Alert);
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->fields.at(audit::Field::Rule), "revoked");
    EXPECT_EQ(alert->user, "desk-1");
    EXPECT_TRUE(m_venue.trail.waitFor(audit::Kind::SessionClosed));
    m_client = m_venue.connect(m_desk);
    EXPECT_TRUE(!m_client->connected() || m_client->hearAll().empty()) << "nor is it let in again";
}

TEST_F(VenueAccess, ADeviceCertificateCountsOnItsConnection)
{
    enrol(pep::DeviceRecord::Managed, {"dns:ws-17.firm.example"});
    start();
    logOn();
    ask("D-1", Statement);
    EXPECT_EQ(noticeTo("D-1").score, 25) << "it shows none";
    const auto state = [this](const std::string& id, const support::TestDevice& device, stepup::Digest channel) {
        auto statement = Statement;
        statement.certificate = device.prove(*stepup::quoteNonce(
            statement, {.user = stepup::UserId("desk-1"), .session = "DESK>VENUE", .channelBinding = channel}));
        ask(id, statement);
        return noticeTo(id);
    };
    const auto device = m_venue.devices.issue();
    const auto binding = m_client->channelBinding();
    ASSERT_TRUE(binding);
    stepup::Digest other = *binding;
    other[0] ^= 1U;
    EXPECT_EQ(state("D-2", device, other).score, 25) << "made for another connection";
    EXPECT_TRUE(m_venue.log.waitFor("device-certificate-refused"));
    EXPECT_EQ(state("D-3", m_venue.devices.issue({.alternativeNames = "DNS:ws-18.firm.example"}), *binding).score, 25);
    const auto notice = state("D-4", device, *binding);
    EXPECT_EQ(notice.outcome, stepup::AccessOutcome::Allow);
    EXPECT_EQ(notice.score, 0);
    requestQuotes("R-1");
    EXPECT_NE(m_client->hearUntil("35=S|").find("131=R-1|"), std::string::npos);
}

/// Of the first message of that type in what was heard; empty where it has no such field.
std::string valueOf(const std::string& heard, const std::string& type, int tag)
{
    const auto message = heard.find("|35=" + type + "|");
    const std::string name = "|" + std::to_string(tag) + "=";
    const auto at = message == std::string::npos ? message : heard.find(name, message);
    if (at == std::string::npos)
        return {};
    const auto begin = at + name.size();
    return heard.substr(begin, heard.find('|', begin) - begin);
}

TEST_F(VenueAccess, AnOrderThatComesAgainIsAnsweredAgainThoughItWouldBeRefusedNow)
{
    enrol(pep::DeviceRecord::Managed);
    start();
    logOn();
    ask("D-1", Statement);
    ASSERT_EQ(noticeTo("D-1").outcome, stepup::AccessOutcome::Allow);
    say("R", "131=R-1|146=1|55=EUR/USD|54=1|38=1000000|15=EUR|303=2|537=1|");
    ASSERT_NE(m_client->hearUntil("35=S|").find("35=S|"), std::string::npos);
    say("1", "112=quoted|");
    const std::string heard = m_client->hearUntil("|112=quoted|");
    // At a price that nobody quoted: what becomes of it is no dealer's whim.
    const std::string deal = "11=C-1|117=" + valueOf(heard, "S", 117)
        + "|55=EUR/USD|54=1|38=1000000|15=EUR|40=D|44=0.5|59=4|60=" + sendingTime(m_clock.utc())
        + "|64=" + valueOf(heard, "S", 64) + "|";
    say("D", deal);
    ASSERT_NE(m_client->hearUntil("|39=8|").find("|39=8|"), std::string::npos);

    m_venue.change([](pep::IdentityDatabase& store) -> base::Status {
        auto stored = store.load();
        if (!stored)
            return stored.error();
        pep::UserRecord user = stored->users.at(0);
        for (auto& [holder, entitlement] : user.entitlements)
            entitlement.activities = {zerotrust::Activity::View};
        return store.change(user);
    });
    ASSERT_TRUE(m_venue.log.waitFor("identities-changed"));
    say("D", "97=Y|" + deal);
    const std::string again = m_client->hearUntil("|97=Y|");
    const auto repeat = again.rfind("|97=Y|");
    ASSERT_NE(repeat, std::string::npos) << again;
    EXPECT_NE(again.find("|11=C-1|", repeat), std::string::npos);
    EXPECT_EQ(again.find("35=j|"), std::string::npos);
    // Another one is an acceptance, whatever it says of itself.
    say("D", "97=Y|" + deal.substr(0, 5) + "2" + deal.substr(6));
    EXPECT_NE(m_client->hearUntil("35=j|").find("|380=6|"), std::string::npos);
}

}

}
