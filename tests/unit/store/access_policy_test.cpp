#include "core/access/decision.h"
#include "core/store/access_policy_reader.h"
#include "core/store/toml_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace zerotrust;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

namespace {

constexpr const char* Head = "id = \"p\"\nversion = 3\n[thresholds]\nstep_up_from = 20\ndeny_from = 40\n";
constexpr const char* End = "[end]\npolicy = \"p\"\n";

/// Line 6 is the first of `body`.
base::Result<AccessPolicy> read(const std::string& body)
{
    return store::readAccessPolicy(Head + body + End, "p.toml");
}

/// One attribute with one condition that has the given lines. They begin in line 11.
base::Result<AccessPolicy> readCondition(const std::string& lines)
{
    return read("[[attribute]]\nname = \"a\"\n[[attribute.condition]]\nname = \"c\"\nscore = 1\n" + lines + "\n");
}

std::string problemOf(const base::Result<AccessPolicy>& result)
{
    return result ? "accepted" : result.error().detail;
}

ConditionTest onlyTest(const base::Result<AccessPolicy>& policy)
{
    EXPECT_TRUE(policy) << problemOf(policy);
    if (!policy)
        return Otherwise{};
    EXPECT_EQ(policy->attributes.at(0).conditions.at(0).tests.size(), 1U);
    return policy->attributes.at(0).conditions.at(0).tests.at(0);
}

TEST(TheShippedPolicy, IsTheTableOfTheDesign)
{
    const auto policy = store::readAccessPolicy(store::defaultAccessPolicyText(), "default.toml");
    ASSERT_TRUE(policy) << policy.error().detail;
    EXPECT_EQ(policy->id, "default");
    EXPECT_EQ(policy->thresholds, (Thresholds{20, 40}));
    using Row = std::tuple<std::string, std::string, int>;
    std::vector<Row> rows;
    for (const AttributeRule& rule : policy->attributes) {
        EXPECT_EQ(rule.belief, Belief::SeenOrProven);
        EXPECT_EQ(rule.appliesTo, AppliesTo::Everything);
        for (const Condition& condition : rule.conditions)
            rows.emplace_back(rule.attribute, condition.name, condition.score);
    }
    EXPECT_EQ(rows,
        (std::vector<Row>{{"user", "standard user", 0}, {"user", "privileged user", 10},
            {"authentication", "password only", 30}, {"authentication", "MFA, software token", 5},
            {"authentication", "MFA, hardware token", 0}, {"device", "managed, compliant", 0},
            {"device", "unmanaged", 25}, {"network", "known corporate network", 0},
            {"network", "unknown / dynamic IP", 15}, {"country", "expected country", 0},
            {"country", "anomalous country", 40}}));
}

TEST(TheShippedPolicy, AllowsTheWorkedExampleAtFifteen)
{
    const auto policy = store::readAccessPolicy(store::defaultAccessPolicyText(), "default.toml");
    ASSERT_TRUE(policy);
    Signals signals{.occasion = Occasion::Session,
        .all = {userRole(UserRole::Standard, Source::Proven, ""),
            authenticationBy(Authentication::HardwareToken, Source::Proven, ""),
            deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, ""),
            networkAddress(IpAddress::parse("203.0.113.77").value_or({}), Source::Seen, ""),
            countryKind(CountryKind::Expected, Source::Seen, "")}};
    EXPECT_EQ(evaluate(*policy, signals).score.total, 15);
    EXPECT_EQ(evaluate(*policy, signals).outcome, Outcome::Allow);
    signals.all[2] = deviceHealth(DeviceHealth::Unmanaged, Source::Proven, "");
    EXPECT_EQ(evaluate(*policy, signals).outcome, Outcome::Deny);
    signals.all[3] = networkKind(NetworkKind::Known, Source::Seen, "");
    EXPECT_EQ(evaluate(*policy, signals).outcome, Outcome::StepUp);
    signals.all[4] = countryKind(CountryKind::Unknown, Source::Seen, "");
    EXPECT_EQ(evaluate(*policy, signals).score.total, 65);
}

