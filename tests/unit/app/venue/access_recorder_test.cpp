#include "app/venue/access_recorder.h"
#include "app/venue/change_reporter.h"
#include "app/venue/line_log.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/venue/listed_records.h"

#include <sstream>

using namespace venue;

namespace {

using audit::Field;
using audit::Kind;
using pep::EventKind;

class TheAccessRecorder : public testing::Test {
protected:
    /// With every field that any event has.
    pep::Event event(EventKind kind) const
    {
        return {.kind = kind,
            .severity = pep::Severity::Alert,
            .at = clock.utc(),
            .session = rfq::SessionId("ACME"),
            .user = stepup::UserId("bert.maier"),
            .address = "10.1.2.3:4711",
            .reference = "K7QX-2M4P",
            .fields = {{"outcome", "deny"}, {"score", "45"}, {"lines", "country: anomalous 40"}, {"policy", "desk 7"},
                {"scope", "ticket"}, {"action", "accept"}, {"type", "D"}, {"id", "CL-1"}, {"instrument", "EUR/USD"},
                {"refusal", "seal-wrong"}, {"credential", "abcd"}, {"name", "blue key"}, {"why", "at 1.15342"}}};
    }
    support::FakeClock clock;
    std::ostringstream out;
    LineLog lines{out, clock};
    venue_test::ListedRecords records;
    AccessRecorder recorder{lines, &records};
};

TEST_F(TheAccessRecorder, KeepsEveryEventWithoutWhatMayQuoteAMessage)
{
    for (int number = 0; *pep::eventName(static_cast<EventKind>(number)) != 0; ++number) {
        const auto kind = static_cast<EventKind>(number);
        const char* name = pep::eventName(kind);
        records.all.clear();
        recorder.record(event(kind));
        ASSERT_EQ(records.all.size(), 1U) << name;
        const auto& record = records.all[0];
        EXPECT_EQ(record.time, clock.utc()) << name;
        EXPECT_EQ(record.severity, audit::Severity::Alert) << name;
        EXPECT_EQ(record.user, "bert.maier") << name;
        EXPECT_EQ(record.session, "ACME") << name;
        EXPECT_EQ(record.reference, "K7QX-2M4P") << name;
        const bool quotes = record.kind == Kind::AcceptanceAuthorised || record.kind == Kind::AcceptanceRefused
            || record.kind == Kind::EntitlementRefused || record.kind == Kind::MessageRefused;
        EXPECT_TRUE(!quotes || !record.fields.contains(Field::Reason)) << name;
        EXPECT_NE(out.str().find("event=" + std::string(name) + " severity=alert session=ACME"), std::string::npos);
    }
}

TEST_F(TheAccessRecorder, KeepsADecisionLineByLine)
{
    auto decided = event(EventKind::SessionDecided);
    decided.fields = {{"outcome", "deny"}, {"score", "45"}, {"lines", "country: anomalous 40"}, {"policy", "desk 7"}};
    recorder.record(decided);
    EXPECT_EQ(records.all[0].kind, Kind::AccessDecision);
    EXPECT_EQ(records.all[0].fields,
        (std::map<Field, std::string>{{Field::Address, "10.1.2.3"}, {Field::Outcome, "deny"}, {Field::Score, "45"},
            {Field::Attributes, "country: anomalous 40"}, {Field::Policy, "desk 7"}}));
}

TEST_F(TheAccessRecorder, KeepsAFiringOfARuleAsAnAlertThatSaysWhatFollows)
{
    auto fired = event(EventKind::RuleFired);
    fired.fields = {{"rule", "scraping"}, {"outcome", "alert,step-up"}, {"attempts", "100"}, {"target", "bert.maier"}};
    recorder.record(fired);
    EXPECT_EQ(records.all[0].kind, Kind::Alert);
    EXPECT_EQ(records.all[0].fields,
        (std::map<Field, std::string>{{Field::Address, "10.1.2.3"}, {Field::Rule, "scraping"},
            {Field::Outcome, "alert,step-up"}, {Field::Attempts, "100"}, {Field::Target, "bert.maier"}}));
}

TEST_F(TheAccessRecorder, KeepsWhatProvesATouchAndWithWhichCertificate)
{
    auto touched = event(EventKind::StepUpApproved);
    touched.certificate = "a1b2";
    const std::vector<std::pair<std::string_view, Field>> evidence{{"scope", Field::Scope},
        {"action-digest", Field::ActionDigest}, {"client-data", Field::ClientData},
        {"authenticator-data", Field::AuthenticatorData}, {"signature", Field::Signature},
        {"credential", Field::Credential}, {"model", Field::Model}};
    touched.fields.clear();
    for (const auto& [name, place] : evidence)
        touched.fields.push_back({name, "the " + std::string(name)});
    recorder.record(touched);
    EXPECT_EQ(records.all[0].kind, Kind::StepUpPassed);
    EXPECT_EQ(records.all[0].fields.at(Field::Certificate), "a1b2");
    for (const auto& [name, place] : evidence)
        EXPECT_EQ(records.all[0].fields.at(place), "the " + std::string(name));
    EXPECT_EQ(out.str().find("the signature"), std::string::npos) << "evidence is the trail's";
}

TEST_F(TheAccessRecorder, NamesTheCertificateThatIsLocked)
{
    auto locked = event(EventKind::CertificateLocked);
    locked.certificate = "a1b2";
    recorder.record(locked);
    EXPECT_EQ(records.all[0].kind, Kind::Locked);
    EXPECT_EQ(records.all[0].fields.at(Field::Target), "certificate a1b2");
    locked.kind = EventKind::UserLocked;
    recorder.record(locked);
    EXPECT_EQ(records.all[1].fields.at(Field::Target), "bert.maier");
    EXPECT_EQ(records.all[1].fields.at(Field::Certificate), "a1b2") << "with which it happened";
}

TEST_F(TheAccessRecorder, KeepsTheDecisionThatAllowedADealWithTheDeal)
{
    auto passed = event(EventKind::AcceptancePassed);
    passed.fields = {{"id", "C-1"}, {"instrument", "EUR/USD"}, {"dealer", "ALPHA"}, {"outcome", "allow"},
        {"scored", "allow"}, {"score", "15"}, {"lines", "network: unknown 15"},
        {"signals", "action|seen:user=standard"}, {"policy", "desk 7"}, {"device", "ws-7"}, {"country", "DE"}};
    passed.reference.clear();
    recorder.record(passed);
    EXPECT_EQ(records.all[0].kind, Kind::AcceptanceAuthorised);
    EXPECT_EQ(records.all[0].reference, "C-1");
    EXPECT_EQ(records.all[0].fields,
        (std::map<Field, std::string>{{Field::Address, "10.1.2.3"}, {Field::Instrument, "EUR/USD"},
            {Field::Dealer, "ALPHA"}, {Field::Outcome, "allow"}, {Field::Scored, "allow"}, {Field::Score, "15"},
            {Field::Attributes, "network: unknown 15"}, {Field::Signals, "action|seen:user=standard"},
            {Field::Policy, "desk 7"}, {Field::Device, "ws-7"}, {Field::Country, "DE"}}));
}

TEST_F(TheAccessRecorder, KeepsSignalsWholeOrNotAtAll)
{
    const std::string line = "session|seen:network=192.0.2.7";
    auto decided = event(EventKind::SessionRestricted);
    decided.fields = {{"outcome", "step-up"}, {"signals", line}};
    recorder.record(decided);
    EXPECT_EQ(records.all[0].fields.at(Field::Signals), line);
    EXPECT_EQ(records.all[0].fields.at(Field::Outcome), "step-up");
    decided.fields = {{"signals", line + std::string(audit::MaxValueSize, 'x')}};
    recorder.record(decided);
    EXPECT_FALSE(records.all[1].fields.contains(Field::Signals)) << "cut off they would be another decision";
}

TEST_F(TheAccessRecorder, KeepsWhoChangedWhomAndWhoApproved)
{
    pep::ChangeEvent change;
    change.at = clock.utc();
    change.change = 7;
    change.kind = pep::ChangeKind::UnlockUser;
    change.outcome = pep::ChangeOutcome::Proposed;
    change.target = "anna";
    change.by = "olga";
    recorder.record(change, [](const base::Status&) {});
    EXPECT_EQ(records.all[0].kind, Kind::IdentityChanged) << "nobody is unlocked yet";
    EXPECT_EQ(records.all[0].reference, "change-7");
    EXPECT_EQ(records.all[0].fields.at(Field::Outcome), "proposed");
    change.outcome = pep::ChangeOutcome::Done;
    change.second = "bert";
    recorder.record(change, [](const base::Status&) {});
    EXPECT_EQ(records.all[1].kind, Kind::Unlocked);
    EXPECT_EQ(records.all[1].fields.at(Field::Target), "anna");
    EXPECT_EQ(records.all[1].fields.at(Field::By), "olga");
    EXPECT_EQ(records.all[1].fields.at(Field::Second), "bert");
    change.outcome = pep::ChangeOutcome::Refused;
    recorder.record(change, [](const base::Status&) {});
    EXPECT_EQ(records.all[2].severity, audit::Severity::Warning);
}

TEST_F(TheAccessRecorder, ReportsChangesUntilTheyAreOnTheDisk)
{
    const support::TemporaryDirectory files;
    auto database = pep::IdentityDatabase::open(files.path() / "identities.sqlite");
    ASSERT_TRUE(database);
    stepup::SystemRandom random;
    pep::ChangeBook book(**database, random, clock, pep::FourEyes::On);
    const auto add = [&](const char* name, std::uint8_t certificate) {
        pep::IdentityChange change;
        change.kind = pep::ChangeKind::AddUser;
        change.user = stepup::UserId(name);
        change.certificate = pep::CertificateRecord{.fingerprint = {certificate}};
        ASSERT_TRUE(book.submit(change, "root"));
    };
    add("anna", 1);
    ChangeReporter reporter(**database, book, recorder, clock);
    reporter.runDue();
    ASSERT_EQ(records.all.size(), 1U);
    EXPECT_EQ(records.all[0].fields.at(Field::By), "account root");
    clock.advance(std::chrono::seconds(2));
    reporter.runDue();
    EXPECT_EQ(records.all.size(), 1U) << "once";
    EXPECT_EQ(book.untold()->size(), 1U) << "not yet on the disk";
    records.waiting.at(0)(base::Ok{});
    add("bert", 2);
    clock.advance(std::chrono::seconds(2));
    reporter.runDue();
    ASSERT_EQ(records.all.size(), 2U);
    EXPECT_EQ(book.untold()->size(), 1U);
    records.waiting.at(1)(base::Error{base::Errc::Io, "the disk is full"});
    clock.advance(std::chrono::seconds(2));
    reporter.runDue();
    EXPECT_EQ(book.untold()->size(), 1U) << "it is told again at the next start";
    ChangeReporter(**database, book, recorder, clock).runDue();
    EXPECT_EQ(records.all.size(), 3U);
}

}
