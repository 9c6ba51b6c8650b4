#include "app/desk_core/venue_keys.h"
#include "tests/unit/app/desk_core/access_world.h"

/// The person's own keys at a counterparty, asked for and changed over the session.
namespace {

using namespace access_test;
using stepup_test::idOf;
using stepup_test::Model;

class VenueKeysTest : public AccessTest {
protected:
    void list()
    {
        keysThere.list(VenueX, [this](const std::vector<rfq::VenueKey>& keys, const auto& failure) {
            ++timesDone;
            listed = keys;
            problem = failure ? failure->name : std::string();
        });
    }
    void remove() { keysThere.remove(VenueX, redKey(), done()); }
    [[nodiscard]] rfq::KeyManager::Done done()
    {
        return [this](const std::optional<rfq::KeyFailure>& failure) {
            ++timesDone;
            problem = failure ? failure->name : std::string();
            detail = failure ? failure->detail : std::string();
        };
    }
    [[nodiscard]] static rfq::VenueKey redKey()
    {
        rfq::VenueKey key;
        key.id = stepup::base64Url(idOf(0x55));
        key.name = "Red key";
        return key;
    }
    [[nodiscard]] static stepup::RemoveKey removal() { return {"alice", idOf(0x55), "Red key"}; }
    void answer(stepup::AccessOutcome outcome, UserStatus status, const std::string& refusal = {})
    {
        auto notice = decided(outcome);
        notice.about = stepup::NoticeAbout::Action;
        if (!refusal.empty())
            notice.refusal = refusal;
        tell(said.back().request.id, status, notice);
    }
    [[nodiscard]] stepup::Action asked() const
    {
        const auto payload = lastPayload();
        const auto* wanted = std::get_if<stepup::ApprovalRequest>(&payload);
        EXPECT_TRUE(wanted);
        return wanted ? wanted->action : stepup::Action(stepup::OpenSession{"VENUE", "alice"});
    }

    app::VenueKeys keysThere{desk, touches, pep.clock};
    std::vector<rfq::VenueKey> listed;
    int timesDone = 0;
    std::string problem;
    std::string detail;
};

TEST_F(VenueKeysTest, AreAskedForAndTold)
{
    letIn();
    list();
    EXPECT_EQ(said.back().request.type, UserRequestType::Status);
    EXPECT_EQ(lastPayload(), stepup::DeskPayload(stepup::KeysRequest{}));
    auto notice = decided(stepup::AccessOutcome::Allow);
    notice.about = stepup::NoticeAbout::Action;
    notice.keys.emplace();
    notice.keys->push_back({.id = idOf(0x11),
        .name = "Blue key",
        .aaguid = Model,
        .enrolledAt = pep.clock.utc(),
        .countsHere = true,
        .lastUsedAt = pep.clock.utc() + 5s});
    tell(said.back().request.id, UserStatus::Allowed, notice);
    ASSERT_EQ(timesDone, 1);
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].id, stepup::base64Url(idOf(0x11)));
    EXPECT_EQ(listed[0].name, "Blue key");
    EXPECT_EQ(listed[0].model.size(), 36U) << "8-4-4-4-12: " << listed[0].model;
    EXPECT_EQ(listed[0].lastUsedAt, pep.clock.utc() + 5s);
    EXPECT_TRUE(listed[0].countsHere);
    EXPECT_EQ(state().phase, AccessPhase::Decided) << "the session is as it was";
}

TEST_F(VenueKeysTest, ACounterpartyThatDoesNotKnowTheQuestionTellsNothing)
{
    letIn();
    list();
    answer(stepup::AccessOutcome::Deny, UserStatus::Refused, "malformed");
    EXPECT_EQ(problem, "keys-not-told");
    EXPECT_EQ(timesDone, 1);
}

TEST_F(VenueKeysTest, WithoutASessionNothingIsAsked)
{
    const auto before = said.size();
    list();
    EXPECT_EQ(problem, "not-connected");
    remove();
    EXPECT_EQ(problem, "not-connected");
    EXPECT_EQ(said.size(), before);
}

TEST_F(VenueKeysTest, ARemovalIsApprovedWithATouchForExactlyThat)
{
    letIn();
    remove();
    EXPECT_EQ(asked(), stepup::Action(removal()));
    const auto challenged = challenge(removal(), stepup::NoticeAbout::Action);
    ASSERT_NE(touches.current(), nullptr);
    EXPECT_EQ(touches.current()->ask.lines.front(), "Remove the security key for good: Red key");
    touch();
    const auto verdict = judge(challenged);
    ASSERT_TRUE(std::holds_alternative<stepup::Approval>(verdict)) << stepup_test::detailOf(verdict);
    EXPECT_EQ(timesDone, 0) << "not before the counterparty says so";
    answer(stepup::AccessOutcome::Allow, UserStatus::Allowed);
    EXPECT_EQ(timesDone, 1);
    EXPECT_EQ(problem, "");
}

TEST_F(VenueKeysTest, ARenamingIsApprovedInTheSameWay)
{
    letIn();
    keysThere.rename(VenueX, redKey(), "Travel key", done());
    const stepup::RenameKey wanted{"alice", idOf(0x55), "Red key", "Travel key"};
    EXPECT_EQ(asked(), stepup::Action(wanted));
    challenge(wanted, stepup::NoticeAbout::Action);
    touch();
    answer(stepup::AccessOutcome::Allow, UserStatus::Allowed);
    EXPECT_EQ(problem, "");
    keysThere.rename(VenueX, redKey(), "two\nlines", done());
    EXPECT_EQ(problem, "invalid-input");
}

TEST_F(VenueKeysTest, AChallengeForAnotherKeyIsNotAnswered)
{
    letIn();
    remove();
    challenge(stepup::RemoveKey{"alice", idOf(0x56), "Red key"}, stepup::NoticeAbout::Action);
    EXPECT_EQ(problem, "not-permitted-there");
    EXPECT_EQ(touches.current(), nullptr);
}

TEST_F(VenueKeysTest, TheLastKeyStaysAndThatIsSaid)
{
    letIn();
    remove();
    answer(stepup::AccessOutcome::Deny, UserStatus::Refused, "last-key");
    EXPECT_EQ(problem, "last-key");
    EXPECT_NE(detail.find("last-key"), std::string::npos);
}

TEST_F(VenueKeysTest, WithoutTheTouchNothingIsChanged)
{
    letIn();
    remove();
    challenge(removal(), stepup::NoticeAbout::Action);
    keysThere.cancel();
    EXPECT_EQ(problem, "cancelled");
    EXPECT_EQ(touches.current(), nullptr);
    remove();
    EXPECT_EQ(timesDone, 1) << "and another one can be begun";
    remove();
    EXPECT_EQ(problem, "busy");
}

TEST_F(VenueKeysTest, ASessionThatEndsEndsIt)
{
    letIn();
    remove();
    desk.apply(fix::AccessClosed{VenueX, 1});
    EXPECT_EQ(problem, "not-connected");
    EXPECT_EQ(timesDone, 1);
}

}