TEST(APolicyFile, SaysEverythingThatAPolicyCan)
{
    const auto policy = read(R"(
[[attribute]]
name = "transaction-size"
asked_of = "actions"
believe = "reported"
unknown = "large"
[[attribute.condition]]
name = "small"
score = 0
below = "5000000"
currencies = ["EUR", "USD"]
[[attribute.condition]]
name = "large"
score = 20
at_least = 5000000
currencies = ["EUR", "USD"]
otherwise = true
[[place]]
network = "10.0.0.0/8"
country = "DE"
)");
    ASSERT_TRUE(policy) << policy.error().detail;
    const base::Decimal five(5'000'000, 0);
    EXPECT_EQ(*policy,
        (AccessPolicy{.id = "p",
            .version = 3,
            .thresholds = {20, 40},
            .attributes = {{.attribute = "transaction-size",
                .appliesTo = AppliesTo::Actions,
                .belief = Belief::Reported,
                .unknown = "large",
                .conditions = {{"small", 0, {RangeTest{.atLeast = {}, .below = five, .units = {"EUR", "USD"}}}},
                    {"large", 20, {RangeTest{.atLeast = five, .below = {}, .units = {"EUR", "USD"}}, Otherwise{}}}}}},
            .places = {{Network::parse("10.0.0.0/8").value_or({}), "DE"}}}));
}

TEST(APolicyFile, ReadsEachKindOfTest)
{
    EXPECT_EQ(onlyTest(readCondition("words = [\"x\"]\ncountries = [\"DE\"]")), ConditionTest(WordTest{{"x", "DE"}}));
    EXPECT_EQ(onlyTest(readCondition("networks = []")), ConditionTest(NetworkTest{}));
    EXPECT_EQ(onlyTest(readCondition("below = 61")),
        ConditionTest(RangeTest{.atLeast = {}, .below = base::Decimal(61, 0), .units = {}}));
    EXPECT_EQ(onlyTest(readCondition("days = [\"sat\", \"sun\"]")),
        ConditionTest(WindowTest{.days = std::bitset<7>("1000001"), .from = 0min, .to = 24h}));
    EXPECT_EQ(onlyTest(readCondition("from = \"22:30\"\nto = \"06:00\"")),
        ConditionTest(WindowTest{.days = std::bitset<7>("1111111"), .from = 22h + 30min, .to = 6h}));
    EXPECT_EQ(onlyTest(readCondition("otherwise = true")), ConditionTest(Otherwise{}));
}

TEST(APolicyFile, IsRefusedWithFileLineAndKey)
{
    const auto first = [](const char* key, const char* word) {
        return AllOf(testing::StartsWith("p.toml:"), HasSubstr(key), HasSubstr(word));
    };
    const auto at11 = [](const char* key, const char* word) {
        return AllOf(HasSubstr("p.toml:11: key 'attribute.condition." + std::string(key) + "'"), HasSubstr(word));
    };
    const auto why = [](const std::string& lines) { return problemOf(readCondition(lines)); };
    EXPECT_THAT(why("words = [\"a b\"]"), at11("words", "'a b' is none"));
    EXPECT_THAT(why("countries = [\"de\"]"), at11("countries", "'de' is none"));
    EXPECT_THAT(why("networks = [\"10.0.0.1/8\"]"), at11("networks", "'10.0.0.1/8' is none"));
    EXPECT_THAT(why("below = -1"), at11("below", "a number from 0"));
    EXPECT_THAT(why("below = 1.5"), at11("below", "a floating point number"));
    EXPECT_THAT(why("below = 5\nat_least = 5"), at11("below", "more than 'at_least'"));
    EXPECT_THAT(why("below = 5\ncurrencies = [\"eur\"]"), HasSubstr("'eur' is none"));
    EXPECT_THAT(why("currencies = [\"EUR\"]"), at11("currencies", "'at_least' or 'below'"));
    EXPECT_THAT(why("days = [\"monday\"]"), at11("days", "'monday' is none"));
    EXPECT_THAT(why("from = \"25:00\"\nto = \"06:00\""), at11("from", "a time of day"));
    EXPECT_THAT(why("from = \"0a:00\"\nto = \"06:00\""), at11("from", "a time of day"));
    EXPECT_THAT(why("from = \"06:00\""), HasSubstr("both 'from' and 'to'"));
    EXPECT_THAT(why("to = \"06:00\"\nfrom = \"06:00\""), at11("to", "another time"));
    EXPECT_THAT(why("otherwise = false"), at11("otherwise", "true"));
    EXPECT_THAT(why("wrods = [\"x\"]"), at11("wrods", "did you mean 'words'?"));
    EXPECT_THAT(why(""), first("'attribute.condition.name'", "what the condition asks for"));
}

