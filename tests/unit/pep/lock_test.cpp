#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

/// A lock holds from the moment at which it is pronounced, whatever becomes of the disk.
namespace {

const char* const Why = "a security key may have been cloned: its counter did not rise";

/// A session whose security key was cloned, and a store that writes nothing down.
void cloneTheKey(PepWorld& world)
{
    world.open();
    world.arm(world.ticket());
    world.ask(world.ticket());
    const auto challenge = *world.said().notice.challenge;
    world.counter = 0;
    world.identities.isBroken = true;
    world.say(world.touched(challenge));
}

void comeAgain(PepWorld& world)
{
    world.point->disconnected(Client);
    world.point->connected(aliceFacts());
}

TEST(ALockThatCannotBeWritten, HoldsAllTheSame)
{
    PepWorld world;
    cloneTheKey(world);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(field(world.recorder.last(EventKind::UserLocked), "why"), Why);
    const Event* failed = world.recorder.last(EventKind::StoreFailed);
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->severity, Severity::Alert);
    EXPECT_NE(field(failed, "why").find("the disk is full"), std::string::npos);
    EXPECT_TRUE(world.identities.identities.users[0].lockedWhy.empty());
    comeAgain(world);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(
        field(world.recorder.last(EventKind::ConnectionRefused), "why"), std::string("this person is locked: ") + Why);
}

TEST(ALockThatCannotBeWritten, HoldsOverWhatOthersChange)
{
    PepWorld world;
    cloneTheKey(world);
    changeStore(world);
    comeAgain(world);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
}

TEST(ALockThatCannotBeWritten, IsWrittenOnceThatCanBeDone)
{
    PepWorld world;
    cloneTheKey(world);
    world.clock.advance(PepWorld::settings().identityRefresh);
    world.point->tick();
    EXPECT_TRUE(world.identities.identities.users[0].lockedWhy.empty());
    world.identities.isBroken = false;
    world.clock.advance(PepWorld::settings().identityRefresh);
    world.point->tick();
    EXPECT_EQ(world.identities.identities.users[0].lockedWhy, Why);
    const Event* told = world.recorder.last(EventKind::UserLocked);
    EXPECT_EQ(told->severity, Severity::Notice);
    EXPECT_EQ(told->user.text(), "alice");
    // From now on the store has the word: an officer has unlocked them.
    world.identities.identities.users[0].lockedWhy.clear();
    changeStore(world);
    comeAgain(world);
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
}

TEST(ALockOfACertificate, ThatIsNobodysEndsWhenSomebodyIsRegisteredWithIt)
{
    PepWorld world;
    ConnectionFacts early = aliceFacts();
    early.certificate = filled(0xa2);
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(world.point->admission(early));
        world.clock.advance(900s);
    }
    EXPECT_TRUE(world.recorder.last(EventKind::CertificateLocked));
    EXPECT_EQ(world.recorder.last(EventKind::StoreFailed), nullptr) << "there is nothing to write it into";
    EXPECT_TRUE(world.point->admission(early));
    EXPECT_EQ(field(world.recorder.last(EventKind::ConnectionRefused), "why"),
        "this certificate is locked after too many failures");
    world.identities.identities.users.front().certificates.push_back(
        {.fingerprint = filled(0xa2), .key = KeyHome::Hardware});
    changeStore(world);
    EXPECT_FALSE(world.point->admission(early)) << "two officers have registered it";
    EXPECT_TRUE(world.identities.identities.users.front().certificates.back().lockedWhy.empty());
}

TEST(ALockThatCannotBeWritten, OfACertificateHoldsAndIsWrittenToo)
{
    PepWorld world(with(after(RuleTrigger::ReplayedAssertion, RuleScope::Certificate, 1, RuleAction::Lock)));
    world.open();
    world.ask(world.ticket());
    const auto answer = world.touched(*world.said().notice.challenge);
    world.say(answer);
    world.identities.isBroken = true;
    world.say(answer);
    ASSERT_TRUE(world.recorder.last(EventKind::CertificateLocked));
    EXPECT_TRUE(world.recorder.last(EventKind::StoreFailed));
    changeStore(world);
    comeAgain(world);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "nobody has unlocked it";
    world.identities.isBroken = false;
    changeStore(world);
    EXPECT_FALSE(world.identities.identities.users[0].certificates[0].lockedWhy.empty());
    EXPECT_EQ(world.recorder.last(EventKind::CertificateLocked)->severity, Severity::Notice);
    EXPECT_EQ(world.recorder.last(EventKind::CertificateLocked)->user.text(), "alice");
}

}
