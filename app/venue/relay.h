#pragma once

#include "app/venue/floor.h"
#include "app/venue/forward_book.h"
#include "app/venue/gateway_settings.h"
#include "core/rfq/ports.h"

#include <map>
#include <set>
#include <string>

namespace venue {

/// What the parts of a gateway share. One thread.
struct Relay {
    Floor& floor; ///< its market has no instruments and it has no dealers
    const GatewaySettings& settings;
    ForwardBook& forwards;
    rfq::VenueLink& link;
    rfq::IdSource& ids; ///< of everything that goes to a counterparty
    std::set<rfq::SessionId> up{}; ///< counterparties that application messages can go to
    std::map<rfq::SessionId, std::string> whyDown{};

    [[nodiscard]] bool isUp(const rfq::SessionId& upstream) const { return up.contains(upstream); }
    /// For the client: why this counterparty cannot be asked.
    [[nodiscard]] std::string absenceOf(const rfq::SessionId& upstream) const
    {
        const auto why = whyDown.find(upstream);
        return upstream.text() + " is not connected"
            + (why == whyDown.end() || why->second.empty() ? std::string() : ": " + why->second);
    }
    /// Precondition: the session is one of the settings'.
    [[nodiscard]] const rfq::Profile& profileOf(const rfq::SessionId& upstream) const
    {
        return settings.find(upstream)->session.profile;
    }
};

}
