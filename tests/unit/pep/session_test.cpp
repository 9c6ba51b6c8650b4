#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

namespace {

fix::WireMessage report()
{
    fix::WireMessage message = messageOf("8");
    message.add(fix::tag::ExecId, "E-1");
    return message;
}

TEST(EnforcementPoint, LetsNothingPassBeforeItHasAllowed)
{
    PepWorld world;
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest())) << "nobody is connected";
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
    for (const auto& message : {quoteRequest(), order(), messageOf("AF")}) {
        ASSERT_FALSE(world.point->authorise(Client, message)) << message.type;
        EXPECT_EQ(world.sessions.sent.back().type, "j");
    }
    EXPECT_FALSE(world.point->maySend(Client, report()));
    EXPECT_EQ(world.sessions.timesOpened, 0);
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(world.sessions.timesOpened, 1);
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(world.point->maySend(Client, report()));
}

TEST(EnforcementPoint, SaysWhatItDecidedLineByLine)
{
    PepWorld world;
    world.point->connected(aliceFacts("192.0.2.7:40000"));
    world.state();
    const Said said = world.said();
    EXPECT_EQ(said.response.id, "D-1");
    EXPECT_EQ(said.response.status, fix::UserStatus::Allowed);
    EXPECT_EQ(said.notice.outcome, AccessOutcome::Allow);
    EXPECT_EQ(said.notice.score, 15) << "unknown network, managed device, hardware token";
    EXPECT_EQ(said.notice.stepUpFrom, 20);
    EXPECT_EQ(said.notice.denyFrom, 40);
    ASSERT_EQ(said.notice.lines.size(), 3U) << "transaction-size is about actions";
    EXPECT_EQ(said.notice.lines[1].condition, "unknown");
    EXPECT_FALSE(said.notice.reference.empty());
    const Event* event = world.recorder.last(EventKind::SessionDecided);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->reference, said.notice.reference);
    EXPECT_EQ(event->address, "192.0.2.7:40000");
}

TEST(EnforcementPoint, AsksForATouchAndOpensAfterIt)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    const Said asked = world.said();
    EXPECT_EQ(asked.response.status, fix::UserStatus::StepUpNeeded);
    EXPECT_EQ(asked.notice.outcome, AccessOutcome::StepUp);
    EXPECT_EQ(asked.notice.score, 25);
    ASSERT_TRUE(asked.notice.challenge);
    EXPECT_EQ(
        asked.notice.challenge->action, *stepup::actionDigest(stepup::OpenSession{.venue = "VENUE", .user = "alice"}));
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    world.say(world.touched(*asked.notice.challenge));
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Allowed);
    EXPECT_EQ(world.sessions.timesOpened, 1);
    EXPECT_EQ(world.identities.identities.credentials[0].signCount, 1U) << "written down";
    EXPECT_TRUE(world.recorder.last(EventKind::StepUpApproved));
}

TEST(EnforcementPoint, ATouchThatCannotBeWrittenDownDoesNotCount)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    world.identities.isBroken = true;
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    EXPECT_EQ(world.said().notice.refusal, "store-failed");
    EXPECT_TRUE(world.recorder.last(EventKind::StoreFailed));
}

TEST(EnforcementPoint, DeniesRaisesAnAlertAndLogsOut)
{
    PepWorld world;
    world.point->connected(aliceFacts());
    world.state({{"alarm", "yes"}});
    EXPECT_EQ(world.said().notice.outcome, AccessOutcome::Deny);
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Refused);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.sessions.loggedOut.size(), 1U);
    EXPECT_NE(world.sessions.lastText.find(world.said().notice.reference), std::string::npos);
    EXPECT_EQ(world.recorder.last(EventKind::SessionDecided)->severity, Severity::Alert);
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "the connection is over";
    EXPECT_EQ(world.sessions.timesOpened, 0);
}

TEST(EnforcementPoint, WhatTheDeskClaimsTakesNothingAway)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts("192.0.2.7:1"));
    world.state({{"device", "managed"}, {"network", "known"}});
    EXPECT_EQ(world.said().notice.score, 40);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
}

struct Stranger {
    const char* what;
    void (*change)(PepWorld& world, ConnectionFacts& facts);
};

TEST(EnforcementPoint, RefusesStrangersBeforeAnythingElse)
{
    const Stranger strangers[] = {
        {"no TLS 1.3", [](PepWorld&, ConnectionFacts& facts) { facts.channelBinding.reset(); }},
        {"unknown person", [](PepWorld&, ConnectionFacts& facts) { facts.user = stepup::UserId("mallory"); }},
        {"certificate of somebody else", [](PepWorld&, ConnectionFacts& facts) { facts.certificate = filled(0xbb); }},
        {"revoked person",
            [](PepWorld& world, ConnectionFacts&) {
                world.identities.identities.users[0].revokedAt = world.clock.utc();
            }},
        {"locked person",
            [](PepWorld& world, ConnectionFacts&) { world.identities.identities.users[0].lockedWhy = "lost laptop"; }},
        {"revoked certificate",
            [](PepWorld& world, ConnectionFacts&) {
                world.identities.identities.users[0].certificates[0].revokedAt = world.clock.utc();
            }},
    };
    for (const auto& stranger : strangers) {
        PepWorld world;
        ConnectionFacts facts = aliceFacts();
        stranger.change(world, facts);
        ++world.identities.mark;
        world.point->connected(facts);
        EXPECT_EQ(world.point->standing(Client), Standing::Closed) << stranger.what;
        EXPECT_EQ(world.sessions.loggedOut.size(), 1U) << stranger.what;
        const Event* event = world.recorder.last(EventKind::ConnectionRefused);
        ASSERT_TRUE(event) << stranger.what;
        EXPECT_NE(world.sessions.lastText.find(event->reference), std::string::npos);
        world.state();
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest())) << stranger.what;
        EXPECT_EQ(world.sessions.timesOpened, 0) << stranger.what;
    }
}

