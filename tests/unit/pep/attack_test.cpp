#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

namespace {

/// A session that needs a touch.
class AStepUp : public testing::Test {
protected:
    void SetUp() override
    {
        world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
        ++world.identities.mark;
        world.point->connected(aliceFacts());
        world.state();
        ASSERT_TRUE(world.said().notice.challenge);
        challenge = *world.said().notice.challenge;
    }
    void expectRefused(const char* refusal)
    {
        EXPECT_EQ(world.said().notice.refusal, refusal);
        EXPECT_EQ(world.said().response.status, fix::UserStatus::Refused);
        EXPECT_NE(world.point->standing(Client), Standing::Allowed);
        const Event* event = world.recorder.last(EventKind::StepUpRefused);
        ASSERT_TRUE(event);
        EXPECT_EQ(event->reference, world.said().notice.reference);
        EXPECT_FALSE(world.point->authorise(Client, order()));
    }

    PepWorld world;
    stepup::Challenge challenge;
};

TEST_F(AStepUp, IsNotAnsweredTwice)
{
    const auto answer = world.touched(challenge);
    world.say(answer);
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.say(answer);
    const Event* event = world.recorder.last(EventKind::StepUpRefused);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->fields[0], (EventField{"refusal", "challenge-unknown"}));
    EXPECT_EQ(event->severity, Severity::Warning);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted) << "a replay owes a touch";
}

TEST_F(AStepUp, IsNotAnsweredTooLate)
{
    const auto answer = world.touched(challenge);
    world.clock.advance(60s);
    world.say(answer);
    expectRefused("challenge-expired");
}

TEST_F(AStepUp, IsNotAnsweredByAKeyThatIsNotEnrolled)
{
    world.key = support::SoftAuthenticator(stepup::Algorithm::Es256, idOf(0x22));
    world.say(world.touched(challenge));
    expectRefused("credential-not-allowed");
}

TEST_F(AStepUp, IsNotAnsweredWithAnAssertionOfAnotherConnection)
{
    world.binding = filled(0xcc);
    world.say(world.touched(challenge));
    expectRefused("signature-wrong");
}

TEST_F(AStepUp, DiesWithItsConnection)
{
    const auto answer = world.touched(challenge);
    world.point->connected(aliceFacts());
    world.state();
    world.say(answer);
    expectRefused("challenge-unknown");
}

TEST_F(AStepUp, IsNotAnsweredOnTheSessionOfAnother)
{
    const auto answer = world.touched(challenge);
    UserRecord bob = aliceRecord();
    bob.user = stepup::UserId("bob");
    bob.certificates[0].fingerprint = filled(0xb0);
    world.identities.identities.users.push_back(bob);
    ++world.identities.mark;
    ConnectionFacts facts = aliceFacts();
    facts.session = rfq::SessionId("bob-client");
    facts.user = bob.user;
    facts.certificate = filled(0xb0);
    facts.deskCompId = "BOBDESK";
    world.point->connected(facts);
    world.point->receive(facts.session,
        fix::encode(fix::UserRequest{.id = "D-1",
            .type = fix::UserRequestType::LogOn,
            .username = "bob",
            .payload = *stepup::payloadText(stepup::DeskPayload(answer))}));
    EXPECT_EQ(world.said().notice.refusal, "challenge-of-other-user");
    EXPECT_NE(world.point->standing(facts.session), Standing::Allowed);
}

TEST_F(AStepUp, IsNotAnsweredForAnotherAction)
{
    stepup::Challenge other = challenge;
    other.action = *stepup::actionDigest(stepup::OpenSession{.venue = "ELSEWHERE", .user = "alice"});
    world.say(world.touched(other));
    expectRefused("signature-wrong");
}

TEST_F(AStepUp, WithACounterThatDoesNotRiseLocksThePerson)
{
    world.say(world.touched(challenge));
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.ask(world.ticket());
    world.counter = 0; // the clone does not know how far the key is
    world.touch();
    EXPECT_EQ(world.recorder.last(EventKind::StepUpRefused)->severity, Severity::Alert);
    EXPECT_TRUE(world.recorder.last(EventKind::UserLocked));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_FALSE(world.identities.identities.users[0].lockedWhy.empty()) << "written down";
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
}

TEST_F(AStepUp, ThatFailsTooOftenClosesTheSessionAndDelaysTheNext)
{
    for (int i = 0; i < 12 && world.point->standing(Client) != Standing::Closed; ++i) {
        world.say(fix::UserRequestType::Status);
        const auto asked = world.said().notice.challenge;
        auto answer = world.touched(asked.value_or(challenge));
        answer.assertion.signature[8] ^= 1U;
        world.say(answer);
    }
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_TRUE(world.recorder.last(EventKind::SessionClosed));
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "at once";
    world.clock.advance(1s * 3600);
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting) << "not for good";
}

