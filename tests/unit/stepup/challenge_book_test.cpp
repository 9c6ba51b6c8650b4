#include "tests/unit/stepup/stepup_world.h"

using namespace stepup_test;
using namespace std::chrono_literals;
using base::Errc;

namespace {

class BrokenRandom final : public RandomSource {
public:
    bool fill(std::span<std::uint8_t>) override { return false; }
};

class AChallengeBook : public testing::Test {
protected:
    base::Result<Challenge> issue(const std::string& user, const std::string& session = "DESK>VENUE")
    {
        Peer peer = alice();
        peer.user = UserId(user);
        peer.session = session;
        return m_book.issue(peer, ticket(), "why", {idOf(1)});
    }
    [[nodiscard]] static Errc codeOf(const base::Result<Challenge>& result)
    {
        return result ? Errc::Internal : result.error().code;
    }

    support::FakeClock m_clock;
    SystemRandom m_random;
    ChallengeBook m_book{m_clock, m_random, {.life = 60s, .perCertificate = 2, .total = 3}};
};

TEST_F(AChallengeBook, SaysEverythingThatThePersonMustSee)
{
    const auto challenge = m_book.issue(alice(), ticket(), "first deal of the day", {idOf(1), idOf(2)});
    ASSERT_TRUE(challenge);
    EXPECT_EQ(challenge->scope, Scope::Ticket);
    EXPECT_EQ(challenge->reason, "first deal of the day");
    EXPECT_EQ(challenge->action, *actionDigest(ticket()));
    EXPECT_EQ(challenge->displayLines, *displayLines(ticket()));
    EXPECT_EQ(challenge->expires, m_clock.utc() + 60s);
    EXPECT_EQ(challenge->allowed, (std::vector{idOf(1), idOf(2)}));
    EXPECT_EQ(challenge->seq, 1U);
    EXPECT_EQ(issue("bob")->seq, 2U);
}

TEST_F(AChallengeBook, NeverIssuesTheSameChallenge)
{
    const auto first = issue("alice");
    const auto second = issue("alice");
    EXPECT_NE(first->bytes, second->bytes);
    EXPECT_NE(first->bytes, Digest{});
}

TEST_F(AChallengeBook, GivesAChallengeOutOnce)
{
    const auto challenge = issue("alice");
    const auto taken = m_book.take(challenge->bytes);
    ASSERT_TRUE(std::holds_alternative<IssuedChallenge>(taken));
    EXPECT_EQ(std::get<IssuedChallenge>(taken).challenge, *challenge);
    EXPECT_EQ(std::get<IssuedChallenge>(taken).action, Action(ticket()));
    EXPECT_EQ(std::get<ChallengeBook::Absence>(m_book.take(challenge->bytes)), ChallengeBook::Absence::Unknown);
    EXPECT_EQ(std::get<ChallengeBook::Absence>(m_book.take(ByteView(challenge->bytes).first(31))),
        ChallengeBook::Absence::Unknown);
}

TEST_F(AChallengeBook, RemovesWhatHasExpiredWhenItIsTaken)
{
    const auto challenge = issue("alice");
    m_clock.advance(60s);
    EXPECT_EQ(std::get<ChallengeBook::Absence>(m_book.take(challenge->bytes)), ChallengeBook::Absence::Expired);
    EXPECT_EQ(std::get<ChallengeBook::Absence>(m_book.take(challenge->bytes)), ChallengeBook::Absence::Unknown);
}

TEST_F(AChallengeBook, HasRoomForSoManyOfAPersonAndOfAll)
{
    EXPECT_TRUE(issue("alice"));
    EXPECT_TRUE(issue("alice"));
    EXPECT_EQ(codeOf(issue("alice")), Errc::LimitExceeded);
    EXPECT_TRUE(issue("bob"));
    EXPECT_EQ(codeOf(issue("carol")), Errc::LimitExceeded);
    m_clock.advance(60s);
    EXPECT_TRUE(issue("alice"));
    EXPECT_EQ(m_book.open(), 1U);
}

TEST_F(AChallengeBook, HasRoomForEachCertificateOfAPerson)
{
    Peer other = alice();
    other.certificate = filled(0xa2);
    EXPECT_TRUE(m_book.issue(other, ticket(), "why", {idOf(1)}));
    EXPECT_TRUE(m_book.issue(other, ticket(), "why", {idOf(1)}));
    EXPECT_EQ(codeOf(m_book.issue(other, ticket(), "why", {idOf(1)})), Errc::LimitExceeded);
    EXPECT_TRUE(m_book.issue(alice(), ticket(), "why", {idOf(1)})) << "what is open with another one is not theirs";
}

TEST_F(AChallengeBook, ForgetsASessionThatIsOver)
{
    const auto gone = issue("alice", "A>VENUE");
    const auto kept = issue("alice", "B>VENUE");
    m_book.forget("A>VENUE");
    EXPECT_EQ(m_book.open(), 1U);
    EXPECT_EQ(std::get<ChallengeBook::Absence>(m_book.take(gone->bytes)), ChallengeBook::Absence::Unknown);
    EXPECT_TRUE(std::holds_alternative<IssuedChallenge>(m_book.take(kept->bytes)));
}

TEST_F(AChallengeBook, ForgetsWhatAPersonWasAskedForOnePurposeOnly)
{
    const Peer bob{
        .user = UserId("bob"), .certificate = filled(0xb1), .channelBinding = filled(0xcc), .session = "BOB>VENUE"};
    const EnrolKey key{.user = "alice", .keyName = "k"};
    const auto gone = m_book.issue(alice(), key, "why", {});
    const auto ticketOfAlice = m_book.issue(alice(), ticket(), "why", {idOf(1)});
    const auto keyOfBob = m_book.issue(bob, EnrolKey{.user = "bob", .keyName = "k"}, "why", {});
    m_book.forget(UserId("alice"), Scope::Enrolment);
    EXPECT_TRUE(std::holds_alternative<ChallengeBook::Absence>(m_book.take(gone->bytes)));
    EXPECT_TRUE(std::holds_alternative<IssuedChallenge>(m_book.take(ticketOfAlice->bytes)));
    EXPECT_TRUE(std::holds_alternative<IssuedChallenge>(m_book.take(keyOfBob->bytes)));
}

TEST_F(AChallengeBook, AsksNothingThatCannotBeAnsweredOrRead)
{
    EXPECT_EQ(codeOf(m_book.issue(alice(), ticket(), "why", {})), Errc::InvalidInput);
    EXPECT_EQ(codeOf(m_book.issue(alice(), ticket(), "", {idOf(1)})), Errc::InvalidInput);
    EXPECT_EQ(codeOf(m_book.issue(alice(), ChangeSettings{}, "why", {idOf(1)})), Errc::InvalidInput);
    Peer odd = alice();
    odd.session = "\xff";
    EXPECT_EQ(codeOf(m_book.issue(odd, ticket(), "why", {idOf(1)})), Errc::InvalidInput);
    EXPECT_TRUE(m_book.issue(alice(), EnrolKey{.user = "alice", .keyName = "k"}, "why", {}));
}

TEST_F(AChallengeBook, WithoutRandomBytesIssuesNothing)
{
    BrokenRandom broken;
    ChallengeBook book(m_clock, broken);
    EXPECT_EQ(codeOf(book.issue(alice(), ticket(), "why", {idOf(1)})), Errc::Internal);
    EXPECT_EQ(book.open(), 0U);
}

TEST(ACredentialRegistry, KeepsRevokedKeysAndTheirIds)
{
    World world;
    auto& registry = world.registry;
    const auto id = world.key.id();
    EXPECT_EQ(registry.usable(UserId("alice"), alice().certificate), (std::vector<CredentialId>{id}));
    EXPECT_TRUE(registry.usable(UserId("alice"), filled(1)).empty());
    EXPECT_TRUE(registry.usable(UserId("bob"), alice().certificate).empty());

    EXPECT_TRUE(registry.rename(id, "Green key"));
    EXPECT_FALSE(registry.rename(id, "Green\nkey"));
    EXPECT_EQ(registry.find(id)->name, "Green key");
    EXPECT_TRUE(registry.revoke(id, at(9, 0)));
    EXPECT_TRUE(registry.revoke(id, at(10, 0)));
    EXPECT_EQ(registry.of(UserId("alice")).front().revokedAt, at(9, 0));
    EXPECT_TRUE(registry.usable(UserId("alice"), alice().certificate).empty());
    EXPECT_EQ(registry.add(*registry.find(id)).error().code, Errc::Duplicate);

    EXPECT_EQ(registry.revoke(idOf(9), at(9, 0)).error().code, Errc::NotFound);
    EXPECT_EQ(registry.rename(idOf(9), "x").error().code, Errc::NotFound);
    EXPECT_EQ(registry.noteCounter(idOf(9), 1).error().code, Errc::NotFound);
}

TEST(ACredentialRegistry, TakesSixteenKeysOfEachPerson)
{
    CredentialRegistry registry;
    const auto keyOf = [](const char* user, std::uint8_t id) {
        return Credential{.id = idOf(id),
            .coseKey = {},
            .algorithm = Algorithm::Es256,
            .aaguid = Model,
            .signCount = 0,
            .user = UserId(user),
            .certificate = filled(0xa1),
            .name = "key",
            .enrolledAt = at(8, 0),
            .revokedAt = std::nullopt};
    };
    for (std::uint8_t id = 0; id < 16; ++id)
        ASSERT_TRUE(registry.add(keyOf("alice", id)));
    EXPECT_EQ(registry.add(keyOf("alice", 16)).error().code, Errc::LimitExceeded);
    EXPECT_TRUE(registry.add(keyOf("bob", 17))) << "somebody else's do not count";
    ASSERT_TRUE(registry.revoke(idOf(3), at(9, 0)));
    EXPECT_TRUE(registry.add(keyOf("alice", 16))) << "a revoked one does not count";
}

TEST(ACredentialRegistry, BindsToTheNextCertificateWhatWasBoundToTheLastOne)
{
    World world;
    auto other = *world.registry.find(world.key.id());
    other.id = idOf(0x44);
    other.certificate = filled(0xa9);
    ASSERT_TRUE(world.registry.add(other));
    auto bobs = other;
    bobs.id = idOf(0x45);
    bobs.user = UserId("bob");
    bobs.certificate = alice().certificate;
    ASSERT_TRUE(world.registry.add(bobs));
    world.registry.rebind(UserId("alice"), alice().certificate, filled(0xa2));
    EXPECT_EQ(world.registry.find(world.key.id())->certificate, filled(0xa2));
    EXPECT_EQ(world.registry.find(idOf(0x44))->certificate, filled(0xa9));
    EXPECT_EQ(world.registry.find(idOf(0x45))->certificate, alice().certificate);
}

}
