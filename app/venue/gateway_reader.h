#pragma once

#include "app/venue/settings.h"
#include "core/store/toml_document.h"

#include <optional>

namespace venue {

/// [gateway] and [[upstream]]; absent where the venue has dealers of its own. Problems go to the document. `store` and
/// `messageLog` are the listener's: the sessions with counterparties keep their numbers and logs below them.
[[nodiscard]] std::optional<GatewaySettings> readGateway(
    const store::TomlTable& root, const ListenerSettings& listener);

/// What a gateway cannot have beside it: dealers and scenarios of its own.
void refuseSimulation(const store::TomlTable& root);

/// The dealers that each upstream lets each client ask: `sessions` of the upstream, all where it names none.
[[nodiscard]] std::vector<rfq::DealerId> dealersFor(
    const store::TomlTable& root, const GatewaySettings& gateway, const rfq::SessionId& client);

}
