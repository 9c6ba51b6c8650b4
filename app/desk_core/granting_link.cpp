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
    if (isJudgedHere(acceptance.session))
        return m_wire.compose(acceptance);
    rfq::Acceptance granted = acceptance;
    granted.grant = m_access.grantFor(acceptance);
    return m_wire.compose(granted);
}

bool GrantingLink::isJudgedHere(const rfq::SessionId& session) const
{
    return m_guard != nullptr && m_guard->judges(session);
}

base::Status GrantingLink::judge(const rfq::SendAcceptance& send)
{
    const std::string grant = m_access.grantFor(send.acceptance);
    const auto& approvals = m_access.approvals();
    const auto approval = approvals.find(send.acceptance.session);
    const bool isApproved = approval != approvals.end() && approval->second.phase == rfq::QuoteApprovalPhase::Approved;
    if (grant.empty() && !isApproved && m_refused == send.acceptance.quote)
        return base::Error{base::Errc::Refused, "this price was not approved with a touch"};
    if (const base::Status good = m_guard->authorise(send, grant); !good) {
        m_refused = send.acceptance.quote;
        return good;
    }
    return grant.empty() ? base::Status(base::Ok{}) : m_access.spend(send.acceptance, grant);
}

base::Status GrantingLink::check(const rfq::SendAcceptance& send)
{
    if (isJudgedHere(send.acceptance.session))
        return judge(send);
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
            if (isJudgedHere(acceptance->acceptance.session))
                m_access.approveQuote(acceptance->acceptance);
            return;
        }
        m_access.useApproval(acceptance->acceptance);
    }
    m_wire.send(std::move(command));
}

}
