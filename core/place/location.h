#pragma once

#include "core/access/policy.h"
#include "core/access/signals.h"
#include "core/place/country_file.h"

#include <optional>
#include <string>
#include <vector>

namespace place {

/// Where an address is. The policy's own places come first, the smallest network of them; then the file.
struct Location {
    std::string country; ///< empty: not known
    std::string evidence;

    friend bool operator==(const Location&, const Location&) = default;
};

/// `countries` may be null: there is no file.
[[nodiscard]] Location locate(
    const zerotrust::AccessPolicy& policy, const CountryFile* countries, const zerotrust::IpAddress& address);

/// What the address of a connection says: the network, and the country where that is known. Where it is not, there is
/// no signal, and the policy scores that. `address` is as seen by whoever decides, never as told.
[[nodiscard]] std::vector<zerotrust::Signal> locationSignals(
    const zerotrust::AccessPolicy& policy, const CountryFile* countries, const zerotrust::IpAddress& address);

}
