#include "app/cli/venue_key_run.h"
#include "tests/support/fake_access.h"
#include "tests/unit/app/cli/fake_venue_keys.h"
#include "tests/unit/app/cli/run_fixture.h"

namespace {

using namespace std::chrono_literals;

class VenueKeyRunTest : public test::RunTest {
protected:
    VenueKeyRunTest()
    {
        command.session = support::VenueX;
        m_access.states[support::VenueX].phase = rfq::AccessPhase::Asking;
    }
    void letIn()
    {
        m_access.states[support::VenueX].phase = rfq::AccessPhase::Decided;
        keys.open = {support::VenueX};
    }
    [[nodiscard]] std::vector<rfq::VenueKey> two() const
    {
        const std::string model = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
        return {{"AAAA", "blue key", model, desk.clock.utc(), desk.clock.utc() + 1s, true},
            {"BBBB", "red key", model, desk.clock.utc(), std::nullopt, false}};
    }
    /// As far as the answer to the question for the keys.
    void beginWith(const std::vector<rfq::VenueKey>& there)
    {
        letIn();
        EXPECT_FALSE(run.step());
        EXPECT_EQ(keys.askedAt, support::VenueX);
        keys.listed(there, std::nullopt);
    }

private:
    support::FakeAccess m_access;

protected:
    cli::VenueKeyCommand command;
    test::FakeVenueKeys keys;
    cli::VenueKeyRun run{command, keys, m_access, desk.service, reporter, desk.clock};
};

TEST_F(VenueKeyRunTest, ListsThemOneByOneOnceTheSessionIsDecided)
{
    EXPECT_FALSE(run.step());
    EXPECT_FALSE(keys.listed) << "nothing can be asked yet";
    beginWith(two());
    EXPECT_EQ(run.step(), cli::ExitCode::Done);
    const auto told = events("venue-key");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0]["credentialId"], "AAAA");
    EXPECT_EQ(told[0]["name"], "blue key");
    EXPECT_EQ(told[0]["aaguid"], "2fc0579f-8113-47ea-b116-bb5a8db9202a");
    EXPECT_TRUE(told[0].contains("lastUsedAt"));
    EXPECT_EQ(told[0]["countsHere"], true);
    EXPECT_FALSE(told[1].contains("lastUsedAt"));
    EXPECT_EQ(told[1]["countsHere"], false);
}

TEST_F(VenueKeyRunTest, RemovesTheOneThatIsNamed)
{
    command.what = cli::VenueKeyRemove{};
    command.id = "BBBB";
    beginWith(two());
    EXPECT_FALSE(run.step()) << "the touch is to come";
    EXPECT_EQ(keys.changedKey.name, "red key");
    keys.changed(std::nullopt);
    EXPECT_EQ(run.step(), cli::ExitCode::Done);
    EXPECT_EQ(last("key-removed")["credentialId"], "BBBB");
}

TEST_F(VenueKeyRunTest, RenamesTheOneThatIsNamed)
{
    command.what = cli::VenueKeyRename{"travel key"};
    command.id = "AAAA";
    beginWith(two());
    EXPECT_EQ(keys.newName, "travel key");
    keys.changed(std::nullopt);
    EXPECT_EQ(run.step(), cli::ExitCode::Done);
    EXPECT_EQ(last("key-renamed")["session"], support::VenueX.text());
}

TEST_F(VenueKeyRunTest, AnIdThatIsNotThereChangesNothing)
{
    command.what = cli::VenueKeyRemove{};
    command.id = "CCCC";
    beginWith(two());
    EXPECT_EQ(run.step(), cli::ExitCode::Usage);
    EXPECT_FALSE(keys.changed);
}

TEST_F(VenueKeyRunTest, ARefusalIsToldWithItsReason)
{
    command.what = cli::VenueKeyRemove{};
    command.id = "AAAA";
    beginWith(two());
    keys.changed(rfq::KeyFailure{"last-key", "It stays.", "Enrol another.", {}, false, "last-key"});
    EXPECT_EQ(run.step(), cli::ExitCode::NotConnected);
    EXPECT_EQ(last("key-refused")["problem"], "last-key");
}

TEST_F(VenueKeyRunTest, AnInterruptCallsOffTheTouch)
{
    command.what = cli::VenueKeyRemove{};
    command.id = "AAAA";
    beginWith(two());
    run.interrupt();
    EXPECT_EQ(keys.cancels, 1);
    EXPECT_EQ(run.step(), cli::ExitCode::NotConnected);
}

TEST_F(VenueKeyRunTest, ItDoesNotWaitForever)
{
    EXPECT_FALSE(run.step());
    desk.clock.advance(15s);
    EXPECT_EQ(run.step(), cli::ExitCode::NotConnected);
}

TEST(VenueKeyArguments, NameTheSessionAndTheKey)
{
    const auto parse = [](std::vector<std::string> words) { return cli::parseArguments(words); };
    const auto list = parse({"key", "list", "--session", "VENUE-X"});
    ASSERT_TRUE(list) << list.error().detail;
    EXPECT_EQ(std::get<cli::VenueKeyCommand>(list->command).session, support::VenueX);
    const auto renamed = parse({"key", "rename", "--session", "VENUE-X", "--id", "AAAA", "--name", "travel key"});
    ASSERT_TRUE(renamed) << renamed.error().detail;
    const auto& command = std::get<cli::VenueKeyCommand>(renamed->command);
    EXPECT_EQ(command.id, "AAAA");
    EXPECT_EQ(std::get<cli::VenueKeyRename>(command.what).name, "travel key");
    EXPECT_TRUE(parse({"key", "remove", "--session", "VENUE-X", "--id", "AAAA"}));
    EXPECT_FALSE(parse({"key", "remove", "--session", "VENUE-X"}));
    EXPECT_FALSE(parse({"key", "remove", "--id", "AAAA"}));
    EXPECT_FALSE(parse({"key", "rename", "--session", "VENUE-X", "--id", "AAAA"}));
    EXPECT_FALSE(parse({"key", "list", "--session", "VENUE-X", "--readers", "NFC"}));
    const auto removed = parse({"key", "remove", "--session", "VENUE-X", "--id", "AAAA", "--readers", "NFC"});
    ASSERT_TRUE(removed) << removed.error().detail;
    EXPECT_EQ(std::get<cli::VenueKeyCommand>(removed->command).readers, std::vector<std::string>{"NFC"})
        << "the key that approves it";
    EXPECT_FALSE(parse({"key", "test", "--session", "VENUE-X"}));
}

}
