#include "app/cli/arguments.h"
#include "app/cli/audit_run.h"
#include "app/cli/policy_run.h"
#include "app/venue/access_recorder.h"
#include "app/venue/guard.h"
#include "core/audit/trail_file.h"
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

    support::TemporaryDirectory m_files;
    support::FakeClock m_clock;
};

TEST_F(Replay, OfWhatAVenueDecidedSaysWhoWouldHaveBeenRefused)
{
    const auto file = m_files.path() / "audit.db";
    IntoTrail trail(file, m_clock);
    NoLines lines;
    venue::AccessRecorder recorder(lines, &trail);
    NoSessions sessions;
    venue::PepSettings settings;
    settings.enforcement.rpId = "stepup.desk.example";
    settings.identities = m_files.path() / "identities.sqlite";
    settings.attestationRoots = m_files.write("makers.pem", support::TestCa().pem());
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
    auto guard = venue::Guard::open(settings, sessions, lines, recorder, m_clock);
    ASSERT_TRUE(guard) << guard.error().detail;
    pep::ConnectionFacts facts;
    facts.session = rfq::SessionId("ANNA");
    facts.user = stepup::UserId("anna");
    facts.certificate.fill(0xa1);
    facts.address = "203.0.113.9:4711";
    facts.channelBinding.emplace();
    (*guard)->point().connected(facts);
    (*guard)->point().receive(facts.session,
        fix::encode(fix::UserRequest{.id = "D-1",
            .type = fix::UserRequestType::LogOn,
            .username = "anna",
            .payload = *stepup::payloadText(stepup::DeskPayload(
                stepup::ContextStatement{.program = "countersign 1.0", .posture = {{"firewall", "yes"}}}))}));
    guard->reset();
    trail.finish();

    const auto exported = output<cli::AuditCommand>(
        {"audit", "export", file.string()}, [](const auto& command, auto format, std::ostream& out) {
            std::ostringstream problems;
            return cli::runAudit(command, format, out, problems, {.host = "venue", .processId = {}, .version = "1.0"});
        });
    EXPECT_THAT(exported, HasSubstr("proven:authentication=hardware-token"));
    EXPECT_THAT(exported, HasSubstr("reported:firewall=yes"));
    const std::string month = m_files.write("month.jsonl", exported).string();
    const auto simulate = [&](const std::string& policy) {
        return output<cli::PolicyCommand>({"policy", "simulate", policy, "--decisions", month},
            [](const auto& command, auto format, std::ostream& out) { return cli::runPolicy(command, format, out); });
    };
    // The shipped policy denies: 15 for the network, 40 for the country that nobody knows.
    EXPECT_THAT(simulate(policyWith("version = 1", "version = 2")),
        HasSubstr(
            "of 1 decisions: 0 would have been refused, 0 would have needed a step-up, 0 would have been milder"));
    EXPECT_THAT(simulate(policyWith("score = 40", "score = 4")),
        HasSubstr(
            "of 1 decisions: 0 would have been refused, 0 would have needed a step-up, 1 would have been milder"));
    EXPECT_THAT(simulate(policyWith("score = 40", "score = 5")), HasSubstr("deny becomes step-up with 20"));
}

}
