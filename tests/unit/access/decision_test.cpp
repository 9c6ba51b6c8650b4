#include "tests/unit/access/access_world.h"

using namespace access_test;
using namespace std::chrono_literals;

namespace {

AccessPolicy policyOf(AttributeRule rule)
{
    return {.id = "one", .version = 7, .thresholds = {}, .attributes = {std::move(rule)}};
}

ScoreLine lineOf(const AttributeRule& rule, const std::vector<Signal>& signals)
{
    return evaluate(policyOf(rule), {.occasion = Occasion::Action, .all = signals}).score.lines.at(0);
}

AttributeRule age()
{
    return {.attribute = "verification-age",
        .unknown = "long ago",
        .conditions = {{"fresh", 0, {RangeTest{.atLeast = {}, .below = number("61"), .units = {}}}},
            {"old", 10, {RangeTest{.atLeast = number("61"), .below = number("721"), .units = {}}}},
            {"long ago", 20, {RangeTest{.atLeast = number("721"), .below = {}, .units = {}}}}}};
}

TEST(ADecision, SaysWhichPolicyMadeIt)
{
    const auto decision = evaluate(designTable(), atTheDesk());
    EXPECT_EQ(decision.policyId, "table");
    EXPECT_EQ(decision.policyVersion, 1U);
    EXPECT_EQ(decision.thresholds, Thresholds{});
    EXPECT_EQ(decision.score.lines.at(1),
        (ScoreLine{"authentication", "MFA, hardware token", 0, "key attested on a PIV card", Footing::Known}));
}

TEST(ADecision, DeniesWherePolicyAsksNothing)
{
    EXPECT_EQ(evaluate({}, atTheDesk()).outcome, Outcome::Deny);
    AccessPolicy onlyActions =
        policyOf({.attribute = "size", .appliesTo = AppliesTo::Actions, .conditions = {words("any", 0, {"any"})}});
    EXPECT_EQ(evaluate(onlyActions, atTheDesk()).outcome, Outcome::Deny);
    EXPECT_EQ(lineOf({.attribute = "bare"}, {}).score, AccessPolicy::MaxScore);
}

TEST(ADecision, DoesNotBelieveWhatIsOnlyReported)
{
    const auto claimed = lineOf(
        designTable().attributes[2], {deviceHealth(DeviceHealth::ManagedCompliant, Source::Reported, "says the desk")});
    EXPECT_EQ(claimed,
        (ScoreLine{"device", "unmanaged", 25, "reported only, not proven: says the desk", Footing::NotProven}));
}

TEST(ADecision, BelievesAReportAgainstItself)
{
    auto rule = designTable().attributes[1];
    rule.unknown = "MFA, software token";
    EXPECT_EQ(lineOf(rule, {authenticationBy(Authentication::Password, Source::Reported, "")}).score, 30);
    EXPECT_EQ(lineOf(rule, {authenticationBy(Authentication::HardwareToken, Source::Reported, "")}).score, 5);
}

TEST(ADecision, CountsTheProvenWeakerAgainstTheReportedStronger)
{
    const auto line = lineOf(designTable().attributes[1],
        {authenticationBy(Authentication::HardwareToken, Source::Reported, "says the desk"),
            authenticationBy(Authentication::SoftwareToken, Source::Proven, "key of the certificate")});
    EXPECT_EQ(line.condition, "MFA, software token");
    EXPECT_EQ(line.footing, Footing::Known);
}

TEST(ADecision, TakesAReportWherePolicySaysSo)
{
    auto rule = designTable().attributes[2];
    rule.belief = Belief::Reported;
    EXPECT_EQ(lineOf(rule, {deviceHealth(DeviceHealth::ManagedCompliant, Source::Reported, "")}).score, 0);
}

TEST(ADecision, CountsAWordThatNoConditionCoversAsUnknown)
{
    const auto line = lineOf(designTable().attributes[0], {{"user", std::string("wizard"), Source::Proven, ""}});
    EXPECT_EQ(line, (ScoreLine{"user", "privileged user", 10, "wizard", Footing::NotCovered}));
}

TEST(ADecision, CountsTheWorstConditionWherePolicyNamesNoUnknown)
{
    auto rule = designTable().attributes[1];
    rule.unknown.reset();
    EXPECT_EQ(lineOf(rule, {}).condition, "password only");
    rule.unknown = "misspelt";
    EXPECT_EQ(lineOf(rule, {}).condition, "password only");
}

TEST(ADecision, ComparesNumbersWithTheirEdges)
{
    const auto scoreOf = [](std::chrono::seconds value) {
        return lineOf(age(), {verificationAge(value, Source::Seen, "")}).score;
    };
    EXPECT_EQ(scoreOf(0s), 0);
    EXPECT_EQ(scoreOf(60min), 0);
    EXPECT_EQ(scoreOf(60min + 1s), 10);
    EXPECT_EQ(scoreOf(720min), 10);
    EXPECT_EQ(scoreOf(721min), 20);
}

TEST(ADecision, DoesNotTakeANegativeAgeForAFreshOne)
{
    EXPECT_EQ(lineOf(age(), {verificationAge(-5min, Source::Seen, "")}).condition, "long ago");
}

TEST(ADecision, ComparesMoneyOnlyInItsCurrency)
{
    const AttributeRule rule{.attribute = "transaction-size",
        .appliesTo = AppliesTo::Actions,
        .unknown = "large",
        .conditions = {{"small", 0,
                           {RangeTest{.atLeast = {}, .below = number("5000000"), .units = {"EUR", "USD"}},
                               RangeTest{.atLeast = {}, .below = number("750000000"), .units = {"JPY"}}}},
            {"large", 20, {RangeTest{.atLeast = number("5000000"), .below = {}, .units = {"EUR", "USD"}}}}}};
    const auto scoreOf = [&](std::string_view size, const char* currency) {
        return lineOf(rule, {transactionSize(number(size), currency, Source::Seen, "")}).score;
    };
    EXPECT_EQ(scoreOf("4999999.99", "EUR"), 0);
    EXPECT_EQ(scoreOf("5000000", "EUR"), 20);
    EXPECT_EQ(scoreOf("700000000", "JPY"), 0);
    EXPECT_EQ(scoreOf("750000000", "JPY"), 20);
    EXPECT_EQ(scoreOf("1", "XXX"), 20);
    EXPECT_EQ(scoreOf("1", ""), 20);
}

TEST(ADecision, AsksActionsMoreThanSessions)
{
    AccessPolicy policy = designTable();
    policy.attributes.push_back(
        {.attribute = "transaction-size", .appliesTo = AppliesTo::Actions, .conditions = {words("any", 20, {"any"})}});
    Signals signals = atTheDesk();
    EXPECT_EQ(evaluate(policy, signals).score.total, 0);
    signals.occasion = Occasion::Action;
    EXPECT_EQ(evaluate(policy, signals).score.total, 20);
}

TEST(ADecision, KnowsWhatTimeItIs)
{
    std::bitset<7> workdays("0111110");
    const AttributeRule hours{.attribute = "time",
        .conditions = {{"office hours", 0, {WindowTest{.days = workdays, .from = 7h, .to = 19h}}},
            {"off hours", 10, {Otherwise{}}}}};
    const auto scoreOf = [](const AttributeRule& rule, std::chrono::weekday day, std::chrono::minutes at) {
        return lineOf(rule, {timeOfWeek({day, at}, Source::Seen, "")}).score;
    };
    using namespace std::chrono;
    EXPECT_EQ(scoreOf(hours, Monday, 7h - 1min), 10);
    EXPECT_EQ(scoreOf(hours, Monday, 7h), 0);
    EXPECT_EQ(scoreOf(hours, Friday, 19h - 1min), 0);
    EXPECT_EQ(scoreOf(hours, Friday, 19h), 10);
    EXPECT_EQ(scoreOf(hours, Saturday, 12h), 10);
    EXPECT_EQ(scoreOf(hours, Sunday, 12h), 10);

    // The night shift of Friday goes on into Saturday; that of Sunday does not begin.
    const AttributeRule night{.attribute = "time",
        .conditions = {{"night shift", 0, {WindowTest{.days = workdays, .from = 22h, .to = 6h}}},
            {"off hours", 10, {Otherwise{}}}}};
    EXPECT_EQ(scoreOf(night, Friday, 22h), 0);
    EXPECT_EQ(scoreOf(night, Saturday, 6h - 1min), 0);
    EXPECT_EQ(scoreOf(night, Saturday, 6h), 10);
    EXPECT_EQ(scoreOf(night, Saturday, 22h), 10);
    EXPECT_EQ(scoreOf(night, Monday, 5h), 10);
    EXPECT_EQ(scoreOf(night, Tuesday, 5h), 0);
    EXPECT_EQ(scoreOf(night, weekday(9), 23h), 10);
}

TEST(ADecision, TellsTheTimeOfTheWeek)
{
    const base::UtcTime at = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 23h + 45min + 59s;
    EXPECT_EQ(valueText(weekTimeOf(at, 0min)), "Tue 23:45");
    EXPECT_EQ(valueText(weekTimeOf(at, 60min)), "Wed 00:45");
    EXPECT_EQ(valueText(weekTimeOf(at, -24h)), "Mon 23:45");
}

TEST(ADecision, KnowsANetworkByAddress)
{
    const auto rule = designTable().attributes[3];
    const auto scoreOf = [&](const char* from) {
        return lineOf(rule, {networkAddress(address(from), Source::Seen, "")}).score;
    };
    EXPECT_EQ(scoreOf("192.0.2.255"), 0);
    EXPECT_EQ(scoreOf("::ffff:192.0.2.1"), 0);
    EXPECT_EQ(scoreOf("2001:db8:1::1"), 0);
    EXPECT_EQ(scoreOf("192.0.3.0"), 15);
    EXPECT_EQ(scoreOf("2001:db9::1"), 15);
    EXPECT_EQ(lineOf(rule, {networkAddress(address("192.0.3.0"), Source::Seen, "")}).evidence, "192.0.3.0");
}

TEST(ADecision, HasStableNames)
{
    EXPECT_STREQ(outcomeName(Outcome::Allow), "allow");
    EXPECT_STREQ(outcomeName(Outcome::StepUp), "step-up");
    EXPECT_STREQ(outcomeName(Outcome::Deny), "deny");
    EXPECT_STREQ(footingName(Footing::NotProven), "not-proven");
    EXPECT_STREQ(sourceName(Source::Reported), "reported");
    EXPECT_EQ(valueText(Measure{number("10.50"), "EUR"}), "10.50 EUR");
}

}
