#include "tests/unit/access/access_world.h"

#include <algorithm>
#include <random>

using namespace access_test;

namespace {

/// A policy and signals as a careless person and a hostile network would make them. The seed decides.
class Chance {
public:
    explicit Chance(unsigned seed)
        : m_engine(seed)
    {
    }

    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_engine); }
    template <typename T>
    void shuffle(std::vector<T>& all)
    {
        std::shuffle(all.begin(), all.end(), m_engine);
    }

    Condition condition(int number)
    {
        Condition made{"c" + std::to_string(number), below(30), {}};
        if (below(5) == 0)
            made.tests.emplace_back(Otherwise{});
        for (int i = below(3); i >= 0; --i)
            made.tests.emplace_back(WordTest{{word(), word()}});
        return made;
    }
    AccessPolicy policy()
    {
        AccessPolicy made{.id = "chance", .version = 1, .thresholds = {}, .attributes = {}};
        for (int i = 0; i < 5; ++i) {
            AttributeRule rule{.attribute = "a" + std::to_string(i), .conditions = {}};
            for (int c = 1 + below(5); c > 0; --c)
                rule.conditions.push_back(condition(c));
            if (below(2) == 0)
                rule.unknown = "c1";
            if (below(3) == 0)
                rule.belief = Belief::Reported;
            made.attributes.push_back(std::move(rule));
        }
        return made;
    }
    Signal signal()
    {
        return {"a" + std::to_string(below(6)), word(), static_cast<Source>(below(3)), "e" + std::to_string(below(4))};
    }
    Signals signals()
    {
        Signals made;
        for (int i = below(12); i > 0; --i)
            made.all.push_back(signal());
        return made;
    }

private:
    std::string word() { return std::string(1, static_cast<char>('p' + below(6))); }
    std::mt19937 m_engine;
};

TEST(Property, TheOrderOfSignalsAndConditionsDecidesNothing)
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        Chance chance(seed);
        AccessPolicy policy = chance.policy();
        Signals signals = chance.signals();
        const auto before = evaluate(policy, signals);
        chance.shuffle(signals.all);
        for (AttributeRule& rule : policy.attributes)
            chance.shuffle(rule.conditions);
        ASSERT_EQ(evaluate(policy, signals), before) << "seed " << seed;
    }
}

TEST(Property, AnotherSignalOfAKnownAttributeNeverLowersAScore)
{
    for (unsigned seed = 0; seed < 1'000; ++seed) {
        Chance chance(seed);
        const AccessPolicy policy = chance.policy();
        Signals signals = chance.signals();
        if (signals.all.empty())
            continue;
        Signal more = chance.signal();
        more.attribute = signals.all.front().attribute;
        // A proof where there was only a report may lower it: that is what a proof is for.
        more.source = Source::Reported;
        const int before = evaluate(policy, signals).score.total;
        signals.all.push_back(more);
        ASSERT_GE(evaluate(policy, signals).score.total, before) << "seed " << seed;
    }
}

TEST(Property, WhatIsOnlyReportedNeverLowersAScoreUnlessPolicyTakesReports)
{
    for (unsigned seed = 0; seed < 1'000; ++seed) {
        Chance chance(seed);
        AccessPolicy policy = chance.policy();
        for (AttributeRule& rule : policy.attributes)
            rule.belief = Belief::SeenOrProven;
        Signals signals = chance.signals();
        const int before = evaluate(policy, signals).score.total;
        Signal more = chance.signal();
        more.source = Source::Reported;
        signals.all.push_back(more);
        ASSERT_GE(evaluate(policy, signals).score.total, before) << "seed " << seed;
    }
}

TEST(Property, AnotherAttributeInThePolicyNeverLowersAScore)
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        Chance chance(seed);
        AccessPolicy policy = chance.policy();
        const Signals signals = chance.signals();
        const int before = evaluate(policy, signals).score.total;
        policy.attributes.push_back({.attribute = "a5", .conditions = {chance.condition(1)}});
        ASSERT_GE(evaluate(policy, signals).score.total, before) << "seed " << seed;
    }
}

TEST(Property, TheTotalIsTheSumOfTheLinesAndDecides)
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        Chance chance(seed);
        const AccessPolicy policy = chance.policy();
        const auto decision = evaluate(policy, chance.signals());
        int sum = 0;
        for (const ScoreLine& line : decision.score.lines)
            sum += line.score;
        ASSERT_EQ(decision.score.total, sum);
        ASSERT_EQ(decision.outcome, outcomeOf(policy.thresholds, sum));
        ASSERT_EQ(decision.score.lines.size(), policy.attributes.size());
    }
}

}
