#include "app/desk_core/granting_link.h"

#include "core/fix/tags.h"
#include "core/fix/wire_message.h"

#include <utility>
#include <variant>

namespace app {

GrantingLink::GrantingLink(rfq::VenueLink& wire, AccessDesk& access, base::Inbox<rfq::VenueEvent>& events)
    : m_wire(wire)
    , m_access(access)
    , m_events(events)
{
}

std::string GrantingLink::compose(const rfq::Acceptance& acceptance) const
{
    rfq::Acceptance granted = acceptance;
    granted.grant = m_access.grantFor(acceptance);
    return m_wire.compose(granted);
}

base::Status GrantingLink::check(const rfq::SendAcceptance& send)
{
    const auto message = fix::fromWireText(send.message);
    const auto grant = message ? message->find(fix::tag::StepUpGrant) : std::nullopt;
    return grant ? m_access.spend(send.acceptance, std::string(*grant)) : base::Status(base::Ok{});
}

void GrantingLink::send(rfq::VenueCommand command)
{
    if (const auto* acceptance = std::get_if<rfq::SendAcceptance>(&command)) {
        if (const base::Status good = check(*acceptance); !good) {
            m_events.post(
                rfq::AcceptanceNotSent{acceptance->acceptance.session, acceptance->acceptance.id, good.error()});
            return;
        }
    }
    m_wire.send(std::move(command));
}

}
