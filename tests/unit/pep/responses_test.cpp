#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

namespace {

/// The latest firing of this rule; null where it has not fired.
const Event* fired(const PepWorld& world, const std::string& name)
{
    const auto& events = world.recorder.events;
    const auto found = std::find_if(events.rbegin(), events.rend(), [&](const Event& event) {
        return event.kind == EventKind::RuleFired && !event.fields.empty() && event.fields[0].value == name;
    });
    return found == events.rend() ? nullptr : &*found;
}

TEST(Scraping, IsAskedForATouchAndAsksNoMoreUntilItComes)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 99; ++i)
        ASSERT_TRUE(world.point->authorise(Client, quoteRequest())) << i;
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest())) << "the one that was too many does not pass either";
    const Event* event = fired(world, "scraping");
    ASSERT_TRUE(event);
    EXPECT_EQ(event->severity, Severity::Alert);
    EXPECT_EQ(event->fields[1], (EventField{"outcome", "alert,step-up"}));
    EXPECT_EQ(event->fields[2], (EventField{"attempts", "100"}));
    EXPECT_EQ(event->fields[3], (EventField{"target", "alice"}));
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    const auto asked = *world.said().notice.challenge;
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_NE(world.rejectText().find("no quotes are asked for"), std::string::npos);
    world.say(world.touched(asked));
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
}

TEST(Scraping, OwesTheTouchAlsoAfterAReconnectAndAfterLeaving)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(world.point->authorise(Client, quoteRequest()), i < 99);
    world.point->disconnected(Client);
    world.point->connected(aliceFacts());
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    world.say(fix::UserRequestType::LogOff);
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp);
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    world.point->disconnected(Client);
    world.open();
}

TEST(Scraping, InBreadthIsNoticedEarlier)
{
    PepWorld world;
    auto& entitled = world.identities.identities.users[0].entitlements[{"alice", "default"}];
    entitled.instruments = {"*"};
    ++world.identities.mark;
    world.open();
    for (int i = 0; i < 60; ++i) {
        ASSERT_FALSE(fired(world, "scraping-in-breadth")) << i;
        const bool passes = world.point->authorise(Client, quoteRequest("EUR/A" + std::string(1, char('A' + i % 20))));
        ASSERT_EQ(passes, i < 59) << i;
    }
    EXPECT_TRUE(fired(world, "scraping-in-breadth"));
}

TEST(Scraping, IsNotWhatSomebodyDoesWhoDeals)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 500; ++i) {
        ASSERT_TRUE(world.point->authorise(Client, quoteRequest())) << i;
        if (i % 20 == 10) {
            EXPECT_TRUE(world.point->maySend(Client, report("C-" + std::to_string(i), "2", "1000000")));
        }
    }
    EXPECT_FALSE(fired(world, "scraping"));
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(Scraping, IsNotMadeUpForByReportsThatFillNothing)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 99; ++i) {
        ASSERT_TRUE(world.point->authorise(Client, quoteRequest())) << i;
        EXPECT_TRUE(world.point->maySend(Client, report("C-" + std::to_string(i), "8", "0")));
        EXPECT_TRUE(world.point->maySend(Client, report("C-1", "2", "1000000", "I"))) << "asked about again and again";
    }
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(fired(world, "scraping"));
}

TEST(Scraping, IsNotMadeUpForByOldOrders)
{
    PepWorld world; // begun anew: it has forgotten what was dealt before
    world.open();
    for (int i = 0; i < 99; ++i) {
        ASSERT_TRUE(world.point->authorise(Client, quoteRequest())) << i;
        EXPECT_TRUE(world.point->maySend(Client, report("OLD-" + std::to_string(i), "2", "1000000", "I")));
        auto again = report("OLDER-" + std::to_string(i), "2", "1000000");
        again.possResend = true;
        EXPECT_TRUE(world.point->maySend(Client, again));
    }
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(fired(world, "scraping"));
}

