#include "core/pep/rule_book.h"
#include "core/pep/rules.h"
#include "tests/unit/pep/pep_world.h"

using namespace pep_test;

namespace {

const std::string NoInstrument;

Rule rule(RuleTrigger trigger, RuleScope by, std::size_t threshold, std::set<RuleAction> actions)
{
    Rule made;
    made.name = "ours";
    made.trigger = trigger;
    made.by = by;
    made.threshold = threshold;
    made.window = 60s;
    made.actions = std::move(actions);
    return made;
}

/// What checkRules() says of the defaults with one rule in the place of its trigger's.
std::string problemOf(const Rule& own)
{
    const auto checked = checkRules(withDefaults({own}));
    return checked ? "none" : checked.error().detail;
}

TEST(Rules, OfTheDefaultsAreSound)
{
    EXPECT_TRUE(checkRules(defaultRules()));
    EXPECT_EQ(withDefaults({}), defaultRules());
    const auto lockout = lockoutRules(defaultRules());
    const zerotrust::LockoutRules shipped;
    EXPECT_EQ(lockout.freeFailures, shipped.freeFailures);
    EXPECT_EQ(lockout.lockAfter, shipped.lockAfter);
    EXPECT_EQ(lockout.forgetAfter, shipped.forgetAfter);
    std::set<RuleTrigger> triggers;
    for (const Rule& each : defaultRules())
        triggers.insert(each.trigger);
    EXPECT_EQ(triggers.size(), 8U) << "something follows from each";
}

TEST(Rules, OfOnesOwnTakeThePlaceOfTheirTriggersDefaults)
{
    const auto own = rule(RuleTrigger::QuoteRequest, RuleScope::User, 10, {RuleAction::Alert});
    const auto all = withDefaults({own});
    EXPECT_EQ(std::count_if(
                  all.begin(), all.end(), [](const Rule& each) { return each.trigger == RuleTrigger::QuoteRequest; }),
        1);
    EXPECT_EQ(all.front(), own);
    EXPECT_EQ(problemOf(own), "none");
}

TEST(Rules, CannotBeTurnedAgainstOthers)
{
    for (const RuleAction action :
        {RuleAction::Lock, RuleAction::Close, RuleAction::Restrict, RuleAction::StepUp, RuleAction::Prove})
        EXPECT_NE(problemOf(rule(RuleTrigger::RefusedMessage, RuleScope::Address, 5, {action})).find("address"),
            std::string::npos)
            << actionName(action);
    EXPECT_NE(problemOf(rule(RuleTrigger::RefusedMessage, RuleScope::User, 5, {RuleAction::Delay})).find("delay"),
        std::string::npos);
}

TEST(Rules, CannotWeakenWhatAlwaysHolds)
{
    auto own = rule(RuleTrigger::FailedSignIn, RuleScope::Certificate, 5, {RuleAction::Delay});
    EXPECT_NE(problemOf(own).find("an hour"), std::string::npos);
    own.window = 1h;
    EXPECT_NE(problemOf(own).find("fourth"), std::string::npos);
    own.threshold = 3;
    EXPECT_NE(problemOf(own).find("action lock is missing"), std::string::npos) << problemOf(own);
    auto lock = own;
    lock.name = "lock";
    lock.actions = {RuleAction::Lock};
    lock.threshold = 11;
    EXPECT_NE(checkRules(withDefaults({own, lock})).error().detail.find("tenth"), std::string::npos);
    lock.threshold = 5;
    ASSERT_TRUE(checkRules(withDefaults({own, lock})));
    EXPECT_EQ(lockoutRules({own, lock}).freeFailures, 2);
    EXPECT_EQ(lockoutRules({own, lock}).lockAfter, 5);
    EXPECT_NE(
        problemOf(rule(RuleTrigger::CounterRollback, RuleScope::User, 1, {RuleAction::Alert})).find("counter-rollback"),
        std::string::npos);
}

TEST(Rules, AreRefusedWhereTheyMakeNoSense)
{
    auto own = rule(RuleTrigger::RefusedMessage, RuleScope::User, 5, {RuleAction::Alert});
    EXPECT_EQ(problemOf(own), "none");
    own.instruments = 3;
    EXPECT_NE(problemOf(own).find("quote-request"), std::string::npos);
    own.instruments = 0;
    own.actions.clear();
    EXPECT_NE(problemOf(own).find("action"), std::string::npos);
    own.actions = {RuleAction::Alert};
    own.window = 0s;
    EXPECT_NE(problemOf(own).find("window"), std::string::npos);
    own.window = 60s;
    own.threshold = 0;
    EXPECT_NE(problemOf(own).find("threshold"), std::string::npos);
    own.threshold = 1;
    own.name = "Ours!";
    EXPECT_NE(problemOf(own).find("name"), std::string::npos);
    own.name = "cloned-key";
    EXPECT_NE(problemOf(own).find("another rule"), std::string::npos);
    auto settings = PepWorld::settings();
    settings.rules = {own};
    support::FakeClock clock;
    PepWorld world;
    EXPECT_FALSE(EnforcementPoint::open(settings, policy(), world.keys,
        {.clock = world.clock,
            .random = world.random,
            .sessions = world.sessions,
            .recorder = world.recorder,
            .identities = world.identities}));
}

class ARuleBook : public testing::Test {
protected:
    std::vector<Firing> note(RuleBook& book, const ConnectionFacts& facts, const std::string& instrument = NoInstrument,
        bool isTheirs = true, RuleTrigger trigger = RuleTrigger::QuoteRequest)
    {
        return book.note({.trigger = trigger, .facts = facts, .isTheirs = isTheirs, .instrument = instrument});
    }
    support::FakeClock m_clock;
};

TEST_F(ARuleBook, FiresAtItsThresholdWithinItsWindowAndBeginsAnew)
{
    RuleBook book(m_clock, {rule(RuleTrigger::QuoteRequest, RuleScope::User, 3, {RuleAction::Alert})});
    EXPECT_TRUE(note(book, aliceFacts()).empty());
    m_clock.advance(30s);
    EXPECT_TRUE(note(book, aliceFacts()).empty());
    m_clock.advance(30s);
    EXPECT_TRUE(note(book, aliceFacts()).empty()) << "the first is a minute ago";
    m_clock.advance(29s);
    const auto fired = note(book, aliceFacts());
    ASSERT_EQ(fired.size(), 1U);
    EXPECT_EQ(fired[0].count, 3U);
    EXPECT_FALSE(fired[0].again);
    EXPECT_TRUE(note(book, aliceFacts()).empty());
    EXPECT_TRUE(note(book, aliceFacts()).empty());
    EXPECT_TRUE(note(book, aliceFacts()).at(0).again) << "within the window";
}

TEST_F(ARuleBook, CountsApartWhatBelongsToOthers)
{
    for (const RuleScope by : {RuleScope::User, RuleScope::Certificate, RuleScope::Address, RuleScope::Session}) {
        RuleBook book(m_clock, {rule(RuleTrigger::QuoteRequest, by, 2, {RuleAction::Alert})});
        ConnectionFacts other = aliceFacts("192.0.2.1:4");
        other.user = stepup::UserId("bob");
        other.certificate = filled(0xb0);
        other.session = rfq::SessionId("other");
        EXPECT_TRUE(note(book, aliceFacts()).empty());
        EXPECT_TRUE(note(book, other).empty()) << scopeName(by);
        EXPECT_EQ(book.size(), 2U);
        EXPECT_EQ(note(book, other).size(), 1U) << scopeName(by);
    }
}

TEST_F(ARuleBook, CountsNothingAgainstAPersonThatCameWithSomebodyElsesCertificate)
{
    RuleBook book(m_clock, {rule(RuleTrigger::FailedSignIn, RuleScope::User, 1, {RuleAction::Lock})});
    EXPECT_TRUE(note(book, aliceFacts(), NoInstrument, false, RuleTrigger::FailedSignIn).empty());
    EXPECT_EQ(note(book, aliceFacts(), NoInstrument, true, RuleTrigger::FailedSignIn).size(), 1U);
}

TEST_F(ARuleBook, WeighsRequestsAgainstDeals)
{
    Rule own = rule(RuleTrigger::QuoteRequest, RuleScope::User, 10, {RuleAction::Alert});
    own.requestsPerDeal = 20;
    RuleBook book(m_clock, {own});
    EXPECT_TRUE(note(book, aliceFacts()).empty());
    book.dealt(stepup::UserId("alice"));
    for (int i = 2; i < 20; ++i)
        EXPECT_TRUE(note(book, aliceFacts()).empty()) << i;
    EXPECT_EQ(note(book, aliceFacts()).size(), 1U) << "twenty requests and one deal";
}

TEST_F(ARuleBook, WeighsBreadth)
{
    Rule own = rule(RuleTrigger::QuoteRequest, RuleScope::User, 3, {RuleAction::Alert});
    own.instruments = 3;
    RuleBook book(m_clock, {own});
    for (int i = 0; i < 10; ++i)
        EXPECT_TRUE(note(book, aliceFacts(), i % 2 == 0 ? "EUR/USD" : "USD/JPY").empty());
    m_clock.advance(59s);
    EXPECT_EQ(note(book, aliceFacts(), "GBP/USD").size(), 1U);
    EXPECT_TRUE(note(book, aliceFacts(), "A").empty());
    EXPECT_TRUE(note(book, aliceFacts(), "B").empty());
    m_clock.advance(60s);
    EXPECT_TRUE(note(book, aliceFacts(), "C").empty()) << "A and B are over";
}

TEST_F(ARuleBook, RemembersBoundedlyManyWhoeverComes)
{
    RuleBook book(m_clock, {rule(RuleTrigger::FailedSignIn, RuleScope::Address, 20, {RuleAction::Alert})});
    for (int i = 0; i < 10'000; ++i) {
        m_clock.advance(1ms);
        const std::string address = "10." + std::to_string(i / 2500) + "." + std::to_string(i / 250 % 10) + "."
            + std::to_string(i % 250) + ":4711";
        EXPECT_TRUE(note(book, aliceFacts(address), NoInstrument, false, RuleTrigger::FailedSignIn).empty());
        ASSERT_LE(book.size(), 4'096U);
    }
    for (int i = 0; i < 100; ++i)
        (void)note(book, aliceFacts("[2001:db8::" + std::to_string(i) + "]:1"), NoInstrument, false,
            RuleTrigger::FailedSignIn);
    EXPECT_LE(book.size(), 4'096U);
}

TEST_F(ARuleBook, ForgetsASessionWithIt)
{
    RuleBook book(m_clock, {rule(RuleTrigger::RefusedMessage, RuleScope::Session, 2, {RuleAction::Close})});
    EXPECT_TRUE(note(book, aliceFacts(), NoInstrument, true, RuleTrigger::RefusedMessage).empty());
    book.forget(Client);
    EXPECT_TRUE(note(book, aliceFacts(), NoInstrument, true, RuleTrigger::RefusedMessage).empty());
}

}
