#include "core/fix/message_store.h"
#include "tests/support/test_pki.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

/// What a session remembers survives whatever happens to the process, and nothing else is taken for it.
namespace {

using base::Errc;
using namespace std::chrono_literals;

class MessageStore : public testing::Test {
protected:
    [[nodiscard]] base::Result<fix::MessageStore> open() const { return fix::MessageStore::open(files.path(), "s"); }
    [[nodiscard]] fix::MessageStore mustOpen() const
    {
        auto store = open();
        EXPECT_TRUE(store) << store.error().detail;
        return *std::move(store);
    }
    [[nodiscard]] std::filesystem::path numbersFile() const { return files.path() / "s.seqnums"; }
    [[nodiscard]] std::filesystem::path messagesFile() const { return files.path() / "s.messages"; }
    [[nodiscard]] static std::string contentOf(const std::filesystem::path& path)
    {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    static void write(const std::filesystem::path& path, const std::string& content)
    {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    }
    void expectForeign(const std::filesystem::path& path, const std::string& content) const
    {
        write(path, content);
        const auto store = open();
        ASSERT_FALSE(store) << content;
        EXPECT_EQ(store.error().code, Errc::Io);
        EXPECT_NE(store.error().detail.find(path.string()), std::string::npos) << store.error().detail;
        EXPECT_NE(store.error().detail.find("Move the file away"), std::string::npos) << store.error().detail;
        EXPECT_EQ(contentOf(path), content) << "what is not ours is left as it is";
    }

    support::TemporaryDirectory files;
};

using Messages = std::vector<std::string>;

TEST_F(MessageStore, RemembersNumbersAndMessages)
{
    {
        auto store = mustOpen();
        EXPECT_EQ(store.nextSender(), 1);
        ASSERT_TRUE(store.keep(1, "one"));
        ASSERT_TRUE(store.setNextSender(2));
        ASSERT_TRUE(store.keep(2, "two\nwith\x01lines"));
        ASSERT_TRUE(store.setNextSender(3));
        ASSERT_TRUE(store.setNextTarget(17));
    }
    const auto store = mustOpen();
    EXPECT_EQ(store.nextSender(), 3);
    EXPECT_EQ(store.nextTarget(), 17);
    EXPECT_EQ(*store.kept(1, 9), (Messages{"one", "two\nwith\x01lines"}));
    EXPECT_EQ(*store.kept(2, 2), (Messages{"two\nwith\x01lines"}));
}

TEST_F(MessageStore, ATornEntryIsCutOffAtWhateverByteItEnds)
{
    {
        auto store = mustOpen();
        ASSERT_TRUE(store.keep(1, "one"));
        ASSERT_TRUE(store.keep(2, "two"));
        ASSERT_TRUE(store.setNextSender(3));
    }
    const std::string whole = contentOf(messagesFile());
    const std::size_t entry = whole.size() / 2;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        write(messagesFile(), whole.substr(0, size));
        const auto store = mustOpen();
        const std::size_t entries = size / entry;
        EXPECT_EQ(store.kept(1, 9)->size(), entries) << size;
        EXPECT_EQ(contentOf(messagesFile()).size(), entries * entry) << size;
        EXPECT_EQ(store.nextSender(), 3);
    }
}

TEST_F(MessageStore, AMessageThatWasKeptButNeverCountedIsForgotten)
{
    {
        auto store = mustOpen();
        ASSERT_TRUE(store.keep(1, "one"));
        ASSERT_TRUE(store.setNextSender(2));
        ASSERT_TRUE(store.keep(2, "never sent")); // killed here
    }
    {
        auto store = mustOpen();
        EXPECT_EQ(*store.kept(1, 9), (Messages{"one"}));
        ASSERT_TRUE(store.setNextSender(3)); // a Logon took the number
        ASSERT_TRUE(store.keep(3, "three"));
        ASSERT_TRUE(store.setNextSender(4));
    }
    EXPECT_EQ(*mustOpen().kept(1, 9), (Messages{"one", "three"})) << "and does not come back";
}

TEST_F(MessageStore, ANumberThatIsPutBackTakesItsMessageAlong)
{
    {
        auto store = mustOpen();
        ASSERT_TRUE(store.keep(1, "one"));
        ASSERT_TRUE(store.setNextSender(2));
        ASSERT_TRUE(store.keep(2, "two"));
        ASSERT_TRUE(store.setNextSender(3));
        ASSERT_TRUE(store.setNextSender(2));
        EXPECT_EQ(*store.kept(1, 9), (Messages{"one"}));
        ASSERT_TRUE(store.setNextSender(3));
    }
    EXPECT_EQ(*mustOpen().kept(1, 9), (Messages{"one"}));
}

TEST_F(MessageStore, AForeignFileIsNamedAndLeftAsItIs)
{
    EXPECT_EQ(mustOpen().nextSender(), 1);
    const std::string good = contentOf(numbersFile());
    for (const std::string& content : {std::string("1 1\n"), good + "x", good.substr(0, 12), std::string(33, ' '),
             std::string("0000000000 0000000001 0000000000\n"), std::string("9999999999 0000000001 0000000000\n"),
             std::string("a diary of some length, longer than a row\n")})
        expectForeign(numbersFile(), content);
    write(numbersFile(), good);
    for (const std::string& content :
        {std::string("a diary, not ours at all\n"), std::string("x"), std::string("0000000001 0000000003\none?"),
            std::string("0000000001 0000000003\none\nrubbish follows here.."),
            std::string("0000000002 0000000003\ntwo\n0000000001 0000000003\none\n")})
        expectForeign(messagesFile(), content);
}

TEST_F(MessageStore, AFileOfAnOlderVersionIsRead)
{
    write(numbersFile(), "0000000007 0000000009\n");
    {
        auto store = mustOpen();
        EXPECT_EQ(store.nextSender(), 7);
        EXPECT_EQ(store.nextTarget(), 9);
        EXPECT_FALSE(store.created());
        ASSERT_TRUE(store.setNextSender(8));
    }
    EXPECT_EQ(mustOpen().nextSender(), 8);
}

TEST_F(MessageStore, RemembersSinceWhenItsNumbersRun)
{
    const base::UtcTime since = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 6h;
    {
        auto store = mustOpen();
        EXPECT_FALSE(store.created());
        ASSERT_TRUE(store.keep(1, "one"));
        ASSERT_TRUE(store.setNextSender(2));
        ASSERT_TRUE(store.resetAt(since + 480ms));
    }
    auto store = mustOpen();
    EXPECT_EQ(store.created(), since);
    EXPECT_EQ(store.nextSender(), 1);
    EXPECT_TRUE(store.kept(1, 9)->empty());
    ASSERT_TRUE(store.setNextTarget(5));
    EXPECT_EQ(mustOpen().created(), since);
}

/// A process is killed, as hard as it can be, while it writes as fast as it can.
TEST_F(MessageStore, KillingTheProcessAtAnyMomentLosesNothingThatWasCounted)
{
    for (int round = 0; round < 8; ++round) {
        std::filesystem::remove_all(files.path() / "s.seqnums");
        std::filesystem::remove_all(files.path() / "s.messages");
        int ends[2] = {};
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto store = fix::MessageStore::open(files.path(), "s");
            for (int number = 1; store && number < 1'000'000; ++number) {
                const bool good = store->keep(number, std::string(40, 'x')) && store->setNextSender(number + 1)
                    && store->setNextTarget(number + 1);
                // The number is counted: whoever reads this may rely on it.
                if (!good || ::write(ends[1], &number, sizeof number) != sizeof number)
                    break;
            }
            ::_exit(1);
        }
        ::close(ends[1]);
        int counted = 0;
        for (int number = 0; counted < 50 + 37 * round && ::read(ends[0], &number, sizeof number) == sizeof number;)
            counted = number;
        ASSERT_EQ(::kill(child, SIGKILL), 0);
        for (int number = 0; ::read(ends[0], &number, sizeof number) == sizeof number;)
            counted = number;
        ::close(ends[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));

        const auto store = mustOpen();
        EXPECT_GE(store.nextSender(), counted + 1);
        EXPECT_LE(store.nextSender(), counted + 2);
        EXPECT_LE(store.nextTarget(), store.nextSender());
        EXPECT_GE(store.nextTarget(), counted + 1);
        EXPECT_EQ(store.kept(1, counted)->size(), static_cast<std::size_t>(counted));
        EXPECT_EQ(store.kept(store.nextSender(), 2'000'000)->size(), 0U);
    }
}

}
