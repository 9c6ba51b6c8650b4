#include "core/audit/reader.h"
#include "core/audit/record_text.h"
#include "tests/unit/audit/records_in.h"
#include "tests/unit/audit/trail_fixture.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace {

using namespace audit_test;

TEST_F(TrailTest, WhatWasConfirmedIsThereAndTheChainHolds)
{
    open();
    ASSERT_TRUE(append(opened("anna")));
    AuditRecord second = opened("ben");
    second.time = clock.utc() - 1h;
    ASSERT_TRUE(append(second));

    const auto records = audit_test::recordsIn(file); // while the trail is open
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[0].kind, Kind::TrailStarted);
    EXPECT_EQ(records[0].fields.at(Field::Version), "1.2.3");
    EXPECT_EQ(records[0].fields.at(Field::Trail).size(), 32u);
    EXPECT_EQ(records[1].user, "anna");
    EXPECT_EQ(records[1].time, clock.utc()) << "a record without a time gets that of the append";
    EXPECT_EQ(records[2], second);
    const auto verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.records, 3u);
    EXPECT_EQ(verdict.heads, 3u);
    EXPECT_EQ(verdict.coveredTo, 3u);
}

TEST_F(TrailTest, GoesOnWhereItEnded)
{
    makeTrail(3);
    makeTrail(3);
    EXPECT_EQ(audit_test::recordsIn(file).size(), 5u);
    EXPECT_FALSE(verify().finding);
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
}

TEST_F(TrailTest, CallbacksComeInOrderAndOnceFromSeveralThreads)
{
    open();
    constexpr int Each = 200;
    std::vector<std::pair<int, int>> told;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 3; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < Each; ++i)
                trail->append(opened(std::to_string(writer)), [&told, writer, i](const base::Status& status) {
                    EXPECT_TRUE(status);
                    told.emplace_back(writer, i);
                });
        });
    for (std::thread& writer : writers)
        writer.join();
    ASSERT_TRUE(thread.runUntil([&] { return told.size() == 3 * Each; }));
    std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    trail.reset();
    const auto verdict = verify();
    EXPECT_FALSE(verdict.finding);
    EXPECT_EQ(verdict.records, 3u * Each + 1);
}

TEST_F(TrailTest, TheEndWritesWhatWasAppendedAndSignsIt)
{
    headEvery = 100;
    open();
    for (int i = 0; i < 20; ++i)
        trail->append(opened("anna"));
    trail.reset();
    const auto verdict = verify();
    EXPECT_EQ(verdict.records, 21u);
    EXPECT_EQ(verdict.heads, 1u);
    EXPECT_EQ(verdict.coveredTo, 21u);
}

TEST_F(TrailTest, ARecordThatIsNoneIsRefusedAndItsNeighboursAreKept)
{
    open();
    AuditRecord wrong = opened("wrong");
    wrong.fields[Field::Trail] = "not of this kind";
    std::vector<std::optional<Errc>> outcomes;
    const auto note = [&](const base::Status& status) {
        outcomes.push_back(status ? std::nullopt : std::optional(status.error().code));
    };
    trail->append(opened("before"), note);
    trail->append(wrong, note);
    trail->append(opened("after"), note);
    ASSERT_TRUE(thread.runUntil([&] { return outcomes.size() == 3; }));
    EXPECT_EQ(outcomes, (std::vector<std::optional<Errc>>{std::nullopt, Errc::Internal, std::nullopt}));
    EXPECT_TRUE(troubles.empty()) << "an error is told once";
    trail->append(wrong);
    ASSERT_TRUE(thread.runUntil([&] { return !troubles.empty(); }));
    EXPECT_EQ(troubles[0].code, Errc::Internal);
    EXPECT_EQ(verify().records, 3u);
}

TEST_F(TrailTest, TheFileItselfRefusesChanges)
{
    makeTrail(3);
    auto database = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
    ASSERT_TRUE(database);
    for (const char* sql : {"DELETE FROM record WHERE number = 3", "UPDATE record SET text = 'x'",
             "INSERT OR REPLACE INTO record VALUES(2, 'x', x'00')", "INSERT INTO record VALUES(5, 'x', x'00')",
             "DELETE FROM head", "UPDATE head SET signature = x'00'",
             "INSERT OR REPLACE INTO head VALUES(2, 'x', x'')"}) {
        const base::Status done = (*database)->execute(sql);
        ASSERT_FALSE(done) << sql;
        EXPECT_NE(done.error().detail.find("append-only"), std::string::npos) << done.error().detail;
    }
    EXPECT_FALSE(verify().finding);
}

TEST_F(TrailTest, ASecondWriterIsFoundBeforeItForksTheChain)
{
    open();
    ASSERT_TRUE(append(opened("anna")));
    {
        auto other =
            audit::AuditTrail::open(settings(), thread, clock, [](audit::AuditTrail::Trouble, const base::Error&) {});
        ASSERT_TRUE(other);
        (*other)->append(opened("intruder"));
    }
    const base::Status late = append(opened("ben"));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::Duplicate);
    EXPECT_FALSE(verify().finding);
}

