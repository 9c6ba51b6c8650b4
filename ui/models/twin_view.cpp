#include "ui/models/twin_view.h"

namespace ui {

namespace {

bool buysBase(const rfq::Instrument& instrument, const std::string& currency, rfq::Side side)
{
    return (side == rfq::Side::Buy) == (currency == instrument.base());
}

}

std::vector<const rfq::AcceptanceLine*> unknownTwins(
    const rfq::RfqService& service, const rfq::Request& request, rfq::Side side)
{
    std::vector<const rfq::AcceptanceLine*> twins;
    for (const auto* line : service.unknownOutcomes()) {
        const auto& open = line->acceptance;
        if (open.rfq != request.id && open.instrument.symbol == request.instrument.symbol
            && buysBase(open.instrument, open.currency, open.side)
                == buysBase(request.instrument, request.currency, side))
            twins.push_back(line);
    }
    return twins;
}

const rfq::AcceptanceLine* blockingTwin(
    const std::vector<const rfq::AcceptanceLine*>& twins, const base::Error& refusal)
{
    if (refusal.code != base::Errc::Refused)
        return nullptr;
    for (const auto* line : twins) {
        if (refusal.detail.find("acceptance " + line->acceptance.id.text() + " ") != std::string::npos)
            return line;
    }
    return nullptr;
}

}