TEST(APolicyFile, IsRefusedWhereItContradictsItself)
{
    const std::string attribute = "[[attribute]]\nname = \"a\"\n";
    const std::string condition = "[[attribute.condition]]\nname = \"c\"\nscore = 1\notherwise = true\n";
    const auto why = [](const std::string& body) { return problemOf(read(body)); };
    EXPECT_THAT(why(attribute + condition), "accepted");
    EXPECT_THAT(why(""), HasSubstr("1 to 64 attributes"));
    EXPECT_THAT(why(attribute), HasSubstr("p.toml:7: key 'attribute.name': expected 1 to 64 conditions"));
    EXPECT_THAT(why(attribute + condition + attribute + condition), HasSubstr("a name that is not taken yet"));
    EXPECT_THAT(why(attribute + condition + condition),
        AllOf(HasSubstr("a name that is not taken yet"), HasSubstr("it only once")));
    EXPECT_THAT(why(attribute + "unknown = \"d\"\n" + condition), HasSubstr("p.toml:8: key 'attribute.unknown'"));
    EXPECT_THAT(why("[[attribute]]\nname = \"A\"\n" + condition), HasSubstr("1 to 64 of a-z"));
    EXPECT_THAT(why(attribute + "[[attribute.condition]]\nname = \"\xc3\xbc\"\nscore = 1\notherwise = true\n"),
        HasSubstr("visible ASCII"));
    EXPECT_THAT(why(attribute + "[[attribute.condition]]\nname = \"c\"\nscore = 1001\notherwise = true\n"),
        HasSubstr("an integer from 0 to 1000"));
    EXPECT_THAT(why(attribute + "[[attribute.condition]]\nname = \"c\"\notherwise = true\n"),
        HasSubstr("key 'attribute.condition.score': expected an integer from 0 to 1000, found nothing"));
    EXPECT_THAT(why(attribute + condition + "[[place]]\nnetwork = \"10/8\"\ncountry = \"Germany\"\n"),
        AllOf(HasSubstr("key 'place.network'"), HasSubstr("key 'place.country'")));
}

TEST(APolicyFile, IsRefusedWithoutItsEnds)
{
    const auto policy = read("");
    std::string body =
        "[[attribute]]\nname = \"a\"\n[[attribute.condition]]\nname = \"c\"\nscore = 1\notherwise = true\n";
    const auto why = [](const std::string& text) { return problemOf(store::readAccessPolicy(text, "p.toml")); };
    EXPECT_THAT(why(Head + body), HasSubstr("may have been cut off"));
    EXPECT_THAT(why(Head + body + "[end]\npolicy = \"q\"\n"), HasSubstr("the id of this policy, 'p'"));
    EXPECT_THAT(why(Head + std::string(End) + body), HasSubstr("behind everything else"));
    EXPECT_THAT(why("version = 0\n" + body + End),
        AllOf(HasSubstr("key 'id'"), HasSubstr("key 'version'"), HasSubstr("key 'thresholds.deny_from'")));
    EXPECT_THAT(why("id = \"p\"\nversion = 1\n[thresholds]\nstep_up_from = 20\ndeny_from = 19\n" + body + End),
        HasSubstr("not less than 'step_up_from'"));
}

TEST(APolicyFile, IsReadFromDisk)
{
    const auto path = std::filesystem::path(testing::TempDir()) / "access_policy_test.toml";
    std::ofstream(path, std::ios::binary) << store::defaultAccessPolicyText();
    const auto policy = store::openAccessPolicy(path);
    std::filesystem::remove(path);
    ASSERT_TRUE(policy) << policy.error().detail;
    EXPECT_EQ(policy->id, "default");
    const auto absent = store::openAccessPolicy(path);
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, base::Errc::Io);
}

}
