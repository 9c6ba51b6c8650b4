#include "core/store/access_policy_reader.h"

#include "core/store/access_policy_tests.h"
#include "core/store/text_file.h"
#include "core/store/toml_document.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace store {

namespace {

using namespace zerotrust;

constexpr std::array<std::pair<std::string_view, Belief>, 2> Beliefs{
    {{"proven", Belief::SeenOrProven}, {"reported", Belief::Reported}}};
constexpr std::array<std::pair<std::string_view, AppliesTo>, 2> Applications{
    {{"everything", AppliesTo::Everything}, {"actions", AppliesTo::Actions}}};

constexpr std::array<std::string_view, 10> TestKeys{
    "words", "countries", "networks", "at_least", "below", "currencies", "days", "from", "to", "otherwise"};

bool isIdentifier(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// Shown to people of every language and sent on the wire: nothing that could look like something else.
bool isTitle(std::string_view text)
{
    return !text.empty() && text.size() <= 100 && text.front() != ' ' && text.back() != ' '
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string readIdentifier(const TomlTable& table, std::string_view key)
{
    const TomlValue value = table.required(key);
    auto text = value.text();
    if (text && !isIdentifier(*text))
        value.refuse("1 to 64 of a-z, 0-9 and '-'");
    return text.value_or("");
}

std::string readTitle(const TomlTable& table, std::string_view key)
{
    const TomlValue value = table.required(key);
    auto text = value.text();
    if (text && !isTitle(*text))
        value.refuse("1 to 100 visible ASCII characters and blanks between them");
    return text.value_or("");
}

bool isOtherwise(const ConditionTest& test)
{
    return std::holds_alternative<Otherwise>(test);
}

Condition readCondition(const TomlTable& table)
{
    Condition condition{.name = readTitle(table, "name"),
        .score = static_cast<int>(table.required("score").integer(0, AccessPolicy::MaxScore).value_or(0)),
        .tests = readPolicyTests(table)};
    const bool asks = std::any_of(
        TestKeys.begin(), TestKeys.end(), [&](std::string_view key) { return table.optional(key).present(); });
    if (!asks)
        table.optional("name").refuse(
            "beside it what the condition asks for: words, countries, networks, at_least, below, days, from and to, or "
            "otherwise");
    return condition;
}

/// The value of `key` is not one that an earlier table has.
template <typename Seen>
void refuseRepetition(const Seen& seen, const std::string& name, const TomlTable& table, std::string_view key)
{
    if (!name.empty() && std::find(seen.begin(), seen.end(), name) != seen.end())
        table.optional(key).refuse("a name that is not taken yet");
}

void readConditions(const TomlTable& table, AttributeRule& rule)
{
    std::vector<std::string> names;
    for (const TomlTable& each : table.tables("condition")) {
        Condition condition = readCondition(each);
        refuseRepetition(names, condition.name, each, "name");
        const bool catchAll = std::any_of(condition.tests.begin(), condition.tests.end(), isOtherwise);
        const bool taken = std::any_of(rule.conditions.begin(), rule.conditions.end(),
            [](const Condition& other) { return std::any_of(other.tests.begin(), other.tests.end(), isOtherwise); });
        if (catchAll && taken)
            each.optional("otherwise").refuse("it only once in an attribute");
        names.push_back(condition.name);
        rule.conditions.push_back(std::move(condition));
    }
    if (rule.conditions.empty() || rule.conditions.size() > AccessPolicy::MaxConditions)
        table.optional("name").refuse(
            "1 to " + std::to_string(AccessPolicy::MaxConditions) + " conditions, [[attribute.condition]], below it");
    const TomlValue unknown = table.optional("unknown");
    rule.unknown = unknown.text();
    if (rule.unknown && std::find(names.begin(), names.end(), *rule.unknown) == names.end())
        unknown.refuse("the name of one of the attribute's conditions");
}

AttributeRule readAttribute(const TomlTable& table)
{
    AttributeRule rule{.attribute = readIdentifier(table, "name"),
        .appliesTo = table.optional("asked_of").choice<AppliesTo>(Applications).value_or(AppliesTo::Everything),
        .belief = table.optional("believe").choice<Belief>(Beliefs).value_or(Belief::SeenOrProven),
        .unknown = {},
        .conditions = {}};
    readConditions(table, rule);
    return rule;
}

Thresholds readThresholds(const TomlTable& table)
{
    constexpr int Most = AccessPolicy::MaxScore * static_cast<int>(AccessPolicy::MaxAttributes);
    const TomlValue deny = table.required("deny_from");
    const auto stepUpFrom = table.required("step_up_from").integer(1, Most);
    const auto denyFrom = deny.integer(1, Most);
    if (stepUpFrom && denyFrom && *denyFrom < *stepUpFrom)
        deny.refuse("not less than 'step_up_from'");
    return {.stepUpFrom = static_cast<int>(stepUpFrom.value_or(1)), .denyFrom = static_cast<int>(denyFrom.value_or(1))};
}

Place readPlace(const TomlTable& table)
{
    const TomlValue network = table.required("network");
    const TomlValue country = table.required("country");
    const auto cidr = network.text();
    const auto read = Network::parse(cidr.value_or(""));
    if (cidr && !read)
        network.refuse("a network such as \"10.0.0.0/8\" or \"fd00::/8\", without bits behind the prefix");
    const auto code = country.text();
    if (code && !isCountryCode(*code))
        country.refuse("a country code such as \"DE\"");
    return {.network = read.value_or({}), .country = code.value_or("")};
}

/// [end] is the last table and names the policy: what was cut off has none, or says another name.
void readEnd(const TomlTable& root, const std::string& id, int lastLine)
{
    const TomlTable end = root.table("end");
    if (!end.present()) {
        root.required("end").refuse("the table [end] as the last one; the file may have been cut off");
        return;
    }
    const TomlValue policy = end.required("policy");
    const auto named = policy.text();
    if (named && *named != id)
        policy.refuse("the id of this policy, '" + id + "'");
    if (end.line() < lastLine)
        policy.refuse("the table [end] behind everything else");
}

AccessPolicy readPolicy(const TomlTable& root)
{
    AccessPolicy policy;
    policy.id = readIdentifier(root, "id");
    policy.version = static_cast<std::uint32_t>(
        root.required("version").integer(1, std::numeric_limits<std::uint32_t>::max()).value_or(0));
    const TomlTable thresholds = root.table("thresholds");
    policy.thresholds = readThresholds(thresholds);
    int lastLine = thresholds.line();
    std::vector<std::string> names;
    for (const TomlTable& each : root.tables("attribute")) {
        policy.attributes.push_back(readAttribute(each));
        refuseRepetition(names, policy.attributes.back().attribute, each, "name");
        names.push_back(policy.attributes.back().attribute);
        lastLine = std::max(lastLine, each.line());
        for (const TomlTable& condition : each.tables("condition"))
            lastLine = std::max(lastLine, condition.line());
    }
    if (policy.attributes.empty() || policy.attributes.size() > AccessPolicy::MaxAttributes)
        root.optional("attribute").refuse("1 to " + std::to_string(AccessPolicy::MaxAttributes) + " attributes");
    std::vector<std::string> networks;
    for (const TomlTable& each : root.tables("place")) {
        policy.places.push_back(readPlace(each));
        const std::string network = policy.places.back().network.text();
        refuseRepetition(networks, network, each, "network");
        networks.push_back(network);
        lastLine = std::max(lastLine, each.line());
    }
    readEnd(root, policy.id, lastLine);
    return policy;
}

}

base::Result<AccessPolicy> readAccessPolicy(std::string_view text, const std::filesystem::path& file)
{
    const auto document = TomlDocument::parse(text, file);
    if (!document)
        return document.error();
    AccessPolicy policy = readPolicy(document->root());
    if (const auto whole = document->finish(); !whole)
        return whole.error();
    return policy;
}

base::Result<AccessPolicy> openAccessPolicy(const std::filesystem::path& file)
{
    const auto text = readTextFile(file, TomlDocument::MaxSize);
    return text ? readAccessPolicy(*text, file) : base::Result<AccessPolicy>(text.error());
}

}
