#include "tests/unit/store/child.h"
#include "tests/unit/store/journal_fixture.h"

#include <csignal>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

/// A disk that is full, that fails, or that we may not write.
namespace {

using namespace store_test;
using base::Errc;
namespace fs = std::filesystem;

/// What a directory or a file that belongs to somebody else is to us; root may do anything.
int asNobody()
{
    if (::getuid() != 0)
        return 0;
    return ::setgroups(0, nullptr) == 0 && ::setgid(65534) == 0 ? ::setuid(65534) : 1;
}

TEST_F(JournalTest, ADirectoryThatIsMissingIsAClearError)
{
    const auto result = store::SqliteJournal::open(directory / "missing" / "journal.db", thread);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::Io);
    EXPECT_TRUE(says(result.error(), "No such file or directory")) << result.error().detail;
}

TEST_F(JournalTest, ADirectoryThatCannotBeWrittenIsAClearError)
{
    open();
    journal.reset();
    const int code = inChild([&] {
        fs::permissions(file, fs::perms::all);
        fs::permissions(
            directory, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
        if (asNobody() != 0)
            return 2;
        const auto existing = tryOpen();
        const auto fresh = store::SqliteJournal::open(directory / "other.db", thread);
        EXPECT_FALSE(existing);
        EXPECT_FALSE(fresh);
        EXPECT_TRUE(says(existing.error(), "it cannot be written: let the user")) << existing.error().detail;
        EXPECT_TRUE(says(fresh.error(), "Permission denied")) << fresh.error().detail;
        return HasFailure() ? 1 : 0;
    });
    EXPECT_EQ(code, 0);
    fs::permissions(directory, fs::perms::owner_all);
}

TEST_F(JournalTest, AFileThatCannotBeWrittenOrReadIsAClearError)
{
    open();
    mustAppend(opened("R1"));
    journal.reset();
    const std::string before = content();
    fs::permissions(directory, fs::perms::all);
    for (const auto& [permissions, words] :
        {std::pair(fs::perms::owner_read | fs::perms::others_read, "it cannot be written: let the user"),
            std::pair(fs::perms::none, "cannot read")}) {
        SCOPED_TRACE(words);
        fs::permissions(file, permissions);
        const int code = inChild([&, words = words] {
            if (asNobody() != 0)
                return 2;
            const auto result = tryOpen();
            EXPECT_FALSE(result);
            EXPECT_TRUE(says(result.error(), words)) << result.error().detail;
            return HasFailure() ? 1 : 0;
        });
        EXPECT_EQ(code, 0);
    }
    EXPECT_EQ(content(), before);
}

TEST_F(JournalTest, AFailingDiskIsReportedToTheOneWhoAppends)
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
        EXPECT_FALSE(full);
        EXPECT_EQ(full.error().code, Errc::Io);
        EXPECT_TRUE(says(full.error(), "the disk failed to read or write")) << full.error().detail;
        mustAppend(opened("R3"));
        return HasFailure() ? 1 : 0;
    });
    EXPECT_EQ(code, 0);
    open();
    const rfq::History history = load();
    ASSERT_EQ(history.requests.size(), 2u);
    EXPECT_EQ(history.requests[1].request.id.text(), "R3");
}

/// Puts a disk of this size in place of the directory, for this process only. False where the system forbids it.
bool mountDisk(const fs::path& directory, const char* options)
{
    const int alone = ::getuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
    return ::unshare(alone) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
        && ::mount("tmpfs", directory.c_str(), "tmpfs", 0, options) == 0;
}

constexpr int NoDisk = 77;

TEST_F(JournalTest, AFullDiskTakesNothingThatWasReportedDurableAndLeavesNothingHalf)
{
    const int code = inChild([&] {
        if (!mountDisk(directory, "size=1m"))
            return NoDisk;
        open();
        int kept = 0;
        base::Status full = base::Ok{};
        while (kept < 100'000 && full) {
            full = append(opened("R" + std::to_string(kept)));
            kept += full ? 1 : 0;
        }
        EXPECT_FALSE(full);
        EXPECT_EQ(full.error().code, Errc::Io);
        EXPECT_TRUE(says(full.error(), "the disk is full: make room")) << full.error().detail;
        EXPECT_GT(kept, 0);
        journal.reset();
        EXPECT_EQ(::mount("none", directory.c_str(), nullptr, MS_REMOUNT, "size=64m"), 0);
        open();
        const rfq::History history = load(100'000);
        EXPECT_EQ(history.requests.size(), static_cast<std::size_t>(kept));
        for (const auto& past : history.requests)
            EXPECT_EQ(past.request, opened(past.request.id.text()).request);
        mustAppend(opened("there is room again"));
        journal.reset();
        EXPECT_EQ(rows("PRAGMA integrity_check"), std::vector<std::string>{"ok"});
        return HasFailure() ? 1 : 0;
    });
    if (code == NoDisk)
        GTEST_SKIP() << "this system lets nobody mount a small disk; AFailingDiskIsReportedToTheOneWhoAppends ran";
    EXPECT_EQ(code, 0);
}

TEST_F(JournalTest, WithoutRoomForANewJournalNothingIsLeftBehind)
{
    const int code = inChild([&] {
        if (!mountDisk(directory, "size=16k"))
            return NoDisk;
        const auto result = tryOpen();
        EXPECT_FALSE(result);
        EXPECT_TRUE(says(result.error(), "the disk is full: make room")) << result.error().detail;
        EXPECT_FALSE(fs::exists(file));
        return HasFailure() ? 1 : 0;
    });
    if (code == NoDisk)
        GTEST_SKIP() << "this system lets nobody mount a small disk";
    EXPECT_EQ(code, 0);
}

}
