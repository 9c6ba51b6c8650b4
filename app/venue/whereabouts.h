#pragma once

#include "core/access/policy.h"
#include "core/access/travel.h"
#include "core/pep/ports.h"
#include "core/place/country_file.h"

#include <map>
#include <optional>
#include <vector>

namespace venue {

/// Where people come from: network and country by the policy's own places and a file of countries, and whether anybody
/// can have come that far since the last time. The enforcement point's thread.
class Whereabouts final : public pep::SignalSource {
public:
    explicit Whereabouts(std::optional<place::CountryFile> countries);

    /// Whose places count.
    void use(const zerotrust::AccessPolicy& policy) { m_policy = policy; }
    [[nodiscard]] std::vector<zerotrust::Signal> signalsAbout(const pep::Subject& subject) override;

private:
    std::optional<place::CountryFile> m_countries;
    zerotrust::AccessPolicy m_policy;
    struct Trail {
        zerotrust::Sighting here; ///< where and when the person was last seen
        zerotrust::Sighting before; ///< in another country before that
    };
    std::map<stepup::UserId, Trail> m_trails;
};

}
