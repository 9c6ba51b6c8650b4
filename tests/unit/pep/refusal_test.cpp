#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

#include <algorithm>

/// What is refused a second time, elsewhere and later too: each test here fails where one check is taken out.
using namespace pep_test;

namespace {

const rfq::SessionId BobsSession{"bobs"};

/// What became of an order: it commits to nothing, and shows what was dealt.
fix::WireMessage orderStatus()
{
    fix::WireMessage message = messageOf("H");
    message.add(fix::tag::ClOrdId, "C-1");
    message.add(fix::tag::Symbol, "EUR/USD");
    message.add(fix::tag::Side, "1");
    return message;
}

stepup::AcceptQuote quote(const std::string& id, base::UtcTime end)
{
    return {.quoteId = id,
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

EnforcementSettings armedOnly()
{
    auto settings = PepWorld::settings();
    settings.dealing = Dealing::ArmedTicketRequired;
    return settings;
}

EnforcementSettings touchAtAnotherAddress()
{
    auto settings = PepWorld::settings();
    settings.addressChange = AddressChange::StepUp;
    return settings;
}

EnforcementSettings withRule(RuleTrigger trigger, RuleScope by, std::size_t threshold, RuleAction action)
{
    Rule rule;
    rule.name = "ours";
    rule.trigger = trigger;
    rule.by = by;
    rule.threshold = threshold;
    rule.window = 600s;
    rule.actions = {RuleAction::Alert, action};
    auto settings = PepWorld::settings();
    settings.rules = withDefaults({std::move(rule)});
    return settings;
}

/// The refusal that the latest event of that kind names.
std::string refusalOf(const PepWorld& world, EventKind kind)
{
    const Event* event = world.recorder.last(kind);
    if (!event)
        return {};
    const auto found = std::find_if(event->fields.begin(), event->fields.end(),
        [](const EventField& field) { return std::string_view(field.name) == "refusal"; });
    return found == event->fields.end() ? std::string() : found->value;
}

void addBob(PepWorld& world)
{
    UserRecord bob = aliceRecord();
    bob.user = stepup::UserId("bob");
    bob.certificates.front().fingerprint = filled(0xb1);
    bob.entitlements = {{{"bob", "default"}, aliceRecord().entitlements.begin()->second}};
    world.identities.identities.users.push_back(bob);
    ++world.identities.mark;
    ConnectionFacts facts = aliceFacts("10.9.9.9:50000");
    facts.session = BobsSession;
    facts.deskCompId = "BOB";
    facts.user = bob.user;
    facts.certificate = filled(0xb1);
    world.point->connected(facts);
    world.point->receive(BobsSession,
        fix::encode(fix::UserRequest{.id = "B-1",
            .type = fix::UserRequestType::LogOn,
            .username = "bob",
            .payload = *stepup::payloadText(stepup::DeskPayload(stepup::ContextStatement{"countersign 1.0", {}}))}));
    ASSERT_EQ(world.point->standing(BobsSession), Standing::Allowed);
}

TEST(BeforeAllow, EvenWhatCommitsToNothingIsRefused)
{
    PepWorld world;
    world.point->connected(aliceFacts());
    EXPECT_FALSE(world.point->authorise(Client, orderStatus()));
    EXPECT_EQ(refusalOf(world, EventKind::MessageRefused), "before-allow");
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    changeStore(world);
    world.state();
    ASSERT_EQ(world.point->standing(Client), Standing::StepUp);
    EXPECT_FALSE(world.point->authorise(Client, orderStatus())) << "a touch is needed first";
    world.touch();
    EXPECT_TRUE(world.point->authorise(Client, orderStatus()));
}

TEST(BeforeAllow, NobodyWhomThePolicyWouldDenyEnrolsAKey)
{
    PepWorld world;
    world.identities.identities.credentials.clear();
    world.identities.identities.users[0].enrolUntil = world.clock.utc() + 3600s;
    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Unmanaged;
    world.start();
    world.point->connected(aliceFacts("192.0.2.66:1"));
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Theirs"});
    EXPECT_EQ(world.said().notice.refusal, "no-context") << "the session was not judged yet";
    EXPECT_FALSE(world.said().notice.challenge);
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "denied";

    world.identities.identities.users[0].certificates[0].device = DeviceRecord::Managed;
    changeStore(world);
    world.open();
    world.say(fix::UserRequestType::LogOff);
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Theirs"});
    EXPECT_EQ(world.said().notice.refusal, "no-context") << "who has left asks for nothing";
}

TEST(WhatCannotBeRead, IsRefusedByItsName)
{
    PepWorld world;
    world.open();
    auto message = order();
    std::erase_if(message.fields, [](const auto& field) { return field.first == fix::tag::Price; });
    EXPECT_FALSE(world.point->authorise(Client, message));
    EXPECT_EQ(refusalOf(world, EventKind::MessageRefused), "malformed");
    EXPECT_NE(world.rejectText().find("D: Price(44): is missing"), std::string::npos);
    ASSERT_FALSE(world.sessions.sent.empty());
    EXPECT_EQ(world.sessions.sent.back().find(fix::tag::BusinessRejectRefId), "C-1") << "else the outcome is open";
}

TEST(AClosedSession, HearsAndSaysNothingMore)
{
    PepWorld world;
    world.open();
    world.identities.identities.users[0].lockedWhy = "lost the card";
    changeStore(world);
    ASSERT_EQ(world.point->standing(Client), Standing::Closed);
    world.identities.identities.users[0].lockedWhy.clear();
    changeStore(world);
    const auto sent = world.sessions.sent.size();
    const auto recorded = world.recorder.events.size();
    world.state();
    world.ask(world.ticket());
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "only a new connection opens it again";
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_FALSE(world.point->authorise(Client, orderStatus()));
    world.clock.advance(1h);
    world.point->tick();
    world.point->usePolicy(policy());
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.sessions.sent.size(), sent);
    EXPECT_EQ(world.recorder.events.size(), recorded);
}

TEST(ADenial, IsNotSoftenedByATouchThatIsOwed)
{
    PepWorld world(touchAtAnotherAddress());
    world.open();
    world.point->disconnected(Client);
    world.point->connected(aliceFacts("10.7.7.7:40000"));
    world.state({{"alarm", "yes"}});
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.said().notice.outcome, AccessOutcome::Deny);
    EXPECT_FALSE(world.said().notice.challenge);
}

TEST(ATouch, BeginsTheTimeAnewAfterWhichThePersonIsVerifiedAgain)
{
    PepWorld world;
    world.open();
    world.clock.advance(12h);
    world.point->tick();
    ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
    world.touch();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
    world.clock.advance(12h - 1s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    world.clock.advance(1s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
}

TEST(ATouch, ForOneQuoteIsNothingForAnotherOfTheSameTerms)
{
    PepWorld world(armedOnly());
    world.open();
    world.ask(quote("Q-2", world.clock.utc() + 10s));
    world.touch();
    ASSERT_EQ(world.said().response.status, fix::UserStatus::Allowed);
    EXPECT_FALSE(world.point->authorise(Client, order())) << "it accepts Q-1";
}

TEST(ATouch, ForATicketThatIsNoLongerPermittedArmsNothing)
{
    PepWorld world;
    world.open();
    world.ask(world.ticket());
    ASSERT_TRUE(world.said().notice.challenge);
    const auto answer = world.touched(*world.said().notice.challenge);
    world.identities.identities.users[0].entitlements.begin()->second.instruments = {"GBP/USD"};
    changeStore(world);
    world.say(answer);
    EXPECT_EQ(world.said().response.status, fix::UserStatus::Refused);
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_FALSE(world.said().notice.grant);
    EXPECT_TRUE(world.recorder.last(EventKind::EntitlementMissing));
}

TEST(ATicket, IsNotAskedForWhereATouchForTheSessionIsOwed)
{
    PepWorld world;
    world.open();
    world.clock.advance(12h);
    world.point->tick();
    ASSERT_EQ(world.point->standing(Client), Standing::Restricted);
    world.ask(world.ticket());
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    EXPECT_FALSE(world.said().notice.challenge);
}

TEST(AnAcceptance, IsAboutTheDealerThatItNamesNotTheOneThatQuoted)
{
    PepWorld world;
    world.open();
    fix::WireMessage quoted = messageOf("S");
    quoted.add(fix::tag::QuoteId, "Q-1");
    fix::addDealers(quoted, {rfq::DealerId("ALPHA")});
    ASSERT_TRUE(world.point->maySend(Client, quoted));
    OrderFields fields;
    fields.dealer = "GAMMA"; // nobody here is entitled to
    EXPECT_FALSE(world.point->authorise(Client, order(fields)));
    EXPECT_EQ(refusalOf(world, EventKind::EntitlementMissing), "dealer-not-entitled");
}

TEST(AMessage, OfATypeThatNobodyIsEntitledToIsRefusedToEverybody)
{
    PepWorld world;
    auto& entitlement = world.identities.identities.users[0].entitlements.begin()->second;
    entitlement.instruments = {zerotrust::Any};
    entitlement.dealers = {zerotrust::Any};
    ++world.identities.mark;
    world.open();
    EXPECT_FALSE(world.point->authorise(Client, messageOf("F")));
    EXPECT_EQ(refusalOf(world, EventKind::EntitlementMissing), "type-not-entitled");
}

TEST(Deals, AreWhatIsFilledAndNothingElse)
{
    for (const auto& [status, counts] :
        {std::pair("1", true), std::pair("2", true), std::pair("0", false), std::pair("8", false)}) {
        PepWorld world;
        world.open();
        bool isAsked = false;
        for (int i = 0; i < 100 && !isAsked; ++i) {
            isAsked = !world.point->authorise(Client, quoteRequest());
            if (i % 20 == 0) {
                EXPECT_TRUE(world.point->maySend(Client, report("C-" + std::to_string(i), status, "1000000")));
            }
        }
        EXPECT_EQ(isAsked, !counts) << "OrdStatus " << status;
    }
}

TEST(SomebodyElse, IsNotLockedWithWhoeverIs)
{
    PepWorld world(withRule(RuleTrigger::RefusedMessage, RuleScope::User, 3, RuleAction::Lock));
    world.open();
    addBob(world);
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    ASSERT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.point->standing(BobsSession), Standing::Allowed);
    EXPECT_TRUE(world.point->authorise(BobsSession, quoteRequest()));
    EXPECT_TRUE(world.identities.identities.users[1].lockedWhy.empty());
    EXPECT_EQ(world.sessions.loggedOut, std::vector{Client});
}

TEST(SomebodyElse, KeepsTheirCertificateWhereAnotherOneIsLocked)
{
    PepWorld world(withRule(RuleTrigger::RefusedMessage, RuleScope::Certificate, 3, RuleAction::Lock));
    world.open();
    addBob(world);
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    ASSERT_EQ(world.point->standing(Client), Standing::Closed);
    ConnectionFacts again = aliceFacts();
    world.point->connected(again);
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    world.point->disconnected(BobsSession);
    again.session = BobsSession;
    again.user = stepup::UserId("bob");
    again.certificate = filled(0xb1);
    world.point->connected(again);
    EXPECT_EQ(world.point->standing(BobsSession), Standing::Awaiting) << "also from the same address";
}

TEST(AKey, ThatWasBoundToAnotherCertificateCountsForThatOne)
{
    PepWorld world;
    world.identities.identities.users[0].certificates.push_back(
        {.fingerprint = filled(0xa2), .key = KeyHome::Hardware, .device = DeviceRecord::Managed});
    world.open();
    world.identities.identities.credentials[0].certificate = filled(0xa2);
    changeStore(world);
    world.ask(world.ticket());
    EXPECT_EQ(world.said().notice.refusal, "no-credential") << "it counts no more with the old one";
    ConnectionFacts facts = aliceFacts();
    facts.certificate = filled(0xa2);
    world.point->connected(facts);
    world.state();
    world.ask(world.ticket());
    EXPECT_TRUE(world.said().notice.challenge);
}

TEST(AKey, WhoseCounterRoseElsewhereIsHeldToThat)
{
    PepWorld world;
    world.open();
    world.identities.identities.credentials[0].signCount = 40; // another enforcement point has seen it
    changeStore(world);
    world.counter = 39;
    world.ask(world.ticket());
    world.touch();
    EXPECT_EQ(refusalOf(world, EventKind::StepUpRefused), "counter-not-risen");
    EXPECT_TRUE(world.recorder.last(EventKind::UserLocked));
}

TEST(ARestriction, EndsForThePersonThatItWasOn)
{
    PepWorld world(withRule(RuleTrigger::RefusedMessage, RuleScope::User, 3, RuleAction::Restrict));
    world.open();
    addBob(world);
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    ASSERT_EQ(world.point->standing(Client), Standing::ViewOnly);
    EXPECT_EQ(world.point->standing(BobsSession), Standing::Allowed);
    world.clock.advance(600s - 1ms);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
    world.clock.advance(1ms);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed) << "to the moment, also between two decisions";
}

TEST(AnotherName, ThanThatOfTheCertificateIsAFailedSignInEachTime)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 20 && world.point->standing(Client) != Standing::Closed; ++i) {
        world.clock.advance(900s);
        world.say(fix::UserRequestType::Status, {}, "mallory");
    }
    EXPECT_TRUE(world.recorder.last(EventKind::CertificateLocked));
}

}
