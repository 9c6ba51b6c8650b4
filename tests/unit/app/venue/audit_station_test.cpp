#include "app/venue/audit_station.h"
#include "app/venue/audited_log.h"
#include "app/venue/line_log.h"
#include "core/audit/reader.h"
#include "core/audit/record_text.h"
#include "core/pep/events.h"
#include "core/store/sqlite_database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <sstream>

namespace {

using audit::AuditRecord;
using audit::Kind;
using Field = audit::Field;

class ListedRecords final : public audit::AuditRecorder {
public:
    std::vector<AuditRecord> all;

private:
    void write(AuditRecord record, Done) override
    {
        EXPECT_TRUE(audit::recordText({1, record})) << "a field that the kind does not allow";
        all.push_back(std::move(record));
    }
};

class AuditedLogTest : public testing::Test {
protected:
    support::FakeClock clock;
    std::ostringstream out;
    venue::LineLog lines{out, clock};
    ListedRecords records;
    venue::AuditedLog log{lines, records, clock, {{"ACME", "anna.keller"}}};
};

TEST_F(AuditedLogTest, ALogonIsASessionOpened)
{
    log.record("client-logged-on",
        {{"session", "ACME"}, {"address", "10.1.2.3:4711"}, {"tls", "TLSv1.3"}, {"cipher", "TLS_AES_256_GCM_SHA384"},
            {"subject", "CN=anna.keller"}, {"fingerprint", "ab"}});
    AuditRecord expected;
    expected.time = clock.utc();
    expected.kind = Kind::SessionOpened;
    expected.user = "anna.keller";
    expected.session = "ACME";
    expected.fields = {{Field::Address, "10.1.2.3"}, {Field::Tls, "TLSv1.3"}, {Field::Cipher, "TLS_AES_256_GCM_SHA384"},
        {Field::CertificateSubject, "CN=anna.keller"}, {Field::Certificate, "ab"}};
    ASSERT_EQ(records.all.size(), 1u);
    EXPECT_EQ(records.all[0], expected);
    EXPECT_NE(out.str().find("event=client-logged-on session=ACME"), std::string::npos) << "the other log has it too";
}

/// Every event of the enforcement point, with every field that any of them has.
TEST_F(AuditedLogTest, WhatTheEnforcementPointTellsIsKeptWithoutWhatMayQuoteAMessage)
{
    const std::map<std::string, Kind> meanings{{"connection-refused", Kind::SessionRefused},
        {"session-decided", Kind::AccessDecision}, {"action-decided", Kind::AccessDecision},
        {"session-restricted", Kind::SessionRestricted}, {"person-left", Kind::SessionRestricted},
        {"session-closed", Kind::SessionClosed}, {"step-up-asked", Kind::StepUpAsked},
        {"step-up-approved", Kind::StepUpPassed}, {"step-up-refused", Kind::StepUpRefused},
        {"enrolment-refused", Kind::StepUpRefused}, {"ticket-armed", Kind::AcceptanceAuthorised},
        {"acceptance-passed", Kind::AcceptanceAuthorised}, {"grant-spent", Kind::AcceptanceAuthorised},
        {"grant-refused", Kind::AcceptanceRefused}, {"entitlement-missing", Kind::EntitlementRefused},
        {"access-message-refused", Kind::MessageRefused}, {"key-enrolled", Kind::KeyEnrolled},
        {"user-locked", Kind::Locked}, {"certificate-locked", Kind::Locked},
        {"identities-changed", Kind::IdentityChanged}, {"identity-store-failed", Kind::Alert}};
    for (const auto& [event, kind] : meanings) {
        log.record(event,
            {{"severity", "alert"}, {"session", "ACME"}, {"user", "bert.maier"}, {"address", "10.1.2.3:4711"},
                {"reference", "K7QX-2M4P"}, {"outcome", "deny"}, {"score", "45"}, {"lines", "country: anomalous 40"},
                {"policy", "desk 7"}, {"scope", "ticket"}, {"action", "accept"}, {"type", "D"}, {"id", "CL-1"},
                {"instrument", "EUR/USD"}, {"refusal", "seal-wrong"}, {"credential", "abcd"}, {"name", "blue key"},
                {"why", "at 1.15342"}});
        ASSERT_FALSE(records.all.empty()) << event;
        const AuditRecord& record = records.all.back();
        EXPECT_EQ(record.kind, kind) << event;
        EXPECT_EQ(record.severity, audit::Severity::Alert) << event;
        EXPECT_EQ(record.user, "bert.maier") << "the enforcement point knows better than the configuration";
        EXPECT_EQ(record.reference, "K7QX-2M4P") << event;
        const bool quotes = kind == Kind::AcceptanceAuthorised || kind == Kind::AcceptanceRefused
            || kind == Kind::EntitlementRefused || kind == Kind::MessageRefused;
        if (quotes) {
            EXPECT_FALSE(record.fields.contains(Field::Reason)) << event;
        }
    }
    EXPECT_EQ(records.all.size(), meanings.size());
    for (const AuditRecord& record : records.all) {
        if (record.kind != Kind::AccessDecision)
            continue;
        EXPECT_EQ(record.fields.at(Field::Attributes), "country: anomalous 40");
        EXPECT_EQ(record.fields.at(Field::Score), "45");
        EXPECT_EQ(record.fields.at(Field::Policy), "desk 7");
    }
}

TEST_F(AuditedLogTest, ARefusedConnectionSaysWhy)
{
    log.record("client-refused", {{"address", "[2001:db8::7]:4711"}, {"why", "certificate-untrusted: issued by: X"}});
    const AuditRecord& record = records.all.at(0);
    EXPECT_EQ(record.kind, Kind::SessionRefused);
    EXPECT_EQ(record.severity, audit::Severity::Warning);
    EXPECT_EQ(record.user, "");
    EXPECT_EQ(record.fields.at(Field::Address), "2001:db8::7");
    EXPECT_EQ(record.fields.at(Field::Error), "certificate-untrusted");
    EXPECT_EQ(record.fields.at(Field::Reason), "issued by: X");
}

TEST_F(AuditedLogTest, WhatAMessageSaidStaysOutOfTheTrail)
{
    log.record("message-refused", {{"session", "ACME"}, {"type", "D"}, {"why", "Price(44): 1.0850x is no price"}});
    const AuditRecord& record = records.all.at(0);
    EXPECT_EQ(record.kind, Kind::MessageRefused);
    EXPECT_EQ(record.fields, (std::map<Field, std::string>{{Field::MessageType, "D"}}));
}

TEST_F(AuditedLogTest, EveryEventOfTheEnforcementPointIsARecord)
{
    for (int kind = 0; kind <= static_cast<int>(pep::EventKind::StoreFailed); ++kind) {
        const char* name = pep::eventName(static_cast<pep::EventKind>(kind));
        records.all.clear();
        log.record(name,
            {{"severity", "alert"}, {"session", "ACME"}, {"user", "anna.keller"}, {"address", "10.1.2.3:4711"},
                {"reference", "K7Q2-9XWF"}, {"outcome", "deny"}, {"score", "55"}, {"lines", "country: anomalous 40"},
                {"policy", "fx 7"}, {"scope", "session"}, {"action", "ticket"}, {"type", "D"}, {"id", "C-1"},
                {"instrument", "EUR/USD"}, {"refusal", "seal-wrong"}, {"credential", "ab"}, {"name", "Blue key"},
                {"why", "this person is locked: lost laptop"}});
        ASSERT_EQ(records.all.size(), 1U) << name;
        EXPECT_EQ(records.all[0].severity, audit::Severity::Alert) << name;
        EXPECT_EQ(records.all[0].user, "anna.keller") << name;
        EXPECT_EQ(records.all[0].reference, "K7Q2-9XWF") << name;
    }
}

TEST_F(AuditedLogTest, AFiringOfARuleIsAnAlertThatSaysWhatFollows)
{
    log.record("rule-fired",
        {{"severity", "alert"}, {"session", "ACME"}, {"user", "anna.keller"}, {"address", "10.1.2.3:4711"},
            {"rule", "scraping"}, {"outcome", "alert,step-up"}, {"attempts", "100"}, {"target", "anna.keller"}});
    const AuditRecord& record = records.all.at(0);
    EXPECT_EQ(record.kind, Kind::Alert);
    EXPECT_EQ(record.severity, audit::Severity::Alert);
    EXPECT_EQ(record.fields,
        (std::map<Field, std::string>{{Field::Address, "10.1.2.3"}, {Field::Rule, "scraping"},
            {Field::Outcome, "alert,step-up"}, {Field::Attempts, "100"}, {Field::Target, "anna.keller"}}));
}

TEST_F(AuditedLogTest, SignalsAreWholeOrNotThere)
{
    const std::string line = "session|seen:network=192.0.2.7";
    log.record("session-restricted", {{"session", "ACME"}, {"outcome", "step-up"}, {"signals", line}});
    EXPECT_EQ(records.all.back().fields.at(Field::Signals), line);
    EXPECT_EQ(records.all.back().fields.at(Field::Outcome), "step-up");
    log.record("session-decided", {{"session", "ACME"}, {"signals", line + std::string(audit::MaxValueSize, 'x')}});
    EXPECT_FALSE(records.all.back().fields.contains(Field::Signals)) << "cut off it would be another decision";
}

TEST_F(AuditedLogTest, ADecisionIsRecordedLineByLine)
{
    log.record("session-decided",
        {{"severity", "alert"}, {"session", "ACME"}, {"user", "anna.keller"}, {"address", "10.1.2.3:4711"},
            {"reference", "K7Q2-9XWF"}, {"outcome", "deny"}, {"score", "55"}, {"lines", "country: anomalous 40"},
            {"policy", "fx 7"}});
    const AuditRecord& record = records.all.at(0);
    EXPECT_EQ(record.kind, Kind::AccessDecision);
    EXPECT_EQ(record.fields,
        (std::map<Field, std::string>{{Field::Address, "10.1.2.3"}, {Field::Outcome, "deny"}, {Field::Score, "55"},
            {Field::Attributes, "country: anomalous 40"}, {Field::Policy, "fx 7"}}));
}

TEST_F(AuditedLogTest, OtherEventsOfSecurityAndOnlyThose)
{
    log.record("client-logged-off", {{"session", "ACME"}, {"why", "the connection was lost"}});
    log.record("refused-as-too-many", {{"session", "ACME"}, {"type", "R"}});
    log.record("certificate-changed", {{"why", "scenario"}, {"problem", ""}});
    log.record("deal", {{"session", "ACME"}, {"price", "1.0850"}});
    log.record("session-reject", {{"session", "ACME"}, {"text", "words"}});
    ASSERT_EQ(records.all.size(), 3u);
    EXPECT_EQ(records.all[0].kind, Kind::SessionClosed);
    EXPECT_EQ(records.all[1].fields.at(Field::Error), "too-many");
    EXPECT_EQ(records.all[2].kind, Kind::CertificateChanged);
}

TEST(AuditStation, ItsLifeIsOnTheRecord)
{
    const support::TemporaryDirectory directory;
    const support::FakeClock clock;
    std::ostringstream out;
    venue::LineLog log(out, clock);
    venue::AuditSettings settings;
    settings.trail = directory.path() / "new" / "audit.db";
    settings.signingKey = directory.write("key", support::pemOf(*support::generateKey(support::KeyType::Ec256)));
    {
        auto station =
            venue::AuditStation::open(settings, {.host = {}, .processId = {}, .version = "1.2.3"}, clock, log, [] {});
        ASSERT_TRUE(station) << station.error().detail;
        AuditRecord opened;
        opened.kind = Kind::SessionOpened;
        (*station)->recorder().append(opened);
    }
    const auto reader = audit::TrailReader::open(settings.trail);
    ASSERT_TRUE(reader);
    const auto stored = (*reader)->records(0, 10);
    std::vector<Kind> kinds;
    for (const auto& record : *stored)
        kinds.push_back(audit::parseRecord(record.text)->record.kind);
    EXPECT_EQ(kinds,
        (std::vector<Kind>{Kind::TrailStarted, Kind::ProgramStarted, Kind::SessionOpened, Kind::ProgramStopped}));
    EXPECT_EQ((*reader)->heads(0, 10)->back().number, 4u);
    EXPECT_EQ(out.str(), "");
}

TEST(AuditStation, ARecordThatIsLostStopsTheVenue)
{
    const support::TemporaryDirectory directory;
    const support::FakeClock clock;
    std::ostringstream out;
    venue::LineLog log(out, clock);
    venue::AuditSettings settings;
    settings.trail = directory.path() / "audit.db";
    std::mutex mutex;
    std::condition_variable told;
    bool failed = false;
    auto station = venue::AuditStation::open(settings, {}, clock, log, [&] {
        const std::lock_guard lock(mutex);
        failed = true;
        told.notify_all();
    });
    ASSERT_TRUE(station);
    AuditRecord wrong;
    wrong.kind = Kind::SessionOpened;
    wrong.fields[Field::Trail] = "x";
    (*station)->recorder().append(wrong);
    std::unique_lock lock(mutex);
    EXPECT_TRUE(told.wait_for(lock, std::chrono::seconds(20), [&] { return failed; }));
    EXPECT_NE(out.str().find("event=audit-failed why=\"internal: "), std::string::npos) << out.str();
}

TEST(AuditStation, UnusableFilesAreSaidAtTheStart)
{
    const support::TemporaryDirectory directory;
    const support::FakeClock clock;
    std::ostringstream out;
    venue::LineLog log(out, clock);
    venue::AuditSettings settings;
    settings.trail = directory.path() / "audit.db";
    settings.signingKey = directory.path() / "nothing";
    const auto withoutKey = venue::AuditStation::open(settings, {}, clock, log, [] {});
    ASSERT_FALSE(withoutKey);
    EXPECT_EQ(withoutKey.error().code, base::Errc::Configuration);
    settings.signingKey.reset();
    settings.syslog.emplace();
    settings.syslog->certificate = directory.path() / "nothing";
    const auto withoutIdentity = venue::AuditStation::open(settings, {}, clock, log, [] {});
    ASSERT_FALSE(withoutIdentity);
    EXPECT_EQ(withoutIdentity.error().code, base::Errc::Configuration);
}

}
