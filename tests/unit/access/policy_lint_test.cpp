#include "core/access/policy_lint.h"
#include "tests/unit/access/access_world.h"

using namespace access_test;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// The design's table and one more attribute.
std::vector<std::string> lintWith(AttributeRule rule)
{
    AccessPolicy policy = designTable();
    std::erase_if(policy.attributes, [&](const AttributeRule& each) { return each.attribute == rule.attribute; });
    policy.attributes.push_back(std::move(rule));
    std::vector<std::string> texts;
    for (const LintFinding& finding : lint(policy))
        texts.push_back(finding.attribute + ": " + finding.text);
    return texts;
}

RangeTest range(const char* from, const char* below, std::vector<std::string> units = {})
{
    RangeTest test{.atLeast = {}, .below = {}, .units = std::move(units)};
    if (*from)
        test.atLeast = number(from);
    if (*below)
        test.below = number(below);
    return test;
}

TEST(Lint, IsContentWithAPolicyOfAFirm)
{
    EXPECT_THAT(lint(designTable()), IsEmpty());
}

TEST(Lint, SpeaksOfWhatIsNotJudged)
{
    AccessPolicy policy = designTable();
    policy.attributes.pop_back();
    EXPECT_THAT(lint(policy), Contains(LintFinding{"", "the attribute 'country' is not judged at all"}));
    policy.thresholds = {200, 200};
    EXPECT_EQ(lint(policy).size(), 3U) << "nothing is denied, and nothing stepped up";
    EXPECT_EQ(lint({}).size(), 1U);
}

TEST(Lint, SpeaksOfScoresThatMeanNothing)
{
    EXPECT_THAT(
        lintWith({.attribute = "extra", .conditions = {words("a", 0, {"x"})}}), Contains(HasSubstr("decides nothing")));
    EXPECT_THAT(lintWith({.attribute = "extra", .conditions = {words("a", 5, {"x"})}}),
        Contains(HasSubstr("nobody can be without")));
}

TEST(Lint, SpeaksOfAnUnknownThatPays)
{
    EXPECT_THAT(
        lintWith({.attribute = "extra", .unknown = "a", .conditions = {words("a", 0, {"x"}), words("b", 10, {"y"})}}),
        Contains(
            "extra: where nothing is known, 'a' counts 0, less than 'b' (10): whoever hides the fact is better off "
            "than whoever shows it"));
}

TEST(Lint, SpeaksOfAWordThatStandsTwice)
{
    EXPECT_THAT(lintWith({.attribute = "extra", .conditions = {words("a", 0, {"x"}), words("b", 10, {"x"})}}),
        Contains(HasSubstr("'x' stands in 'a' and again in 'b'")));
}

TEST(Lint, SpeaksOfPlacesThatAreNotNamedOrTooLarge)
{
    EXPECT_THAT(lintWith({.attribute = "network",
                    .conditions = {{"known", 0, {NetworkTest{}}}, {"unknown", 15, {Otherwise{}}}}}),
        Contains(HasSubstr("no network is named")));
    EXPECT_THAT(
        lintWith({.attribute = "network",
            .conditions = {{"known", 0, {NetworkTest{{network("0.0.0.0/1")}}}}, {"unknown", 15, {Otherwise{}}}}}),
        Contains(HasSubstr("0.0.0.0/1 is a large part of the internet")));
    EXPECT_THAT(lintWith({.attribute = "country",
                    .conditions = {words("expected", 0, {"expected"}), {"else", 40, {Otherwise{}}}}}),
        Contains(HasSubstr("no country is named")));
}

TEST(Lint, SpeaksOfNumbersThatNothingCovers)
{
    const auto all = [](std::vector<ConditionTest> first, std::vector<ConditionTest> second) {
        return lintWith({.attribute = "patch-age", .conditions = {{"a", 0, first}, {"b", 10, second}}});
    };
    EXPECT_THAT(all({range("", "10")}, {range("10", "")}), IsEmpty());
    EXPECT_THAT(all({range("10", "")}, {range("", "10")}), IsEmpty());
    EXPECT_THAT(all({range("", "10")}, {range("12", "")}),
        Contains("patch-age: no condition covers the numbers from 10 to 12: they count as unknown"));
    EXPECT_THAT(all({range("", "10")}, {range("10", "20")}),
        Contains("patch-age: no condition covers the numbers from 20: they count as unknown"));
    EXPECT_THAT(all({range("", "10", {"EUR", "USD"})}, {range("10", "", {"EUR"})}),
        Contains("patch-age: no condition covers the numbers from 10 USD: they count as unknown"));
    EXPECT_THAT(all({range("", "10")}, {range("12", ""), Otherwise{}}), IsEmpty());
}

