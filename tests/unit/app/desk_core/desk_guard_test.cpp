#include "app/desk_core/desk_guard.h"
#include "core/stepup/dialect.h"
#include "tests/support/cms_signature.h"
#include "tests/support/fake_clock.h"
#include "tests/support/mmdb_writer.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/venue/listed_records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

/// What a desk does that judges for itself where its policy, its evidence or its person is not what it should be.
namespace {

using namespace std::chrono_literals;

const rfq::SessionId One{"ONE"};
const stepup::UserId Alice{"alice"};

stepup::CertificateFingerprint alicesCertificate()
{
    stepup::CertificateFingerprint certificate{};
    certificate.fill(0xa1);
    return certificate;
}

/// Everybody scores that.
std::string policyText(int version, int score)
{
    return "id = \"desk\"\nversion = " + std::to_string(version)
        + "\n[thresholds]\nstep_up_from = 20\ndeny_from = 40\n[[attribute]]\nname = \"a\"\n"
          "[[attribute.condition]]\nname = \"c\"\nscore = "
        + std::to_string(score) + "\notherwise = true\n[end]\npolicy = \"desk\"\n";
}

class DeskGuardTest : public testing::Test {
protected:
    DeskGuardTest()
        : officer(codeSigner("officer"))
        , somebody(codeSigner("somebody"))
    {
        config.stateDirectory = files.path();
        fix::SessionSettings session;
        session.name = One;
        session.senderCompId = "DESK";
        session.targetCompId = "ONE";
        session.access = fix::AccessSettings{"stepup.desk.example", fix::AccessJudge::Desk};
        config.sessions = {session};
        config.access = app::DeskAccessConfig{};
        config.access->enforcement.rpId = "stepup.desk.example";
        config.access->policy = store::SignedPolicy{.id = "desk",
            .files = {.policy = files.path() / "policy.toml",
                .signature = files.path() / "policy.toml.cms",
                .kept = files.path() / "policies"},
            .signers = files.write("officer.pem", support::pemOf(*officer.certificate))};
        put(policyText(1, 5), officer);
    }
    [[nodiscard]] tls::Identity codeSigner(const std::string& name) const
    {
        support::CertificateOptions options;
        options.commonName = name;
        options.purpose = support::Purpose::CodeSigning;
        return ca.issue(options);
    }
    void put(const std::string& text, const tls::Identity& signer) const
    {
        files.write("policy.toml", text);
        files.write("policy.toml.cms", support::cmsSignature(signer, text));
    }
    [[nodiscard]] base::Status open()
    {
        app::DeskGuard::Verdicts verdicts;
        verdicts.answered = [this](const rfq::SessionId&, std::uint64_t, const fix::UserResponse&,
                                const std::optional<stepup::Notice>& notice) {
            if (notice)
                notices.push_back(*notice);
        };
        verdicts.ended = [this](const rfq::SessionId&, std::uint64_t connection, const base::Error& reason) {
            ends.emplace_back(connection, reason);
        };
        auto opened = app::DeskGuard::open(config, std::move(verdicts), trail, clock,
            [] { return std::vector{*zerotrust::IpAddress::parse("10.1.2.3")}; });
        if (!opened)
            return opened.error();
        guard = *std::move(opened);
        guard->verified(Alice, alicesCertificate());
        return base::Ok{};
    }
    void connect(std::uint64_t connection = 1) { guard->opened({One, connection, Alice.text(), {}}); }
    void state(std::uint64_t connection = 1)
    {
        const stepup::DeskPayload payload = stepup::ContextStatement{.program = "countersign test", .posture = {}};
        guard->hear(One, connection,
            {.id = "D-" + std::to_string(++requests),
                .type = fix::UserRequestType::LogOn,
                .username = {},
                .payload = *stepup::payloadText(payload)});
    }
    /// The policy's files are looked at again.
    void look()
    {
        clock.advance(10s);
        guard->tick();
    }
    [[nodiscard]] std::vector<audit::AuditRecord> recorded(audit::Kind kind) const
    {
        std::vector<audit::AuditRecord> found;
        std::copy_if(trail.all.begin(), trail.all.end(), std::back_inserter(found),
            [kind](const audit::AuditRecord& record) { return record.kind == kind; });
        return found;
    }
    /// What a new decision scores now.
    [[nodiscard]] int scoreNow()
    {
        const auto before = notices.size();
        state();
        EXPECT_GT(notices.size(), before) << "nothing was decided";
        return notices.empty() ? -1 : notices.back().score;
    }

