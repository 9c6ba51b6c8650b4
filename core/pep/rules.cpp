#include "core/pep/rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pep {

namespace {

using namespace std::chrono_literals;
using enum RuleAction;

// What always holds, whatever is configured.
constexpr std::size_t LatestDelay = 4; ///< failures of a certificate
constexpr std::size_t LatestLock = 10;
constexpr std::chrono::seconds ShortestMemory{3600};

constexpr std::size_t HighestThreshold = 10'000;
constexpr std::size_t LongestName = 64;

constexpr std::array AllActions{Alert, Delay, Prove, StepUp, Restrict, Close, Lock};

base::Error wrong(const Rule& rule, const std::string& why)
{
    return {base::Errc::InvalidInput, "rule '" + rule.name + "': " + why};
}

bool isName(const std::string& name)
{
    return !name.empty() && name.size() <= LongestName && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool isAboutQuotes(const Rule& rule)
{
    return rule.instruments > 0 || rule.requestsPerDeal > 0;
}

base::Status checkForm(const Rule& rule)
{
    if (!isName(rule.name))
        return wrong(rule, "a name of a-z, 0-9 and '-' is expected");
    if (rule.threshold == 0 || rule.threshold > HighestThreshold)
        return wrong(rule, "a threshold from 1 to " + std::to_string(HighestThreshold) + " is expected");
    if (rule.window < 1s || rule.window > 24h)
        return wrong(rule, "a window from 1s to 24h is expected");
    if (rule.actions.empty())
        return wrong(rule, "an action is expected");
    if (isAboutQuotes(rule) && rule.trigger != RuleTrigger::QuoteRequest)
        return wrong(rule, "instruments and requests per deal go with the trigger quote-request only");
    return base::Ok{};
}

/// Could it be turned against somebody who did nothing?
base::Status checkReach(const Rule& rule)
{
    if (rule.by == RuleScope::Address && rule.actions != std::set{Alert})
        return wrong(
            rule, "an address may be many people's: what is counted by address can raise an alert and nothing else");
    if (rule.actions.contains(Delay) && !isLockoutRule(rule))
        return wrong(rule, "a delay goes with the trigger failed-sign-in by certificate only");
    return base::Ok{};
}

/// Would it be weaker than what always holds?
base::Status checkFloor(const Rule& rule)
{
    if (!isLockoutRule(rule))
        return base::Ok{};
    if (rule.window < ShortestMemory)
        return wrong(rule, "failures of a certificate are remembered for an hour at least");
    if (rule.actions.contains(Delay) && rule.threshold > LatestDelay)
        return wrong(rule, "a delay begins at the fourth failure of a certificate at the latest");
    if (rule.actions.contains(Lock) && rule.threshold > LatestLock)
        return wrong(rule, "a certificate is locked at its tenth failure in a row at the latest");
    return base::Ok{};
}

bool has(const std::vector<Rule>& rules, RuleTrigger trigger, RuleAction action)
{
    return std::any_of(rules.begin(), rules.end(),
        [&](const Rule& rule) { return rule.trigger == trigger && rule.actions.contains(action); });
}

}

std::vector<Rule> defaultRules()
{
    using T = RuleTrigger;
    using S = RuleScope;
    const auto rule = [](const char* name, T trigger, S by, std::size_t threshold, std::chrono::seconds window,
                          std::set<RuleAction> actions) {
        Rule made;
        made.name = name;
        made.trigger = trigger;
        made.by = by;
        made.threshold = threshold;
        made.window = window;
        made.actions = std::move(actions);
        return made;
    };
    const auto scraping = [&](const char* name, std::size_t threshold, std::chrono::seconds window,
                              std::size_t instruments, std::set<RuleAction> actions) {
        Rule made = rule(name, T::QuoteRequest, S::User, threshold, window, std::move(actions));
        made.instruments = instruments;
        made.requestsPerDeal = 50;
        return made;
    };
    return {
        rule("failures-delay", T::FailedSignIn, S::Certificate, LatestDelay, ShortestMemory, {Delay}),
        rule("failures-lock", T::FailedSignIn, S::Certificate, LatestLock, ShortestMemory, {Alert, Lock}),
        rule("failures-of-a-person", T::FailedSignIn, S::User, 5, 15min, {Alert, StepUp}),
        rule("failures-of-an-address", T::FailedSignIn, S::Address, 20, 10min, {Alert}),
        rule("unexpected-country", T::UnexpectedCountry, S::User, 1, 1h, {Alert, StepUp}),
        rule("cloned-key", T::CounterRollback, S::User, 1, 1h, {Alert, Lock}),
        rule("replay", T::ReplayedAssertion, S::Certificate, 1, 1h, {Alert, StepUp}),
        rule("replays", T::ReplayedAssertion, S::Certificate, 3, 1h, {Alert, Lock}),
        rule("revoked", T::RevokedCertificate, S::Certificate, 1, 1h, {Alert}),
        rule("revoked-from-an-address", T::RevokedCertificate, S::Address, 1, 1h, {Alert}),
        rule("refusals", T::RefusedMessage, S::Session, 10, 1min, {StepUp}),
        rule("many-refusals", T::RefusedMessage, S::Session, 30, 1min, {Alert, Close}),
        scraping("scraping", 100, 10min, 0, {Alert, StepUp}),
        scraping("scraping-in-breadth", 60, 10min, 20, {Alert, StepUp}),
        scraping("scraping-goes-on", 300, 30min, 0, {Alert, Restrict}),
        // RequestMeter delays them; this tells of it.
        rule("many-logons", T::Logon, S::Certificate, 90, 10min, {Alert}),
    };
}

std::vector<Rule> withDefaults(std::vector<Rule> own)
{
    std::set<RuleTrigger> answered;
    for (const Rule& rule : own)
        answered.insert(rule.trigger);
    for (Rule& rule : defaultRules())
        if (!answered.contains(rule.trigger))
            own.push_back(std::move(rule));
    return own;
}

base::Status checkRules(const std::vector<Rule>& rules)
{
    std::set<std::string> names;
    for (const Rule& rule : rules) {
        for (const auto& check : {checkForm, checkReach, checkFloor})
            if (const base::Status sound = check(rule); !sound)
                return sound;
        if (!names.insert(rule.name).second)
            return wrong(rule, "another rule has this name");
    }
    for (const RuleAction needed : {Delay, Lock})
        if (std::none_of(rules.begin(), rules.end(),
                [&](const Rule& rule) { return isLockoutRule(rule) && rule.actions.contains(needed); }))
            return base::Error{base::Errc::InvalidInput,
                std::string("rules for failed-sign-in: one by certificate with the action ") + actionName(needed)
                    + " is missing"};
    const bool locksClones = std::any_of(rules.begin(), rules.end(), [](const Rule& rule) {
        return rule.trigger == RuleTrigger::CounterRollback && rule.threshold == 1 && rule.actions.contains(Lock);
    });
    if (!locksClones || !has(rules, RuleTrigger::CounterRollback, Alert))
        return base::Error{base::Errc::InvalidInput,
            "rules for counter-rollback: one with threshold 1 and the actions alert and lock is missing"};
    return base::Ok{};
}

bool isLockoutRule(const Rule& rule)
{
    return rule.trigger == RuleTrigger::FailedSignIn && rule.by == RuleScope::Certificate
        && (rule.actions.contains(Delay) || rule.actions.contains(Lock));
}

zerotrust::LockoutRules lockoutRules(const std::vector<Rule>& rules)
{
    zerotrust::LockoutRules made;
    made.freeFailures = static_cast<int>(LatestDelay) - 1;
    made.lockAfter = static_cast<int>(LatestLock);
    made.forgetAfter = ShortestMemory;
    for (const Rule& rule : rules) {
        if (!isLockoutRule(rule))
            continue;
        const int threshold = static_cast<int>(rule.threshold);
        if (rule.actions.contains(Delay))
            made.freeFailures = std::min(made.freeFailures, threshold - 1);
        if (rule.actions.contains(Lock))
            made.lockAfter = std::min(made.lockAfter, threshold);
        made.forgetAfter = std::max(made.forgetAfter, rule.window);
    }
    return made;
}

const char* triggerName(RuleTrigger trigger)
{
    switch (trigger) {
    case RuleTrigger::FailedSignIn:
        return "failed-sign-in";
    case RuleTrigger::UnexpectedCountry:
        return "unexpected-country";
    case RuleTrigger::CounterRollback:
        return "counter-rollback";
    case RuleTrigger::ReplayedAssertion:
        return "replayed-assertion";
    case RuleTrigger::RevokedCertificate:
        return "revoked-certificate";
    case RuleTrigger::RefusedMessage:
        return "refused-message";
    case RuleTrigger::QuoteRequest:
        return "quote-request";
    case RuleTrigger::Logon:
        return "logon";
    }
    return "";
}

const char* scopeName(RuleScope scope)
{
    switch (scope) {
    case RuleScope::Session:
        return "session";
    case RuleScope::User:
        return "user";
    case RuleScope::Certificate:
        return "certificate";
    case RuleScope::Address:
        return "address";
    }
    return "";
}

const char* actionName(RuleAction action)
{
    switch (action) {
    case Alert:
        return "alert";
    case Delay:
        return "delay";
    case Prove:
        return "prove";
    case StepUp:
        return "step-up";
    case Restrict:
        return "restrict";
    case Close:
        return "close";
    case Lock:
        return "lock";
    }
    return "";
}

std::optional<RuleAction> ruleActionOf(std::string_view name)
{
    for (const RuleAction action : AllActions)
        if (name == actionName(action))
            return action;
    return std::nullopt;
}

std::string actionsText(const std::set<RuleAction>& actions)
{
    std::string text;
    for (const RuleAction action : actions)
        text += (text.empty() ? "" : ",") + std::string(actionName(action));
    return text;
}

}
