#include "tests/unit/store/child.h"
#include "tests/unit/store/journal_fixture.h"

#include <array>
#include <csignal>

namespace {

using namespace store_test;
using base::Errc;
namespace fs = std::filesystem;

/// Two ends of a pipe, over which processes wait for each other.
struct Pipe {
    std::array<int, 2> ends{};
    Pipe() { EXPECT_EQ(::pipe(ends.data()), 0); }
    ~Pipe()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void tell(std::int32_t number) const
    {
        EXPECT_EQ(::write(ends[1], &number, sizeof number), ssize_t{sizeof number});
    }
    [[nodiscard]] std::int32_t hear() const
    {
        std::int32_t number = -1;
        EXPECT_EQ(::read(ends[0], &number, sizeof number), ssize_t{sizeof number});
        return number;
    }
};

void kill(pid_t child)
{
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
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

/// Deals without end and says of each acceptance that was reported durable which one it was.
[[noreturn]] void dealUntilKilled(store::SqliteJournal& journal, TestThread& thread, const Pipe& durable)
{
    constexpr std::int32_t Ahead = 8;
    std::int32_t done = 0;
    for (std::int32_t i = 0;; ++i) {
        const std::string number = std::to_string(i);
        const auto ignore = [](const base::Status&) {};
        journal.append(opened("R" + number), ignore);
        journal.append(intended("C" + number, "R" + number), [&done, &durable, i](const base::Status& status) {
            if (!status)
                ::_exit(1);
            durable.tell(i);
            ++done;
        });
        journal.append(moved("C" + number, rfq::AcceptanceState::Sent), ignore);
        thread.runUntil([&] { return i - done < Ahead; });
    }
}

TEST_F(JournalTest, AJournalKilledInTheMiddleOfWritingHoldsWhatWasReportedAndNothingHalf)
{
    for (const std::int32_t when : {3, 40, 150}) {
        SCOPED_TRACE(when);
        const Pipe durable;
        const pid_t child = ::fork();
        if (child == 0) {
            open();
            dealUntilKilled(*journal, thread, durable);
        }
        std::int32_t last = 0;
        while (last < when)
            last = durable.hear();
        kill(child);
        EXPECT_GT(fs::file_size(file.string() + "-wal"), 0u);
        open();
        const rfq::History history = load(100'000);
        ASSERT_GT(history.acceptances.size(), static_cast<std::size_t>(last));
        for (std::size_t i = 0; i < history.requests.size(); ++i) {
            const std::string number = std::to_string(i);
            ASSERT_EQ(history.requests[i].request, opened("R" + number).request);
        }
        for (std::size_t i = 0; i < history.acceptances.size(); ++i) {
            const std::string number = std::to_string(i);
            ASSERT_EQ(history.acceptances[i].acceptance, intended("C" + number, "R" + number).acceptance);
            ASSERT_EQ(history.acceptances[i].message, intended("C" + number, "").message);
        }
        journal.reset();
        EXPECT_EQ(rows("PRAGMA integrity_check"), std::vector<std::string>{"ok"});
        fs::remove(file);
    }
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
    EXPECT_TRUE(says(second.error(), "in use by another program: close the other one")) << second.error().detail;
    mustAppend(opened("R1"));
}

TEST_F(JournalTest, AJournalOfAnotherProcessIsInUseUntilThatOneEnds)
{
    const Pipe opened;
    const pid_t child = ::fork();
    if (child == 0) {
        open();
        opened.tell(HasFailure() ? 1 : 0);
        for (;;)
            ::pause();
    }
    ASSERT_EQ(opened.hear(), 0);
    const auto second = tryOpen();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::Duplicate);
    EXPECT_TRUE(says(second.error(), "in use by another program")) << second.error().detail;
    kill(child);
    open();
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
    run(file, "PRAGMA user_version=4");
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::Unsupported);
    EXPECT_TRUE(says(result.error(), "written by a newer Countersign (journal version 4")) << result.error().detail;
    EXPECT_TRUE(says(result.error(), "Start the newer one")) << result.error().detail;
    EXPECT_EQ(content(), before);
}

TEST_F(JournalTest, ADamagedJournalIsRefusedAndLeftAsItIs)
{
    open();
    mustAppendRequests(200);
    journal.reset();
    const std::string sound = content();
    for (const std::streamoff offset :
        {std::streamoff{100}, std::streamoff{4096}, static_cast<std::streamoff>(sound.size() / 2 / 4096 * 4096)}) {
        SCOPED_TRACE(offset);
        std::ofstream(file, std::ios::binary) << sound;
        overwrite(offset, 3000);
        const std::string before = content();
        const auto result = tryOpen();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Errc::Io);
        EXPECT_TRUE(says(result.error(), "is damaged (")) << result.error().detail;
        EXPECT_TRUE(says(result.error(), "ask the counterparties what was dealt since")) << result.error().detail;
        EXPECT_EQ(content(), before);
    }
}

TEST_F(JournalTest, AJournalThatWasCutShortIsRefused)
{
    open();
    mustAppendRequests(200);
    journal.reset();
    fs::resize_file(file, fs::file_size(file) / 2);
    const std::string before = content();
    const auto result = tryOpen();
    ASSERT_FALSE(result);
    EXPECT_TRUE(says(result.error(), "is damaged (")) << result.error().detail;
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
    EXPECT_TRUE(says(history.error(), "request R1 has '25m'")) << history.error().detail;
}

}
