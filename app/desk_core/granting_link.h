#pragma once

#include "app/desk_core/access_desk.h"
#include "core/base/inbox.h"
#include "core/rfq/ports.h"

#include <string>

namespace app {

/// The wire with the rights of armed tickets on it: an acceptance that one covers carries it from the moment it is
/// composed, so that it is journalled and sent as it is; and it is not sent where the right was given up meanwhile
/// (invariant 4). The desk's thread.
class GrantingLink final : public rfq::VenueLink {
public:
    /// All must outlive it.
    GrantingLink(rfq::VenueLink& wire, AccessDesk& access, base::Inbox<rfq::VenueEvent>& events);

    void send(rfq::VenueCommand command) override;
    [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override;

private:
    [[nodiscard]] base::Status check(const rfq::SendAcceptance& send);

    rfq::VenueLink& m_wire;
    AccessDesk& m_access;
    base::Inbox<rfq::VenueEvent>& m_events;
};

}
