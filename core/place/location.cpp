#include "core/place/location.h"

namespace place {

using namespace zerotrust;

Location locate(const AccessPolicy& policy, const CountryFile* countries, const IpAddress& address)
{
    const Place* best = nullptr;
    for (const Place& each : policy.places)
        if (each.network.contains(address) && (!best || each.network.prefix > best->network.prefix))
            best = &each;
    if (best)
        return {.country = best->country,
            .evidence =
                address.text() + " is in " + best->country + ": " + best->network.text() + " is a place of the policy"};
    if (!countries)
        return {.country = {}, .evidence = "there is no file of countries"};
    const auto country = countries->countryOf(address);
    if (!country)
        return {.country = {}, .evidence = countries->type() + " does not know " + address.text()};
    return {.country = *country, .evidence = address.text() + " is in " + *country + ": " + countries->type()};
}

std::vector<Signal> locationSignals(const AccessPolicy& policy, const CountryFile* countries, const IpAddress& address)
{
    std::vector<Signal> signals{networkAddress(address, Source::Seen, "connected from " + address.text())};
    const Location location = locate(policy, countries, address);
    if (!location.country.empty())
        signals.push_back(countryCode(location.country, Source::Seen, location.evidence));
    return signals;
}

}
