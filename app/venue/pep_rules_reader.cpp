#include "app/venue/pep_rules_reader.h"

#include <array>
#include <utility>

namespace venue {

namespace {

using namespace std::chrono_literals;
using pep::RuleScope;
using pep::RuleTrigger;

constexpr std::array<std::pair<std::string_view, RuleTrigger>, 8> TriggerNames{
    {{"failed-sign-in", RuleTrigger::FailedSignIn}, {"unexpected-country", RuleTrigger::UnexpectedCountry},
        {"counter-rollback", RuleTrigger::CounterRollback}, {"replayed-assertion", RuleTrigger::ReplayedAssertion},
        {"revoked-certificate", RuleTrigger::RevokedCertificate}, {"refused-message", RuleTrigger::RefusedMessage},
        {"quote-request", RuleTrigger::QuoteRequest}, {"logon", RuleTrigger::Logon}}};
constexpr std::array<std::pair<std::string_view, RuleScope>, 4> ScopeNames{{{"session", RuleScope::Session},
    {"user", RuleScope::User}, {"certificate", RuleScope::Certificate}, {"address", RuleScope::Address}}};

std::set<pep::RuleAction> readActions(const store::TomlValue& value)
{
    std::set<pep::RuleAction> actions;
    for (const std::string& text : value.texts().value_or(std::vector<std::string>{})) {
        if (const auto action = pep::ruleActionOf(text))
            actions.insert(*action);
        else
            value.refuse("words of alert, delay, prove, step-up, restrict, close and lock");
    }
    return actions;
}

std::size_t number(const store::TomlValue& value, std::int64_t most, std::size_t usual)
{
    const auto given = value.integer(1, most);
    return given ? static_cast<std::size_t>(*given) : usual;
}

pep::Rule readRule(const store::TomlTable& table)
{
    pep::Rule rule;
    rule.name = table.required("name").text().value_or("");
    rule.trigger = table.required("trigger").choice<RuleTrigger>(TriggerNames).value_or(RuleTrigger::FailedSignIn);
    rule.by = table.required("by").choice<RuleScope>(ScopeNames).value_or(RuleScope::User);
    rule.threshold = number(table.required("threshold"), 10'000, 1);
    rule.window =
        std::chrono::duration_cast<std::chrono::seconds>(table.required("window").duration(1s, 24h).value_or(60s));
    rule.actions = readActions(table.required("action"));
    rule.instruments = number(table.optional("instruments"), 10'000, 0);
    rule.requestsPerDeal = number(table.optional("requests_per_deal"), 10'000, 0);
    return rule;
}

}

std::vector<pep::Rule> readRules(const store::TomlTable& table)
{
    std::vector<pep::Rule> own;
    const auto tables = table.tables("rule");
    for (const auto& each : tables)
        own.push_back(readRule(each));
    auto rules = pep::withDefaults(std::move(own));
    // A rule that cannot be read has its own problem already.
    if (const auto sound = pep::checkRules(rules); !sound && !tables.empty())
        tables.front().optional("name").refuse(sound.error().detail);
    return rules;
}

}
