#include "tests/session/access_venue.h"

#include "app/venue/settings_reader.h"
#include "core/pep/fingerprint_text.h"
#include "tests/support/attestation_ca.h"
#include "tests/support/cms_signature.h"
#include "tests/support/loopback_tls.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace session_test {

namespace {

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

}

void HeardLog::record(std::string_view event, std::initializer_list<Field>)
{
    const std::lock_guard lock(m_mutex);
    m_events.emplace_back(event);
    m_recorded.notify_all();
}

bool HeardLog::waitFor(std::string_view event)
{
    std::unique_lock lock(m_mutex);
    return m_recorded.wait_for(
        lock, support::Patience, [&] { return std::find(m_events.begin(), m_events.end(), event) != m_events.end(); });
}

std::optional<audit::AuditRecord> HeardTrail::waitFor(audit::Kind kind)
{
    std::unique_lock lock(m_mutex);
    const auto first = [&] {
        const auto found =
            std::find_if(m_records.begin(), m_records.end(), [&](const auto& one) { return one.kind == kind; });
        return found == m_records.end() ? nullptr : &*found;
    };
    m_recorded.wait_for(lock, support::Patience, [&] { return first() != nullptr; });
    const audit::AuditRecord* const found = first();
    return found ? std::optional(*found) : std::nullopt;
}

bool HeardTrail::has(audit::Kind kind)
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_records.begin(), m_records.end(), [&](const auto& one) { return one.kind == kind; });
}

std::size_t HeardTrail::size()
{
    const std::lock_guard lock(m_mutex);
    return m_records.size();
}

void HeardTrail::write(audit::AuditRecord record, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        m_records.push_back(std::move(record));
        m_recorded.notify_all();
    }
    if (done)
        done(base::Ok{});
}

AccessVenue::AccessVenue(const support::TestCa& authority, const std::string& segment)
    : m_segment(segment)
{
    support::CertificateOptions server;
    server.commonName = "venue";
    server.dnsNames = {"localhost"};
    const tls::Identity identity = authority.issue(server);
    m_files.write("venue.pem", support::pemOf(*identity.certificate));
    m_files.write("venue.key", support::pemOf(*identity.key));
    m_caFile = m_files.write("ca.pem", authority.pem()).string();
    support::CertificateOptions officer;
    officer.commonName = "officer";
    officer.purpose = support::Purpose::CodeSigning;
    const tls::Identity signer = authority.issue(officer);
    m_files.write("officer.pem", support::pemOf(*signer.certificate));
    m_files.write("policy.toml", Policy);
    m_files.write("policy.toml.cms", support::cmsSignature(signer, Policy));
    m_files.write("roots.pem", support::AttestationCa(m_clock.utc()).rootPem());
    m_files.write("devices.pem", devices.pem());
    m_files.write("revoked.pem", authority.crl({}));
    m_files.write("venue.toml",
        R"([listener]
certificate = "venue.pem"
key = "venue.key"
client_authority = "ca.pem"
revocations = "revoked.pem"
store = "store"
[pep]
rp_id = "stepup.desk.example"
segment = ")"
            + segment + R"("
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
[[sessions]]
name = "OTHER"
kind = "venue"
sender_comp_id = "VENUE"
target_comp_id = "DESK2"
certificate_name = "desk-2"
)");
}

AccessVenue::~AccessVenue()
{
    m_doorbell.close();
    if (m_thread.joinable())
        m_thread.join();
}

void AccessVenue::enrol(X509& certificate, pep::DeviceRecord device, const support::SoftAuthenticator* key,
    const stepup::DeviceNames& deviceNames)
{
    auto database = pep::IdentityDatabase::open(m_files.path() / "identities.sqlite");
    ASSERT_TRUE(database);
    pep::UserRecord user;
    user.user = stepup::UserId(tls::commonNameOf(certificate));
    pep::CertificateRecord known;
    known.fingerprint = *pep::fingerprintOf(tls::fingerprint(certificate));
    known.device = device;
    known.deviceNames = deviceNames;
    user.certificates = {known};
    user.entitlements[{user.user.text(), m_segment}] = {
        .activities = {zerotrust::Activity::View, zerotrust::Activity::RequestQuote, zerotrust::Activity::Accept},
        .instruments = {"EUR/USD"},
        .sides = {zerotrust::Side::Buy, zerotrust::Side::Sell},
        .maxQuantity = {{"EUR", *base::Decimal::parse("5000000")}},
        .dealers = {"*"}};
    ASSERT_TRUE((*database)->add(user));
    if (!key)
        return;
    ASSERT_TRUE((*database)->add(stepup::Credential{.id = key->id(),
        .coseKey = key->coseKey(),
        .algorithm = stepup::Algorithm::Es256,
        .aaguid = {},
        .signCount = 0,
        .user = user.user,
        .certificate = known.fingerprint,
        .name = "Blue key",
        .enrolledAt = m_clock.utc(),
        .revokedAt = std::nullopt}));
}

void AccessVenue::revoke(const support::TestCa& authority, X509& certificate) const
{
    std::filesystem::rename(m_files.write("fresh.pem", authority.crl({&certificate})), m_files.path() / "revoked.pem");
}

void AccessVenue::change(const std::function<base::Status(pep::IdentityDatabase&)>& change) const
{
    auto database = pep::IdentityDatabase::open(m_files.path() / "identities.sqlite");
    ASSERT_TRUE(database);
    const base::Status done = change(**database);
    ASSERT_TRUE(done) << done.error().detail;
}

void AccessVenue::start()
{
    const auto settings = venue::readSettings(m_files.path() / "venue.toml");
    ASSERT_TRUE(settings) << settings.error().detail;
    auto book = venue::OrderBook::open(settings->listener.store);
    ASSERT_TRUE(book);
    m_book = *std::move(book);
    auto server = venue::VenueServer::open(*settings, m_doorbell, m_audited, m_recorder, m_clock, *m_book);
    ASSERT_TRUE(server) << server.error().detail;
    m_server = *std::move(server);
    m_thread = std::thread([this] { m_server->run(); });
}

std::unique_ptr<RawPeer> AccessVenue::connect(std::shared_ptr<const tls::Identity> client, int newest) const
{
    tls::TrustPolicy trust;
    trust.caFile = m_caFile;
    trust.serverName = "localhost";
    return std::make_unique<RawPeer>(m_server->port(), trust, std::move(client), newest);
}

}
