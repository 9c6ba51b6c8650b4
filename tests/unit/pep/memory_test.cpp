#include "core/pep/identity_database.h"
#include "tests/support/test_pki.h"
#include "tests/unit/pep/pep_steps.h"

using namespace pep_test;

/// What an enforcement point remembers of a person from one connection to the next, and over a restart.
namespace {

EnforcementSettings touchedElsewhere()
{
    auto settings = PepWorld::settings();
    settings.addressChange = AddressChange::StepUp;
    return settings;
}

ConnectionFacts secondFrom(const std::string& address)
{
    ConnectionFacts facts = aliceFacts(address);
    facts.session = rfq::SessionId("second");
    return facts;
}

void openFrom(PepWorld& world, const std::string& address)
{
    world.point->connected(aliceFacts(address));
    world.state();
}

// ---- another address ----

TEST(AnotherPlace, OwesATouchAndIsTheLastOneAfterIt)
{
    PepWorld world(touchedElsewhere());
    world.open();
    world.point->disconnected(Client);
    openFrom(world, "10.9.9.9:1");
    ASSERT_EQ(world.point->standing(Client), Standing::StepUp);
    EXPECT_NE(world.said().response.text.find("another address"), std::string::npos);
    world.point->disconnected(Client); // without the touch nobody was there
    openFrom(world, "10.9.9.9:2");
    ASSERT_EQ(world.point->standing(Client), Standing::StepUp);
    world.touch();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.point->disconnected(Client);
    openFrom(world, "10.9.9.9:3");
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(AnotherPlace, IsFoundWhileAnOlderSessionIsOpen)
{
    PepWorld world(touchedElsewhere());
    world.open();
    world.point->connected(secondFrom("10.1.2.3:2"));
    world.point->disconnected(rfq::SessionId("second"));
    world.point->connected(secondFrom("10.9.9.9:1"));
    world.point->receive(rfq::SessionId("second"),
        fix::encode(fix::UserRequest{.id = "D-1",
            .type = fix::UserRequestType::LogOn,
            .username = "alice",
            .payload = *stepup::payloadText(
                stepup::DeskPayload(stepup::ContextStatement{.program = "countersign 1.0", .posture = {}}))}));
    EXPECT_EQ(world.point->standing(rfq::SessionId("second")), Standing::StepUp);
    EXPECT_NE(field(world.recorder.last(EventKind::SessionDecided), "signals").find("address-changed=yes"),
        std::string::npos);
}

TEST(AnotherPlace, IsNotForgottenWhereTheOlderSessionEndsLater)
{
    PepWorld world; // the score decides
    world.open();
    world.point->connected(secondFrom("10.9.9.9:1"));
    world.point->receive(rfq::SessionId("second"),
        fix::encode(fix::UserRequest{.id = "D-1",
            .type = fix::UserRequestType::LogOn,
            .username = "alice",
            .payload = *stepup::payloadText(
                stepup::DeskPayload(stepup::ContextStatement{.program = "countersign 1.0", .posture = {}}))}));
    ASSERT_EQ(world.point->standing(rfq::SessionId("second")), Standing::Allowed);
    world.point->disconnected(Client); // the connection of before, given up at last
    world.point->disconnected(rfq::SessionId("second"));
    world.open("10.9.9.9:2");
    EXPECT_EQ(
        field(world.recorder.last(EventKind::SessionDecided), "signals").find("address-changed=yes"), std::string::npos)
        << "where the person was let in last";
}

TEST(AnotherPlace, IsFoundAfterARestart)
{
    PepWorld world(touchedElsewhere());
    world.open();
    world.clock.advance(1s);
    ASSERT_LE(*world.point->nextDue(), world.clock.steady());
    world.point->tick();
    EXPECT_EQ(world.identities.memories.at(stepup::UserId("alice")).lastHost, "10.1.2.3") << "also after a kill";
    world.start(touchedElsewhere());
    openFrom(world, "10.9.9.9:1");
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    world.start(touchedElsewhere());
    world.open();
    EXPECT_EQ(world.identities.timesRemembered, 1) << "nothing new";
}

TEST(ATouchThatARuleOwes, IsNotForgottenByARestart)
{
    const auto settings = with(after(RuleTrigger::RefusedMessage, RuleScope::User, 3, RuleAction::StepUp));
    PepWorld world(settings);
    world.open();
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
    world.start(settings);
    openFrom(world, "10.1.2.3:1");
    ASSERT_EQ(world.point->standing(Client), Standing::StepUp);
    world.touch();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.start(settings);
    world.open();
}

TEST(WhatIsRemembered, IsToldWhereItCannotBeWrittenAndWrittenLater)
{
    PepWorld world;
    world.open();
    world.identities.isBroken = true;
    world.clock.advance(1s);
    world.point->tick();
    ASSERT_TRUE(world.recorder.last(EventKind::StoreFailed));
    const auto told = world.recorder.events.size();
    world.clock.advance(10s);
    world.point->tick();
    EXPECT_EQ(world.recorder.events.size(), told) << "no flood of alerts";
    world.identities.isBroken = false;
    world.clock.advance(60s);
    world.point->tick();
    EXPECT_EQ(world.identities.memories.at(stepup::UserId("alice")).lastHost, "10.1.2.3");
}

// ---- when the person was verified ----

class Verified : public testing::TestWithParam<std::tuple<const char*, bool>> { };

TEST_P(Verified, ByAHandshakeOnlyWhereTheCardAsksForItsPinEachTime)
{
    const auto& [attestation, isVerified] = GetParam();
    auto settings = PepWorld::settings();
    settings.hardwareKey = HardwareProof::Registered;
    PepWorld world(settings);
    world.identities.identities.users[0].certificates[0].attestation = attestation;
    ++world.identities.mark;
    const auto age = [&] {
        const auto signals = field(world.recorder.last(EventKind::SessionDecided), "signals");
        const auto at = signals.find("verification-age=");
        return at == std::string::npos ? std::string() : signals.substr(at, signals.find('|', at) - at);
    };
    world.open();
    EXPECT_EQ(age(), isVerified ? "verification-age=0" : "");
    for (int hour = 0; hour < 11; ++hour) {
        world.clock.advance(1h);
        world.open(); // reconnected
        EXPECT_EQ(age(), isVerified ? "verification-age=0" : "");
    }
    world.clock.advance(1h);
    openFrom(world, "10.1.2.3:2");
    ASSERT_EQ(world.point->standing(Client), isVerified ? Standing::Allowed : Standing::StepUp);
    if (isVerified)
        return;
    EXPECT_NE(world.said().response.text.find("too long ago"), std::string::npos);
    world.touch();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.clock.advance(1h);
    world.open();
    EXPECT_EQ(age(), "verification-age=60") << "since the touch, on another connection";
    world.clock.advance(11h);
    ASSERT_LE(*world.point->nextDue(), world.clock.steady());
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted) << "twelve hours after the touch";
}

INSTANTIATE_TEST_SUITE_P(Cards, Verified,
    testing::Values(std::tuple("slot=9c serial=1 firmware=5.4.3 pin=always touch=never", true),
        std::tuple("slot=9a serial=1 firmware=5.7.0 pin=match-always touch=never", true),
        std::tuple("slot=9a serial=1 firmware=5.4.3 pin=once touch=never", false), std::tuple("", false)));

TEST(TheMemoryOfPeople, IsKeptInTheIdentityDatabase)
{
    const support::TemporaryDirectory files;
    const auto file = files.path() / "identities.sqlite";
    const PersonMemory alice{.user = stepup::UserId("alice"),
        .lastHost = "10.1.2.3",
        .touchOwed = "an answer was sent twice",
        .stopsAsking = true};
    PersonMemory bert{.user = stepup::UserId("bert"), .lastHost = "2001:db8::7", .touchOwed = {}, .stopsAsking = false};
    {
        auto database = IdentityDatabase::open(file);
        ASSERT_TRUE(database) << database.error().detail;
        ASSERT_TRUE((*database)->recall());
        EXPECT_TRUE((*database)->recall()->empty());
        const auto mark = (*database)->changeMark().value_or(-1);
        ASSERT_TRUE((*database)->remember({bert, alice}));
        EXPECT_EQ((*database)->changeMark().value_or(-2), mark) << "nobody else's change";
    }
    bert.lastHost = "10.9.9.9";
    auto database = IdentityDatabase::open(file);
    ASSERT_TRUE(database) << database.error().detail;
    ASSERT_TRUE((*database)->remember({bert}));
    EXPECT_EQ((*database)->recall().value_or({}), (std::vector{alice, bert}));
}

}
