#pragma once

#include "auth/token_service.h"
#include "core/fix/settings.h"
#include "core/rfq/values.h"

#include <algorithm>
#include <filesystem>
#include <variant>
#include <vector>

namespace venue {

/// A counterparty in front of which the gateway stands.
struct UpstreamSettings {
    fix::SessionSettings session; ///< the gateway initiates it
    std::vector<rfq::DealerId> dealers; ///< behind it; one on a direct session
};

/// A certificate and its key as files.
struct PemIdentity {
    std::filesystem::path certificate; ///< PEM: own certificate, then its intermediates
    std::filesystem::path key; ///< PEM
};

/// The gateway: who it is towards the counterparties, and which ones there are.
struct GatewaySettings {
    std::variant<PemIdentity, auth::TokenSettings> identity;
    std::vector<UpstreamSettings> upstreams;

    /// Null where no counterparty has this dealer.
    [[nodiscard]] const UpstreamSettings* behind(const rfq::DealerId& dealer) const
    {
        for (const UpstreamSettings& upstream : upstreams)
            if (std::find(upstream.dealers.begin(), upstream.dealers.end(), dealer) != upstream.dealers.end())
                return &upstream;
        return nullptr;
    }
    /// Null where none is named so.
    [[nodiscard]] const UpstreamSettings* find(const rfq::SessionId& session) const
    {
        for (const UpstreamSettings& upstream : upstreams)
            if (upstream.session.name == session)
                return &upstream;
        return nullptr;
    }
};

}