TEST(Scraping, OfSomebodyWhoDealsInPartsIsCountedByWhatIsFilled)
{
    DealtOrders orders;
    EXPECT_FALSE(orders.rises("C-1", decimal("0")));
    EXPECT_TRUE(orders.rises("C-1", decimal("1")));
    EXPECT_FALSE(orders.rises("C-1", decimal("1.0")));
    EXPECT_TRUE(orders.rises("C-1", decimal("2")));
    EXPECT_FALSE(orders.rises("C-1", decimal("1")));
    EXPECT_TRUE(orders.rises("C-2", decimal("1")));
    for (int i = 0; i < 5000; ++i)
        EXPECT_TRUE(orders.rises("D-" + std::to_string(i), decimal("1")));
    EXPECT_TRUE(orders.rises("C-1", decimal("1"))) << "only the latest are remembered";
}

TEST(Scraping, ThatGoesOnIsRestrictedForAWhileWhateverIsTouched)
{
    PepWorld world;
    world.open();
    for (int i = 0; i < 300; ++i) {
        if (world.point->standing(Client) == Standing::Restricted)
            world.touch();
        ASSERT_EQ(world.point->authorise(Client, quoteRequest()), i % 100 != 99) << i;
    }
    ASSERT_TRUE(fired(world, "scraping-goes-on"));
    world.touch(); // the hundredth request again
    EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
    EXPECT_EQ(world.said().notice.outcome, AccessOutcome::ViewOnly);
    EXPECT_EQ(world.said().notice.refusal, "restricted");
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_NE(world.rejectText().find("restricted"), std::string::npos);
    EXPECT_FALSE(world.point->authorise(Client, order()));
    EXPECT_TRUE(world.point->maySend(Client, messageOf("8"))) << "looking is allowed";
    // Neither asking again nor coming again changes it.
    world.say(fix::UserRequestType::Status);
    EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
    world.point->disconnected(Client);
    world.point->connected(aliceFacts());
    world.state();
    EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
    EXPECT_EQ(world.sessions.timesOpened, 2);
    world.clock.advance(30min);
    ASSERT_LE(*world.point->nextDue(), world.clock.steady());
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
}

TEST(Replay, OfAnAnswerIsAnAlertAndATouchAndThenALock)
{
    PepWorld world;
    world.open();
    world.ask(world.ticket());
    const auto answer = world.touched(*world.said().notice.challenge);
    world.say(answer);
    ASSERT_FALSE(fired(world, "replay"));
    world.say(answer);
    ASSERT_TRUE(fired(world, "replay"));
    EXPECT_EQ(fired(world, "replay")->severity, Severity::Alert);
    EXPECT_EQ(world.point->standing(Client), Standing::Restricted);
    world.say(answer);
    world.say(answer);
    EXPECT_TRUE(fired(world, "replays"));
    EXPECT_TRUE(world.recorder.last(EventKind::CertificateLocked));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    world.clock.advance(24h);
    world.point->connected(aliceFacts());
    EXPECT_EQ(world.point->standing(Client), Standing::Closed) << "until a person unlocks it";
}

TEST(Replay, IsNotAnAnswerThatComesTooLateOrToNothing)
{
    PepWorld world;
    world.open();
    world.ask(world.ticket());
    auto answer = world.touched(*world.said().notice.challenge);
    world.clock.advance(60s);
    world.say(answer);
    world.say(answer);
    EXPECT_FALSE(fired(world, "replay"));
}

TEST(Responses, ToAClonedKeyAreAnAlertAndALock)
{
    PepWorld world;
    world.open();
    (void)world.arm(world.ticket());
    world.counter = 0;
    world.ask(world.ticket());
    world.touch();
    ASSERT_TRUE(fired(world, "cloned-key"));
    EXPECT_EQ(fired(world, "cloned-key")->fields[1], (EventField{"outcome", "alert,lock"}));
    EXPECT_TRUE(world.recorder.last(EventKind::UserLocked));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
}

