#include "core/access/decision.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace zerotrust {

namespace {

bool contains(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool holds(const WordTest& test, const SignalValue& value)
{
    const auto* word = std::get_if<std::string>(&value);
    return word && contains(test.words, *word);
}

bool holds(const RangeTest& test, const SignalValue& value)
{
    const auto* measure = std::get_if<Measure>(&value);
    if (!measure || measure->number.isNegative()
        || !(test.units.empty() ? measure->unit.empty() : contains(test.units, measure->unit)))
        return false;
    return !(test.atLeast && measure->number < *test.atLeast) && !(test.below && measure->number >= *test.below);
}

bool holds(const WindowTest& test, const SignalValue& value)
{
    const auto* time = std::get_if<WeekTime>(&value);
    if (!time || !time->day.ok())
        return false;
    const auto today = time->day.c_encoding();
    if (test.from < test.to)
        return test.days[today] && time->sinceMidnight >= test.from && time->sinceMidnight < test.to;
    return (test.days[today] && time->sinceMidnight >= test.from)
        || (test.days[(today + 6) % 7] && time->sinceMidnight < test.to);
}

bool holds(const NetworkTest& test, const SignalValue& value)
{
    const auto* address = std::get_if<IpAddress>(&value);
    return address && std::any_of(test.networks.begin(), test.networks.end(), [&](const Network& network) {
        return network.contains(*address);
    });
}

bool holds(Otherwise, const SignalValue&)
{
    return false; // asked for where nothing else holds
}

bool holds(const Condition& condition, const SignalValue& value)
{
    return std::any_of(condition.tests.begin(), condition.tests.end(), [&](const ConditionTest& test) {
        return std::visit([&](const auto& each) { return holds(each, value); }, test);
    });
}

bool isOtherwise(const Condition& condition)
{
    return std::any_of(condition.tests.begin(), condition.tests.end(),
        [](const ConditionTest& test) { return std::holds_alternative<Otherwise>(test); });
}

/// The higher score counts. Ties are broken by name, so that the order of a file or of the signals decides nothing.
bool isWorse(const Condition* a, const Condition* b)
{
    return !b || (a && std::tie(a->score, b->name) > std::tie(b->score, a->name));
}

template <typename Predicate>
const Condition* worstWhere(const AttributeRule& rule, Predicate predicate)
{
    const Condition* worst = nullptr;
    for (const Condition& condition : rule.conditions)
        if (predicate(condition) && isWorse(&condition, worst))
            worst = &condition;
    return worst;
}

/// Null where no condition covers the value.
const Condition* conditionFor(const AttributeRule& rule, const SignalValue& value)
{
    const Condition* found = worstWhere(rule, [&](const Condition& condition) { return holds(condition, value); });
    return found ? found : worstWhere(rule, isOtherwise);
}

const Condition* unknownCondition(const AttributeRule& rule)
{
    const Condition* named =
        worstWhere(rule, [&](const Condition& condition) { return rule.unknown && condition.name == *rule.unknown; });
    return named ? named : worstWhere(rule, [](const Condition&) { return true; });
}

ScoreLine lineOf(const AttributeRule& rule, const Condition* condition, Footing footing, std::string evidence)
{
    // An attribute without conditions cannot be judged at all.
    return {.attribute = rule.attribute,
        .condition = condition ? condition->name : "no condition",
        .score = condition ? std::clamp(condition->score, 0, AccessPolicy::MaxScore) : AccessPolicy::MaxScore,
        .evidence = std::move(evidence),
        .footing = footing};
}

std::string evidenceOf(const Signal& signal)
{
    return signal.evidence.empty() ? valueText(signal.value) : signal.evidence;
}

ScoreLine judge(const AttributeRule& rule, const Signal& signal)
{
    if (const Condition* found = conditionFor(rule, signal.value))
        return lineOf(rule, found, Footing::Known, evidenceOf(signal));
    return lineOf(rule, unknownCondition(rule), Footing::NotCovered, evidenceOf(signal));
}

bool countsMore(const ScoreLine& a, const ScoreLine& b)
{
    if (a.score != b.score)
        return a.score > b.score;
    return std::tie(a.footing, a.condition, a.evidence) < std::tie(b.footing, b.condition, b.evidence);
}

ScoreLine judge(const AttributeRule& rule, const Signals& signals)
{
    std::optional<ScoreLine> worst;
    bool believed = false;
    std::string reported;
    for (const Signal& signal : signals.all) {
        if (signal.attribute != rule.attribute)
            continue;
        if (signal.source != Source::Reported || rule.belief == Belief::Reported)
            believed = true;
        ScoreLine line = judge(rule, signal);
        if (!worst || countsMore(line, *worst))
            worst = std::move(line);
    }
    if (believed)
        return *std::move(worst);
    if (!worst)
        return lineOf(rule, unknownCondition(rule), Footing::Missing, "nothing is known");
    ScoreLine floor =
        lineOf(rule, unknownCondition(rule), Footing::NotProven, "reported only, not proven: " + worst->evidence);
    return worst->score >= floor.score ? *std::move(worst) : floor;
}

bool applies(const AttributeRule& rule, Occasion occasion)
{
    switch (rule.appliesTo) {
    case AppliesTo::Everything:
        return true;
    case AppliesTo::Actions:
        return occasion == Occasion::Action;
    }
    return true;
}

}

Outcome outcomeOf(const Thresholds& thresholds, int total)
{
    if (total >= thresholds.denyFrom)
        return Outcome::Deny;
    return total >= thresholds.stepUpFrom ? Outcome::StepUp : Outcome::Allow;
}

AccessDecision evaluate(const AccessPolicy& policy, const Signals& signals)
{
    AccessDecision decision{.score = {},
        .outcome = Outcome::Deny,
        .policyId = policy.id,
        .policyVersion = policy.version,
        .thresholds = policy.thresholds};
    AccessScore& score = decision.score;
    score.lines.reserve(policy.attributes.size());
    for (const AttributeRule& rule : policy.attributes) {
        if (!applies(rule, signals.occasion))
            continue;
        score.lines.push_back(judge(rule, signals));
        score.total += score.lines.back().score;
    }
    // Nothing was asked, so nothing was answered.
    if (!score.lines.empty())
        decision.outcome = outcomeOf(policy.thresholds, score.total);
    return decision;
}

const char* outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Allow:
        return "allow";
    case Outcome::StepUp:
        return "step-up";
    case Outcome::Deny:
        return "deny";
    }
    return "";
}

const char* footingName(Footing footing)
{
    switch (footing) {
    case Footing::Known:
        return "known";
    case Footing::NotProven:
        return "not-proven";
    case Footing::Missing:
        return "missing";
    case Footing::NotCovered:
        return "not-covered";
    }
    return "";
}

}
