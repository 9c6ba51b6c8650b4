#include "core/access/decision.h"
#include "core/store/access_policy_reader.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fuzz {

namespace {

bool isSound(const zerotrust::AttributeRule& rule)
{
    return !rule.attribute.empty() && !rule.conditions.empty()
        && std::all_of(rule.conditions.begin(), rule.conditions.end(), [](const zerotrust::Condition& condition) {
               return !condition.name.empty() && !condition.tests.empty() && condition.score >= 0
                   && condition.score <= zerotrust::AccessPolicy::MaxScore;
           });
}

}

void accessPolicy(std::string_view bytes)
{
    const auto policy = store::readAccessPolicy(bytes, "p.toml");
    if (!policy) {
        require(policy.error().detail.starts_with("p.toml:"), "a refusal names the file and the line");
        return;
    }
    require(!policy->id.empty() && policy->version > 0, "a policy has an id and a version");
    require(!policy->attributes.empty() && std::all_of(policy->attributes.begin(), policy->attributes.end(), isSound),
        "a policy asks something");
    require(bytes.find("end") != std::string_view::npos, "a policy has its end");
    // Nothing known: every attribute counts its condition for the unknown, and nothing is better by a mere claim.
    zerotrust::Signals signals{.occasion = zerotrust::Occasion::Action, .all = {}};
    const int unknown = zerotrust::evaluate(*policy, signals).score.total;
    for (const auto& rule : policy->attributes)
        if (rule.belief == zerotrust::Belief::SeenOrProven)
            signals.all.push_back({rule.attribute, std::string("x"), zerotrust::Source::Reported, ""});
    require(zerotrust::evaluate(*policy, signals).score.total >= unknown, "a claim never lowers a score");
}

void networkAddress(std::string_view bytes)
{
    if (const auto address = zerotrust::IpAddress::parse(bytes)) {
        const auto again = zerotrust::IpAddress::parse(address->text());
        require(again && *again == *address, "an address is read as it is written");
    }
    if (const auto network = zerotrust::Network::parse(bytes)) {
        require(network->contains(network->base), "a network holds its first address");
        const auto again = zerotrust::Network::parse(network->text());
        require(again && *again == *network, "a network is read as it is written");
    }
}

}
