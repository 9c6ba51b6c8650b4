#include "core/rfq/quote_rules.h"

#include "core/rfq/value_date.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace rfq {

namespace {

using std::chrono::microseconds;

enum class Pulled { No, Yes };

const std::optional<Decimal>& sizeOf(const Quote& quote, PriceSide side)
{
    return side == PriceSide::Bid ? quote.bidSize : quote.offerSize;
}

const char* nameOf(PriceSide side)
{
    return side == PriceSide::Bid ? "bid" : "offer";
}

/// Removes prices of zero where they mean "no price on this side".
Pulled pullZeroPrices(Quote& quote, const Profile& profile)
{
    if (profile.zeroPrice != ZeroPrice::MeansNoPrice)
        return Pulled::No;
    Pulled pulled = Pulled::No;
    for (std::optional<Price>* price : {&quote.bid, &quote.offer}) {
        if (!*price || !(*price)->value.isZero())
            continue;
        price->reset();
        pulled = Pulled::Yes;
    }
    return pulled;
}

bool isAsked(const Request& request, PriceSide side)
{
    const Side ours = priceSideFor(request, Side::Buy) == side ? Side::Buy : Side::Sell;
    return asks(request.side, ours);
}

bool hasAskedPrice(const Quote& quote, const Request& request)
{
    const auto has = [&](PriceSide side) { return isAsked(request, side) && quote.price(side); };
    return has(PriceSide::Bid) || has(PriceSide::Offer);
}

/// How the quote differs from the request; empty where it answers what was asked.
std::string differenceFrom(const Request& request, const QuoteReceived& received)
{
    if (received.quote.id.empty())
        return "the quote has no QuoteID";
    if (received.symbol != request.instrument.symbol)
        return "quoted for " + received.symbol + ", asked for " + request.instrument.symbol;
    if (!received.currency.empty() && received.currency != request.currency)
        return "quoted in " + received.currency + ", asked in " + request.currency;
    if (received.side && !asks(request.side, *received.side))
        return std::string("quoted for a ") + (*received.side == Side::Buy ? "buy" : "sell")
            + ", asked for the opposite";
    if (received.quantity && *received.quantity != request.quantity)
        return "quoted for " + received.quantity->text() + ", asked for " + request.quantity.text();
    if (received.quote.valueDate && *received.quote.valueDate != request.settlement.date)
        return "quoted for value " + isoDate(*received.quote.valueDate) + ", asked for "
            + isoDate(request.settlement.date);
    return {};
}

std::string faultOfPrice(const Quote& quote, const Request& request, PriceSide side)
{
    const auto& price = quote.price(side);
    if (!price)
        return {};
    if (price->value.isZero() || price->value.isNegative())
        return std::string("the ") + nameOf(side) + " of " + price->text + " is not a price";
    const auto& size = sizeOf(quote, side);
    if (isAsked(request, side) && size && *size < request.quantity)
        return std::string("the ") + nameOf(side) + " is good for " + size->text() + " only, asked for "
            + request.quantity.text();
    return {};
}

std::string faultOfPrices(const Quote& quote, const Request& request)
{
    for (const PriceSide side : {PriceSide::Bid, PriceSide::Offer}) {
        if (std::string fault = faultOfPrice(quote, request, side); !fault.empty())
            return fault;
    }
    if (quote.bid && quote.offer && quote.bid->value > quote.offer->value)
        return "the bid of " + quote.bid->text + " is above the offer of " + quote.offer->text;
    return {};
}

/// How long the dealer lets the quote live, by the dealer's own clock on both ends, so that no clock error of ours or
/// theirs matters.
std::optional<microseconds> ownLife(const Quote& quote)
{
    if (!quote.validUntil || !quote.sendingTime)
        return std::nullopt;
    return *quote.validUntil - *quote.sendingTime;
}

/// From when its life counts. A quote that waited on its way was received when it would have come without the wait; one
/// that came sooner than usual was received when it came.
SteadyTime receipt(const Quote& quote, microseconds lateness, SteadyTime now)
{
    return std::min(quote.received, now) - std::max(lateness, microseconds(0));
}

SteadyTime deadlineOf(const Quote& quote, microseconds lateness, const QuoteMeasure& measure)
{
    const bool informs = quote.type == QuoteType::Indicative || quote.type == QuoteType::Counter;
    const auto own = ownLife(quote);
    if (informs && !own)
        return measure.requestExpires;
    const microseconds life = std::min<microseconds>(
        own.value_or(microseconds(measure.profile.quoteLifeDefault)), measure.profile.quoteLifeCap);
    const SteadyTime end = receipt(quote, lateness, measure.now) + life - measure.profile.quoteSafety;
    return std::min(end, measure.requestExpires);
}

std::string lateText(microseconds lateness)
{
    const auto late = std::chrono::duration_cast<std::chrono::milliseconds>(lateness);
    return "came " + std::to_string(late.count())
        + " ms later than this session's messages usually do: too old to deal on";
}

void mark(Quote& quote, QuoteState state, std::string problem = {})
{
    quote.state = state;
    quote.problem = std::move(problem);
}

}

Quote judgedQuote(const QuoteReceived& received, const QuoteMeasure& measure)
{
    Quote quote = received.quote;
    quote.problem.clear();
    quote.deadline = deadlineOf(quote, received.lateness, measure);
    const Pulled pulled = pullZeroPrices(quote, measure.profile);

    if (std::string problem = differenceFrom(measure.request, received); !problem.empty())
        mark(quote, QuoteState::Invalid, std::move(problem));
    else if (received.possDup)
        mark(quote, QuoteState::Stale, "sent again after a gap: too old to deal on");
    else if (received.lateness > measure.profile.quoteAge)
        mark(quote, QuoteState::Stale, lateText(received.lateness));
    else if (std::string fault = faultOfPrices(quote, measure.request); !fault.empty())
        mark(quote, QuoteState::Invalid, std::move(fault));
    else if (!hasAskedPrice(quote, measure.request) && pulled == Pulled::Yes)
        mark(quote, QuoteState::Withdrawn);
    else if (!hasAskedPrice(quote, measure.request))
        mark(quote, QuoteState::Invalid, "no price for the side that was asked");
    else if (quote.deadline <= measure.now)
        mark(quote, QuoteState::Expired);
    else if (quote.type == QuoteType::Tradeable || quote.type == QuoteType::RestrictedTradeable)
        mark(quote, QuoteState::Firm);
    else
        mark(quote, QuoteState::Indicative);
    return quote;
}

bool sameTerms(const Quote& a, const Quote& b)
{
    return a.id == b.id && a.type == b.type && a.bid == b.bid && a.offer == b.offer && a.bidSize == b.bidSize
        && a.offerSize == b.offerSize && a.valueDate == b.valueDate;
}

}
