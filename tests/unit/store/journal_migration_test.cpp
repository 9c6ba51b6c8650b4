#include "tests/unit/store/child.h"
#include "tests/unit/store/journal_fixture.h"

#include <csignal>
#include <sys/resource.h>

/// A journal that version 1 of the tables was written into.
namespace {

using namespace store_test;
namespace fs = std::filesystem;
using base::Errc;
using rfq::AcceptanceState;
using Rows = std::vector<std::string>;

/// As version 1 made it. Never to be changed.
constexpr const char* Version1 = R"(
CREATE TABLE request(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    symbol TEXT NOT NULL,
    pip_decimals INTEGER NOT NULL,
    price_decimals INTEGER NOT NULL,
    spot_days INTEGER NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    limit_price TEXT,
    life_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    closed_us INTEGER
) STRICT;
CREATE TABLE request_dealer(
    request TEXT NOT NULL REFERENCES request(id),
    position INTEGER NOT NULL,
    dealer TEXT NOT NULL,
    PRIMARY KEY(request, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE acceptance(
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL REFERENCES request(id),
    quote TEXT NOT NULL,
    dealer TEXT NOT NULL,
    session TEXT NOT NULL,
    symbol TEXT NOT NULL,
    pip_decimals INTEGER NOT NULL,
    price_decimals INTEGER NOT NULL,
    spot_days INTEGER NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    price TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    displayed_bid TEXT,
    displayed_offer TEXT,
    displayed_bid_size TEXT,
    displayed_offer_size TEXT,
    displayed_value_date TEXT,
    displayed_sent_us INTEGER,
    displayed_valid_until_us INTEGER,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    clicked_us INTEGER NOT NULL,
    moved_us INTEGER NOT NULL
) STRICT;
CREATE INDEX acceptance_request ON acceptance(request);
CREATE INDEX acceptance_state ON acceptance(state);
CREATE TABLE trade(
    sequence INTEGER PRIMARY KEY,
    acceptance TEXT NOT NULL,
    request TEXT NOT NULL,
    exec_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    dealer TEXT NOT NULL,
    symbol TEXT NOT NULL,
    pip_decimals INTEGER NOT NULL,
    price_decimals INTEGER NOT NULL,
    spot_days INTEGER NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    currency TEXT NOT NULL,
    price TEXT NOT NULL,
    tenor TEXT NOT NULL,
    value_date TEXT NOT NULL,
    time_us INTEGER NOT NULL,
    discrepancy TEXT NOT NULL
) STRICT;
CREATE INDEX trade_request ON trade(request);
)";

constexpr const char* Content = R"(
INSERT INTO request VALUES(1,'R1','EUR/USD',4,5,2,'buy','25000000','EUR','SP','2026-11-26','1.16000',20000,'traded',1000,2000);
INSERT INTO request VALUES(2,'R2','EUR/USD',4,5,2,'two-way','25000000','EUR','SP','2026-11-26',NULL,20000,'sent',3000,NULL);
INSERT INTO request_dealer VALUES('R1',0,'DLR-B'),('R1',1,'DLR-A'),('R2',0,'DLR-A');
INSERT INTO acceptance VALUES(1,'C1','R1','Q-7','DLR-A','VENUE-X','EUR/USD',4,5,2,'buy','25000000','EUR','1.15870','SP',
    '2026-11-26','1.15840','1.15870',NULL,NULL,NULL,NULL,NULL,'filled','','done',1100,1200);
INSERT INTO acceptance VALUES(2,'C2','R2','Q-8','DLR-A','VENUE-X','EUR/USD',4,5,2,'buy','25000000','EUR','1.15880','SP',
    '2026-11-26',NULL,'1.15880',NULL,NULL,NULL,NULL,NULL,'rejected','99','off market',3100,3200);
INSERT INTO acceptance VALUES(3,'C3','R2','Q-9','DLR-A','VENUE-X','EUR/USD',4,5,2,'buy','25000000','EUR','1.15890','SP',
    '2026-11-26',NULL,'1.15890',NULL,NULL,NULL,NULL,NULL,'unknown','','no answer in time',3300,3400);
INSERT INTO acceptance VALUES(4,'C4','R2','Q-10','DLR-A','VENUE-X','EUR/USD',4,5,2,'buy','25000000','EUR','1.15890',
    'SP','2026-11-26',NULL,'1.15890',NULL,NULL,NULL,NULL,NULL,'intended','','',3500,3500);
INSERT INTO trade VALUES(1,'C1','R1','E-1','O-1','DLR-A','EUR/USD',4,5,2,'buy','25000000','EUR','1.15870','SP',
    '2026-11-26',1200,'');
)";

class MigrationTest : public JournalTest {
protected:
    void makeVersion1() const
    {
        run(file,
            std::string("PRAGMA journal_mode=WAL; BEGIN;") + Version1
                + "PRAGMA application_id=1129531980; PRAGMA user_version=1;" + Content + "COMMIT;");
    }
    [[nodiscard]] fs::path backup() const { return file.string() + ".v1-backup"; }
    [[nodiscard]] std::size_t filesBeside() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
    }
};

