#include "core/access/policy_lint.h"

#include "core/access/vocabulary.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace zerotrust {

namespace {

using Findings = std::vector<LintFinding>;

constexpr std::array<const char*, 5> Fundamental{
    attribute::User, attribute::Authentication, attribute::Device, attribute::Network, attribute::Country};

template <typename Kind>
std::vector<const Kind*> testsOf(const AttributeRule& rule)
{
    std::vector<const Kind*> found;
    for (const Condition& condition : rule.conditions)
        for (const ConditionTest& test : condition.tests)
            if (const auto* kind = std::get_if<Kind>(&test))
                found.push_back(kind);
    return found;
}

const Condition& worstOf(const AttributeRule& rule)
{
    return *std::max_element(rule.conditions.begin(), rule.conditions.end(),
        [](const Condition& a, const Condition& b) { return a.score < b.score; });
}

void lintUnknown(const AttributeRule& rule, Findings& findings)
{
    const Condition& worst = worstOf(rule);
    for (const Condition& condition : rule.conditions)
        if (rule.unknown && condition.name == *rule.unknown && condition.score < worst.score)
            findings.push_back({rule.attribute,
                "where nothing is known, '" + condition.name + "' counts " + std::to_string(condition.score)
                    + ", less than '" + worst.name + "' (" + std::to_string(worst.score)
                    + "): whoever hides the fact is better off than whoever shows it"});
}

void lintScores(const AttributeRule& rule, Findings& findings)
{
    if (worstOf(rule).score == 0)
        findings.push_back({rule.attribute, "no condition adds anything: the attribute decides nothing"});
    const bool free = std::any_of(
        rule.conditions.begin(), rule.conditions.end(), [](const Condition& each) { return each.score == 0; });
    if (!free)
        findings.push_back({rule.attribute, "every condition adds something: nobody can be without this score"});
}

void lintWords(const AttributeRule& rule, Findings& findings)
{
    std::map<std::string, std::string> first;
    for (const Condition& condition : rule.conditions)
        for (const ConditionTest& test : condition.tests) {
            const auto* words = std::get_if<WordTest>(&test);
            for (const std::string& word : words ? words->words : std::vector<std::string>()) {
                const auto [entry, fresh] = first.emplace(word, condition.name);
                if (!fresh)
                    findings.push_back({rule.attribute,
                        "'" + word + "' stands in '" + entry->second + "' and again in '" + condition.name
                            + "': the higher score counts"});
            }
        }
}

/// What never holds, and so leaves to `unknown` what somebody meant to score.
void lintVocabulary(const AttributeRule& rule, Findings& findings)
{
    if (!isOurAttribute(rule.attribute))
        findings.push_back({rule.attribute,
            "none of our programs fills it: it counts as unknown on every request, unless a program or a desk of "
            "yours does"});
    for (const Condition& condition : rule.conditions)
        for (const ConditionTest& test : condition.tests)
            if (std::string doubt = testDoubt(rule.attribute, test); !doubt.empty())
                findings.push_back({rule.attribute, "'" + condition.name + "': " + doubt});
}

void lintPlaces(const AccessPolicy& policy, Findings& findings)
{
    for (const Place& place : policy.places)
        if (std::string doubt = countryDoubt(place.country); !doubt.empty())
            findings.push_back({"", "place " + place.network.text() + ": " + doubt});
}

void lintNetworks(const AttributeRule& rule, Findings& findings)
{
    constexpr int Widest4 = 8;
    constexpr int Widest6 = 16;
    bool any = false;
    for (const NetworkTest* test : testsOf<NetworkTest>(rule))
        for (const Network& network : test->networks) {
            any = true;
            if (network.prefix < (network.base.isV4() ? Widest4 : Widest6))
                findings.push_back({rule.attribute, network.text() + " is a large part of the internet"});
        }
    if (rule.attribute == attribute::Network && !any)
        findings.push_back({rule.attribute,
            "no network is named: nobody comes from a known one, unless whoever decides knows better"});
}

bool isCountry(std::string_view word)
{
    return word.size() == 2 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void lintCountries(const AttributeRule& rule, Findings& findings)
{
    if (rule.attribute != attribute::Country)
        return;
    for (const WordTest* test : testsOf<WordTest>(rule))
        if (std::any_of(test->words.begin(), test->words.end(), isCountry))
            return;
    findings.push_back({rule.attribute,
        "no country is named: every country is a stranger, unless whoever decides knows a person's own"});
}

/// Numbers between two ranges of one unit, and above the last, that nothing covers.
void lintRanges(const AttributeRule& rule, Findings& findings)
{
    if (!testsOf<Otherwise>(rule).empty())
        return;
    std::map<std::string, std::vector<RangeTest>> byUnit;
    for (const RangeTest* test : testsOf<RangeTest>(rule)) {
        for (const std::string& unit : test->units)
            byUnit[unit].push_back(*test);
        if (test->units.empty())
            byUnit[""].push_back(*test);
    }
    for (auto& [unit, ranges] : byUnit) {
        const auto start = [](const RangeTest& range) { return range.atLeast.value_or(base::Decimal()); };
        std::sort(ranges.begin(), ranges.end(), [&](const auto& a, const auto& b) { return start(a) < start(b); });
        std::optional<base::Decimal> covered = base::Decimal(); // below this; absent: to the end
        for (const RangeTest& range : ranges) {
            if (covered && start(range) > *covered)
                findings.push_back({rule.attribute,
                    "no condition covers the numbers from " + covered->text() + " to " + start(range).text()
                        + (unit.empty() ? "" : " " + unit) + ": they count as unknown"});
            if (covered)
                covered = range.below ? std::optional(std::max(*covered, *range.below)) : std::nullopt;
        }
        if (covered)
            findings.push_back({rule.attribute,
                "no condition covers the numbers from " + covered->text() + (unit.empty() ? "" : " " + unit)
                    + ": they count as unknown"});
    }
}

void lintAttribute(const AttributeRule& rule, Findings& findings)
{
    lintScores(rule, findings);
    lintUnknown(rule, findings);
    lintWords(rule, findings);
    lintVocabulary(rule, findings);
    lintNetworks(rule, findings);
    lintCountries(rule, findings);
    lintRanges(rule, findings);
    if (rule.attribute == attribute::TransactionSize && rule.appliesTo == AppliesTo::Everything)
        findings.push_back({rule.attribute,
            "no session has a size, so each one counts it as unknown: asked_of = \"actions\" asks actions only"});
    const bool fundamental = std::find(Fundamental.begin(), Fundamental.end(), rule.attribute) != Fundamental.end();
    if (fundamental && rule.belief == Belief::Reported)
        findings.push_back({rule.attribute, "what the other side says about itself is believed here"});
}

int mostOf(const AccessPolicy& policy)
{
    int most = 0;
    for (const AttributeRule& rule : policy.attributes)
        most += worstOf(rule).score;
    return most;
}

}

std::vector<LintFinding> lint(const AccessPolicy& policy)
{
    Findings findings;
    const bool judgeable = std::none_of(policy.attributes.begin(), policy.attributes.end(),
        [](const AttributeRule& rule) { return rule.conditions.empty(); });
    if (!judgeable || policy.attributes.empty())
        return {{"", "the policy asks nothing, or has an attribute without conditions: everything is denied"}};
    for (const char* name : Fundamental)
        if (std::none_of(policy.attributes.begin(), policy.attributes.end(),
                [&](const AttributeRule& rule) { return rule.attribute == name; }))
            findings.push_back({"", "the attribute '" + std::string(name) + "' is not judged at all"});
    if (mostOf(policy) < policy.thresholds.denyFrom)
        findings.push_back({"", "nothing is ever denied: all the worst conditions together are below deny_from"});
    if (policy.thresholds.stepUpFrom == policy.thresholds.denyFrom)
        findings.push_back({"", "no sum leads to a step-up: step_up_from and deny_from are the same"});
    for (const AttributeRule& rule : policy.attributes)
        lintAttribute(rule, findings);
    lintPlaces(policy, findings);
    return findings;
}

}
