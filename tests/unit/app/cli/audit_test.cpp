#include "app/cli/arguments.h"
#include "app/cli/audit_run.h"
#include "core/audit/trail_file.h"
#include "core/audit/trail_rows.h"
#include "core/store/sqlite_database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_pki.h"
#include "tests/unit/app/cli/words.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace {

using audit::Field;
using audit::Kind;
using cli::ExitCode;
using cli_test::parse;
using nlohmann::json;

class AuditCommands : public testing::Test {
protected:
    AuditCommands()
    {
        const auto identity = support::TestCa().issue({});
        directory.write("audit.pem", support::pemOf(*identity.certificate));
        audit::TrailSettings settings;
        settings.file = file;
        settings.anchor = anchor;
        settings.signer = *audit::openKeyFile(directory.write("audit.key", support::pemOf(*identity.key)));
        const auto trail = audit::TrailFile::open(settings, clock);
        EXPECT_TRUE(trail);
        for (const char* user : {"anna", "ben", "anna"}) {
            clock.advance(std::chrono::hours(1));
            audit::AuditRecord record;
            record.kind = Kind::SessionRefused;
            record.user = user;
            record.fields = {{Field::Reason, "x=\"|\n"}};
            EXPECT_TRUE((*trail)->append({record}).records.front());
        }
        EXPECT_TRUE((*trail)->finish());
    }
    ExitCode run(const std::string& line)
    {
        const auto arguments = parse(line);
        EXPECT_TRUE(arguments) << arguments.error().detail;
        out.str("");
        problems.str("");
        return cli::runAudit(std::get<cli::AuditCommand>(arguments->command), arguments->format, out, problems,
            {.host = "desk.example", .processId = {}, .version = "1.2.3"});
    }
    std::vector<std::string> lines() const
    {
        std::istringstream stream(out.str());
        std::vector<std::string> found;
        for (std::string line; std::getline(stream, line);)
            found.push_back(line);
        return found;
    }
    void tamper(const std::string& sql) const
    {
        auto database = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
        const std::string schema = audit::trailSchema();
        const std::string triggers = "DROP TRIGGER record_in_order; DROP TRIGGER record_not_deleted; DROP TRIGGER "
                                     "record_not_updated; DROP TRIGGER head_in_order; DROP TRIGGER head_not_deleted; "
                                     "DROP TRIGGER head_not_updated;";
        ASSERT_TRUE((*database)->execute(triggers + sql + schema.substr(schema.find("CREATE TRIGGER"))));
    }

    support::TemporaryDirectory directory;
    support::FakeClock clock;
    std::filesystem::path file = directory.path() / "audit.db";
    std::filesystem::path anchor = directory.path() / "anchor";
    std::string keys = " --key " + (directory.path() / "audit.pem").string() + " --anchor " + anchor.string();
    std::ostringstream out;
    std::ostringstream problems;
};

TEST_F(AuditCommands, AWholeTrailIsSaidToBeWhole)
{
    EXPECT_EQ(run("audit verify " + file.string() + keys + " --format jsonl"), ExitCode::Done);
    const auto verdict = json::parse(lines().at(0));
    EXPECT_EQ(verdict["event"], "audit");
    EXPECT_EQ(verdict["records"], 4);
    EXPECT_EQ(verdict["heads"], 4);
    EXPECT_EQ(verdict["coveredTo"], 4);
    EXPECT_EQ(verdict["anchors"], 4);
    EXPECT_EQ(verdict["signaturesChecked"], true);
    EXPECT_EQ(json::parse(lines().at(1))["exitCode"], 0);
    EXPECT_EQ(run("audit verify " + file.string()), ExitCode::Done);
    EXPECT_NE(out.str().find("no key was given"), std::string::npos);
}

TEST_F(AuditCommands, TheFirstBadRecordIsNamed)
{
    tamper("DELETE FROM record WHERE number = 3;");
    EXPECT_EQ(run("audit verify " + file.string() + keys + " --format jsonl"), ExitCode::UnknownOutcome);
    const auto finding = json::parse(lines().at(1));
    EXPECT_EQ(finding["event"], "tampered");
    EXPECT_EQ(finding["fault"], "removed");
    EXPECT_EQ(finding["record"], 3);
    EXPECT_EQ(json::parse(lines().at(0))["records"], 2);
    EXPECT_EQ(json::parse(lines().at(2))["exitCode"], 5);
}

TEST_F(AuditCommands, WhatNoHeadProvesYetIsNotCalledProven)
{
    tamper("DELETE FROM head WHERE number > 2;");
    EXPECT_EQ(
        run("audit verify " + file.string() + " --key " + (directory.path() / "audit.pem").string()), ExitCode::Done);
    EXPECT_NE(out.str().find("The audit trail is whole; no head proves records 3 to 4 yet"), std::string::npos)
        << out.str();
}

TEST_F(AuditCommands, RowsInFrontOfTheFirstRecordEndTheExportAndAreFound)
{
    tamper("WITH RECURSIVE n(i) AS (SELECT -700 UNION ALL SELECT i + 1 FROM n WHERE i < 0) "
           "INSERT INTO record SELECT i, 'x', x'00' FROM n;");
    EXPECT_EQ(run("audit export " + file.string() + " --as jsonl"), ExitCode::UnknownOutcome);
    EXPECT_NE(problems.str().find("is no record of the audit trail"), std::string::npos) << problems.str();
    EXPECT_EQ(run("audit verify " + file.string() + keys), ExitCode::UnknownOutcome);
}

