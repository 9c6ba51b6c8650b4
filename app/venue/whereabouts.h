#pragma once

#include "core/access/policy.h"
#include "core/access/travel.h"
#include "core/pep/ports.h"
#include "core/place/country_watch.h"

#include <map>
#include <vector>

namespace venue {

/// Where people come from: network and country by the policy's own places and a file of countries, and whether anybody
/// can have come that far since the last time. The enforcement point's thread.
class Whereabouts final : public pep::SignalSource {
public:
    /// `countries`: null where there is no file; outlives it.
    explicit Whereabouts(const place::CountryWatch* countries);

    /// Whose places count.
    void use(const zerotrust::AccessPolicy& policy) { m_policy = policy; }
    [[nodiscard]] std::vector<zerotrust::Signal> signalsAbout(const pep::Subject& subject) override;

private:
    const place::CountryWatch* m_countries;
    zerotrust::AccessPolicy m_policy;
    struct Trail {
        zerotrust::Sighting here; ///< where and when the person was last seen
        zerotrust::Sighting before; ///< in another country before that
    };
    std::map<stepup::UserId, Trail> m_trails;
};

}