TEST(Lint, SpeaksOfSizesOfSessionsAndOfBeliefs)
{
    EXPECT_THAT(lintWith({.attribute = "transaction-size",
                    .conditions = {{"a", 0, {range("", "10", {"EUR"})}}, {"b", 10, {Otherwise{}}}}}),
        Contains(HasSubstr("no session has a size")));
    AttributeRule device = designTable().attributes[2];
    device.belief = Belief::Reported;
    EXPECT_THAT(lintWith(device), Contains(HasSubstr("is believed here")));
}

TEST(Lint, SpeaksOfWordsThatNobodySays)
{
    EXPECT_THAT(lintWith({.attribute = "authentication",
                    .conditions = {words("token", 0, {"hardware-token", "hardware_token"}),
                        words("password only", 30, {"password"})}}),
        Contains("authentication: 'token': 'hardware_token' is no value of it: password, software-token, "
                 "hardware-token"));
    EXPECT_THAT(
        lintWith({.attribute = "secure-boot", .conditions = {words("on", 0, {"Yes"}), words("off", 5, {"no"})}}),
        Contains("secure-boot: 'on': 'Yes' is no value of it: yes, no"));
    EXPECT_THAT(
        lintWith({.attribute = "secure-boot", .conditions = {words("on", 0, {"yes"}), words("off", 5, {"no"})}}),
        IsEmpty());
}

TEST(Lint, SpeaksOfCountriesThatDoNotExist)
{
    const auto with = [](const char* code) {
        return lintWith({.attribute = "country",
            .conditions = {words("expected", 0, {"expected", "DE", code}), wordsOrElse("else", 40, {"anomalous"})}});
    };
    EXPECT_THAT(with("UK"),
        Contains("country: 'expected': 'UK' is no country's code (ISO 3166-1), and no file of countries says it: the "
                 "United Kingdom is GB"));
    EXPECT_THAT(with("EU"), Contains(HasSubstr("'EU' is no country's code")));
    for (const char* code : {"GB", "AD", "ZW", "XK"})
        EXPECT_THAT(with(code), IsEmpty()) << code;
    AccessPolicy policy = designTable();
    policy.places = {{network("10.0.0.0/8"), "UK"}, {network("10.1.0.0/16"), "GB"}};
    ASSERT_EQ(lint(policy).size(), 1U);
    EXPECT_THAT(lint(policy).front().text, HasSubstr("place 10.0.0.0/8: 'UK' is no country's code"));
}

TEST(Lint, SpeaksOfTestsThatNeverHold)
{
    const auto only = [](const char* attribute, ConditionTest test) {
        return lintWith({.attribute = attribute, .conditions = {{"a", 0, {std::move(test)}}, {"b", 9, {Otherwise{}}}}});
    };
    EXPECT_THAT(only("verification-age", WordTest{{"60"}}), Contains(HasSubstr("'60' is no value of it: a number")));
    EXPECT_THAT(only("verification-age", range("", "60", {"EUR"})), Contains(HasSubstr("it has no currency")));
    EXPECT_THAT(only("verification-age", range("", "60")), IsEmpty());
    EXPECT_THAT(only("transaction-size", range("", "60")), Contains(HasSubstr("without 'currencies' never fits")));
    EXPECT_THAT(only("firewall", range("", "60")), Contains(HasSubstr("a number is no value of it: yes, no")));
    EXPECT_THAT(only("user", NetworkTest{{network("10.0.0.0/8")}}), Contains(HasSubstr("a network is no value of it")));
    EXPECT_THAT(only("user", WindowTest{}), Contains(HasSubstr("a time is no value of it")));
    EXPECT_THAT(only("time", WindowTest{}), IsEmpty());
}

TEST(Lint, SpeaksOfAttributesThatNobodyFills)
{
    EXPECT_THAT(lintWith({.attribute = "authentification", .conditions = {words("a", 0, {"x"}), words("b", 9, {"y"})}}),
        Contains(HasSubstr("authentification: none of our programs fills it")));
}

}
