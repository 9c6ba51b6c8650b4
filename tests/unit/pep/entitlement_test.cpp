#include "core/fix/dialect.h"
#include "tests/unit/pep/pep_steps.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

/// Who may deal with whom, see what and enrol when: what counts is what happens, not what a message says.
namespace {

/// A session with one dealer, which a message need not name.
ConnectionFacts directFacts()
{
    ConnectionFacts facts = aliceFacts();
    facts.dealers = {"VENUE"};
    facts.dealersBehind = DealersBehind::Sole;
    return facts;
}

void openDirect(PepWorld& world, zerotrust::Names entitled)
{
    world.identities.identities.users[0].entitlements[{"alice", "default"}].dealers = std::move(entitled);
    ++world.identities.mark;
    world.point->connected(directFacts());
    world.state();
    ASSERT_EQ(world.point->standing(Client), Standing::Allowed);
}

fix::WireMessage requestTo(const std::string& dealer)
{
    fix::WireMessage message = quoteRequest();
    fix::addDealers(message, {rfq::DealerId(dealer)});
    return message;
}

fix::WireMessage quoteOf(const std::string& dealer)
{
    fix::WireMessage message = messageOf("S");
    message.add(fix::tag::QuoteId, "Q-1");
    fix::addDealers(message, {rfq::DealerId(dealer)});
    return message;
}

void entitle(PepWorld& world, std::set<zerotrust::Activity> activities)
{
    world.identities.identities.users[0].entitlements[{"alice", "default"}].activities = std::move(activities);
    ++world.identities.mark;
}

TEST(ADirectSession, IsJudgedByItsOwnDealer)
{
    PepWorld world;
    openDirect(world, {"ALPHA"});
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest())) << "nobody is named";
    EXPECT_FALSE(world.point->authorise(Client, requestTo("ALPHA"))) << "the desk would ask its own dealer";
    EXPECT_EQ(field(world.recorder.last(EventKind::EntitlementMissing), "refusal"), "dealer-not-here");
    EXPECT_FALSE(world.point->authorise(Client, requestTo("VENUE")));
    EXPECT_EQ(field(world.recorder.last(EventKind::EntitlementMissing), "refusal"), "dealer-not-entitled");
    EXPECT_FALSE(world.point->authorise(Client, order())) << "an order names ALPHA";
    OrderFields unnamed;
    unnamed.dealer.clear();
    EXPECT_FALSE(world.point->authorise(Client, order(unnamed)));
}

TEST(ADirectSession, IsDealtOverByWhoIsEntitledToItsDealer)
{
    PepWorld world;
    openDirect(world, {"VENUE"});
    EXPECT_TRUE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(world.point->authorise(Client, requestTo("VENUE")));
    EXPECT_TRUE(world.point->maySend(Client, quoteOf("ELSEWHERE"))); // whatever a quote says
    OrderFields unnamed;
    unnamed.dealer.clear();
    EXPECT_TRUE(world.point->authorise(Client, order(unnamed)));
    EXPECT_FALSE(world.point->authorise(Client, requestTo("ALPHA")));
    EXPECT_FALSE(world.point->authorise(Client, order()));
}

TEST(ASessionWithSeveralDealers, GoesByWhomAMessageNames)
{
    PepWorld world;
    world.open();
    EXPECT_TRUE(world.point->authorise(Client, requestTo("ALPHA")));
    EXPECT_FALSE(world.point->authorise(Client, requestTo("GAMMA")));
}

TEST(WhoMayNotView, AsksForNoQuotesAndGetsNone)
{
    PepWorld world;
    entitle(world, {zerotrust::Activity::RequestQuote, zerotrust::Activity::Accept});
    world.open();
    EXPECT_FALSE(world.point->authorise(Client, quoteRequest()));
    EXPECT_NE(world.rejectText().find("you are not entitled to see quotes"), std::string::npos) << world.rejectText();
    EXPECT_EQ(field(world.recorder.last(EventKind::EntitlementMissing), "refusal"), "activity-not-entitled");
    EXPECT_FALSE(world.point->maySend(Client, quoteOf("ALPHA")));
    EXPECT_TRUE(world.point->maySend(Client, report("C-1", "2", "1000000"))) << "what became of their own order";
}

