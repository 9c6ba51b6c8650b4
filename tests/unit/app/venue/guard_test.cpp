#include "app/venue/audited_log.h"
#include "app/venue/guard.h"
#include "app/venue/line_log.h"
#include "core/fix/user_request.h"
#include "core/pep/identity_database.h"
#include "core/stepup/dialect.h"
#include "core/store/access_policy_reader.h"
#include "tests/support/device_ca.h"
#include "tests/support/fake_clock.h"
#include "tests/support/mmdb_writer.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/venue/listed_records.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

using namespace venue;
using namespace std::chrono_literals;

/// What a venue's enforcement point stands on while it runs: its policy, its file of countries, the firm's device CA.
namespace {

using audit::Field;
using audit::Kind;

const rfq::SessionId Anna{"ANNA"};

class Nobody final : public pep::SessionControl {
public:
    void send(const rfq::SessionId&, fix::WireMessage) override { }
    void logout(const rfq::SessionId&, const std::string&) override { ++logouts; }
    void prove(const rfq::SessionId&) override { }
    void opened(const rfq::SessionId&) override { }
    void shut(const rfq::SessionId&) override { }

    int logouts = 0;
};

class AGuard : public testing::Test {
protected:
    AGuard()
    {
        settings.enforcement.rpId = "stepup.desk.example";
        settings.identities = files.path() / "identities.sqlite";
        settings.attestationRoots = files.write("makers.pem", support::TestCa().pem());
    }
    void open()
    {
        auto opened = Guard::open(settings, sessions, log, recorder, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        guard = *std::move(opened);
    }
    void writeCountries(std::chrono::hours before, const char* country = "DE")
    {
        support::MmdbWriter writer("Weekly");
        writer.add("192.0.2.0/24", country);
        if (before > 0h)
            writer.add("198.51.100.0/24", "CH"); // another size
        writer.builtAt(static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::seconds>((clock.utc() - before).time_since_epoch()).count()));
        settings.countries = files.path() / "country.mmdb";
        // By rename, as the manual wants it: who reads the old one goes on reading the old one.
        std::filesystem::rename(files.write("fresh.mmdb", writer.bytes()), *settings.countries);
    }
    void registerAnna() const
    {
        auto database = pep::IdentityDatabase::open(settings.identities);
        ASSERT_TRUE(database);
        pep::UserRecord anna;
        anna.user = stepup::UserId("anna");
        pep::CertificateRecord certificate;
        certificate.fingerprint.fill(0xa1);
        certificate.key = pep::KeyHome::Hardware;
        certificate.attestation = "slot=9a serial=1 firmware=5.4.3 pin=once touch=never";
        certificate.device = pep::DeviceRecord::Managed;
        anna.certificates = {certificate};
        ASSERT_TRUE((*database)->add(anna));
    }
    void annaConnects()
    {
        pep::ConnectionFacts facts;
        facts.session = Anna;
        facts.user = stepup::UserId("anna");
        facts.certificate.fill(0xa1);
        facts.address = "192.0.2.7:4711";
        facts.channelBinding.emplace();
        guard->point().connected(facts);
    }
    void annaComes()
    {
        annaConnects();
        guard->point().receive(Anna,
            fix::encode(fix::UserRequest{.id = "D-1",
                .type = fix::UserRequestType::LogOn,
                .username = "anna",
                .payload = *stepup::payloadText(
                    stepup::DeskPayload(stepup::ContextStatement{.program = "countersign 1.0", .posture = {}}))}));
    }
    /// The files are looked at again.
    void look()
    {
        clock.advance(10s);
        EXPECT_LE(guard->nextDue().value_or(base::SteadyTime::max()), clock.steady());
        guard->runDue();
    }
    [[nodiscard]] std::string reasonOfTheLast() const
    {
        const auto& fields = records.all.back().fields;
        const auto found = fields.find(Field::Reason);
        return found == fields.end() ? std::string() : found->second;
    }

