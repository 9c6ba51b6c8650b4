#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

#include <algorithm>

/// What was granted before something happened is nothing after it, also when access is allowed again.
using namespace pep_test;

namespace {

EnforcementSettings restricting(std::chrono::seconds time)
{
    Rule rule;
    rule.name = "ours";
    rule.trigger = RuleTrigger::RefusedMessage;
    rule.by = RuleScope::User;
    rule.threshold = 3;
    rule.window = time;
    rule.actions = {RuleAction::Restrict};
    auto settings = PepWorld::settings();
    settings.rules = withDefaults({std::move(rule)});
    return settings;
}

void refuseTimes(PepWorld& world, int times)
{
    for (int i = 0; i < times; ++i)
        ASSERT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
}

/// A ticket that lives long enough for whatever happens.
stepup::ArmTicket longTicket(const PepWorld& world)
{
    auto ticket = world.ticket();
    ticket.to = world.clock.utc() + 900s;
    return ticket;
}

stepup::AcceptQuote quote(base::UtcTime end)
{
    return {.quoteId = "Q-1",
        .dealer = "ALPHA",
        .instrument = "EUR/USD",
        .settlement = "20261126",
        .account = "FUND-A",
        .side = stepup::Side::Buy,
        .currency = "EUR",
        .quantity = decimal("1000000"),
        .price = decimal("1.0845"),
        .validUntil = end};
}

void expectEnded(PepWorld& world, const std::string& grant)
{
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    OrderFields fields;
    fields.grant = grant;
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    EXPECT_EQ(field(world.recorder.last(EventKind::GrantRefused), "refusal"), "unknown");
}

TEST(AGrant, EndsWhereThePersonMustBeVerifiedAgain)
{
    auto settings = PepWorld::settings();
    settings.reverifyAfter = 600s;
    PepWorld world(settings);
    world.open();
    const auto grant = world.arm(longTicket(world));
    world.clock.advance(600s);
    world.point->tick();
    ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
    world.touch();
    expectEnded(world, grant);
}

TEST(AGrant, EndsWhereARuleAsksForATouch)
{
    PepWorld world;
    world.open();
    const auto grant = world.arm(longTicket(world));
    refuseTimes(world, 10);
    ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
    world.touch();
    expectEnded(world, grant);
}

TEST(AGrant, EndsWhereAccessIsRestrictedForAWhile)
{
    PepWorld world(restricting(60s));
    world.open();
    const auto grant = world.arm(longTicket(world));
    refuseTimes(world, 3);
    ASSERT_EQ(world.point->standing(Client), Standing::ViewOnly);
    world.clock.advance(60s);
    world.point->tick();
    expectEnded(world, grant);
}

TEST(AGrant, EndsWithADenial)
{
    PepWorld world;
    world.open();
    const auto grant = world.arm(longTicket(world));
    world.state({{"alarm", "yes"}});
    ASSERT_EQ(world.point->standing(Client), Standing::Closed);
    world.open();
    expectEnded(world, grant);
}

TEST(AGrant, EndsWithALockAlsoWhereThatIsUndone)
{
    PepWorld world;
    world.open();
    const auto grant = world.arm(longTicket(world));
    world.identities.identities.users[0].lockedWhy = "lost the card";
    changeStore(world);
    ASSERT_EQ(world.point->standing(Client), Standing::Closed);
    world.identities.identities.users[0].lockedWhy.clear();
    changeStore(world);
    world.open();
    expectEnded(world, grant);
}

/// Alice came in with the touch of her blue key, and has a green one.
class AKeyThatIsRevoked : public testing::Test {
protected:
    AKeyThatIsRevoked()
    {
        auto& identities = world.identities.identities;
        identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
        auto other = identities.credentials.front();
        other.id = green.id();
        other.coseKey = green.coseKey();
        identities.credentials.push_back(other);
        ++world.identities.mark;
        world.point->connected(aliceFacts());
        world.state();
        world.touch();
    }
    void revokeTheBlueOne()
    {
        world.identities.identities.credentials[0].revokedAt = world.clock.utc();
        changeStore(world);
        ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
        EXPECT_NE(world.said().response.text.find("revoked"), std::string::npos);
    }
    void touchTheGreenOne()
    {
        const auto challenge = world.said().notice.challenge;
        ASSERT_TRUE(challenge);
        EXPECT_EQ(challenge->allowed, (std::vector<stepup::CredentialId>{green.id()}));
        world.say(stepup::ChallengeAnswer{.challenge = challenge->bytes,
            .assertion = green.assertion(
                *stepup::clientDataHash(world.clientData(*challenge)), {.rpId = RpId, .signCount = 1, .tail = {}})});
        ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    }

