#include "app/cli/desk_lookup.h"

#include <algorithm>

namespace cli {

const rfq::AcceptanceLine* findAcceptance(const rfq::RfqService& service, const rfq::ClOrdId& id)
{
    for (const rfq::RfqId& rfq : service.rfqs()) {
        for (const rfq::AcceptanceLine& line : service.find(rfq)->acceptances) {
            if (line.acceptance.id == id)
                return &line;
        }
    }
    return nullptr;
}

const rfq::Incident* findIncident(const rfq::RfqService& service, const rfq::IncidentId& id)
{
    const auto& all = service.incidents();
    const auto found = std::find_if(all.begin(), all.end(), [&](const rfq::Incident& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const rfq::Trade* findTrade(const rfq::RfqService& service, const rfq::AcceptanceLine& line)
{
    const rfq::Rfq* rfq = service.find(line.acceptance.rfq);
    const bool isIt = rfq && rfq->trade && rfq->trade->clOrdId == line.acceptance.id;
    return isIt ? &*rfq->trade : nullptr;
}

std::string phoneOf(const rfq::RfqService& service, const rfq::DealerId& dealer)
{
    const auto& all = service.settings().dealers;
    const auto found = std::find_if(all.begin(), all.end(), [&](const rfq::Dealer& each) { return each.id == dealer; });
    return found == all.end() ? std::string() : found->phone;
}

}
