#include "core/audit/digest.h"
#include "core/audit/reader.h"
#include "tests/unit/audit/trail_fixture.h"

/// Whoever has the file, and more and more besides.
namespace {

using namespace audit_test;

class TamperTest : public TrailTest {
protected:
    void expectFault(Fault expected, std::uint64_t number)
    {
        const auto finding = verify().finding;
        ASSERT_TRUE(finding) << "nothing was found";
        EXPECT_EQ(finding->fault, expected) << finding->words;
        EXPECT_EQ(finding->number, number) << finding->words;
        EXPECT_FALSE(finding->words.empty());
    }
    void expectRefusedAtOpening()
    {
        const base::Status opening = tryOpen();
        ASSERT_FALSE(opening);
        EXPECT_EQ(opening.error().code, Errc::Refused) << opening.error().detail;
    }
    /// Computes every hash from `from` on anew, as the file's format says.
    void rehash(std::uint64_t from)
    {
        std::string sql;
        {
            const auto reader = audit::TrailReader::open(file);
            ASSERT_TRUE(reader);
            audit::Hash previous = audit::Genesis;
            const auto stored = (*reader)->records(0, 1'000);
            for (const audit::StoredRecord& record : *stored) {
                const bool isLater = record.number >= from;
                previous = isLater ? audit::linkHash(previous, record.text) : *audit::hashOf(record.hash);
                if (isLater)
                    sql += "UPDATE record SET hash = x'" + audit::hexOf(previous)
                        + "' WHERE number = " + std::to_string(record.number) + ";";
            }
        }
        tamper(sql);
    }
    /// As tamper(), by somebody who leaves things as they fall.
    void remake(const std::string& sql) const
    {
        auto database = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
        ASSERT_TRUE(database);
        const base::Status done = (*database)->execute(sql);
        ASSERT_TRUE(done) << done.error().detail;
    }
};

TEST_F(TamperTest, AnEditedRecordIsFound)
{
    makeTrail(6);
    tamper("UPDATE record SET text = replace(text, 'user=user3', 'user=user9') WHERE number = 3;");
    expectFault(Fault::Edited, 3);
}

TEST_F(TamperTest, EveryChangedByteOfARecordIsFound)
{
    makeTrail(3);
    const auto second = (*audit::TrailReader::open(file))->records(1, 1);
    const std::string text = second->front().text;
    const std::string whole = contentOf(file);
    const auto at = whole.find(text);
    ASSERT_NE(at, std::string::npos);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = whole;
        changed[at + i] = static_cast<char>(changed[at + i] ^ 1);
        directory.write("audit.db", changed);
        const auto finding = verify().finding;
        ASSERT_TRUE(finding) << "byte " << i;
        EXPECT_EQ(finding->number, 2u);
    }
}

TEST_F(TamperTest, AnEditedHashIsFound)
{
    makeTrail(6);
    tamper("UPDATE record SET hash = zeroblob(32) WHERE number = 4;");
    expectFault(Fault::Edited, 4);
}

TEST_F(TamperTest, ARemovedRecordIsFound)
{
    makeTrail(6);
    tamper("DELETE FROM record WHERE number IN (3, 4);");
    expectFault(Fault::Removed, 3);
    EXPECT_NE(verify().finding->words.find("records 3 to 4 are missing"), std::string::npos);
}

TEST_F(TamperTest, ARemovedBeginningIsFound)
{
    makeTrail(6);
    tamper("DELETE FROM record WHERE number = 1;");
    expectFault(Fault::Removed, 1);
}

TEST_F(TamperTest, ClosingTheGapIsFound)
{
    makeTrail(6);
    tamper("DELETE FROM record WHERE number = 3; UPDATE record SET number = number - 1 WHERE number > 3;");
    expectFault(Fault::Reordered, 3);
}

TEST_F(TamperTest, ReorderedRecordsAreFound)
{
    makeTrail(6);
    tamper("UPDATE record SET number = 99 WHERE number = 3; UPDATE record SET number = 3 WHERE number = 4; "
           "UPDATE record SET number = 4 WHERE number = 99;");
    expectFault(Fault::Reordered, 3);
}

TEST_F(TamperTest, AnInsertedRecordIsFound)
{
    makeTrail(6);
    tamper(
        "UPDATE record SET number = number + 100 WHERE number > 3; UPDATE record SET number = number - 99 WHERE number "
        "> 100; INSERT INTO record SELECT 4, text, hash FROM record WHERE number = 3;");
    expectFault(Fault::Reordered, 4);
}

TEST_F(TamperTest, ARecordBeforeTheFirstIsFound)
{
    makeTrail(3);
    tamper("INSERT INTO record SELECT -7, text, hash FROM record WHERE number = 3;");
    expectFault(Fault::Reordered, 1);
}

TEST_F(TamperTest, ARecordPutAtTheEndIsFound)
{
    makeTrail(3);
    tamper("INSERT INTO record SELECT 4, text, hash FROM record WHERE number = 3;");
    expectFault(Fault::Reordered, 4);
    expectRefusedAtOpening();
}

TEST_F(TamperTest, ARemovedEndIsFoundByTheHeads)
{
    makeTrail(6);
    tamper("DELETE FROM record WHERE number > 4;");
    expectFault(Fault::Truncated, 5);
    expectRefusedAtOpening();
}

TEST_F(TamperTest, AnEndRemovedWithItsHeadsIsFoundByTheAnchor)
{
    anchor = directory.path() / "anchor";
    makeTrail(6);
    EXPECT_EQ(verify().anchors, 6u);
    tamper("DELETE FROM record WHERE number > 4; DELETE FROM head WHERE number > 4;");
    expectFault(Fault::Truncated, 5);
    expectRefusedAtOpening();
}

TEST_F(TamperTest, AnEmptiedTrailIsFound)
{
    makeTrail(3);
    tamper("DELETE FROM record; DELETE FROM head;");
    expectFault(Fault::Removed, 1);
}

TEST_F(TamperTest, AChainComputedAnewIsFoundByTheHeads)
{
    makeTrail(6);
    tamper("UPDATE record SET text = replace(text, 'user=user3', 'user=user9') WHERE number = 3;");
    rehash(3);
    expectFault(Fault::Rewritten, 3);
    EXPECT_EQ(verify(audit::HeadKeys()).finding->fault, Fault::Rewritten) << "also without the key";
    expectRefusedAtOpening();
}

TEST_F(TamperTest, HeadsOfAnotherKeyAreFound)
{
    makeTrail(4);
    const auto other = authority.issue({});
    certificateFile = directory.write("other.pem", support::pemOf(*other.certificate));
    expectFault(Fault::HeadForged, 1);
    EXPECT_FALSE(verify(audit::HeadKeys()).finding) << "nobody can tell without a key";
}

TEST_F(TamperTest, AForgedSignatureIsFound)
{
    makeTrail(4);
    tamper("UPDATE head SET signature = (SELECT signature FROM head WHERE number = 2) WHERE number = 3;");
    expectFault(Fault::HeadForged, 3);
}

TEST_F(TamperTest, AHeadThatBelongsElsewhereIsFound)
{
    makeTrail(4);
    tamper("UPDATE head SET statement = (SELECT statement FROM head WHERE number = 2) WHERE number = 3;");
    expectFault(Fault::HeadUnsound, 3);
}

TEST_F(TamperTest, RemovedHeadsAreFoundByWhoeverHasTheKey)
{
    makeTrail(4);
    tamper("DELETE FROM head;");
    expectFault(Fault::Unsigned, 0);
}

TEST_F(TamperTest, ATrailInThePlaceOfAnotherIsFoundByTheAnchor)
{
    anchor = directory.path() / "anchor";
    makeTrail(4);
    std::filesystem::remove(file);
    anchor.reset();
    makeTrail(4);
    anchor = directory.path() / "anchor";
    expectFault(Fault::Rewritten, 1);
}

TEST_F(TamperTest, AFileWhoseRulesWereChangedIsFoundThoughItsRecordsHold)
{
    const auto expectRemade = [&](const std::string& sql, const std::string& words) {
        std::filesystem::remove(file);
        makeTrail(3);
        remake(sql);
        expectFault(Fault::Remade, 0);
        const auto finding = verify().finding;
        EXPECT_NE(finding.value_or(audit::Finding{}).words.find(words), std::string::npos) << words;
        expectRefusedAtOpening();
    };
    expectRemade("DROP TRIGGER record_not_deleted;", "the trigger record_not_deleted is missing");
    expectRemade("DROP TRIGGER head_in_order; CREATE TRIGGER head_in_order BEFORE INSERT ON head BEGIN SELECT 1; END;",
        "the trigger head_in_order is not made as that of a trail");
    expectRemade(
        "CREATE TRIGGER forgets AFTER INSERT ON record WHEN NEW.text LIKE '%mallory%' BEGIN SELECT RAISE(IGNORE); "
        "END;",
        "the trigger forgets is none of a trail's");
    expectRemade("CREATE INDEX other ON record(number, text, hash);", "the index other is none of a trail's");
    expectRemade("CREATE TABLE note(text TEXT);", "the table note is none of a trail's");
    expectRemade("CREATE TABLE \"a\nb\"(text TEXT);", "the table a\\x0ab is none");
}

TEST_F(TamperTest, AViewInThePlaceOfTheRecordsIsNotRead)
{
    makeTrail(3);
    remake("ALTER TABLE record RENAME TO kept; CREATE VIEW record AS SELECT number, text, hash FROM kept;");
    const auto verdict = verify();
    ASSERT_TRUE(verdict.finding);
    EXPECT_EQ(verdict.finding->fault, Fault::Remade);
    EXPECT_EQ(verdict.records, 0u) << "what it shows proves nothing";
    expectRefusedAtOpening();
}

TEST_F(TamperTest, AChangedRecordIsNamedBeforeAChangedRule)
{
    makeTrail(6);
    remake("DROP TRIGGER record_not_updated; UPDATE record SET text = 'x' WHERE number = 3;");
    expectFault(Fault::Edited, 3);
}

TEST_F(TamperTest, ATruncatedFileIsFound)
{
    makeTrail(40);
    const std::string whole = contentOf(file);
    for (const std::size_t size : {whole.size() - 1, whole.size() - 4096, whole.size() / 2, std::size_t{4096}}) {
        directory.write("audit.db", whole.substr(0, size));
        EXPECT_EQ(fault(), Fault::Damaged) << size;
    }
}

TEST_F(TamperTest, WhatIsNoTrailIsNotCalledDamaged)
{
    for (const std::string& text :
        {std::string("not a database at all, and longer than its header would be.......") + std::string(100, '.'),
            std::string(), std::string("SQLite format 3\0", 16)}) {
        directory.write("audit.db", text);
        const auto verdict = audit::verifyTrail(file, keys(), std::nullopt);
        ASSERT_FALSE(verdict);
        EXPECT_EQ(verdict.error().code, Errc::InvalidInput);
        EXPECT_NE(verdict.error().detail.find("is not an audit trail"), std::string::npos) << verdict.error().detail;
    }
}

TEST_F(TamperTest, ATrailThatAnotherProgramHasLockedIsStillOne)
{
    makeTrail(3);
    auto other = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->execute("BEGIN EXCLUSIVE"));
    const auto verdict = audit::verifyTrail(file, keys(), std::nullopt);
    ASSERT_FALSE(verdict) << "nothing was read, and nothing can be found";
    EXPECT_EQ(verdict.error().code, Errc::Duplicate);
    EXPECT_EQ(verdict.error().detail.find("not an audit trail"), std::string::npos) << verdict.error().detail;
    EXPECT_NE(verdict.error().detail.find("in use by another program"), std::string::npos) << verdict.error().detail;
}