TEST(EnforcementPoint, EntitlementsOfAnotherSegmentAreNothing)
{
    auto settings = PepWorld::settings();
    settings.segment = "asia";
    PepWorld world(settings);
    world.open();
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(world.recorder.last(EventKind::EntitlementMissing));
}

TEST(EnforcementPoint, TheUserIsTheOneOfTheCertificate)
{
    PepWorld world;
    world.point->connected(aliceFacts());
    world.say(fix::UserRequestType::LogOn,
        *stepup::payloadText(stepup::DeskPayload(stepup::ContextStatement{.program = "x", .posture = {}})), "bob");
    EXPECT_EQ(world.said().response.status, fix::UserStatus::NotRecognised);
    EXPECT_EQ(world.said().notice.refusal, "other-user");
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
}

TEST(EnforcementPoint, JudgesNothingThatTheTrailCouldNotReplay)
{
    PepWorld world;
    world.open();
    const auto reference = world.recorder.last(EventKind::SessionDecided)->reference;
    const auto postureOf = [](std::size_t last) {
        std::vector<stepup::PostureItem> posture;
        for (char name = 'a'; name < 'g'; ++name)
            posture.push_back({std::string(1, name), std::string(name == 'f' ? last : 220, 'x')});
        return posture;
    };
    constexpr std::size_t Full = 1'400 - 7 - 5 * (11 + 1 + 220) - 11 - 1;
    world.state(postureOf(Full + 1));
    EXPECT_EQ(world.said().notice.refusal, "malformed");
    EXPECT_EQ(world.recorder.last(EventKind::SessionDecided)->reference, reference) << "nothing was decided by it";
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed) << "what was said before stands";
    world.state(postureOf(Full));
    const std::string signals = field(world.recorder.last(EventKind::SessionDecided), "signals");
    EXPECT_LE(signals.size(), 2'048U) << "the longest value that a trail holds";
    const auto replayed = zerotrust::parseSignals(signals);
    ASSERT_TRUE(replayed);
    EXPECT_NE(signals.find("reported:f="), std::string::npos);
    auto escaped = postureOf(Full);
    escaped.front().value = std::string(220, '|');
    world.state(escaped);
    EXPECT_EQ(world.said().notice.refusal, "malformed") << "each counts three times";
}

TEST(EnforcementPoint, RefusesWhatItCannotRead)
{
    PepWorld world;
    world.point->connected(aliceFacts());
    world.say(fix::UserRequestType::LogOn, "!!!");
    EXPECT_EQ(world.said().notice.refusal, "malformed");
    world.say(fix::UserRequestType::LogOn);
    EXPECT_EQ(world.said().notice.refusal, "malformed");
    world.say(stepup::ContextStatement{.program = "x", .posture = {}}, fix::UserRequestType::Status);
    EXPECT_EQ(world.said().notice.refusal, "malformed");
    world.say(fix::UserRequestType::Status);
    EXPECT_EQ(world.said().notice.refusal, "no-context");
    world.point->receive(Client, messageOf("BE"));
    EXPECT_EQ(world.sessions.sent.back().type, "j");
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
}

TEST(EnforcementPoint, ADeskThatSaysNothingIsLoggedOut)
{
    PepWorld world;
    world.point->connected(aliceFacts());
    ASSERT_TRUE(world.point->nextDue());
    world.clock.advance(29s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Awaiting);
    world.clock.advance(1s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
}

TEST(EnforcementPoint, ATouchThatDoesNotComeEndsTheSession)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    for (int i = 0; i < 17; ++i) {
        world.clock.advance(10s);
        world.point->tick();
        world.say(fix::UserRequestType::Status); // asking again does not buy time
        EXPECT_EQ(world.point->standing(Client), Standing::StepUp) << i;
    }
    world.clock.advance(10s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
}

TEST(EnforcementPoint, WhoLeavesLosesEverythingUntilTheyAreBack)
{
    PepWorld world;
    world.open();
    const std::string grant = world.arm(world.ticket());
    world.say(fix::UserRequestType::LogOff);
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Allowed);
    EXPECT_EQ(world.sessions.timesShut, 1);
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_FALSE(world.point->maySend(Client, report()));
    world.clock.advance(100s);
    world.point->tick();
    EXPECT_TRUE(world.sessions.loggedOut.empty()) << "a person may be away for long";
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    OrderFields fields;
    fields.grant = grant;
    EXPECT_FALSE(world.point->authorise(Client, order(fields))) << "the ticket ended when they left";
}

TEST(EnforcementPoint, WithoutAnEnrolledKeyATouchCannotBeAskedFor)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    world.identities.identities.credentials[0].revokedAt = world.clock.utc();
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    EXPECT_EQ(world.said().response.status, fix::UserStatus::StepUpNeeded);
    EXPECT_EQ(world.said().notice.refusal, "no-credential");
    EXPECT_FALSE(world.said().notice.challenge);
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
}

}
