#include "core/store/journal_file.h"
#include "core/store/journal_upkeep.h"
#include "tests/unit/store/journal_fixture.h"

#include <thread>

namespace {

using namespace store_test;
using base::Errc;
namespace fs = std::filesystem;
using Rows = std::vector<std::string>;

/// A journal that is too large to be read whole before the desk may start.
class UpkeepTest : public JournalTest {
protected:
    void makeLarge()
    {
        open();
        journal.reset();
        // Old events, which no start loads.
        run(file,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) "
            "INSERT INTO event_refused(subject, state, event, text, time_us) "
            "SELECT 'acceptance C' || i, 'filled', 'Rejected', hex(zeroblob(500)), i FROM n");
        ASSERT_GT(fs::file_size(file), store::CheckedAtOnce);
    }
    void damageTheMiddle() const
    {
        overwrite(static_cast<std::streamoff>(fs::file_size(file) / 2 / 4096 * 4096), 4096);
    }

    base::Status checked()
    {
        std::optional<base::Status> verdict;
        journal->check([&](base::Status status) { verdict = std::move(status); });
        EXPECT_TRUE(thread.runUntil([&] { return verdict.has_value(); }));
        return verdict.value_or(base::Error{Errc::Timeout, "no verdict"});
    }
};

TEST_F(UpkeepTest, ASmallJournalIsSoundOnceItIsOpen)
{
    open();
    EXPECT_TRUE(checked());
}

TEST_F(UpkeepTest, ALargeSoundJournalIsFoundSoundAndFoldsItsLog)
{
    makeLarge();
    open();
    EXPECT_TRUE(checked());
    mustAppend(opened("R1"));
    journal.reset();
    EXPECT_FALSE(fs::exists(file.string() + "-wal"));
}

TEST_F(UpkeepTest, DamageInALargeJournalIsToldAndNothingMoreIsWritten)
{
    makeLarge();
    damageTheMiddle();
    const std::string before = content();
    open();
    EXPECT_TRUE(load().requests.empty()) << "a start reads only what it needs";
    const base::Status verdict = checked();
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, Errc::Io);
    EXPECT_NE(verdict.error().detail.find("is damaged ("), std::string::npos) << verdict.error().detail;
    const base::Status refused = append(opened("R2"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), verdict.error());
    journal.reset();
    EXPECT_EQ(content(), before);
}

TEST_F(UpkeepTest, WhatWasWrittenBeforeTheDamageWasFoundIsKeptBesideTheUntouchedFile)
{
    makeLarge();
    damageTheMiddle();
    const std::string before = content();
    open();
    for (int i = 0; i < 20; ++i) {
        auto large = opened("R" + std::to_string(i));
        large.request.dealers.assign(3'000, rfq::DealerId("DLR-A")); // many pages of the log
        mustAppend(large);
    }
    EXPECT_GT(fs::file_size(file.string() + "-wal"), 4'096u * store::JournalUpkeep::FoldFrom);
    EXPECT_FALSE(checked());
    journal.reset();
    EXPECT_EQ(content(), before);
    open();
    EXPECT_EQ(load(10'000).requests.size(), 20u);
}

TEST_F(UpkeepTest, AppendsDuringTheCheckAreWrittenAndTheVerdictStillComes)
{
    makeLarge();
    open();
    std::optional<base::Status> verdict;
    journal->check([&](base::Status status) { verdict = std::move(status); });
    for (int i = 0; i < 50; ++i)
        mustAppend(opened("R" + std::to_string(i)));
    ASSERT_TRUE(thread.runUntil([&] { return verdict.has_value(); }));
    EXPECT_TRUE(*verdict);
    EXPECT_EQ(load().requests.size(), 50u);
}

TEST_F(UpkeepTest, ClosingDoesNotWaitForTheCheck)
{
    makeLarge();
    open();
    bool told = false;
    journal->check([&](const base::Status&) { told = true; });
    mustAppend(opened("R1"));
    journal.reset();
    open();
    EXPECT_EQ(load().requests.size(), 1u);
}

/// Lets another thread announce work at a moment when the check is certainly under way.
struct Intruder {
    store::JournalUpkeep& upkeep;
    int steps = 0;
    static int step(void* self)
    {
        auto& intruder = *static_cast<Intruder*>(self);
        if (++intruder.steps == 5)
            std::thread([&] { intruder.upkeep.announce(); }).join();
        return 0;
    }
};

TEST_F(UpkeepTest, AnnouncedWorkEndsTheCheckWhichBeginsAgainInTheNextPause)
{
    makeLarge();
    auto database = store::openJournalFile(file);
    ASSERT_TRUE(database) << database.error().detail;
    store::JournalUpkeep upkeep(**database);
    upkeep.wantCheck();
    Intruder intruder{upkeep};
    sqlite3_progress_handler((*database)->handle(), 1'000, Intruder::step, &intruder);
    EXPECT_FALSE(upkeep.usePause());
    EXPECT_GE(intruder.steps, 5);
    const int stepsUntilInterrupted = intruder.steps;
    EXPECT_LT(stepsUntilInterrupted, 10) << "it went on although work was waiting";
    EXPECT_FALSE(upkeep.usePause()) << "the work is not done yet";
    EXPECT_EQ(intruder.steps, stepsUntilInterrupted);
    upkeep.done(1);
    const auto verdict = upkeep.usePause();
    ASSERT_TRUE(verdict.has_value());
    EXPECT_TRUE(*verdict);
    EXPECT_FALSE(upkeep.usePause()) << "one verdict is enough";
}

/// A journal whose log grows by some fifty pages with each commit.
class FoldTest : public JournalTest {
protected:
    FoldTest()
    {
        open();
        journal.reset();
        auto opened = store::openJournalFile(file);
        EXPECT_TRUE(opened) << opened.error().detail;
        database = *std::move(opened);
        size = fs::file_size(file);
    }
    void commit() const
    {
        ASSERT_TRUE(database->execute("INSERT INTO event_refused(subject, state, event, text, time_us) "
                                      "VALUES('', '', '', hex(zeroblob(100000)), 1)"));
    }
    [[nodiscard]] bool isFolded() const { return fs::file_size(file) > size; }

    std::unique_ptr<store::SqliteDatabase> database;
    std::uintmax_t size = 0;
};

TEST_F(FoldTest, NoCommitFoldsTheLogAndAPauseDoes)
{
    store::JournalUpkeep upkeep(*database);
    upkeep.announce();
    while (database->logPages() < store::JournalUpkeep::FoldAtOnceFrom - 100) {
        commit();
        EXPECT_FALSE(upkeep.usePause());
        ASSERT_FALSE(isFolded()) << "somebody waits to be written";
    }
    upkeep.done(1);
    EXPECT_FALSE(upkeep.usePause());
    EXPECT_TRUE(isFolded());
    commit();
    EXPECT_LT(database->logPages(), store::JournalUpkeep::FoldFrom) << "the log begins again";
}

TEST_F(FoldTest, AShortLogIsNotWorthAPause)
{
    store::JournalUpkeep upkeep(*database);
    commit();
    ASSERT_LT(database->logPages(), store::JournalUpkeep::FoldFrom);
    EXPECT_FALSE(upkeep.usePause());
    EXPECT_FALSE(isFolded());
}

TEST_F(FoldTest, WithoutAnyPauseTheLogIsFoldedAllTheSame)
{
    store::JournalUpkeep upkeep(*database);
    upkeep.announce();
    while (database->logPages() < store::JournalUpkeep::FoldAtOnceFrom)
        commit();
    EXPECT_FALSE(upkeep.usePause());
    EXPECT_TRUE(isFolded());
}

}