TEST_F(TamperTest, WhatSomebodyWroteIntoADamagedFileDoesNotCommandTheTerminal)
{
    makeTrail(3);
    std::string content = contentOf(file);
    const auto put = [&content](const std::string& at, const std::string& bytes) {
        const auto found = content.find(at);
        ASSERT_NE(found, std::string::npos) << at;
        content.replace(found, bytes.size(), bytes);
    };
    put("head_in_orderhead", "\x1b[2J\x9b[31mxxx"); // its name, which SQLite tells
    put("TRIGGER head_in_order", "TR\xc9GGER"); // and why it cannot be used
    directory.write("audit.db", content);
    const auto reader = audit::TrailReader::open(file);
    ASSERT_TRUE(reader);
    const auto records = (*reader)->records(0, 1);
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().code, Errc::Refused) << records.error().detail;
    for (const char c : records.error().detail)
        EXPECT_TRUE(c >= ' ' && c <= '~') << static_cast<int>(c);
    EXPECT_EQ(fault(), Fault::Damaged);
}

TEST_F(TamperTest, AnAnchoringFileOutOfShapeIsSaid)
{
    anchor = directory.path() / "anchor";
    makeTrail(3);
    const std::string lines = contentOf(*anchor);
    directory.write("anchor", lines + "4 abc\n");
    const auto verdict = audit::verifyTrail(file, keys(), anchor);
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, Errc::InvalidInput);
    EXPECT_NE(verdict.error().detail.find("line 4"), std::string::npos) << verdict.error().detail;
    directory.write("anchor", lines + "4 ab"); // the power went
    EXPECT_FALSE(verify().finding);
    directory.write("anchor", lines + lines);
    expectFault(Fault::HeadUnsound, 1);
}

