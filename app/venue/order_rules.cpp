#include "app/venue/order_rules.h"

#include "app/venue/refusal_codes.h"
#include "core/rfq/value_date.h"

namespace venue {

namespace {

// OrdRejReason(103), FIX 4.4.
constexpr const char* UnknownSymbol = "1";
constexpr const char* TooLateToEnter = "4";
constexpr const char* DuplicateOrder = "6";
constexpr const char* UnsupportedCharacteristic = "11";
constexpr const char* IncorrectQuantity = "13";
constexpr const char* Other = "99";

std::optional<OrderRefusal> refusalByState(MadeQuoteState state)
{
    switch (state) {
    case MadeQuoteState::Live:
        return std::nullopt;
    case MadeQuoteState::Replaced:
        return OrderRefusal{StaleOrder, "the quote was replaced by a newer one"};
    case MadeQuoteState::Withdrawn:
        return OrderRefusal{StaleOrder, "the quote was withdrawn"};
    case MadeQuoteState::Held:
        return OrderRefusal{Other, "another order on this quote is being decided"};
    case MadeQuoteState::Dealt:
        return OrderRefusal{Other, "the quote is dealt already"};
    case MadeQuoteState::Refused:
        return OrderRefusal{StaleOrder, "an order on this quote was rejected already"};
    case MadeQuoteState::Ended:
        return OrderRefusal{TooLateToEnter, "the request has ended"};
    }
    return std::nullopt;
}

std::optional<OrderRefusal> refusalByTerms(const fix::maker::Order& order, const MadeQuote& quote)
{
    if (order.symbol != quote.instrument.symbol)
        return OrderRefusal{UnknownSymbol, "the quote is for " + quote.instrument.symbol};
    if (order.currency != quote.currency)
        return OrderRefusal{Other, "the quote is for an amount in " + quote.currency};
    if (!order.settlDate)
        return OrderRefusal{Other, "SettlDate(64) is missing; the quote is for " + rfq::isoDate(quote.valueDate)};
    if (*order.settlDate != quote.valueDate)
        return OrderRefusal{Other, "the quote is for value " + rfq::isoDate(quote.valueDate)};
    if (order.quantity.isNegative() || order.quantity.isZero() || order.quantity > quote.quantity)
        return OrderRefusal{IncorrectQuantity, "the quote is for up to " + quote.quantity.text()};
    const std::optional<rfq::Price>& price = quote.priceFor(order.side);
    if (!price)
        return OrderRefusal{UnsupportedCharacteristic, "the quote has no price for this side"};
    if (order.price.value != price->value)
        return OrderRefusal{Other, "the quoted price is " + price->text + ", not " + order.price.text};
    return std::nullopt;
}

bool isImmediate(char timeInForce)
{
    return timeInForce == '3' || timeInForce == '4'; // IOC, FOK
}

}

std::optional<OrderRefusal> refusalOf(const fix::maker::Order& order, const MadeQuote* quote, rfq::SteadyTime now)
{
    if (!isImmediate(order.timeInForce))
        return OrderRefusal{UnsupportedCharacteristic, "TimeInForce(59) must be 3 or 4"};
    if (!quote || (order.rfq && *order.rfq != quote->rfq))
        return OrderRefusal{UnknownOrder, "unknown quote " + order.quote.text()};
    if (order.dealer && *order.dealer != quote->dealer)
        return OrderRefusal{UnknownOrder, "the quote is not of dealer " + order.dealer->text()};
    if (auto refusal = refusalByState(quote->state))
        return refusal;
    if (now >= quote->expires)
        return OrderRefusal{TooLateToEnter, "the quote has expired"};
    if (quote->firmness == Firmness::Indicative || quote->firmness == Firmness::Unstated)
        return OrderRefusal{Other, "the quote is indicative"};
    return refusalByTerms(order, *quote);
}

OrderRefusal duplicateOrder()
{
    return {DuplicateOrder, "ClOrdID(11) was used before"};
}

OrderRefusal cancelledByRestart()
{
    return {Other, "cancelled by restart: nothing was dealt"};
}

}
