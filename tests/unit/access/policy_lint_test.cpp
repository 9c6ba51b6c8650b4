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
        return lintWith({.attribute = "extra", .conditions = {{"a", 0, first}, {"b", 10, second}}});
    };
    EXPECT_THAT(all({range("", "10")}, {range("10", "")}), IsEmpty());
    EXPECT_THAT(all({range("10", "")}, {range("", "10")}), IsEmpty());
    EXPECT_THAT(all({range("", "10")}, {range("12", "")}),
        Contains("extra: no condition covers the numbers from 10 to 12: they count as unknown"));
    EXPECT_THAT(all({range("", "10")}, {range("10", "20")}),
        Contains("extra: no condition covers the numbers from 20: they count as unknown"));
    EXPECT_THAT(all({range("", "10", {"EUR", "USD"})}, {range("10", "", {"EUR"})}),
        Contains("extra: no condition covers the numbers from 10 USD: they count as unknown"));
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

}