    support::FakeClock clock;
    support::TemporaryDirectory files;
    support::TestCa ca;
    const tls::Identity officer;
    const tls::Identity somebody;
    app::DeskConfig config;
    venue_test::ListedRecords trail;
    std::vector<stepup::Notice> notices;
    std::vector<std::pair<std::uint64_t, base::Error>> ends;
    int requests = 0;
    std::unique_ptr<app::DeskGuard> guard;
};

TEST_F(DeskGuardTest, APolicyThatTheOfficerHasNotSignedLeavesTheLastGoodOneInForce)
{
    ASSERT_TRUE(open());
    connect();
    ASSERT_EQ(scoreNow(), 5);
    put(policyText(2, 0), somebody);
    look();
    const auto refused = recorded(audit::Kind::PolicyRefused);
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].severity, audit::Severity::Alert);
    EXPECT_EQ(refused[0].fields.at(audit::Field::Policy), "1") << "what stays in force";
    EXPECT_EQ(scoreNow(), 5);
    files.write("policy.toml", policyText(2, 0));
    files.write("policy.toml.cms", support::cmsSignature(officer, policyText(2, 1)));
    look();
    EXPECT_EQ(scoreNow(), 5) << "the officer signed something else";
    put(policyText(2, 7), officer);
    look();
    EXPECT_EQ(scoreNow(), 7);
    ASSERT_EQ(recorded(audit::Kind::PolicyLoaded).size(), 2u);
    EXPECT_EQ(recorded(audit::Kind::PolicyLoaded).back().fields.at(audit::Field::Policy), "2");
    EXPECT_TRUE(ends.empty());
}

TEST_F(DeskGuardTest, APolicyCutOffAtAnyByteLeavesTheLastGoodOneInForce)
{
    ASSERT_TRUE(open());
    connect();
    const std::string next = policyText(2, 0);
    const std::string signature = support::cmsSignature(officer, next);
    // Cut off under the signature of the whole, and signed as it is cut off; the last byte is the end of the last line.
    for (std::size_t size = 0; size + 1 < next.size(); ++size) {
        files.write("policy.toml", next.substr(0, size));
        files.write("policy.toml.cms", signature);
        look();
        ASSERT_EQ(scoreNow(), 5) << "cut off at " << size;
    }
    for (std::size_t size = 0; size + 1 < next.size(); size += 9) {
        put(next.substr(0, size), officer);
        look();
        ASSERT_EQ(scoreNow(), 5) << "cut off at " << size << " and signed";
    }
    files.write("policy.toml", next);
    for (std::size_t size = 0; size < signature.size(); size += 17) {
        files.write("policy.toml.cms", signature.substr(0, size));
        look();
        ASSERT_EQ(scoreNow(), 5) << "signature cut off at " << size;
    }
    EXPECT_TRUE(ends.empty());
    files.write("policy.toml.cms", signature);
    look();
    EXPECT_EQ(scoreNow(), 0);
}

TEST_F(DeskGuardTest, ANewPolicyIsMetByThoseWhoAreIn)
{
    ASSERT_TRUE(open());
    connect();
    ASSERT_EQ(scoreNow(), 5);
    put(policyText(2, 40), officer);
    clock.advance(9s);
    guard->tick();
    EXPECT_TRUE(ends.empty());
    clock.advance(1s);
    guard->tick();
    ASSERT_EQ(ends.size(), 1u);
    EXPECT_EQ(ends[0].first, 1u);
}

TEST_F(DeskGuardTest, WithoutAPolicyThatIsSignedItDoesNotBegin)
{
    put(policyText(1, 0), somebody);
    const base::Status opened = open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, base::Errc::Configuration);
    EXPECT_EQ(recorded(audit::Kind::PolicyRefused).size(), 1u);
}

TEST_F(DeskGuardTest, ARestartDoesNotBringBackAnOlderPolicy)
{
    put(policyText(3, 9), officer);
    ASSERT_TRUE(open());
    guard.reset();
    put(policyText(2, 0), officer);
    ASSERT_TRUE(open());
    connect();
    EXPECT_EQ(scoreNow(), 9);
}

TEST_F(DeskGuardTest, EvidenceThatCannotBeKeptEndsEverySessionAndLetsNobodyInAnyMore)
{
    ASSERT_TRUE(open());
    connect();
    ASSERT_EQ(scoreNow(), 5);
    guard->trailFailed({base::Errc::Io, "database or disk is full"});
    ASSERT_EQ(ends.size(), 1u);
    EXPECT_EQ(ends[0].first, 1u);
    EXPECT_EQ(ends[0].second.code, base::Errc::Io);
    EXPECT_NE(ends[0].second.detail.find("database or disk is full"), std::string::npos) << ends[0].second.detail;

    rfq::SendAcceptance send;
    send.acceptance.session = One;
    const base::Status authorised = guard->authorise(send, {});
    ASSERT_FALSE(authorised) << "also what is on its way meanwhile";
    EXPECT_EQ(authorised.error().code, base::Errc::Io);

    guard->closed({One, 1});
    const auto before = notices.size();
    connect(2);
    ASSERT_EQ(ends.size(), 2u);
    EXPECT_EQ(ends[1].first, 2u);
    state(2);
    EXPECT_EQ(notices.size(), before) << "nothing is decided any more";
    guard->verified(Alice, alicesCertificate());
    connect(3);
    EXPECT_EQ(ends.size(), 3u) << "a new sign-in makes no evidence";
}

