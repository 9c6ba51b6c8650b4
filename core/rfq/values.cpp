#include "core/rfq/values.h"

namespace rfq {

bool asks(RequestSide asked, Side side)
{
    return asked == RequestSide::TwoWay || (asked == RequestSide::Buy) == (side == Side::Buy);
}

base::Result<Price> Price::parse(std::string_view text)
{
    auto value = Decimal::parse(text);
    if (!value)
        return value.error();
    return Price{*value, std::string(text)};
}

PriceSide priceSideFor(const Request& request, Side side)
{
    return (side == Side::Buy) == request.dealsBase() ? PriceSide::Offer : PriceSide::Bid;
}

}
