#include "tests/unit/pep/pep_steps.h"

using namespace pep_test;

namespace {

TEST(OpenSession, IsVerifiedAgainAfterAWhile)
{
    PepWorld world;
    world.open();
    const std::string grant = world.arm(world.ticket());
    world.clock.advance(12h - 1s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    world.clock.advance(1s);
    ASSERT_LE(*world.point->nextDue(), world.clock.steady());
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    const Said asked = world.said();
    EXPECT_EQ(asked.response.id.substr(0, 4), "PEP-") << "nobody asked";
    EXPECT_EQ(asked.notice.outcome, AccessOutcome::StepUp);
    EXPECT_TRUE(world.recorder.last(EventKind::SessionRestricted));
    OrderFields fields;
    fields.grant = grant;
    EXPECT_FALSE(world.point->authorise(Client, order(fields))) << "nothing that commits";
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest())) << "looking is allowed";
    EXPECT_TRUE(world.point->maySend(Client, messageOf("8")));
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(world.sessions.timesOpened, 1) << "it was open all along";
    EXPECT_TRUE(world.point->authorise(Client, order()));
}

TEST(OpenSession, MayOnlyLookWhereTheTouchDoesNotCome)
{
    PepWorld world;
    world.open();
    world.clock.advance(12h);
    world.point->tick();
    world.clock.advance(180s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
    EXPECT_EQ(world.said().notice.outcome, AccessOutcome::ViewOnly);
    EXPECT_FALSE(world.point->authorise(Client, order()));
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(world.sessions.loggedOut.empty());
    const auto quiet = world.sessions.sent.size();
    world.clock.advance(600s);
    world.point->tick();
    EXPECT_EQ(world.sessions.sent.size(), quiet) << "said once";
    world.say(fix::UserRequestType::Status);
    EXPECT_TRUE(world.said().notice.challenge) << "asked for when the person is back";
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(OpenSession, IsJudgedAgainUnderANewPolicy)
{
    PepWorld world;
    world.open("192.0.2.7:1");
    auto stricter = policy();
    stricter.attributes[1].conditions[1].score = 20;
    world.point->usePolicy(stricter);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    EXPECT_EQ(world.said().notice.score, 20);
    stricter.attributes[1].conditions[1].score = 40;
    world.point->usePolicy(stricter);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.sessions.timesShut, 1);
}

TEST(OpenSession, ATouchCoversTheScoreThatItWasAskedForAndNoMore)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    world.touch();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_EQ(field(world.recorder.last(EventKind::SessionDecided), "outcome"), "allow");
    EXPECT_EQ(field(world.recorder.last(EventKind::SessionDecided), "scored"), "step-up");
    world.clock.advance(60s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed) << "25 was touched for";
    auto stricter = policy();
    stricter.attributes[0].conditions[1].score = 26;
    world.point->usePolicy(stricter);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted) << "26 was not";
}

TEST(OpenSession, EndsWithTheCertificateOrThePerson)
{
    for (const bool person : {true, false}) {
        PepWorld world;
        world.open();
        const std::string grant = world.arm(world.ticket());
        auto& record = world.identities.identities.users[0];
        (person ? record.revokedAt : record.certificates[0].revokedAt) = world.clock.utc();
        ++world.identities.mark;
        world.clock.advance(2s);
        world.point->tick();
        EXPECT_EQ(world.point->standing(Client), Standing::Closed);
        EXPECT_EQ(world.sessions.loggedOut.size(), 1U);
        EXPECT_EQ(world.sessions.timesShut, 1);
        EXPECT_EQ(world.recorder.last(EventKind::SessionClosed)->severity, Severity::Alert);
    }
}

TEST(OpenSession, IsTouchedForAgainWhereTheKeyWasRevoked)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    world.touch();
    const std::string grant = world.arm(world.ticket());
    world.identities.identities.credentials[0].revokedAt = world.clock.utc();
    ++world.identities.mark;
    world.clock.advance(2s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    EXPECT_EQ(world.said().notice.refusal, "no-credential");
    OrderFields fields;
    fields.grant = grant;
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
}

TEST(OpenSession, ManyRefusalsAskForATouchAndThenEndIt)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 9; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    for (int i = 0; i < 20; ++i)
        EXPECT_FALSE(world.point->authorise(Client, order()));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.recorder.last(EventKind::SessionClosed)->severity, Severity::Alert);
}

TEST(OpenSession, RefusalsAreForgottenAfterAMinute)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 40; ++i) {
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
        world.clock.advance(7s);
    }
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(OpenSession, AnotherAddressMayNeedATouch)
{
    auto settings = PepWorld::settings();
    settings.addressChange = AddressChange::StepUp;
    PepWorld world(settings);
    world.open();
    world.point->disconnected(Client);
    world.open();
    world.point->disconnected(Client);
    world.point->connected(aliceFacts("10.9.9.9:1"));
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    EXPECT_NE(world.said().response.text.find("another address"), std::string::npos);
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(OpenSession, ANewStatementIsANewDecision)
{
    PepWorld world;
    world.open();
    world.say(stepup::ContextStatement{.program = "countersign 1.1", .posture = {}});
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(OpenSession, HostsAreReadOutOfAddresses)
{
    EXPECT_EQ(hostOf("192.0.2.1:9880"), "192.0.2.1");
    EXPECT_EQ(hostOf("[2001:db8::1]:9880"), "2001:db8::1");
    EXPECT_EQ(hostOf(""), "");
}

}