TEST_F(DeskGuardTest, ASessionThatIsOverIsNotEndedAgain)
{
    ASSERT_TRUE(open());
    connect();
    guard->closed({One, 1});
    guard->trailFailed({base::Errc::Io, "database or disk is full"});
    EXPECT_TRUE(ends.empty());
}

TEST_F(DeskGuardTest, SomebodyElsesConnectionIsNotLetIn)
{
    ASSERT_TRUE(open());
    guard->opened({One, 1, "mallory", {}});
    ASSERT_EQ(ends.size(), 1u);
    EXPECT_EQ(ends[0].second.code, base::Errc::Refused);
    state(1);
    EXPECT_TRUE(notices.empty());
}

TEST_F(DeskGuardTest, WhatIsNotJudgedHereIsNotAuthorisedHere)
{
    ASSERT_TRUE(open());
    rfq::SendAcceptance send;
    send.acceptance.session = rfq::SessionId("ANOTHER");
    const base::Status authorised = guard->authorise(send, {});
    ASSERT_FALSE(authorised);
    EXPECT_EQ(authorised.error().code, base::Errc::Refused);
    EXPECT_FALSE(guard->judges(send.acceptance.session));
    EXPECT_TRUE(guard->judges(One));
}

TEST_F(DeskGuardTest, AKeyThatDoesNotHoldIsOnTheRecord)
{
    config.access->securityKeys = {files.write("alice.json", "{")};
    ASSERT_TRUE(open());
    ASSERT_EQ(guard->problems().size(), 1u);
    const auto refused = recorded(audit::Kind::StepUpRefused);
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].fields.at(audit::Field::Reason), guard->problems().front());
}

TEST_F(DeskGuardTest, TakesANewFileOfCountriesAndKeepsTheLastGoodOne)
{
    support::MmdbWriter writer("Weekly");
    writer.add("192.0.2.0/24", "DE");
    writer.builtAt(static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(clock.utc().time_since_epoch()).count()));
    config.access->countries = files.write("country.mmdb", writer.bytes());
    ASSERT_TRUE(open());
    const auto loaded = recorded(audit::Kind::PolicyLoaded).size();
    writer.add("198.51.100.0/24", "CH");
    files.write("country.mmdb", writer.bytes());
    look();
    ASSERT_EQ(recorded(audit::Kind::PolicyLoaded).size(), loaded + 1);
    const auto reason = recorded(audit::Kind::PolicyLoaded).back().fields.at(audit::Field::Reason);
    EXPECT_NE(reason.find("Weekly built on"), std::string::npos) << reason;
    files.write("country.mmdb", "no such file");
    look();
    look();
    ASSERT_EQ(recorded(audit::Kind::PolicyRefused).size(), 1U) << "said once";
    connect();
    EXPECT_EQ(scoreNow(), 5) << "judged all the same";
}

TEST_F(DeskGuardTest, JudgesByTheNewFileOfCountries)
{
    put(R"(id = "desk"
version = 1
[thresholds]
step_up_from = 20
deny_from = 40
[[attribute]]
name = "country"
[[attribute.condition]]
name = "home"
score = 0
countries = ["DE"]
[[attribute.condition]]
name = "abroad"
score = 7
otherwise = true
[end]
policy = "desk"
)",
        officer);
    const auto say = [this](const char* country, std::chrono::hours before) {
        support::MmdbWriter writer("Weekly");
        writer.add("10.0.0.0/8", country);
        if (before > 0h)
            writer.add("198.51.100.0/24", "CH"); // another size
        writer.builtAt(static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::seconds>((clock.utc() - before).time_since_epoch()).count()));
        config.access->countries = files.path() / "country.mmdb";
        std::filesystem::rename(files.write("fresh.mmdb", writer.bytes()), config.access->countries);
    };
    say("DE", 0h);
    ASSERT_TRUE(open());
    connect();
    ASSERT_EQ(scoreNow(), 0);
    say("AT", 1h);
    look();
    EXPECT_EQ(scoreNow(), 7);
}

TEST_F(DeskGuardTest, SaysWhichPolicyIsInForceWhereNoneIsConfigured)
{
    config.access->policy.reset();
    ASSERT_TRUE(open());
    ASSERT_EQ(recorded(audit::Kind::PolicyLoaded).size(), 1U);
    EXPECT_EQ(recorded(audit::Kind::PolicyLoaded)[0].fields.at(audit::Field::Policy), "1");
}

}
