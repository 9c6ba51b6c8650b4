#include "app/venue/access_recorder.h"
#include "app/venue/audit_station.h"
#include "app/venue/audited_log.h"
#include "app/venue/line_log.h"
#include "core/audit/reader.h"
#include "core/audit/record_text.h"
#include "core/store/sqlite_database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/venue/listed_records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sstream>

namespace {

using audit::AuditRecord;
using audit::Kind;
using Field = audit::Field;

class AuditedLogTest : public testing::Test {
protected:
    support::FakeClock clock;
    std::ostringstream out;
    venue::LineLog lines{out, clock};
    venue_test::ListedRecords records;
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

TEST_F(AuditedLogTest, ListsThatNobodyRenewsAreAnAlert)
{
    log.record("revocation-lists-unreadable", {{"why", "crl.pem: holds a delta list of CN=Firm CA"}});
    const AuditRecord& record = records.all.at(0);
    EXPECT_EQ(record.kind, Kind::Alert);
    EXPECT_EQ(record.severity, audit::Severity::Alert);
    EXPECT_EQ(record.fields.at(Field::Rule), "revocation-lists-unreadable");
    EXPECT_EQ(record.fields.at(Field::Reason), "crl.pem: holds a delta list of CN=Firm CA");
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

TEST_F(AuditedLogTest, ARefusedConnectionOfIpv4OverAListenerOfIpv6IsOfIpv4)
{
    log.record("client-refused", {{"address", "[::ffff:192.0.2.7]:4711"}, {"why", "x"}});
    EXPECT_EQ(records.all.at(0).fields.at(Field::Address), "192.0.2.7");
}

TEST_F(AuditedLogTest, AFloodOfStrangersIsCounted)
{
    const auto flood = [this](int count) {
        for (int i = 0; i < count; ++i)
            log.record("client-refused", {{"address", "203.0.113.9:" + std::to_string(i)}, {"why", "tls-failure: x"}});
    };
    flood(1000);
    constexpr std::size_t Own = venue::RefusalDigest::OwnOfAPlace;
    ASSERT_EQ(records.all.size(), Own);
    log.record("client-refused", {{"address", "192.0.2.1:1"}, {"why", "tls-failure: x"}});
    EXPECT_EQ(records.all.size(), Own + 1) << "another place has records of its own";
    clock.advance(std::chrono::minutes(1));
    flood(1);
    ASSERT_EQ(records.all.size(), Own + 3);
    const AuditRecord& counted = records.all[Own + 1];
    EXPECT_EQ(counted.kind, Kind::SessionRefused);
    EXPECT_EQ(counted.fields.at(Field::Address), "203.0.113.9");
    EXPECT_EQ(counted.fields.at(Field::Attempts), std::to_string(1000 - Own));
    EXPECT_EQ(records.all[Own + 2].fields.count(Field::Attempts), 0u) << "the next minute begins anew";
    const std::string whole = out.str();
    EXPECT_EQ(std::count(whole.begin(), whole.end(), '\n'), 1002) << "the log of the venue has each";
}

TEST_F(AuditedLogTest, WhoTheEnforcementPointTurnsAwayIsCountedLikeAnybodyElse)
{
    venue::AccessRecorder access(lines, &log);
    constexpr std::size_t Own = venue::RefusalDigest::OwnOfAPlace;
    const auto comes = [&](int count) {
        for (int i = 0; i < count; ++i)
            access.record({.kind = pep::EventKind::ConnectionRefused,
                .severity = pep::Severity::Warning,
                .at = clock.utc(),
                .session = rfq::SessionId("ACME"),
                .user = stepup::UserId("anna.keller"),
                .address = "203.0.113.9:" + std::to_string(i),
                .certificate = "ab",
                .reference = "7K2M-Q4TZ",
                .fields = {{"why", "this certificate was revoked here"}}});
    };
    comes(1);
    ASSERT_EQ(records.all.size(), 1u);
    EXPECT_EQ(records.all[0].kind, Kind::SessionRefused);
    EXPECT_EQ(records.all[0].user, "anna.keller");
    EXPECT_EQ(records.all[0].fields.at(Field::Certificate), "ab");
    comes(1000);
    log.record("client-refused", {{"address", "203.0.113.9:1"}, {"why", "tls-failure: x"}});
    EXPECT_EQ(records.all.size(), Own) << "together";
    clock.advance(std::chrono::minutes(1));
    log.runDue();
    ASSERT_EQ(records.all.size(), Own + 1);
    EXPECT_EQ(records.all.back().fields.at(Field::Attempts), std::to_string(1002 - Own));
    // What is no refusal of a connection is never only counted.
    for (int i = 0; i < 1000; ++i)
        access.record({.kind = pep::EventKind::SessionDecided,
            .severity = pep::Severity::Notice,
            .at = clock.utc(),
            .session = rfq::SessionId("ACME"),
            .user = stepup::UserId("anna.keller"),
            .address = "203.0.113.9:1",
            .reference = "7K2M-Q4TZ",
            .fields = {}});
    EXPECT_EQ(records.all.size(), Own + 1001);
}

TEST_F(AuditedLogTest, WhatWasCountedIsWrittenWhenItsMinuteIsOverThoughNobodyElseComes)
{
    EXPECT_FALSE(log.nextDue());
    constexpr std::size_t Own = venue::RefusalDigest::OwnOfAPlace;
    for (std::size_t i = 0; i < Own + 5; ++i)
        log.record("client-refused", {{"address", "203.0.113.9:4711"}, {"why", "tls-failure: x"}});
    ASSERT_EQ(log.nextDue(), clock.steady() + std::chrono::minutes(1));
    log.runDue();
    EXPECT_EQ(records.all.size(), Own) << "its minute runs";
    clock.advance(std::chrono::minutes(1));
    log.runDue();
    ASSERT_EQ(records.all.size(), Own + 1);
    EXPECT_EQ(records.all.back().fields.at(Field::Attempts), "5");
    EXPECT_FALSE(log.nextDue());
}

TEST_F(AuditedLogTest, ARefusedLogonOfAKnownSessionIsNeverOnlyCounted)
{
    for (int i = 0; i < 20; ++i)
        log.record("certificate-not-confirmed", {{"session", "ACME"}, {"why", "x"}});
    EXPECT_EQ(records.all.size(), 20u);
}

TEST(RefusalDigest, IsBoundedHoweverManyPlacesThereAre)
{
    support::FakeClock clock;
    venue::RefusalDigest digest;
    std::uint64_t own = 0;
    for (int i = 0; i < 100'000; ++i)
        own +=
            digest.isOwn("10." + std::to_string(i % 250) + "." + std::to_string(i / 250 % 250) + ".1", clock.steady());
    EXPECT_EQ(own, venue::RefusalDigest::OwnOfAll);
    EXPECT_TRUE(digest.takeOver(clock.steady()).empty()) << "the minute runs";
    clock.advance(std::chrono::minutes(1));
    const auto counted = digest.takeOver(clock.steady());
    EXPECT_LE(counted.size(), venue::RefusalDigest::MostPlaces + 1);
    std::uint64_t attempts = own;
    for (const auto& each : counted)
        attempts += each.attempts;
    EXPECT_EQ(attempts, 100'000u) << "none is forgotten";
    EXPECT_TRUE(digest.takeAll().empty());
}

TEST(RefusalDigest, TakesANetworkOfACustomerForOnePlace)
{
    support::FakeClock clock;
    venue::RefusalDigest digest;
    std::uint64_t own = 0;
    for (int i = 0; i < 1000; ++i)
        own += digest.isOwn("2001:db8:0:1::" + std::to_string(i + 1), clock.steady());
    EXPECT_EQ(own, venue::RefusalDigest::OwnOfAPlace);
    EXPECT_EQ(digest.takeAll().at(0),
        (venue::RefusalDigest::Counted{"2001:db8:0:1::/64", 1000 - venue::RefusalDigest::OwnOfAPlace}));
}

TEST_F(AuditedLogTest, WhatAMessageSaidStaysOutOfTheTrail)
{
    log.record("message-refused", {{"session", "ACME"}, {"type", "D"}, {"why", "Price(44): 1.0850x is no price"}});
    const AuditRecord& record = records.all.at(0);
    EXPECT_EQ(record.kind, Kind::MessageRefused);
    EXPECT_EQ(record.fields, (std::map<Field, std::string>{{Field::MessageType, "D"}}));
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
        auto station = venue::AuditStation::open(
            settings, nullptr, {.host = {}, .processId = {}, .version = "1.2.3"}, clock, log, [] {});
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
    auto station = venue::AuditStation::open(settings, nullptr, {}, clock, log, [&] {
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
    const auto withoutKey = venue::AuditStation::open(settings, nullptr, {}, clock, log, [] {});
    ASSERT_FALSE(withoutKey);
    EXPECT_EQ(withoutKey.error().code, base::Errc::Configuration);
    settings.signingKey.reset();
    settings.syslog.emplace();
    settings.syslog->certificate = directory.path() / "nothing";
    const auto withoutIdentity = venue::AuditStation::open(settings, nullptr, {}, clock, log, [] {});
    ASSERT_FALSE(withoutIdentity);
    EXPECT_EQ(withoutIdentity.error().code, base::Errc::Configuration);
}

}
