#include "app/venue/doorbell.h"
#include "app/venue/settings_reader.h"
#include "app/venue/venue_server.h"
#include "core/fix/user_request.h"
#include "core/pep/fingerprint_text.h"
#include "core/pep/identity_database.h"
#include "core/stepup/client_data.h"
#include "core/stepup/dialect.h"
#include "core/tls/identity.h"
#include "tests/session/raw_peer.h"
#include "tests/session/session_pair.h"
#include "tests/support/attestation_ca.h"
#include "tests/support/device_ca.h"
#include "tests/support/soft_authenticator.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>
#include <openssl/cms.h>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

namespace session_test {

namespace {

constexpr const char* RpId = "stepup.desk.example";

/// Where the person is allowed, is asked for a touch and is denied, by what the venue has registered.
constexpr const char* Policy = R"(id = "test"
version = 1
[thresholds]
step_up_from = 20
deny_from = 40
[[attribute]]
name = "device"
[[attribute.condition]]
name = "managed"
score = 0
words = ["managed"]
[[attribute.condition]]
name = "unmanaged"
score = 25
otherwise = true
[[attribute]]
name = "country"
[[attribute.condition]]
name = "expected"
score = 0
countries = ["DE"]
[[attribute.condition]]
name = "anomalous"
score = 40
otherwise = true
[[place]]
network = "127.0.0.0/8"
country = "DE"
[end]
policy = "test"
)";

std::string signedBy(const tls::Identity& officer, const std::string& content)
{
    constexpr unsigned Flags = CMS_BINARY | CMS_DETACHED;
    BIO* bytes = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
    CMS_ContentInfo* cms = CMS_sign(officer.certificate.get(), officer.key.get(), nullptr, bytes, Flags);
    unsigned char* der = nullptr;
    const int size = i2d_CMS_ContentInfo(cms, &der);
    std::string text(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    BIO_free(bytes);
    return text;
}

class NoLog final : public venue::EventLog {
public:
    void record(std::string_view event, std::initializer_list<Field>) override
    {
        const std::lock_guard lock(m_mutex);
        m_events.emplace_back(event);
        m_recorded.notify_all();
    }
    /// Waits for it: what a client sees of an event may come before the record of it.
    [[nodiscard]] bool waitFor(std::string_view event)
    {
        std::unique_lock lock(m_mutex);
        return m_recorded.wait_for(
            lock, 20s, [&] { return std::find(m_events.begin(), m_events.end(), event) != m_events.end(); });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_recorded;
    std::vector<std::string> m_events;
};

/// A venue with an enforcement point, on a thread, and a client that speaks only as the test says.
class VenueAccess : public testing::Test {
protected:
    void SetUp() override
    {
        support::CertificateOptions desk;
        desk.commonName = "desk-1";
        desk.purpose = support::Purpose::Client;
        m_desk = std::make_shared<tls::Identity>(m_ca.issue(desk));
        support::CertificateOptions server;
        server.commonName = "venue";
        server.dnsNames = {"localhost"};
        const tls::Identity identity = m_ca.issue(server);
        m_files.write("venue.pem", support::pemOf(*identity.certificate));
        m_files.write("venue.key", support::pemOf(*identity.key));
        m_caFile = m_files.write("ca.pem", m_ca.pem()).string();
        support::CertificateOptions officer;
        officer.commonName = "officer";
        officer.purpose = support::Purpose::CodeSigning;
        const tls::Identity signer = m_ca.issue(officer);
        m_files.write("officer.pem", support::pemOf(*signer.certificate));
        m_files.write("policy.toml", Policy);
        m_files.write("policy.toml.cms", signedBy(signer, Policy));
        m_files.write("roots.pem", support::AttestationCa(m_clock.utc()).rootPem());
        m_files.write("devices.pem", m_devices.pem());
        m_files.write("venue.toml", R"([listener]
certificate = "venue.pem"
key = "venue.key"
client_authority = "ca.pem"
store = "store"
[pep]
rp_id = "stepup.desk.example"
identities = "identities.sqlite"
attestation_roots = "roots.pem"
hardware_key = "registered"
security_keys = ["2fc0579f-8113-47ea-b116-bb5a8db9202a"]
policy = "policy.toml"
policy_id = "test"
policy_signers = "officer.pem"
policy_kept = "policies"
device_roots = "devices.pem"
[[sessions]]
name = "CLIENT"
kind = "venue"
sender_comp_id = "VENUE"
target_comp_id = "DESK"
certificate_name = "desk-1"
)");
    }
    void TearDown() override
    {
        m_doorbell.close();
        if (m_thread.joinable())
            m_thread.join();
    }

    void enrol(pep::DeviceRecord device, const stepup::DeviceNames& deviceNames = {})
    {
        auto database = pep::IdentityDatabase::open(m_files.path() / "identities.sqlite");
        ASSERT_TRUE(database);
        pep::UserRecord user;
        user.user = stepup::UserId("desk-1");
        pep::CertificateRecord certificate;
        certificate.fingerprint = *pep::fingerprintOf(tls::fingerprint(*m_desk->certificate));
        certificate.device = device;
        certificate.deviceNames = deviceNames;
        user.certificates = {certificate};
        user.entitlements[{"desk-1", "default"}] = {
            .activities = {zerotrust::Activity::View, zerotrust::Activity::RequestQuote, zerotrust::Activity::Accept},
            .instruments = {"EUR/USD"},
            .sides = {zerotrust::Side::Buy, zerotrust::Side::Sell},
            .maxQuantity = {{"EUR", *base::Decimal::parse("5000000")}},
            .dealers = {"*"}};
        ASSERT_TRUE((*database)->add(user));
        ASSERT_TRUE((*database)->add(stepup::Credential{.id = m_key.id(),
            .coseKey = m_key.coseKey(),
            .algorithm = stepup::Algorithm::Es256,
            .aaguid = {},
            .signCount = 0,
            .user = user.user,
            .certificate = certificate.fingerprint,
            .name = "Blue key",
            .enrolledAt = m_clock.utc(),
            .revokedAt = std::nullopt}));
    }
    void start()
    {
        const auto settings = venue::readSettings(m_files.path() / "venue.toml");
        ASSERT_TRUE(settings) << settings.error().detail;
        auto book = venue::OrderBook::open(settings->listener.store);
        ASSERT_TRUE(book);
        m_book = *std::move(book);
        auto server = venue::VenueServer::open(*settings, m_doorbell, m_log, m_recorder, m_clock, *m_book);
        ASSERT_TRUE(server) << server.error().detail;
        m_server = *std::move(server);
        m_thread = std::thread([this] { m_server->run(); });
    }
    void logOn()
    {
        tls::TrustPolicy trust;
        trust.caFile = m_caFile;
        trust.serverName = "localhost";
        m_client = std::make_unique<RawPeer>(m_server->port(), trust, m_desk);
        ASSERT_TRUE(m_client->connected());
        m_seqNum = 0;
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

    base::SystemClock m_clock;
    support::TemporaryDirectory m_files;
    support::TestCa m_ca;
    support::DeviceCa m_devices;
    std::string m_caFile;
    std::shared_ptr<const tls::Identity> m_desk;
    support::SoftAuthenticator m_key{stepup::Algorithm::Es256, stepup::CredentialId(48, 0x11)};
    NoLog m_log;
    venue::AccessRecorder m_recorder{m_log, nullptr};
    venue::Doorbell m_doorbell;
    std::unique_ptr<venue::OrderBook> m_book;
    std::unique_ptr<venue::VenueServer> m_server;
    std::thread m_thread;
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
    const auto touch = [&](const stepup::Challenge& challenge, const stepup::Digest& channel, std::uint32_t count) {
        const auto hash = stepup::clientDataHash({.scope = challenge.scope,
            .challenge = challenge.bytes,
            .rpId = RpId,
            .action = *stepup::actionDigest(stepup::OpenSession{.venue = "VENUE", .user = "desk-1"}),
            .channelBinding = channel,
            .session = "DESK>VENUE",
            .seq = challenge.seq});
        return stepup::ChallengeAnswer{.challenge = challenge.bytes,
            .assertion = m_key.assertion(*hash, {.rpId = RpId, .signCount = count, .tail = {}})};
    };
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
    const auto device = m_devices.issue();
    const auto binding = m_client->channelBinding();
    ASSERT_TRUE(binding);
    stepup::Digest other = *binding;
    other[0] ^= 1U;
    EXPECT_EQ(state("D-2", device, other).score, 25) << "made for another connection";
    EXPECT_TRUE(m_log.waitFor("device-certificate-refused"));
    EXPECT_EQ(state("D-3", m_devices.issue({.alternativeNames = "DNS:ws-18.firm.example"}), *binding).score, 25);
    const auto notice = state("D-4", device, *binding);
    EXPECT_EQ(notice.outcome, stepup::AccessOutcome::Allow);
    EXPECT_EQ(notice.score, 0);
    requestQuotes("R-1");
    EXPECT_NE(m_client->hearUntil("35=S|").find("131=R-1|"), std::string::npos);
}

TEST_F(VenueAccess, AStrangerIsLoggedOut)
{
    start();
    logOn();
    EXPECT_NE(m_client->hearAll().find("35=5|"), std::string::npos);
    EXPECT_TRUE(m_client->hungUp());
    EXPECT_TRUE(m_log.waitFor("connection-refused"));
}

}

}