TEST(Lockout, CannotBeUsedToLockOutAVictim)
{
    PepWorld world;
    UserRecord mallory = aliceRecord();
    mallory.user = stepup::UserId("mallory");
    mallory.certificates[0].fingerprint = filled(0xbd);
    world.identities.identities.users.push_back(mallory);
    ++world.identities.mark;
    // A stolen name under another certificate, ten thousand times.
    ConnectionFacts facts = aliceFacts("192.0.2.66:1");
    facts.certificate = filled(0xbd);
    for (int i = 0; i < 10'000; ++i)
        world.point->connected(facts);
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
}

TEST(Lockout, OfACertificateIsWrittenDownAndUndone)
{
    PepWorld world;
    ConnectionFacts facts = aliceFacts();
    facts.user = stepup::UserId("nobody");
    for (int i = 0; i < 20 && !world.recorder.last(EventKind::CertificateLocked); ++i) {
        world.clock.advance(900s);
        world.point->connected(facts);
    }
    ASSERT_TRUE(world.recorder.last(EventKind::CertificateLocked));
    EXPECT_FALSE(world.identities.identities.users[0].certificates[0].lockedWhy.empty());
    world.clock.advance(1s * 7200);
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    world.identities.identities.users[0].certificates[0].lockedWhy.clear();
    ++world.identities.mark;
    world.clock.advance(10s);
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
}

TEST(Lockout, OfACertificateEndsWhatIsOpenWithIt)
{
    PepWorld world;
    world.open();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    // Names of others, tried over a session that is open.
    for (int i = 0; i < 20 && !world.recorder.last(EventKind::CertificateLocked); ++i) {
        world.clock.advance(900s);
        world.say(fix::UserRequestType::Status, {}, "bob");
    }
    ASSERT_TRUE(world.recorder.last(EventKind::CertificateLocked));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.said().notice.refusal, "other-user") << "the last one is answered before";
}

TEST(AccessRequest, IsOnlyForWhatADeskMayAskFor)
{
    PepWorld world;
    world.open();
    for (const stepup::Action& action : {stepup::Action(stepup::OpenSession{.venue = "VENUE", .user = "alice"}),
             stepup::Action(stepup::ChangeSettings{.changes = {{.name = "a", .before = "1", .after = "2"}}}),
             stepup::Action(stepup::EnrolKey{.user = "bob", .keyName = "Red key"})}) {
        world.ask(action);
        EXPECT_EQ(world.said().notice.refusal, "not-entitled");
        EXPECT_FALSE(world.said().notice.challenge);
    }
    for (int i = 0; i < 6; ++i)
        world.ask(world.ticket());
    EXPECT_EQ(world.said().notice.refusal, "too-many-challenges");
}

