#include "app/desk_core/unapproved_acceptance.h"

namespace app {

namespace {

constexpr const char* NotAuthorized = "6"; // BusinessRejectReason(380)

}

std::optional<rfq::Acceptance> unapprovedAcceptance(const rfq::RfqService& service, const rfq::VenueEvent& event)
{
    const auto* refused = std::get_if<rfq::MessageRejected>(&event);
    if (refused == nullptr || refused->sessionLevel || refused->code != NotAuthorized)
        return std::nullopt;
    const auto& requests = service.rfqs();
    for (auto id = requests.rbegin(); id != requests.rend(); ++id) {
        const auto& lines = service.find(*id)->acceptances;
        if (lines.empty() || lines.back().acceptance.id.text() != refused->refId)
            continue;
        const auto& line = lines.back();
        const bool isTheirs = line.acceptance.session == refused->session;
        return isTheirs && line.state == rfq::AcceptanceState::Rejected ? std::optional(line.acceptance) : std::nullopt;
    }
    return std::nullopt;
}

}
