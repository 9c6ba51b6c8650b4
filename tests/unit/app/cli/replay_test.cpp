#include "app/cli/arguments.h"
#include "app/cli/audit_run.h"
#include "app/cli/policy_run.h"
#include "app/venue/access_recorder.h"
#include "app/venue/guard.h"
#include "core/audit/trail_file.h"
#include "core/fix/tags.h"
#include "core/fix/user_request.h"
#include "core/stepup/dialect.h"
#include "core/store/access_policy_reader.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

/// Last month's decisions of a venue under a new policy: enforcement point, audit trail, `audit export`, `policy
/// simulate`, each as it is.
namespace {

using cli::ExitCode;
using testing::HasSubstr;

class NoSessions final : public pep::SessionControl {
public:
    void send(const rfq::SessionId&, fix::WireMessage) override { }
    void logout(const rfq::SessionId&, const std::string&) override { }
    void prove(const rfq::SessionId&) override { }
    void opened(const rfq::SessionId&) override { }
    void shut(const rfq::SessionId&) override { }
};

class NoLines final : public venue::EventLog {
public:
    void record(std::string_view, std::initializer_list<Field>) override { }
};

class IntoTrail final : public audit::AuditRecorder {
public:
    IntoTrail(const std::filesystem::path& file, const base::Clock& clock)
    {
        audit::TrailSettings settings;
        settings.file = file;
        auto opened = audit::TrailFile::open(settings, clock);
        EXPECT_TRUE(opened);
        m_trail = *std::move(opened);
    }
    void finish()
    {
        EXPECT_TRUE(m_trail->finish());
        m_trail.reset();
    }

private:
    void write(audit::AuditRecord record, Done) override
    {
        EXPECT_TRUE(m_trail->append({std::move(record)}).records.front());
    }
    std::unique_ptr<audit::TrailFile> m_trail;
};

/// A venue with one person, under the shipped policy.
class AVenue {
public:
    AVenue(support::TemporaryDirectory& files, const base::Clock& clock)
        : m_file(files.path() / "audit.db")
        , m_trail(m_file, clock)
        , m_recorder(m_lines, &m_trail)
    {
        venue::PepSettings settings;
        settings.enforcement.rpId = "stepup.desk.example";
        settings.identities = files.path() / "identities.sqlite";
        settings.attestationRoots = files.write("makers.pem", support::TestCa().pem());
        addAnna(settings.identities);
        auto guard = venue::Guard::open(settings, m_sessions, m_lines, m_recorder, clock);
        EXPECT_TRUE(guard) << guard.error().detail;
        m_guard = *std::move(guard);
    }
    void use(const std::string& policy)
    {
        const auto opened = store::openAccessPolicy(policy);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_guard->point().usePolicy(*opened);
    }
    /// Logged on, from an address that nobody knows.
    void anna()
    {
        pep::ConnectionFacts facts;
        facts.session = m_anna;
        facts.dealers = {"ALPHA"};
        facts.user = stepup::UserId("anna");
        facts.certificate.fill(0xa1);
        facts.address = "203.0.113.9:4711";
        facts.channelBinding.emplace();
        m_guard->point().connected(facts);
        m_guard->point().receive(m_anna,
            fix::encode(fix::UserRequest{.id = "D-1",
                .type = fix::UserRequestType::LogOn,
                .username = "anna",
                .payload = *stepup::payloadText(stepup::DeskPayload(
                    stepup::ContextStatement{.program = "countersign 1.0", .posture = {{"firewall", "yes"}}}))}));
    }
    [[nodiscard]] bool deals()
    {
        fix::WireMessage order;
        order.type = "D";
        for (const auto& [tag, value] :
            {std::pair{fix::tag::ClOrdId, "C-1"}, std::pair{fix::tag::SettlDate, "20261126"},
                std::pair{fix::tag::Symbol, "EUR/USD"}, std::pair{fix::tag::Side, "1"},
                std::pair{fix::tag::OrderQty, "1000000"}, std::pair{fix::tag::OrdType, "D"},
                std::pair{fix::tag::Price, "1.0845"}, std::pair{fix::tag::Currency, "EUR"},
                std::pair{fix::tag::QuoteId, "Q-1"}, std::pair{fix::tag::TimeInForce, "4"}})
            order.add(tag, value);
        return m_guard->point().authorise(m_anna, order);
    }
    /// Its trail, when it has ended.
    const std::filesystem::path& end()
    {
        m_guard.reset();
        m_trail.finish();
        return m_file;
    }

private:
    static void addAnna(const std::filesystem::path& identities)
    {
        auto database = pep::IdentityDatabase::open(identities);
        ASSERT_TRUE(database);
        pep::UserRecord anna;
        anna.user = stepup::UserId("anna");
        pep::CertificateRecord certificate;
        certificate.fingerprint.fill(0xa1);
        certificate.key = pep::KeyHome::Hardware;
        certificate.attestation = "slot=9a serial=1 firmware=5.4.3 pin=once touch=never";
        certificate.device = pep::DeviceRecord::Managed;
        anna.certificates = {certificate};
        anna.entitlements[{"anna", "default"}] = {.activities = {zerotrust::Activity::Accept},
            .instruments = {zerotrust::Any},
            .sides = {zerotrust::Side::Buy},
            .maxQuantity = {{"EUR", *base::Decimal::parse("5000000")}},
            .dealers = {zerotrust::Any}};
        ASSERT_TRUE((*database)->add(anna));
    }

