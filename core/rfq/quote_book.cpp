#include "core/rfq/rfq_service.h"

#include <algorithm>

namespace rfq {

namespace {

const Price* priceOf(const DealerLine& line, PriceSide side)
{
    if (!line.quote || !line.quote->price(side))
        return nullptr;
    return &*line.quote->price(side);
}

/// Which group of the stack a line belongs to: what can be dealt on, what informs, and the rest.
int group(const DealerLine& line, PriceSide side)
{
    if (!priceOf(line, side))
        return 2;
    if (line.quote->state == QuoteState::Firm)
        return 0;
    return line.quote->state == QuoteState::Indicative ? 1 : 2;
}

bool isBetter(const Price& a, const Price& b, PriceSide side)
{
    return side == PriceSide::Offer ? a.value < b.value : a.value > b.value;
}

bool comesBefore(const DealerLine& a, const DealerLine& b, PriceSide side)
{
    const int groupOfA = group(a, side);
    const int groupOfB = group(b, side);
    if (groupOfA != groupOfB || groupOfA == 2)
        return groupOfA < groupOfB;
    return isBetter(*priceOf(a, side), *priceOf(b, side), side);
}

}

std::vector<DealerLine> sortedByPrice(const Rfq& rfq, Side side)
{
    const PriceSide priceSide = priceSideFor(rfq.request, side);
    std::vector<DealerLine> lines = rfq.dealers;
    std::stable_sort(lines.begin(), lines.end(),
        [&](const DealerLine& a, const DealerLine& b) { return comesBefore(a, b, priceSide); });
    return lines;
}

const DealerLine* bestLine(const Rfq& rfq, Side side)
{
    const PriceSide priceSide = priceSideFor(rfq.request, side);
    const DealerLine* best = nullptr;
    for (const DealerLine& line : rfq.dealers) {
        if (group(line, priceSide) == 0 && (!best || comesBefore(line, *best, priceSide)))
            best = &line;
    }
    return best;
}

}
