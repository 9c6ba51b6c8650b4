#include "tests/unit/pep/pep_world.h"

/// A person looks at their own keys, renames one, gives one up.
namespace {

using namespace pep_test;
using namespace pep;

stepup::Credential credential(const support::SoftAuthenticator& key, const std::string& user, const std::string& name,
    const stepup::CertificateFingerprint& certificate, base::UtcTime at)
{
    return {.id = key.id(),
        .coseKey = key.coseKey(),
        .algorithm = stepup::Algorithm::Es256,
        .aaguid = Model,
        .signCount = 0,
        .user = stepup::UserId(user),
        .certificate = certificate,
        .name = name,
        .enrolledAt = at,
        .revokedAt = std::nullopt};
}

/// Alice has a blue key, with which she answers, and a red one; bob has a key, too.
class KeysTest : public testing::Test {
protected:
    void begin(bool withRed = true)
    {
        auto& kept = world.identities.identities.credentials;
        if (withRed)
            kept.push_back(credential(m_red, "alice", "Red key", filled(0xa1), world.clock.utc()));
        kept.push_back(credential(m_bobs, "bob", "Bob's key", filled(0xb0), world.clock.utc()));
        ++world.identities.mark;
        world.open();
    }
    [[nodiscard]] const std::vector<stepup::ListedKey>& listed()
    {
        world.say(stepup::KeysRequest{}, fix::UserRequestType::Status);
        m_listed = world.said().notice.keys.value_or(std::vector<stepup::ListedKey>());
        return m_listed;
    }
    [[nodiscard]] stepup::RemoveKey removal(std::uint8_t id, const std::string& name = "Red key") const
    {
        return {.user = "alice", .credential = idOf(id), .keyName = name};
    }
    [[nodiscard]] const stepup::Credential& kept(std::size_t at) const
    {
        return world.identities.identities.credentials[at];
    }

    PepWorld world;

private:
    support::SoftAuthenticator m_red{stepup::Algorithm::Es256, idOf(0x22)};
    support::SoftAuthenticator m_bobs{stepup::Algorithm::Es256, idOf(0x33)};
    std::vector<stepup::ListedKey> m_listed;
};

TEST_F(KeysTest, TheListIsOfThePersonOfTheSessionAndOfNobodyElse)
{
    begin();
    const auto keys = listed();
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Allowed);
    EXPECT_EQ(world.said().notice.about, stepup::NoticeAbout::Action);
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].id, idOf(0x11));
    EXPECT_EQ(keys[0].name, "Blue key");
    EXPECT_EQ(keys[0].aaguid, Model);
    EXPECT_TRUE(keys[0].countsHere);
    EXPECT_FALSE(keys[0].lastUsedAt) << "never yet";
    EXPECT_EQ(keys[1].name, "Red key");

    // Bob's name on alice's connection is refused before anything is looked at.
    world.say(fix::UserRequestType::Status, *stepup::payloadText(stepup::DeskPayload(stepup::KeysRequest{})), "bob");
    EXPECT_EQ(world.said().notice.refusal, "other-user");
    EXPECT_FALSE(world.said().notice.keys);
}

TEST_F(KeysTest, TheListSaysWhenAKeyWasUsedAndWhetherItCountsHere)
{
    world.identities.identities.credentials.push_back(
        credential(support::SoftAuthenticator(stepup::Algorithm::Es256, idOf(0x44)), "alice", "Old card's key",
            filled(0xa9), world.clock.utc()));
    world.identities.identities.credentials.push_back(
        credential(support::SoftAuthenticator(stepup::Algorithm::Es256, idOf(0x45)), "alice", "Lost key", filled(0xa1),
            world.clock.utc()));
    world.identities.identities.credentials.back().revokedAt = world.clock.utc();
    begin();
    world.clock.advance(10s);
    world.arm(world.ticket());
    const auto keys = listed();
    ASSERT_EQ(keys.size(), 3U) << "what was revoked is gone";
    EXPECT_EQ(keys[0].lastUsedAt, world.clock.utc());
    EXPECT_EQ(keys[2].name, "Old card's key");
    EXPECT_FALSE(keys[2].countsHere);
    EXPECT_EQ(kept(0).lastUsedAt, world.clock.utc()) << "written down";
}

TEST_F(KeysTest, NothingIsToldBeforeTheDeskHasSaidWhoAsks)
{
    world.point->connected(aliceFacts());
    EXPECT_TRUE(listed().empty());
    EXPECT_EQ(world.said().notice.refusal, "no-context");
    world.ask(removal(0x22));
    EXPECT_EQ(world.said().notice.refusal, "no-context");
}