TEST_F(MigrationTest, EverythingOfVersion1ComesBackAndNothingIsMadeUp)
{
    makeVersion1();
    open();
    const rfq::History history = load();
    ASSERT_EQ(history.requests.size(), 2u);
    EXPECT_EQ(history.requests[0].request, opened("R1").request);
    EXPECT_EQ(history.requests[0].state, rfq::RfqState::Traded);
    ASSERT_EQ(history.trades.size(), 1u);
    EXPECT_EQ(history.trades[0].state, rfq::TradeState::Booked);
    EXPECT_EQ(history.trades[0].price.text, "1.15870");
    EXPECT_TRUE(history.incidents.empty());
    ASSERT_EQ(history.acceptances.size(), 4u);
    EXPECT_EQ(history.acceptances[0].state, AcceptanceState::Filled);
    EXPECT_EQ(history.acceptances[0].category, rfq::RejectCategory::None);
    EXPECT_EQ(history.acceptances[1].state, AcceptanceState::Rejected);
    EXPECT_EQ(history.acceptances[1].category, rfq::RejectCategory::Unknown);
    EXPECT_EQ(history.acceptances[1].text, "off market");
    for (const auto& past : history.acceptances) {
        EXPECT_EQ(past.message, "");
        EXPECT_EQ(past.seqNum, std::nullopt);
        EXPECT_EQ(past.theirNext, 0u);
        EXPECT_EQ(past.written, std::nullopt);
        EXPECT_TRUE(past.evidence.empty());
        EXPECT_EQ(past.closing, std::nullopt);
    }
}

TEST_F(MigrationTest, AnUnknownOutcomeOfVersion1StaysUnknownHoweverManyRequestsCameSince)
{
    makeVersion1();
    open();
    const rfq::History history = load(0);
    ASSERT_EQ(history.acceptances.size(), 3u) << "with its request comes all of that request";
    EXPECT_EQ(history.acceptances[1].acceptance.id.text(), "C3");
    EXPECT_EQ(history.acceptances[1].state, AcceptanceState::Unknown);
    EXPECT_EQ(history.acceptances[1].text, "no answer in time");
    EXPECT_EQ(history.acceptances[2].state, AcceptanceState::Intended);
}

TEST_F(MigrationTest, ThePathBeginsWithTheLastMoveThatVersion1Knew)
{
    makeVersion1();
    open();
    mustAppend(moved("C3", AcceptanceState::NotReceived));
    journal.reset();
    EXPECT_EQ(rows("SELECT acceptance, state, category FROM acceptance_move ORDER BY sequence"),
        (Rows{"C1|filled|none", "C2|rejected|unknown", "C3|unknown|none", "C3|not-received|none"}));
}

TEST_F(MigrationTest, AMigratedJournalHasTheTablesOfANewOne)
{
    makeVersion1();
    open();
    journal.reset();
    const std::string tables =
        "SELECT m.type, m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM sqlite_schema m "
        "LEFT JOIN pragma_table_info(m.name) c ORDER BY m.name, c.cid";
    const Rows migrated = rows(tables);
    EXPECT_EQ(rows("PRAGMA user_version"), Rows{"3"});
    file = directory / "new.sqlite";
    open();
    journal.reset();
    EXPECT_EQ(migrated, rows(tables));
}

