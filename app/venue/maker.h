#pragma once

#include "app/venue/floor.h"
#include "core/fix/maker_codec.h"

#include <cstdint>
#include <optional>

namespace venue {

/// Who answers the clients behind the acceptor: a venue with its own dealers, or a gateway to counterparties. One
/// thread; whoever drives it calls runDue() no later than nextDue().
class Maker {
public:
    virtual ~Maker() = default;
    virtual void loggedOn(const rfq::SessionId& session) = 0;
    /// Its quotes die; what is being decided is decided, and reported at the next logon.
    virtual void loggedOff(const rfq::SessionId& session) = 0;
    virtual void receive(
        const rfq::SessionId& session, const fix::maker::ClientRequest& request, const Arrival& arrival) = 0;
    /// The session took the report of this receipt.
    virtual void sent(std::uint64_t receipt) = 0;
    virtual void runDue() = 0;
    [[nodiscard]] virtual std::optional<base::SteadyTime> nextDue() const = 0;
};

}