TEST_F(KeysTest, TheQuestionGoesWithNoOtherTypeOfRequest)
{
    begin();
    world.say(stepup::KeysRequest{}, fix::UserRequestType::LogOn);
    EXPECT_EQ(world.said().notice.refusal, "malformed");
    EXPECT_FALSE(world.said().notice.keys);
}

TEST_F(KeysTest, AnotherKeyApprovesTheRemoval)
{
    begin();
    world.ask(removal(0x22));
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    EXPECT_EQ(world.said().notice.challenge->allowed, std::vector<stepup::CredentialId>{idOf(0x11)})
        << "not the one that is to go";
    EXPECT_FALSE(kept(1).revokedAt);
    world.touch();
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Allowed) << world.said().response.text;
    EXPECT_EQ(kept(1).revokedAt, world.clock.utc());
    EXPECT_TRUE(world.recorder.last(EventKind::KeyRevoked));
    EXPECT_EQ(listed().size(), 1U);
}

TEST_F(KeysTest, TheLastKeyStays)
{
    begin(false);
    world.ask(removal(0x11, "Blue key"));
    EXPECT_EQ(world.said().notice.refusal, "last-key");
    EXPECT_FALSE(world.said().notice.challenge);
    EXPECT_FALSE(kept(0).revokedAt);
}

TEST_F(KeysTest, TwoRemovalsAtOnceDoNotTakeBothKeys)
{
    // Asked for while both are there: the blue one is to approve that the red one goes, and the other way round.
    begin();
    world.ask(removal(0x22));
    const auto first = *world.said().notice.challenge;
    world.identities.identities.credentials[1].revokedAt = world.clock.utc(); // by an administrator meanwhile
    ++world.identities.mark;
    world.clock.advance(10s);
    world.point->tick();
    world.say(world.touched(first));
    EXPECT_EQ(world.said().notice.refusal, "not-entitled") << "there is nothing to remove any more";
    world.ask(removal(0x11, "Blue key"));
    EXPECT_EQ(world.said().notice.refusal, "last-key");
}

TEST_F(KeysTest, OneChangesOnesOwnKeysOnly)
{
    begin();
    world.ask(removal(0x33, "Bob's key"));
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    world.ask(stepup::RemoveKey{.user = "bob", .credential = idOf(0x33), .keyName = "Bob's key"});
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    world.ask(stepup::RenameKey{.user = "alice", .credential = idOf(0x33), .keyName = "Bob's key", .newName = "Mine"});
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    for (const auto& event : world.recorder.events)
        EXPECT_NE(event.kind, EventKind::KeyRevoked);
}

TEST_F(KeysTest, WhoMayNotManageKeysOnlyLooksAtThem)
{
    for (auto& [holder, entitlement] : world.identities.identities.users[0].entitlements)
        entitlement.activities.erase(zerotrust::Activity::ManageKeys);
    begin();
    world.ask(removal(0x22));
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    world.ask(
        stepup::RenameKey{.user = "alice", .credential = idOf(0x11), .keyName = "Blue key", .newName = "Travel key"});
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_EQ(listed().size(), 2U);
}

TEST_F(KeysTest, ThePersonReadsTheNameThatTheKeyHas)
{
    begin();
    world.ask(removal(0x22, "Some other name"));
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_FALSE(world.said().notice.challenge);
}

TEST_F(KeysTest, ATouchRenamesAKey)
{
    begin(false);
    world.ask(
        stepup::RenameKey{.user = "alice", .credential = idOf(0x11), .keyName = "Blue key", .newName = "Travel key"});
    EXPECT_EQ(kept(0).name, "Blue key") << "not before the touch";
    world.touch();
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Allowed) << world.said().response.text;
    EXPECT_EQ(kept(0).name, "Travel key");
    EXPECT_TRUE(world.recorder.last(EventKind::KeyRenamed));
    EXPECT_EQ(listed().front().name, "Travel key");
}

TEST_F(KeysTest, WhatCannotBeWrittenDownIsNotDone)
{
    begin();
    world.ask(removal(0x22));
    const auto asked = *world.said().notice.challenge;
    world.identities.isBroken = true;
    world.say(world.touched(asked));
    EXPECT_EQ(world.said().notice.refusal, "store-failed");
    world.identities.isBroken = false;
    EXPECT_EQ(listed().size(), 2U);
}

}