TEST_F(TrailTest, WhatCannotBeWrittenIsToldAndTheChainGoesOnAfterwards)
{
    open();
    ASSERT_TRUE(append(opened("anna")));
    auto blocker = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
    ASSERT_TRUE(blocker);
    ASSERT_TRUE((*blocker)->execute("BEGIN IMMEDIATE"));
    const base::Status refused = append(opened("ben"));
    ASSERT_FALSE(refused);
    ASSERT_TRUE((*blocker)->execute("ROLLBACK"));
    ASSERT_TRUE(append(opened("carl")));
    trail.reset();
    const auto records = audit_test::recordsIn(file);
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[2].user, "carl");
    EXPECT_FALSE(verify().finding);
}

/// A token that is not there.
class NoSigner final : public audit::HeadSigner {
public:
    [[nodiscard]] std::string keyId() const override { return std::string(64, '0'); }
    [[nodiscard]] base::Result<std::string> sign(std::string_view) override
    {
        return base::Error{Errc::TokenAbsent, "no token"};
    }
};

TEST_F(TrailTest, WithoutASignatureTheRecordStaysAndTheOwnerIsTold)
{
    makeTrail(2);
    auto unsignable = settings();
    unsignable.signer = std::make_shared<NoSigner>();
    auto opening = audit::AuditTrail::open(unsignable, thread, clock,
        [this](audit::AuditTrail::Trouble, const base::Error& error) { troubles.push_back(error); });
    ASSERT_TRUE(opening);
    trail = *std::move(opening);
    EXPECT_TRUE(append(opened("anna")));
    ASSERT_TRUE(thread.runUntil([&] { return !troubles.empty(); }));
    EXPECT_EQ(troubles[0].code, Errc::TokenAbsent);
    const auto verdict = verify();
    EXPECT_EQ(verdict.records, 3u);
    EXPECT_EQ(verdict.coveredTo, 2u);
}

TEST_F(TrailTest, WhoeverWaitsForRecordsIsWoken)
{
    open();
    std::atomic<int> wakes = 0;
    trail->whenGrown([&wakes] { ++wakes; });
    ASSERT_TRUE(append(opened("anna")));
    EXPECT_EQ(wakes, 1);
}

TEST_F(TrailTest, AtRestItIsOneFileThatCanBeReadWhereNothingMayBeWritten)
{
    makeTrail(3);
    const auto copy = directory.path() / "evidence";
    std::filesystem::create_directory(copy);
    std::filesystem::copy_file(file, copy / "audit.db");
    EXPECT_FALSE(audit::verifyTrail(copy / "audit.db", keys(), std::nullopt)->finding);
    const auto files = std::filesystem::directory_iterator(copy);
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(TrailTest, OnlyItsOwnerReadsIt)
{
    makeTrail(2);
    EXPECT_EQ(std::filesystem::status(file).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(TrailTest, WhatIsNoTrailIsLeftAlone)
{
    directory.write("audit.db", "words");
    const base::Status opening = tryOpen();
    ASSERT_FALSE(opening);
    EXPECT_EQ(opening.error().code, Errc::InvalidInput);
    EXPECT_EQ(contentOf(file), "words");
    EXPECT_FALSE(audit::verifyTrail(file, keys(), std::nullopt));
    EXPECT_FALSE(audit::verifyTrail(directory.path() / "nothing", keys(), std::nullopt));
}

TEST_F(TrailTest, ATrailOfANewerProgramIsLeftAlone)
{
    makeTrail(2);
    tamper("PRAGMA user_version=2;");
    const base::Status opening = tryOpen();
    ASSERT_FALSE(opening);
    EXPECT_EQ(opening.error().code, Errc::Unsupported);
}

TEST_F(TrailTest, AnAnchorNeedsAKey)
{
    isSigned = false;
    anchor = directory.path() / "anchor";
    const base::Status opening = tryOpen();
    ASSERT_FALSE(opening);
    EXPECT_EQ(opening.error().code, Errc::Configuration);
}

TEST_F(TrailTest, AnchorsThatCannotBeWrittenAreToldAndMadeUpFor)
{
    anchor = directory.path() / "gone" / "anchor";
    auto opening = audit::AuditTrail::open(settings(), thread, clock,
        [this](audit::AuditTrail::Trouble, const base::Error& error) { troubles.push_back(error); });
    ASSERT_FALSE(opening) << "the first record already could not be anchored";
    std::filesystem::create_directory(directory.path() / "gone");
    open();
    ASSERT_TRUE(append(opened("anna")));
    std::filesystem::rename(directory.path() / "gone", directory.path() / "away");
    EXPECT_TRUE(append(opened("ben")));
    ASSERT_TRUE(thread.runUntil([&] { return !troubles.empty(); }));
    EXPECT_EQ(troubles[0].code, Errc::Io);
    std::filesystem::rename(directory.path() / "away", directory.path() / "gone");
    trail.reset();
    EXPECT_FALSE(verify().finding);
    EXPECT_EQ(audit::readAnchors(*anchor)->size(), 2u);
}

}