    support::TemporaryDirectory files;
    support::FakeClock clock;
    std::ostringstream out;
    LineLog lines{out, clock};
    venue_test::ListedRecords records;
    AuditedLog log{lines, records, clock, {}};
    AccessRecorder recorder{lines, &records};
    Nobody sessions;
    PepSettings settings;
    std::unique_ptr<Guard> guard;
};

TEST_F(AGuard, SaysWhichPolicyIsInForceWhereNoneIsConfigured)
{
    open();
    ASSERT_EQ(records.all.size(), 1U);
    EXPECT_EQ(records.all[0].kind, Kind::PolicyLoaded);
    EXPECT_EQ(records.all[0].fields.at(Field::Policy), "1");
    EXPECT_NE(reasonOfTheLast().find("default, as shipped"), std::string::npos) << reasonOfTheLast();
}

TEST_F(AGuard, MeetsADeadlineThatPassesBetweenTwoLooksWithoutSpinning)
{
    registerAnna();
    open();
    annaConnects(); // and says nothing
    clock.advance(settings.enforcement.contextPatience - 50ms);
    guard->runDue();
    clock.advance(50ms);
    guard->runDue(); // for a message, say: too early to look after everybody again
    EXPECT_EQ(sessions.logouts, 0);
    const auto next = guard->nextDue();
    ASSERT_TRUE(next);
    EXPECT_GT(*next, clock.steady()) << "what is due waits for the next look, and so does the thread";
    EXPECT_LE(*next, clock.steady() + 100ms);
    clock.advance(*next - clock.steady());
    guard->runDue();
    EXPECT_EQ(sessions.logouts, 1);
}

TEST_F(AGuard, TakesANewFileOfCountriesAndKeepsTheLastGoodOne)
{
    writeCountries(0h);
    open();
    const auto before = records.all.size();
    look();
    EXPECT_EQ(records.all.size(), before);
    writeCountries(1h);
    look();
    ASSERT_EQ(records.all.size(), before + 1);
    EXPECT_EQ(records.all.back().kind, Kind::PolicyLoaded);
    EXPECT_NE(reasonOfTheLast().find("Weekly built on"), std::string::npos) << reasonOfTheLast();
    files.write("country.mmdb", "no such file");
    look();
    ASSERT_EQ(records.all.size(), before + 2);
    EXPECT_EQ(records.all.back().kind, Kind::PolicyRefused);
    EXPECT_EQ(records.all.back().severity, audit::Severity::Alert);
    EXPECT_NE(reasonOfTheLast().find("stays in force"), std::string::npos) << reasonOfTheLast();
    look();
    EXPECT_EQ(records.all.size(), before + 2) << "said once";
}

TEST_F(AGuard, JudgesOpenSessionsByANewFileOfCountries)
{
    std::string policy(store::defaultAccessPolicyText());
    const std::string none = "countries = []";
    policy.replace(policy.find(none), none.size(), "countries = [\"DE\"]");
    const auto expectsGermany = store::openAccessPolicy(files.write("policy.toml", policy));
    ASSERT_TRUE(expectsGermany) << expectsGermany.error().detail;
    registerAnna();
    writeCountries(0h);
    open();
    guard->point().usePolicy(*expectsGermany);
    annaComes();
    ASSERT_EQ(guard->point().standing(Anna), pep::Standing::Allowed);
    writeCountries(1h, "CH");
    look();
    clock.advance(settings.enforcement.decideEvery);
    guard->runDue();
    EXPECT_EQ(guard->point().standing(Anna), pep::Standing::Closed) << "the address is abroad now";
}

TEST_F(AGuard, SaysAtItsStartThatItsFileOfCountriesIsOld)
{
    writeCountries(24h * 100);
    open();
    ASSERT_EQ(records.all.front().kind, Kind::Alert);
    EXPECT_EQ(records.all.front().fields.at(Field::Rule), "countries-old");
    EXPECT_EQ(records.all.front().severity, audit::Severity::Warning);
}

TEST_F(AGuard, AlertsWhereTheDeviceAuthorityCannotBeReadAnyMore)
{
    settings.devices = DeviceAuthority{
        .roots = files.write("devices.pem", support::TestCa().pem()), .revocationLists = {}, .hardwarePolicies = {}};
    open();
    const auto before = records.all.size();
    files.write("devices.pem", "nothing");
    look();
    ASSERT_EQ(records.all.size(), before + 1);
    EXPECT_EQ(records.all.back().kind, Kind::Alert);
    EXPECT_EQ(records.all.back().severity, audit::Severity::Alert);
    EXPECT_EQ(records.all.back().fields.at(Field::Rule), "device-authority-unreadable");
    EXPECT_NE(reasonOfTheLast().find("device CA"), std::string::npos) << reasonOfTheLast();
}

}
