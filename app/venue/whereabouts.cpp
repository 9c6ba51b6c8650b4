#include "app/venue/whereabouts.h"

#include "core/place/location.h"

namespace venue {

namespace {

/// Long enough for a tram across a border, too short for a flight.
constexpr std::chrono::minutes LeastJourney{30};

}

Whereabouts::Whereabouts(const place::CountryWatch* countries)
    : m_countries(countries)
{
}

std::vector<zerotrust::Signal> Whereabouts::signalsAbout(const pep::Subject& subject)
{
    const auto address = zerotrust::IpAddress::parse(subject.address);
    if (!address)
        return {};
    const place::CountryFile* countries = m_countries ? &m_countries->current() : nullptr;
    auto signals = place::locationSignals(m_policy, countries, *address);
    const auto country = place::locate(m_policy, countries, *address).country;
    if (country.empty())
        return signals;
    Trail& trail = m_trails[subject.user];
    if (trail.here.country != country)
        trail.before = trail.here;
    trail.here = {country, subject.at};
    // It stays impossible for as long as the journey would have taken, however often it is asked about.
    const bool impossible = isImpossibleTravel(trail.before, trail.here, LeastJourney);
    signals.push_back(yesOrNo(zerotrust::attribute::ImpossibleTravel, impossible, zerotrust::Source::Seen,
        trail.before.country.empty() ? "first seen in " + country : "seen in " + trail.before.country + " before"));
    return signals;
}

}