    const std::filesystem::path m_file;
    const rfq::SessionId m_anna{"ANNA"};
    IntoTrail m_trail;
    NoLines m_lines;
    venue::AccessRecorder m_recorder;
    NoSessions m_sessions;
    std::unique_ptr<venue::Guard> m_guard;
};

class Replay : public testing::Test {
protected:
    template <typename Command, typename Run>
    std::string output(const std::vector<std::string>& words, Run run)
    {
        const auto arguments = cli::parseArguments(words);
        EXPECT_TRUE(arguments) << arguments.error().detail;
        std::ostringstream out;
        EXPECT_EQ(run(std::get<Command>(arguments->command), arguments->format, out), ExitCode::Done) << out.str();
        return out.str();
    }
    /// The shipped policy with one text replaced.
    std::string policyWith(const std::string& old, const std::string& fresh)
    {
        std::string text(store::defaultAccessPolicyText());
        const auto at = text.find(old);
        EXPECT_NE(at, std::string::npos) << old;
        return m_files.write("other.toml", text.replace(at, old.size(), fresh)).string();
    }

    std::string exportOf(const std::filesystem::path& trail)
    {
        return output<cli::AuditCommand>(
            {"audit", "export", trail.string()}, [](const auto& command, auto format, std::ostream& out) {
                std::ostringstream problems;
                return cli::runAudit(
                    command, format, out, problems, {.host = "venue", .processId = {}, .version = "1.0"});
            });
    }
    std::string simulated(const std::string& policy, const std::string& exported)
    {
        const std::string month = m_files.write("month.jsonl", exported).string();
        return output<cli::PolicyCommand>({"policy", "simulate", policy, "--decisions", month},
            [](const auto& command, auto format, std::ostream& out) { return cli::runPolicy(command, format, out); });
    }

    support::TemporaryDirectory m_files;
    support::FakeClock m_clock;
};

TEST_F(Replay, OfWhatAVenueDecidedSaysWhoWouldHaveBeenRefused)
{
    AVenue venue(m_files, m_clock);
    venue.anna();
    const std::string exported = exportOf(venue.end());
    EXPECT_THAT(exported, HasSubstr("proven:authentication=hardware-token"));
    EXPECT_THAT(exported, HasSubstr("reported:firewall=yes"));
    const auto simulate = [&](const std::string& policy) { return simulated(policy, exported); };
    // The shipped policy denies: 15 for the network, 40 for the country that nobody knows.
    EXPECT_THAT(simulate(policyWith("version = 1", "version = 2")),
        HasSubstr(
            "of 1 decisions: 0 would have been refused, 0 would have needed a step-up, 0 would have been milder"));
    EXPECT_THAT(simulate(policyWith("score = 40", "score = 4")),
        HasSubstr(
            "of 1 decisions: 0 would have been refused, 0 would have needed a step-up, 1 would have been milder"));
    EXPECT_THAT(simulate(policyWith("score = 40", "score = 5")), HasSubstr("deny becomes step-up with 20"));
}

TEST_F(Replay, OfADealThatWasAllowedSaysThatATighterPolicyRefusesIt)
{
    // Where the country is worth nothing the session is allowed with 15, and so is the deal.
    const std::string usual = policyWith("score = 40", "score = 0");
    AVenue venue(m_files, m_clock);
    venue.use(usual);
    venue.anna();
    ASSERT_TRUE(venue.deals());
    const std::string exported = exportOf(venue.end());
    EXPECT_THAT(exported, HasSubstr("action|"));
    EXPECT_THAT(exported, testing::Not(HasSubstr("1000000"))) << "no amount";
    EXPECT_THAT(simulated(usual, exported),
        HasSubstr(
            "of 2 decisions: 0 would have been refused, 0 would have needed a step-up, 0 would have been milder"));
    std::string tighter(store::defaultAccessPolicyText());
    tighter.replace(tighter.find("score = 40"), 10, "score = 0");
    tighter.insert(tighter.rfind("\n[end]"), R"(
[[attribute]]
name = "transaction-size"
asked_of = "actions"
[[attribute.condition]]
name = "usual size"
score = 0
below = 500000
currencies = ["EUR"]
[[attribute.condition]]
name = "large"
score = 40
otherwise = true
)");
    const auto replayed = simulated(m_files.write("tighter.toml", tighter).string(), exported);
    EXPECT_THAT(replayed,
        HasSubstr(
            "of 2 decisions: 1 would have been refused, 0 would have needed a step-up, 0 would have been milder"));
    EXPECT_THAT(replayed, HasSubstr("allow becomes deny with 55"));
}

}
