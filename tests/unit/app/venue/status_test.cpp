#include "app/venue/line_log.h"
#include "app/venue/status_board.h"
#include "app/venue/status_report.h"
#include "core/audit/position.h"
#include "core/audit/trail_file.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <thread>
#include <vector>

using namespace venue;

namespace {

class TheStatus : public testing::Test {
protected:
    TheStatus() { m_board.emplace(m_lines, m_sources.board, "4711", m_clock); }
    void logOn(const char* session, const char* address)
    {
        m_board->record("client-logged-on", {{"session", session}, {"address", address}});
    }
    void tell(pep::EventKind kind, std::vector<pep::EventField> fields, pep::Severity severity = pep::Severity::Notice)
    {
        m_board->saw({.kind = kind,
            .severity = severity,
            .at = m_clock.utc(),
            .session = rfq::SessionId("ACME"),
            .user = stepup::UserId("anna"),
            .address = "10.1.2.3:4711",
            .reference = "K7QX-2M4P",
            .fields = std::move(fields)});
    }
    /// What a reader sees, once the writer has put `part` in place.
    std::string seen(const std::string& part)
    {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        std::string text;
        while (std::chrono::steady_clock::now() < until && text.find(part) == std::string::npos) {
            m_board->saw(m_standing);
            if (const auto status = readStatus(m_sources, m_clock.utc()))
                text = status->text;
            std::this_thread::yield();
        }
        return text;
    }
    support::TemporaryDirectory m_files;
    support::FakeClock m_clock;
    std::ostringstream m_out;
    LineLog m_lines{m_out, m_clock};
    StatusSources m_sources{.board = m_files.path() / "status.json", .trail = {}, .position = {}};
    StoreStanding m_standing;
    std::optional<StatusBoard> m_board;
};

TEST_F(TheStatus, ShowsWhoIsThereAndWhatWasDecided)
{
    logOn("ACME", "10.1.2.3:4711");
    EXPECT_NE(m_out.str().find("event=client-logged-on"), std::string::npos) << "the log has it, too";
    tell(pep::EventKind::StepUpApproved, {});
    tell(pep::EventKind::SessionDecided, {{"outcome", "allow"}, {"score", "15"}});
    EXPECT_NE(seen("allowed").find("ACME  anna  10.1.2.3  allowed  score 15  outcome allow  reference K7QX-2M4P"),
        std::string::npos)
        << seen("allowed");
    EXPECT_NE(seen("step-up 20261124-08:00:07.480").find("step-up"), std::string::npos);
    tell(pep::EventKind::SessionRestricted, {{"outcome", "step-up"}, {"score", "30"}});
    EXPECT_NE(seen("restricted").find("restricted  score 30"), std::string::npos);
    tell(pep::EventKind::SessionRestricted, {{"outcome", "view-only"}, {"why", "the touch did not come in time"}});
    EXPECT_NE(seen("view-only").find("view-only  score 30"), std::string::npos);
    m_board->record("client-logged-off", {{"session", "ACME"}});
    EXPECT_NE(seen("Sessions: 0").find("Sessions: 0"), std::string::npos);
}

TEST_F(TheStatus, ShowsLocksAlertsAndWhatWaits)
{
    tell(pep::EventKind::UserLocked, {{"why", "the counter did not rise"}}, pep::Severity::Alert);
    EXPECT_NE(seen("Locked: 1").find("anna: \"the counter did not rise\""), std::string::npos) << seen("Locked: 1");
    EXPECT_NE(seen("Last alerts: 1").find("user-locked  anna  K7QX-2M4P"), std::string::npos);
    pep::PendingChange change;
    change.number = 7;
    change.change.kind = pep::ChangeKind::UnlockUser;
    change.change.user = stepup::UserId("anna");
    change.proposer = "olga";
    m_standing.pending = {change};
    EXPECT_NE(seen("that wait: 1").find("7  user-unlock  anna  proposed by olga"), std::string::npos);
    m_standing.reading = 1;
    EXPECT_NE(seen("Locked: 0").find("Locked: 0"), std::string::npos) << "the store was read anew: it was unlocked";
}

TEST_F(TheStatus, ShowsWhichPolicyIsInForceAndThatAnotherOneWasRefused)
{
    EXPECT_EQ(seen("Sessions: 0").find("Policy:"), std::string::npos) << "no enforcement point, no policy";
    m_board->record("policy-in-force", {{"version", "1"}, {"why", "no policy is configured: default, as shipped"}});
    EXPECT_NE(seen("Policy: version 1").find("signed by nobody: \"no policy is configured: default, as shipped\""),
        std::string::npos);
    m_board->record("policy-adopted", {{"before", "7"}, {"version", "8"}, {"signer", "CN=officer (4044)"}});
    m_board->record("policy-refused", {{"version", "8"}, {"why", "policy.toml: version 6 is older than version 8"}});
    const std::string text = seen("Last alerts: 1");
    EXPECT_NE(text.find("Policy: version 8 in force since 20261124-08:00:07.480, signed by \"CN=officer (4044)\"\n"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("policy-refused  \"policy.toml: version 6 is older than version 8\""), std::string::npos)
        << text;
}

TEST_F(TheStatus, ShowsTheAlertsOfTheVenueItselfAndOnceWhatGoesOn)
{
    m_board->record("revocation-lists-unreadable", {{"why", "clients.crl: gone"}});
    for (int i = 0; i < 12; ++i)
        m_board->record("upstream-refused", {{"upstream", "BANK"}, {"why", "unknown CompID"}});
    m_board->record("client-refused", {{"why", "no certificate"}});
    const std::string text = seen("Last alerts: 2");
    EXPECT_NE(text.find("upstream-refused  BANK  \"unknown CompID\""), std::string::npos) << text;
    EXPECT_NE(text.find("revocation-lists-unreadable"), std::string::npos) << text;
    EXPECT_EQ(text.find("client-refused"), std::string::npos) << "a warning";
}

TEST_F(TheStatus, CannotBeMadeToWriteToTheTerminal)
{
    logOn("ACME", "10.1.2.3:4711");
    tell(pep::EventKind::SessionDecided, {{"outcome", "allow\x1b[2J"}, {"score", "\xff\n"}});
    const std::string text = seen("ACME");
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("\\x1b"), std::string::npos) << text;
}

TEST_F(TheStatus, IsTheOwnersAloneAndGoesWithTheVenue)
{
    ASSERT_NE(seen("Sessions: 0"), "");
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(m_sources.board).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_TRUE(readStatus(m_sources, m_clock.utc())->isRunning);
    const auto stale = readStatus(m_sources, m_clock.utc() + std::chrono::seconds(11));
    ASSERT_TRUE(stale);
    EXPECT_FALSE(stale->isRunning);
    EXPECT_NE(stale->text.find("NOT RUNNING"), std::string::npos);
    m_board.reset();
    EXPECT_EQ(readStatus(m_sources, m_clock.utc()).error().code, base::Errc::NotFound);
    m_files.write("status.json", "no JSON");
    EXPECT_EQ(readStatus(m_sources, m_clock.utc()).error().code, base::Errc::InvalidInput);
    m_files.write("status.json", "{\"sessions\":7,\"time\":{},\"locked\":[1,null,{\"who\":[]}]}");
    EXPECT_FALSE(readStatus(m_sources, m_clock.utc())->isRunning);
}

TEST_F(TheStatus, TellsHowFarTheTrailAndTheCollectorAre)
{
    m_sources.trail = m_files.path() / "audit.db";
    m_sources.position = m_files.path() / "audit.db.sent";
    audit::TrailSettings settings;
    settings.file = *m_sources.trail;
    settings.version = "1";
    const auto trail = audit::TrailFile::open(settings, m_clock);
    ASSERT_TRUE(trail) << trail.error().detail;
    audit::AuditRecord record;
    record.kind = audit::Kind::SessionOpened;
    ASSERT_TRUE((*trail)->append({record, record}).records[1]);
    ASSERT_TRUE(audit::writePosition(*m_sources.position, {1, {}}));
    const std::string text = seen("SIEM");
    EXPECT_NE(text.find("Audit trail: record 3, head "), std::string::npos) << text;
    EXPECT_NE(text.find("SIEM: 2 records not yet delivered"), std::string::npos) << text;
    EXPECT_NE(readStatus(m_sources, m_clock.utc())->json.find("\"backlog\":2"), std::string::npos);
}

TEST_F(TheStatus, IsShownOnceOrAgainAndAgain)
{
    ASSERT_NE(seen("Sessions: 0"), "");
    std::ostringstream out;
    int left = 2;
    const auto twiceMore = [&left] { return left-- > 0; };
    EXPECT_TRUE(*showStatus({.config = {}}, m_sources, m_clock, twiceMore, out));
    EXPECT_EQ(out.str().find('\x1b'), std::string::npos);
    EXPECT_EQ(left, 2);
    out.str({});
    EXPECT_TRUE(*showStatus({.config = {}, .isWatching = true}, m_sources, m_clock, twiceMore, out));
    std::size_t times = 0;
    for (auto at = out.str().find("\x1b[H"); at != std::string::npos; at = out.str().find("\x1b[H", at + 1))
        ++times;
    EXPECT_EQ(times, 3U);
    out.str({});
    EXPECT_TRUE(*showStatus({.config = {}, .isJson = true}, m_sources, m_clock, twiceMore, out));
    EXPECT_EQ(out.str().substr(0, 9), "{\"time\":\"") << out.str();
    m_board.reset();
    EXPECT_FALSE(showStatus({.config = {}}, m_sources, m_clock, twiceMore, out));
}

TEST(StatusOptions, AreFew)
{
    const auto parsed = parseStatusOptions(std::vector<std::string>{"status", "--watch", "--config", "c", "--json"});
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->isWatching && parsed->isJson);
    EXPECT_FALSE(parseStatusOptions(std::vector<std::string>{"status"}));
    EXPECT_FALSE(parseStatusOptions(std::vector<std::string>{"status", "--config"}));
    EXPECT_FALSE(parseStatusOptions(std::vector<std::string>{"status", "--config", "c", "--loud"}));
}

}