TEST_F(MigrationTest, TheOldJournalIsKeptBesideForItsOwnerOnly)
{
    makeVersion1();
    const Rows before = rows("SELECT * FROM acceptance");
    open();
    journal.reset();
    EXPECT_EQ(filesBeside(), 2u);
    EXPECT_EQ(fs::status(backup()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    file = backup();
    EXPECT_EQ(rows("PRAGMA user_version"), Rows{"1"});
    EXPECT_EQ(rows("PRAGMA integrity_check"), Rows{"ok"});
    EXPECT_EQ(rows("SELECT * FROM acceptance"), before);
}

TEST_F(MigrationTest, ASecondStartMigratesNothing)
{
    makeVersion1();
    open();
    journal.reset();
    open();
    EXPECT_EQ(load().acceptances.size(), 4u);
    journal.reset();
    EXPECT_EQ(filesBeside(), 2u);
}

TEST_F(MigrationTest, AnOlderCopyIsNotOverwritten)
{
    makeVersion1();
    std::ofstream(backup()) << "the last of its kind";
    open();
    journal.reset();
    std::ifstream kept(backup());
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), "the last of its kind");
    EXPECT_TRUE(fs::exists(backup().string() + ".2"));
}

TEST_F(MigrationTest, WhatAKilledVersion1LeftInItsLogIsMigratedAndInTheCopy)
{
    makeVersion1();
    const int code = inChild([&] {
        sqlite3* handle = nullptr;
        sqlite3_open(file.c_str(), &handle);
        return sqlite3_exec(
            handle, "UPDATE acceptance SET text = 'from the log' WHERE id = 'C3'", nullptr, nullptr, nullptr);
    });
    ASSERT_EQ(code, 0);
    ASSERT_GT(fs::file_size(file.string() + "-wal"), 0u);
    open();
    EXPECT_EQ(load().acceptances.at(2).text, "from the log");
    journal.reset();
    file = backup();
    EXPECT_EQ(rows("SELECT text FROM acceptance WHERE id = 'C3'"), Rows{"from the log"});
}

TEST_F(MigrationTest, AFailureInTheMiddleLeavesTheOldJournalAsItWas)
{
    makeVersion1();
    run(file, "CREATE TABLE incident(x)"); // in the way of one of the last steps
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::Io);
    EXPECT_NE(result.error().detail.find("was left as it is, because bringing it up to date failed"), std::string::npos)
        << result.error().detail;
    EXPECT_NE(result.error().detail.find("incident"), std::string::npos) << result.error().detail;
    EXPECT_EQ(content(), before);
    EXPECT_FALSE(fs::exists(backup()));
    EXPECT_EQ(rows("PRAGMA user_version"), Rows{"1"});
    run(file, "DROP TABLE incident");
    open();
    EXPECT_EQ(load().acceptances.size(), 4u);
}

TEST_F(MigrationTest, WithoutRoomForACopyNothingIsChanged)
{
    makeVersion1();
    const std::string before = content();
    const int code = inChild([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{fs::file_size(file) / 2, RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return 2;
        const auto result = tryOpen();
        return !result && result.error().code == Errc::Io
                && result.error().detail.find("making a copy of it failed") != std::string::npos
            ? 0
            : 1;
    });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(content(), before);
    for (const auto& entry : fs::directory_iterator(directory))
        EXPECT_EQ(entry.path().string().find("backup"), std::string::npos) << entry.path();
    open();
    EXPECT_EQ(load().acceptances.size(), 4u);
}

TEST_F(MigrationTest, ADamagedVersion1IsRefusedAndLeftAsItIs)
{
    makeVersion1();
    overwrite(4096 * 3, 4096);
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().detail.find("damaged"), std::string::npos) << result.error().detail;
    EXPECT_EQ(content(), before);
    EXPECT_FALSE(fs::exists(backup()));
}

}