TEST_F(AuditCommands, RowsWithoutANumberEndTheExport)
{
    tamper("DROP TABLE record; CREATE TABLE record(number, text, hash);"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) "
           "INSERT INTO record SELECT 'row' || i, 'x', x'00' FROM n;");
    EXPECT_NE(run("audit export " + file.string() + " --as jsonl"), ExitCode::Done);
    EXPECT_FALSE(problems.str().empty());
    EXPECT_NE(run("audit verify " + file.string() + keys), ExitCode::Done);
}

TEST_F(AuditCommands, WhatCannotBeReadIsSaid)
{
    EXPECT_EQ(run("audit verify " + file.string() + " --key /nothing"), ExitCode::Configuration);
    EXPECT_NE(problems.str().find("/nothing"), std::string::npos);
    EXPECT_EQ(run("audit verify /nothing"), ExitCode::Configuration);
    EXPECT_EQ(run("audit show " + (directory.path() / "audit.pem").string()), ExitCode::Configuration);
    EXPECT_TRUE(out.str().empty());
}

TEST_F(AuditCommands, ShowFilters)
{
    EXPECT_EQ(run("audit show " + file.string()), ExitCode::Done);
    EXPECT_EQ(lines().size(), 4u);
    EXPECT_EQ(lines().at(1), "2 2026-11-24T09:00:07.480000Z info session-refused user=anna reason=x=\"|\\x0a");
    run("audit show " + file.string() + " --user anna");
    EXPECT_EQ(lines().size(), 2u);
    run("audit show " + file.string() + " --kind trail-started,session-opened");
    EXPECT_EQ(lines().size(), 1u);
    run("audit show " + file.string() + " --from 2026-11-24T10:00:07Z --to 2026-11-24T11:00:07.480000Z");
    EXPECT_EQ(lines().size(), 1u);
    run("audit show " + file.string() + " --from 2026-11-25");
    EXPECT_TRUE(lines().empty());
    run("audit show " + file.string() + " --format jsonl --user ben");
    EXPECT_EQ(json::parse(lines().at(0))["number"], 3);
    EXPECT_EQ(json::parse(lines().at(0))["event"], "record");
}

TEST_F(AuditCommands, ExportHasThreeForms)
{
    run("audit export " + file.string() + " --user ben");
    EXPECT_EQ(json::parse(lines().at(0))["fields"]["reason"], "x=\"|\\x0a");
    run("audit export " + file.string() + " --as ocsf --user ben --host gate.example");
    EXPECT_EQ(json::parse(lines().at(0))["class_uid"], 3002);
    EXPECT_EQ(json::parse(lines().at(0))["dst_endpoint"]["hostname"], "gate.example");
    run("audit export " + file.string() + " --as cef --user ben");
    EXPECT_EQ(lines().at(0).rfind("CEF:0|Countersign|countersign-venue|1.2.3|session-refused|", 0), 0u);
    EXPECT_NE(lines().at(0).find("reason=x\\=\"|\\\\x0a"), std::string::npos) << lines().at(0);
    EXPECT_NE(lines().at(0).find("dvchost=desk.example"), std::string::npos);
}

TEST_F(AuditCommands, ATrailWhoseRulesWereTakenAwayIsNotCalledWhole)
{
    {
        auto database = store::SqliteDatabase::open(file, store::SqliteDatabase::Mode::Existing);
        ASSERT_TRUE((*database)->execute("DROP TRIGGER record_not_updated"));
    }
    EXPECT_EQ(run("audit verify " + file.string() + keys + " --format jsonl"), ExitCode::UnknownOutcome);
    EXPECT_EQ(json::parse(lines().at(0))["records"], 4) << "they hold";
    EXPECT_EQ(json::parse(lines().at(1))["fault"], "remade");
    EXPECT_EQ(run("audit show " + file.string()), ExitCode::Done) << "evidence can be read all the same";
}

TEST_F(AuditCommands, ARowThatIsNoRecordIsSaidAndTheOthersAreShown)
{
    tamper("UPDATE record SET text = 'x' WHERE number = 3;");
    EXPECT_EQ(run("audit show " + file.string()), ExitCode::UnknownOutcome);
    EXPECT_EQ(lines().size(), 3u);
    EXPECT_NE(problems.str().find("row 3"), std::string::npos);
}

TEST(AuditArguments, WrongOnesAreRefused)
{
    for (const char* line : {"audit", "audit verify", "audit verify a b", "audit prune a", "audit show a --kind price",
             "audit show a --from yesterday", "audit show a --from 2026-13-01", "audit show a --key b",
             "audit export a --as xml", "audit verify a --user b", "audit verify a --key b,,c",
             "audit show a --from 2026-11-24T08:00:00.Z", "audit show a --from 2026-11-24T08:00:00.1234567Z",
             "audit show a --from 2026-11-25 --to 2026-11-24", "audit export a --from 2026-11-25 --to 2026-11-25"}) {
        const auto arguments = parse(line);
        ASSERT_FALSE(arguments) << line;
        EXPECT_EQ(arguments.error().code, base::Errc::InvalidInput);
    }
}

TEST(AuditArguments, TimesMayHaveTheDigitsThatALogShows)
{
    for (const char* text : {"2026-11-24T08:00:07.48Z", "2026-11-24T08:00:07.480Z", "2026-11-24T08:00:07.480000Z"}) {
        const auto arguments = parse(std::string("audit show a --from ") + text);
        ASSERT_TRUE(arguments) << text << ": " << arguments.error().detail;
        const auto& show = std::get<cli::AuditShow>(std::get<cli::AuditCommand>(arguments->command).what);
        EXPECT_EQ(show.filter.from, base::UtcTime(std::chrono::microseconds(1'795'507'207'480'000))) << text;
    }
}

}
