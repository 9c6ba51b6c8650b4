#pragma once

#include "app/desk_core/access_desk.h"
#include "app/desk_core/desk_guard.h"
#include "core/base/inbox.h"
#include "core/rfq/ports.h"

#include <optional>
#include <string>

namespace app {

/// The wire with the rights of armed tickets on it: an acceptance that one covers carries it from the moment it is
/// composed, so that it is journalled and sent as it is; and it is not sent where the right was given up meanwhile
/// (invariant 4). Where this desk itself judges a session, the right stays here: it is spent before the acceptance is
/// handed on, and the counterparty, which would not know it, never sees it. The desk's thread.
class GrantingLink final : public rfq::VenueLink {
public:
    /// All must outlive it.
    GrantingLink(rfq::VenueLink& wire, AccessDesk& access, base::Inbox<rfq::VenueEvent>& events);

    /// Judges acceptances of its sessions from now on; must outlive the link.
    void guardWith(DeskGuard& guard) { m_guard = &guard; }

    void send(rfq::VenueCommand command) override;
    [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override;

private:
    [[nodiscard]] base::Status check(const rfq::SendAcceptance& send);
    [[nodiscard]] bool isJudgedHere(const rfq::SessionId& session) const;
    [[nodiscard]] base::Status judge(const rfq::SendAcceptance& send);

    rfq::VenueLink& m_wire;
    AccessDesk& m_access;
    base::Inbox<rfq::VenueEvent>& m_events;
    DeskGuard* m_guard = nullptr;
    std::optional<rfq::QuoteId>
        m_refused; ///< by the guard, the last one: not judged again unless something was granted
};

}