    PepWorld world{armedOnly()};
    support::SoftAuthenticator green{stepup::Algorithm::Es256, idOf(0x22)};
};

TEST_F(AKeyThatIsRevoked, TakesWhatItArmedWithIt)
{
    const auto grant = world.arm(longTicket(world));
    revokeTheBlueOne();
    touchTheGreenOne();
    expectEnded(world, grant);
}

TEST_F(AKeyThatIsRevoked, TakesWhatItApprovedWithIt)
{
    world.ask(quote(world.clock.utc() + 50s));
    world.touch();
    ASSERT_EQ(world.said().response.status, fix::UserStatus::Allowed);
    revokeTheBlueOne();
    touchTheGreenOne();
    EXPECT_FALSE(world.point->authorise(Client, order()));
}

TEST(WhoLeaves, IsAskedForANewTouchWhenTheyAreBack)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    world.state();
    world.touch();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.say(fix::UserRequestType::LogOff);
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
}

TEST(WhoLeaves, LosesWhatTheyApproved)
{
    PepWorld world(armedOnly());
    world.open();
    world.ask(quote(world.clock.utc() + 50s));
    world.touch();
    world.say(fix::UserRequestType::LogOff);
    world.state();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_FALSE(world.point->authorise(Client, order()));
}

TEST(WhoLeaves, CannotAnswerWhatTheyWereAskedBefore)
{
    PepWorld world;
    world.open();
    world.ask(world.ticket());
    ASSERT_TRUE(world.said().notice.challenge);
    const auto answer = world.touched(*world.said().notice.challenge);
    world.say(fix::UserRequestType::LogOff);
    world.state();
    world.say(answer);
    EXPECT_EQ(world.said().notice.refusal, "challenge-unknown");
    EXPECT_FALSE(world.said().notice.grant);
}

TEST(WhoLeaves, ComesBackFromSomewhereElseAndIsFound)
{
    auto settings = PepWorld::settings();
    settings.addressChange = AddressChange::StepUp;
    PepWorld world(settings);
    world.open();
    world.say(fix::UserRequestType::LogOff);
    world.point->disconnected(Client);
    world.point->connected(aliceFacts("10.9.9.9:1"));
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
}

TEST(AnotherAddress, IsASignal)
{
    PepWorld world;
    world.open();
    EXPECT_EQ(field(world.recorder.last(EventKind::SessionDecided), "signals").find("address-changed=yes"),
        std::string::npos);
    world.point->disconnected(Client);
    world.open("10.9.9.9:1");
    EXPECT_NE(
        field(world.recorder.last(EventKind::SessionDecided), "signals").find("address-changed=yes"), std::string::npos)
        << field(world.recorder.last(EventKind::SessionDecided), "signals");
}

TEST(FailedSignIns, AreForgottenAfterASuccess)
{
    PepWorld world;
    world.open();
    // Three are free, a fourth in a row is delayed.
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 3; ++i) {
            world.ask(world.ticket());
            ASSERT_TRUE(world.said().notice.challenge) << round << ' ' << i << ' ' << world.said().response.text;
            auto wrong = world.touched(*world.said().notice.challenge);
            wrong.assertion.signature[8] ^= 1U;
            world.say(wrong);
            ASSERT_EQ(world.said().notice.refusal, "signature-wrong");
            ASSERT_EQ(world.point->standing(Client), Standing::Allowed) << round << ' ' << i;
            world.clock.advance(900s); // rules that count within a window see nothing
        }
        world.ask(world.ticket());
        world.touch();
        ASSERT_EQ(world.said().response.status, fix::UserStatus::Allowed) << world.said().response.text;
    }
}

TEST(FailedSignIns, InSomebodysOwnSessionAreCountedForThem)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 4; ++i)
        world.say(fix::UserRequestType::Status, {}, "mallory");
    const auto fired = [&](const std::string& rule) {
        return std::any_of(world.recorder.events.begin(), world.recorder.events.end(),
            [&](const Event& event) { return event.kind == EventKind::RuleFired && field(&event, "rule") == rule; });
    };
    EXPECT_TRUE(fired("failures-delay"));
    EXPECT_FALSE(fired("failures-of-a-person"));
    world.say(fix::UserRequestType::Status, {}, "mallory");
    EXPECT_TRUE(fired("failures-of-a-person"));
}

}