TEST_F(TamperTest, AnAnchorLineThatWasCutOffIsPassedOver)
{
    anchor = directory.path() / "anchor";
    makeTrail(3);
    const std::string lines = contentOf(*anchor);
    const std::string last = lines.substr(lines.rfind('\n', lines.size() - 2) + 1);
    directory.write("anchor", lines.substr(0, lines.size() - 20)); // the disk was full
    ASSERT_TRUE(audit::appendAnchor(*anchor, last));
    EXPECT_EQ(audit::readAnchors(*anchor)->size(), 3u);
    EXPECT_FALSE(verify().finding);
    EXPECT_TRUE(tryOpen()) << "the venue starts with it";
}

TEST_F(TamperTest, AnAnchoringFileThatNamesNothingProvesNothing)
{
    makeTrail(3);
    anchor = directory.write("anchor", "");
    expectFault(Fault::Unsigned, 0);
    anchor = directory.path();
    const auto verdict = audit::verifyTrail(file, keys(), anchor);
    ASSERT_FALSE(verdict) << "a directory reads like an empty file";
    EXPECT_NE(verdict.error().detail.find("cannot read the anchoring file"), std::string::npos);
}

TEST_F(TamperTest, AnAnchoringFileMayBeEmptyWhileThereIsNoHead)
{
    isSigned = false;
    makeTrail(3);
    anchor = directory.write("anchor", "");
    EXPECT_FALSE(verify({}).finding);
}

TEST_F(TamperTest, AnOldAnchorLineBehindTheLastOneHidesNoRemovedEnd)
{
    anchor = directory.path() / "anchor";
    makeTrail(6);
    const std::string lines = contentOf(*anchor);
    directory.write("anchor", lines + lines.substr(0, lines.find('\n') + 1));
    tamper("DELETE FROM record WHERE number > 4; DELETE FROM head WHERE number > 4;");
    expectFault(Fault::Truncated, 5);
    expectRefusedAtOpening();
}

}
