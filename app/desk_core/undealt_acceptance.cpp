#include "app/desk_core/undealt_acceptance.h"

namespace app {

namespace {

constexpr const char* NotAuthorized = "6"; // BusinessRejectReason(380)

/// The latest one of its request, where it is of this session and in this state.
std::optional<rfq::Acceptance> latest(
    const rfq::RfqService& service, const std::string& order, const rfq::SessionId& session, rfq::AcceptanceState state)
{
    const auto& requests = service.rfqs();
    for (auto id = requests.rbegin(); id != requests.rend(); ++id) {
        const auto& lines = service.find(*id)->acceptances;
        if (lines.empty() || lines.back().acceptance.id.text() != order)
            continue;
        const auto& line = lines.back();
        return line.acceptance.session == session && line.state == state ? std::optional(line.acceptance)
                                                                         : std::nullopt;
    }
    return std::nullopt;
}

}

std::optional<rfq::Acceptance> unapprovedAcceptance(const rfq::RfqService& service, const rfq::VenueEvent& event)
{
    const auto* refused = std::get_if<rfq::MessageRejected>(&event);
    if (refused == nullptr || refused->sessionLevel || refused->code != NotAuthorized)
        return std::nullopt;
    return latest(service, refused->refId, refused->session, rfq::AcceptanceState::Rejected);
}

std::optional<rfq::Acceptance> unsentAcceptance(const rfq::RfqService& service, const rfq::VenueEvent& event)
{
    const auto* notSent = std::get_if<rfq::AcceptanceNotSent>(&event);
    if (notSent == nullptr)
        return std::nullopt;
    return latest(service, notSent->clOrdId.text(), notSent->session, rfq::AcceptanceState::NotSent);
}

}
