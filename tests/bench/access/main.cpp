// bench_access [ROUNDS]: what one decision costs with all signals at hand: the shipped policy, and a large one with a
// thousand networks and five attributes more.
#include "core/access/decision.h"
#include "core/store/access_policy_reader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace zerotrust;

constexpr int DecisionsPerRound = 5'000;
constexpr int Networks = 1'000;

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void row(const char* what, double value, const char* target)
{
    std::printf("%-62s %13.2f us %14s\n", what, value, target);
}

AccessPolicy shipped()
{
    auto policy = store::readAccessPolicy(store::defaultAccessPolicyText(), "default_policy.toml");
    if (!policy) {
        std::fprintf(stderr, "%s\n", policy.error().detail.c_str());
        std::exit(1);
    }
    return *std::move(policy);
}

AttributeRule yesOrNoRule(const char* attribute)
{
    return {.attribute = attribute,
        .appliesTo = AppliesTo::Everything,
        .belief = Belief::SeenOrProven,
        .unknown = {},
        .conditions = {{"no", 0, {WordTest{{"no"}}}}, {"yes", 20, {WordTest{{"yes"}}}}}};
}

/// The shipped policy, grown as a firm's may.
AccessPolicy large()
{
    AccessPolicy policy = shipped();
    NetworkTest networks;
    for (int i = 0; i < Networks; ++i)
        networks.networks.push_back(
            Network::parse("10." + std::to_string(i / 256) + "." + std::to_string(i % 256) + ".0/24").value_or({}));
    policy.attributes[3].conditions[0].tests.emplace_back(std::move(networks));
    for (const char* each : {attribute::ImpossibleTravel, attribute::TokenRemoved, "many-refusals", "patched"})
        policy.attributes.push_back(yesOrNoRule(each));
    policy.attributes.push_back({.attribute = attribute::VerificationAge,
        .appliesTo = AppliesTo::Everything,
        .belief = Belief::SeenOrProven,
        .unknown = {},
        .conditions = {{"fresh", 0, {RangeTest{.atLeast = {}, .below = base::Decimal(721, 0), .units = {}}}},
            {"old", 20, {RangeTest{.atLeast = base::Decimal(721, 0), .below = {}, .units = {}}}}}});
    return policy;
}

Signals everything()
{
    return {.occasion = Occasion::Session,
        .all = {userRole(UserRole::Standard, Source::Proven, "as registered"),
            authenticationBy(Authentication::HardwareToken, Source::Proven, "key attested on a PIV card"),
            deviceHealth(DeviceHealth::ManagedCompliant, Source::Proven, "certificate of a managed workstation"),
            networkAddress(IpAddress::parse("203.0.113.9").value_or({}), Source::Seen, "connected from 203.0.113.9"),
            countryCode("DE", Source::Seen, "203.0.113.9 is in DE: GeoLite2-Country"),
            verificationAge(std::chrono::minutes(17), Source::Seen, "since PIN and touch"),
            yesOrNo(attribute::ImpossibleTravel, false, Source::Seen, "compared with the last connection"),
            yesOrNo(attribute::TokenRemoved, false, Source::Reported, "the desk says so about itself"),
            yesOrNo("many-refusals", false, Source::Seen, "messages refused within a minute"),
            yesOrNo("patched", true, Source::Reported, "the desk says so about itself")}};
}

void measure(const char* what, const AccessPolicy& policy, int rounds)
{
    const Signals signals = everything();
    std::vector<double> micros;
    int total = 0;
    for (int i = 0; i < rounds * DecisionsPerRound; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const AccessDecision decision = evaluate(policy, signals);
        const auto end = std::chrono::steady_clock::now();
        micros.push_back(std::chrono::duration<double, std::micro>(end - start).count());
        total += decision.score.total; // what nobody looks at need not be computed
    }
    std::printf("access: %zu decisions under the %s, all signals at hand, %d points\n", micros.size(), what,
        total / (rounds * DecisionsPerRound));
    row("decision p50", percentile(micros, 0.5), "<= 20");
    row("decision p99", percentile(micros, 0.99), "");
}

}

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    measure("shipped policy", shipped(), rounds);
    measure("large policy", large(), rounds);
    return 0;
}