TEST(WhoMayNotView, GetsNoQuoteFromTheMomentOn)
{
    PepWorld world;
    world.open();
    ASSERT_TRUE(world.point->authorise(Client, quoteRequest()));
    EXPECT_TRUE(world.point->maySend(Client, quoteOf("ALPHA")));
    entitle(world, {zerotrust::Activity::RequestQuote, zerotrust::Activity::Accept});
    world.clock.advance(PepWorld::settings().identityRefresh);
    world.point->tick();
    EXPECT_FALSE(world.point->maySend(Client, quoteOf("ALPHA")));
    entitle(world, {zerotrust::Activity::View, zerotrust::Activity::RequestQuote});
    world.clock.advance(PepWorld::settings().identityRefresh);
    world.point->tick();
    EXPECT_TRUE(world.point->maySend(Client, quoteOf("ALPHA")));
}

TEST(ARepeatedOrder, IsAQuestionAboutThePast)
{
    PepWorld world(armedOnly());
    world.open();
    auto repeated = order({.grant = "spent long ago"});
    repeated.possResend = true;
    const auto request = fix::maker::decode(repeated);
    ASSERT_TRUE(request);
    EXPECT_FALSE(world.point->authorise(Client, repeated)) << "as an acceptance it needs a grant";
    EXPECT_TRUE(world.point->authoriseRepeat(Client, repeated, *request));
    entitle(world, {zerotrust::Activity::Accept});
    changeStore(world);
    EXPECT_FALSE(world.point->authoriseRepeat(Client, repeated, *request)) << "seeing is an entitlement, too";
    world.say(fix::UserRequestType::LogOff);
    EXPECT_FALSE(world.point->authoriseRepeat(Client, repeated, *request)) << "nothing passes until they are back";
}

TEST(TheHoursForAFirstKey, AreOverThoughTheWallClockWasSetBack)
{
    PepWorld world;
    world.open();
    world.identities.identities.users[0].enrolUntil = world.clock.utc() + 3600s;
    world.identities.identities.credentials[0].revokedAt = world.clock.utc();
    changeStore(world);
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    ASSERT_TRUE(world.said().notice.challenge) << world.said().response.text;
    world.clock.advance(3599s);
    world.clock.shiftUtc(-2h);
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
    changeStore(world); // which reads the same hours anew
    world.ask(stepup::EnrolKey{.user = "alice", .keyName = "Red key"});
    EXPECT_EQ(world.said().notice.refusal, "not-entitled");
}

TEST(QuoteDealers, KnowsWhoQuotedWhat)
{
    QuoteDealers quotes;
    EXPECT_EQ(quotes.dealerOf("Q-1"), "");
    quotes.note("Q-1", "ALDER");
    quotes.note("Q-2", "BIRCH");
    EXPECT_EQ(quotes.dealerOf("Q-1"), "ALDER");
    quotes.note("Q-1", "CEDAR");
    EXPECT_EQ(quotes.dealerOf("Q-1"), "CEDAR") << "the latest counts";
    EXPECT_EQ(quotes.dealerOf("Q-3"), "");
}

TEST(QuoteDealers, RemembersTheLatestAndForgetsTheOldest)
{
    constexpr int Remembered = 4'096;
    const auto name = [](int i) { return "quote-" + std::to_string(i); };
    QuoteDealers quotes;
    for (int i = 0; i < 3 * Remembered; ++i) {
        quotes.note(name(i), "DEALER-" + std::to_string(i));
        if (i % 64 != 63) // looking is slow
            continue;
        const int oldest = std::max(0, i + 1 - Remembered);
        ASSERT_EQ(quotes.dealerOf(name(oldest)), "DEALER-" + std::to_string(oldest));
        ASSERT_EQ(quotes.dealerOf(name(i)), "DEALER-" + std::to_string(i));
    }
    for (int i = 0; i < Remembered; i += 64)
        ASSERT_EQ(quotes.dealerOf(name(i)), "");
}

TEST(QuoteDealers, TellsNamesApartThatShareTheirLetters)
{
    QuoteDealers quotes;
    quotes.note("Q1", "ALDER");
    quotes.note("Q1A", "BIRCH");
    EXPECT_EQ(quotes.dealerOf("Q1"), "ALDER");
    EXPECT_EQ(quotes.dealerOf("Q1A"), "BIRCH");
    EXPECT_EQ(quotes.dealerOf("Q1AL"), "");
    EXPECT_EQ(quotes.dealerOf("Q"), "");
}

}