TEST(Responses, ToARevokedCertificateAreAnAlertOnce)
{
    PepWorld world;
    world.identities.identities.users[0].certificates[0].revokedAt = world.clock.utc();
    ++world.identities.mark;
    world.point->connected(aliceFacts());
    ASSERT_TRUE(fired(world, "revoked"));
    EXPECT_EQ(fired(world, "revoked")->severity, Severity::Alert);
    EXPECT_TRUE(fired(world, "revoked-from-an-address"));
    const auto told = [&] {
        return std::count_if(world.recorder.events.begin(), world.recorder.events.end(), [](const Event& event) {
            return event.kind == EventKind::RuleFired && field(&event, "rule") == "revoked";
        });
    };
    world.point->connected(aliceFacts());
    world.point->connected(aliceFacts());
    EXPECT_EQ(told(), 1) << "a storm is one alert";
    world.clock.advance(3600s);
    world.point->tick();
    ASSERT_EQ(told(), 2) << "and one count";
    EXPECT_EQ(fired(world, "revoked")->severity, Severity::Warning);
    EXPECT_EQ(field(fired(world, "revoked"), "attempts"), "2");
}

/// Whoever is known by nothing but that.
ConnectionFacts from(const std::string& address)
{
    ConnectionFacts facts;
    facts.address = address;
    return facts;
}

TEST(Responses, ToWhomTheHandshakeTurnedAwayAreCountedByAddress)
{
    PepWorld world;
    for (int i = 0; i < 19; ++i)
        world.point->turnedAway(from("192.0.2.66:4711"), {base::Errc::CertificateUntrusted, "unknown issuer"});
    EXPECT_FALSE(fired(world, "failures-of-an-address"));
    world.point->turnedAway(from("192.0.2.66:4712"), {base::Errc::CertificateRevoked, "on the list"});
    ASSERT_TRUE(fired(world, "failures-of-an-address"));
    EXPECT_EQ(fired(world, "failures-of-an-address")->fields[3], (EventField{"target", "192.0.2.66"}));
    EXPECT_TRUE(fired(world, "revoked-from-an-address"));
    world.open("192.0.2.66:4713");
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed) << "others come from there, too";
}

TEST(Responses, ToACertificateThatSpeaksForAnotherCompIdAreToThatCertificate)
{
    PepWorld world;
    const base::Error notItsOwn{base::Errc::CertificateWrongName, "may not speak for BANKX"};
    const auto turnAway = [&](int number) {
        auto facts = from("192.0.2." + std::to_string(number) + ":4711");
        facts.user = stepup::UserId("alice");
        facts.certificate = filled(0xa1);
        world.point->turnedAway(facts, notItsOwn);
    };
    for (int i = 1; i < 10; ++i)
        turnAway(i);
    EXPECT_TRUE(world.identities.identities.users[0].certificates[0].lockedWhy.empty());
    turnAway(10);
    EXPECT_FALSE(world.identities.identities.users[0].certificates[0].lockedWhy.empty()) << "wherever they came from";
}

/// The policy of the tests, and a country that costs 5 where it is not expected.
zerotrust::AccessPolicy policyWithCountry(int score)
{
    auto made = policy();
    zerotrust::AttributeRule country;
    country.attribute = "country";
    country.belief = zerotrust::Belief::Reported;
    country.unknown = "not known";
    country.conditions = {{"expected", 0, {zerotrust::WordTest{{"expected"}}}},
        {"anomalous", score, {zerotrust::WordTest{{"anomalous"}}}},
        {"not known", 3, {zerotrust::WordTest{{"unknown"}}}}};
    made.attributes.push_back(country);
    return made;
}

TEST(Responses, ToAnUnexpectedCountryAreAnAlertAndATouchOnce)
{
    PepWorld world(PepWorld::settings(), policyWithCountry(5));
    world.point->connected(aliceFacts());
    world.state({{"country", "anomalous"}});
    ASSERT_TRUE(fired(world, "unexpected-country"));
    EXPECT_EQ(world.point->standing(Client), Standing::StepUp) << "although the score is 5";
    world.touch();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
    const auto events = world.recorder.events.size();
    world.clock.advance(600s);
    world.point->tick();
    EXPECT_EQ(world.recorder.events.size(), events) << "once";
}