TEST(Enrolment, OfASecondKeyNeedsATouchOnTheFirst)
{
    PepWorld world;
    support::AttestationCa maker(world.clock.utc());
    world.keys.roots = *stepup::AttestationRoots::fromPem(maker.rootPem());
    world.open();
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    const auto first = *world.said().notice.challenge;
    EXPECT_EQ(first.allowed, std::vector<stepup::CredentialId>{world.key.id()}) << "the enrolled key has to approve it";

    // The new key says so itself: that does not count.
    const support::SoftAuthenticator red(stepup::Algorithm::Es256, idOf(0x55));
    support::AttestationOptions certificate;
    certificate.model = Model;
    support::RegistrationOptions options;
    options.rpId = RpId;
    options.model = Model;
    const auto registrationFor = [&](const stepup::Challenge& challenge) {
        return stepup::NewKey{.challenge = challenge.bytes,
            .registration = red.registration(
                *stepup::clientDataHash(world.clientData(challenge)), options, maker.issue(certificate))};
    };
    world.say(registrationFor(first));
    EXPECT_EQ(world.said().notice.refusal, "challenge-of-other-purpose");
    EXPECT_EQ(world.identities.identities.credentials.size(), 1U);

    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    world.touch();
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    const auto second = *world.said().notice.challenge;
    EXPECT_TRUE(second.allowed.empty());
    EXPECT_EQ(second.action, first.action);
    world.say(registrationFor(second));
    ASSERT_EQ(world.identities.identities.credentials.size(), 2U) << world.said().response.text;
    EXPECT_EQ(world.identities.identities.credentials[1].name, "Red key");
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(Enrolment, ThatIsNoLongerPermittedAfterTheTouchIsRefused)
{
    PepWorld world;
    world.open();
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    ASSERT_TRUE(world.said().notice.challenge);
    const auto answer = world.touched(*world.said().notice.challenge);
    world.identities.identities.users[0].entitlements[{"alice", "default"}].activities = {zerotrust::Activity::View};
    ++world.identities.mark;
    world.clock.advance(5s);
    world.point->tick();
    world.say(answer);
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_FALSE(world.said().notice.challenge);
    EXPECT_TRUE(world.recorder.last(EventKind::EnrolmentRefused));
}

TEST(Enrolment, ANewNameIsTakenOverByARunningPoint)
{
    PepWorld world;
    world.open();
    world.identities.identities.credentials[0].name = "Key of the safe";
    ++world.identities.mark;
    world.clock.advance(5s);
    world.point->tick();
    world.ask(world.ticket());
    const auto challenge = *world.said().notice.challenge;
    auto data = world.clientData(challenge);
    data.seq += 1;
    world.say(stepup::ChallengeAnswer{.challenge = challenge.bytes,
        .assertion = world.key.assertion(
            *stepup::clientDataHash(data), {.rpId = RpId, .signCount = ++world.counter, .tail = {}})});
    EXPECT_NE(world.said().response.text.find("Key of the safe"), std::string::npos) << world.said().response.text;
}

TEST(Enrolment, OfAFirstKeyNeedsPermissionAndHardware)
{
    PepWorld world;
    support::AttestationCa maker(world.clock.utc());
    world.keys.roots = *stepup::AttestationRoots::fromPem(maker.rootPem());
    world.identities.identities.credentials.clear();
    world.identities.identities.users[0].enrolUntil = world.clock.utc() + 1s * 3600;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    // Another point: keys that were known once are never forgotten by a running one.
    auto opened = EnforcementPoint::open(PepWorld::settings(), policy(), world.keys,
        {.clock = world.clock,
            .random = world.random,
            .sessions = world.sessions,
            .recorder = world.recorder,
            .identities = world.identities});
    ASSERT_TRUE(opened);
    world.point = *std::move(opened);
    world.point->connected(aliceFacts());
    world.state();
    EXPECT_EQ(world.said().notice.refusal, "no-credential");
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "A second first one"});
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    const auto twin = *world.said().notice.challenge;
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    const auto challenge = *world.said().notice.challenge;

    const support::SoftAuthenticator red(stepup::Algorithm::Es256, idOf(0x55));
    support::AttestationOptions certificate;
    certificate.model = Model;
    support::RegistrationOptions options;
    options.rpId = RpId;
    options.model = Model;
    const auto hash = *stepup::clientDataHash(world.clientData(challenge));
    world.say(stepup::NewKey{
        .challenge = challenge.bytes, .registration = red.registration(hash, options, maker.issue(certificate))});
    ASSERT_EQ(world.identities.identities.credentials.size(), 1U) << world.said().response.text;
    EXPECT_EQ(world.identities.identities.credentials[0].name, "Red key");
    EXPECT_TRUE(world.recorder.last(EventKind::KeyEnrolled));
    EXPECT_TRUE(world.said().notice.challenge) << "with this key the touch that is owed is asked for";
    const support::SoftAuthenticator other(stepup::Algorithm::Es256, idOf(0x66));
    world.say(stepup::NewKey{.challenge = twin.bytes,
        .registration =
            other.registration(*stepup::clientDataHash(world.clientData(twin)), options, maker.issue(certificate))});
    EXPECT_EQ(world.said().notice.refusal, "challenge-unknown");
    EXPECT_EQ(world.identities.identities.credentials.size(), 1U) << "one permission, one key";
    // The permission was for one key: the next one needs the word of the first.
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Another"});
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    EXPECT_EQ(world.said().notice.challenge->allowed, std::vector<stepup::CredentialId>{red.id()});
}

TEST(Enrolment, OfAFirstKeyWithoutPermissionIsRefused)
{
    PepWorld world;
    world.open();
    world.identities.identities.credentials[0].revokedAt = world.clock.utc();
    ++world.identities.mark;
    world.clock.advance(5s);
    world.point->tick();
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_FALSE(world.said().notice.challenge);
}

TEST(Enrolment, WithoutAttestationIsRefused)
{
    PepWorld world;
    world.open();
    world.identities.identities.users[0].enrolUntil = world.clock.utc() + 1s * 3600;
    world.identities.identities.credentials[0].revokedAt = world.clock.utc();
    ++world.identities.mark;
    world.clock.advance(5s);
    world.point->tick();
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    const auto challenge = *world.said().notice.challenge;
    support::AttestationCa stranger(world.clock.utc());
    support::AttestationOptions certificate;
    certificate.model = Model;
    support::RegistrationOptions options;
    options.rpId = RpId;
    options.model = Model;
    const support::SoftAuthenticator red(stepup::Algorithm::Es256, idOf(0x55));
    world.say(stepup::NewKey{.challenge = challenge.bytes,
        .registration = red.registration(
            *stepup::clientDataHash(world.clientData(challenge)), options, stranger.issue(certificate))});
    EXPECT_EQ(world.said().notice.refusal, "attestation-untrusted");
    EXPECT_TRUE(world.recorder.last(EventKind::EnrolmentRefused));
    EXPECT_EQ(world.identities.identities.credentials.size(), 1U);
}

}
