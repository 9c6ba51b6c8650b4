#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <string>

namespace zerotrust {

/// Where a person was, and when.
struct Sighting {
    std::string country; ///< ISO 3166-1; empty: not known
    base::UtcTime at;
};

/// Whether nobody could have come from the one place to the other: two countries that are known, less than
/// `leastJourney` apart. Neighbouring countries need a short one; half an hour is too short for a flight and long
/// enough for a tram across a border.
[[nodiscard]] inline bool isImpossibleTravel(
    const Sighting& before, const Sighting& now, std::chrono::minutes leastJourney)
{
    // A clock that was set back makes no journey longer.
    return !before.country.empty() && !now.country.empty() && before.country != now.country
        && now.at - before.at < leastJourney;
}

}
