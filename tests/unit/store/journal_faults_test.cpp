#include "tests/unit/store/journal_fixture.h"

#include <sqlite3.h>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace store_test;
using base::Errc;
namespace fs = std::filesystem;

/// Runs `body` in a process of its own, which ends without any cleanup.
template <typename Body>
int inChild(Body body)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(body());
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void run(const fs::path& file, const char* sql)
{
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
}

TEST_F(JournalTest, WhatWasReportedDurableSurvivesACrash)
{
    const int code = inChild([&] {
        open();
        mustAppend(opened("R1"));
        mustAppend(intended("C1", "R1"));
        return HasFailure() ? 1 : 0;
    });
    ASSERT_EQ(code, 0);
    open();
    const rfq::History history = load();
    ASSERT_EQ(history.acceptances.size(), 1u);
    EXPECT_EQ(history.acceptances[0].state, rfq::AcceptanceState::Intended);
    EXPECT_EQ(history.acceptances[0].acceptance, intended("C1", "R1").acceptance);
}

TEST_F(JournalTest, AJournalKilledInTheMiddleOfWritingOpensAgain)
{
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        open();
        for (int i = 0;; ++i) {
            journal->append(opened("R" + std::to_string(i)), [](const base::Status&) {});
            if (i == 200 && ::write(pipe[1], "x", 1) != 1)
                ::_exit(1);
        }
    }
    char ready = 0;
    ASSERT_EQ(::read(pipe[0], &ready, 1), 1);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ::close(pipe[0]);
    ::close(pipe[1]);
    open();
    const rfq::History history = load(100'000);
    for (std::size_t i = 0; i < history.requests.size(); ++i)
        ASSERT_EQ(history.requests[i].request.id.text(), "R" + std::to_string(i));
}

TEST_F(JournalTest, TheFilesArePrivate)
{
    open();
    mustAppend(opened("R1"));
    for (const auto& entry : fs::directory_iterator(directory))
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
}

TEST_F(JournalTest, CommitsGoThroughAWriteAheadLog)
{
    open();
    mustAppend(opened("R1"));
    EXPECT_TRUE(fs::exists(file.string() + "-wal"));
}

TEST_F(JournalTest, ASecondProgramIsToldThatTheJournalIsInUse)
{
    open();
    const auto second = tryOpen();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::Duplicate);
    EXPECT_NE(second.error().detail.find("in use"), std::string::npos) << second.error().detail;
    mustAppend(opened("R1"));
}

TEST_F(JournalTest, AForeignFileIsRefusedAndLeftAsItIs)
{
    for (const char* text : {"", "not a database at all", "SQLite format 3"}) {
        std::ofstream(file) << text;
        const auto result = tryOpen();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Errc::InvalidInput);
        EXPECT_NE(result.error().detail.find("not a Countersign journal"), std::string::npos);
        EXPECT_EQ(content(), text);
    }
}

TEST_F(JournalTest, ADatabaseOfAnotherProgramIsRefusedAndLeftAsItIs)
{
    run(file, "CREATE TABLE bookmarks(url TEXT); INSERT INTO bookmarks VALUES('x');");
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::InvalidInput);
    EXPECT_EQ(content(), before);
}

TEST_F(JournalTest, AJournalOfANewerVersionIsRefusedAndLeftAsItIs)
{
    open();
    mustAppend(opened("R1"));
    journal.reset();
    run(file, "PRAGMA user_version=3");
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::Unsupported);
    EXPECT_NE(result.error().detail.find("newer"), std::string::npos) << result.error().detail;
    EXPECT_EQ(content(), before);
}

TEST_F(JournalTest, ADamagedJournalIsRefusedAndLeftAsItIs)
{
    open();
    for (int i = 0; i < 200; ++i)
        mustAppend(opened("R" + std::to_string(i)));
    journal.reset();
    {
        std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
        stream.seekp(4096);
        stream << std::string(8192, '\x5a');
    }
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::Io);
    EXPECT_EQ(content(), before);
}

TEST_F(JournalTest, AValueThatMakesNoSenseIsNamed)
{
    open();
    mustAppend(opened("R1"));
    journal.reset();
    run(file, "UPDATE request SET quantity = '25m'");
    open();
    const auto history = journal->load(10);
    ASSERT_FALSE(history);
    EXPECT_EQ(history.error().code, Errc::Io);
    EXPECT_NE(history.error().detail.find("request R1 has '25m'"), std::string::npos) << history.error().detail;
}

TEST_F(JournalTest, ADirectoryThatCannotBeWrittenIsAClearError)
{
    EXPECT_EQ(store::SqliteJournal::open(directory / "missing" / "journal.db", thread).error().code, Errc::Io);
    open();
    journal.reset();
    const int code = inChild([&] {
        fs::permissions(file, fs::perms::all);
        fs::permissions(
            directory, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
        if (::getuid() == 0 && ::setuid(65534) != 0)
            return 2;
        const auto existing = tryOpen();
        const auto fresh = store::SqliteJournal::open(directory / "other.db", thread);
        return !existing && existing.error().code == Errc::Io && !fresh && fresh.error().code == Errc::Io ? 0 : 1;
    });
    EXPECT_EQ(code, 0);
    fs::permissions(directory, fs::perms::owner_all);
}

TEST_F(JournalTest, AFullDiskIsReportedToTheOneWhoAppends)
{
    const int code = inChild([&] {
        open();
        mustAppend(opened("R1"));
        std::signal(SIGXFSZ, SIG_IGN);
        const rlim_t size = static_cast<rlim_t>(fs::file_size(file.string() + "-wal"));
        const rlimit limit{size, RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return 2;
        const base::Status full = append(opened("R2"));
        const rlimit space{RLIM_INFINITY, RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &space) != 0)
            return 3;
        const base::Status again = append(opened("R3"));
        return !full && full.error().code == Errc::Io && again && !HasFailure() ? 0 : 1;
    });
    EXPECT_EQ(code, 0);
    open();
    const rfq::History history = load();
    ASSERT_EQ(history.requests.size(), 2u);
    EXPECT_EQ(history.requests[1].request.id.text(), "R3");
}

}