TEST(Responses, ToACountryThatIsNotKnownAreNone)
{
    PepWorld world(PepWorld::settings(), policyWithCountry(5));
    world.open();
    EXPECT_FALSE(fired(world, "unexpected-country"));
}

TEST(Responses, ToFailuresOfAPersonOweATouchToTheirSessions)
{
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::User, 3, RuleAction::Lock)));
    world.open();
    for (int i = 0; i < 3; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    EXPECT_EQ(world.identities.identities.users[0].lockedWhy, "by rule: ours");
}

TEST(Responses, MayCloseASession)
{
    PepWorld world(with(after(RuleTrigger::RefusedMessage, RuleScope::Certificate, 2, RuleAction::Close)));
    world.open();
    for (int i = 0; i < 2; ++i)
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest("USD/JPY")));
    EXPECT_EQ(world.point->standing(Client), Standing::Closed);
    world.open();
}

TEST(Responses, ToARequestReachItAlreadyWhateverTheyAre)
{
    for (const RuleAction action : {RuleAction::StepUp, RuleAction::Restrict, RuleAction::Close, RuleAction::Lock}) {
        PepWorld world(with(after(RuleTrigger::QuoteRequest, RuleScope::User, 3, action)));
        world.open();
        EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
        EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
        EXPECT_FALSE(world.point->authorise(Client, quoteRequest())) << actionName(action);
    }
}

TEST(Responses, ThatRestrictForAShorterTimeDoNotEndALongerOne)
{
    auto settings = PepWorld::settings();
    Rule longer = after(RuleTrigger::QuoteRequest, RuleScope::User, 2, RuleAction::Restrict);
    longer.name = "longer";
    Rule shorter = after(RuleTrigger::RefusedMessage, RuleScope::User, 1, RuleAction::Restrict);
    shorter.name = "shorter";
    shorter.window = 10s;
    settings.rules = withDefaults({longer, shorter});
    PepWorld world(std::move(settings));
    world.open();
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest())) << "which is a refused message, too";
    ASSERT_TRUE(fired(world, "shorter"));
    world.clock.advance(60s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::ViewOnly);
    world.clock.advance(540s);
    world.point->tick();
    EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
}

TEST(Responses, ToACertificateThatWasTakenFromSomebodyAreNotTurnedAgainstThem)
{
    for (const bool isRevoked : {true, false}) {
        auto settings = PepWorld::settings();
        settings.rules = defaultRules();
        settings.rules.push_back(after(RuleTrigger::FailedSignIn, RuleScope::User, 2, RuleAction::Lock));
        settings.rules.back().name = "ours";
        PepWorld world(std::move(settings));
        CertificateRecord old{.fingerprint = filled(0xa2), .key = KeyHome::Hardware};
        if (isRevoked)
            old.revokedAt = world.clock.utc();
        else
            old.lockedWhy = "it was lost";
        world.identities.identities.users[0].certificates.push_back(old);
        ++world.identities.mark;
        world.open();
        OrderFields dealt;
        dealt.grant = world.arm(world.ticket());
        auto thief = aliceFacts("203.0.113.66:4711");
        thief.session = rfq::SessionId("thief");
        thief.certificate = filled(0xa2);
        for (int i = 0; i < 20; ++i) {
            world.point->connected(thief);
            EXPECT_EQ(world.point->standing(thief.session), Standing::Closed);
            world.clock.advance(10s);
        }
        EXPECT_EQ(world.identities.identities.users[0].lockedWhy, "");
        EXPECT_EQ(world.point->standing(Client), Standing::Allowed);
        EXPECT_TRUE(world.point->authorise(Client, order(dealt))) << world.rejectText();
    }
}

}
