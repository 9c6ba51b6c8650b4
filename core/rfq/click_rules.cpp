#include "core/rfq/click_rules.h"

#include <algorithm>

namespace rfq {

namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Status;

/// Exactly what is dealt on: one price of one quote of one dealer.
struct Target {
    const DealerId& dealer;
    const QuoteId& quote;
    Side side;
    const Price& price;
};

Status checkDealingOn(const DeskState& desk)
{
    if (desk.dealingOff())
        return Error{Errc::Refused, "dealing is off: " + desk.dealingOff()->detail};
    return Ok{};
}

/// Invariant 2: one acceptance in flight or unknown, and one deal, per request.
Status checkFree(const Rfq& rfq)
{
    if (const AcceptanceLine* open = openAcceptance(rfq)) {
        return Error{Errc::Duplicate,
            open->state == AcceptanceState::Unknown ? "an acceptance of this request has no known outcome"
                                                    : "an acceptance of this request is already on its way"};
    }
    if (rfq.trade)
        return Error{Errc::Refused, "this request has traded"};
    return Ok{};
}

Status checkRequestLive(const DeskState& desk, const Rfq& rfq)
{
    if (rfq.state == RfqState::Expired || rfq.expires <= desk.clock.steady())
        return Error{Errc::Expired, "the request has expired"};
    if (isOver(rfq.state))
        return Error{Errc::Refused, "the request is over"};
    return Ok{};
}

Status checkQuoteState(const Quote& quote, SteadyTime now)
{
    switch (quote.state) {
    case QuoteState::Firm:
        break;
    case QuoteState::Indicative:
        return Error{Errc::Refused, "the quote is indicative"};
    case QuoteState::Invalid:
        return Error{Errc::Refused, "the quote does not fit the request: " + quote.problem};
    case QuoteState::Expired:
        return Error{Errc::Expired, "the quote has expired"};
    case QuoteState::Replaced:
        return Error{Errc::Stale, "the quote was replaced"};
    case QuoteState::Withdrawn:
        return Error{Errc::Stale, "the quote was withdrawn"};
    case QuoteState::Stale:
        return Error{Errc::Stale, "the quote is stale: " + quote.problem};
    }
    if (quote.deadline <= now)
        return Error{Errc::Expired, "the quote has expired"};
    return Ok{};
}

/// Invariants 1 and 4: the very quote that was shown, live and unchanged.
base::Result<Quote> checkedQuote(const DeskState& desk, const Rfq& rfq, const Target& target)
{
    const DealerLine* line = lineOf(rfq, target.dealer);
    if (!line)
        return Error{Errc::NotFound, "dealer " + target.dealer.text() + " was not asked"};
    if (!line->quote || line->quote->id != target.quote)
        return Error{Errc::Stale, "the quote was replaced"};
    const Quote& quote = *line->quote;
    if (const Status state = checkQuoteState(quote, desk.clock.steady()); !state)
        return state.error();
    if (!asks(rfq.request.side, target.side))
        return Error{Errc::Refused, "the other side was asked"};
    const auto& price = quote.price(priceSideFor(rfq.request, target.side));
    if (!price || *price != target.price)
        return Error{Errc::Stale, "the price is no longer the one that was shown"};
    if (!desk.isLoggedOn(quote.session))
        return Error{Errc::NotConnected, "session " + quote.session.text() + " is not logged on"};
    return quote;
}

Status checkLimit(const Request& request, Side side, const Price& price)
{
    if (!request.limit)
        return Ok{};
    const bool pays = priceSideFor(request, side) == PriceSide::Offer;
    if (pays ? price.value > *request.limit : price.value < *request.limit)
        return Error{Errc::Refused, price.text + " is worse than the limit of " + request.limit->text()};
    return Ok{};
}

/// A price must have been on the screen long enough to be read. Nothing can have been shown before it came.
Status checkShown(const DeskState& desk, const Quote& quote, SteadyTime shownSince)
{
    if (std::max(shownSince, quote.received) + desk.settings.priceGuard > desk.clock.steady())
        return Error{Errc::Stale, "the price changed under the pointer"};
    return Ok{};
}

bool buysBase(const Instrument& instrument, const std::string& currency, Side side)
{
    return (side == Side::Buy) == (currency == instrument.base());
}

/// While one outcome is unknown, the same deal again could be the second one.
Status checkNoTwin(const DeskState& desk, const Request& request, Side side, const std::set<ClOrdId>& allowed)
{
    for (const ClOrdId& id : twinsOf(desk, request, side)) {
        if (!allowed.contains(id))
            return Error{Errc::Refused,
                "acceptance " + id.text() + " of the same instrument and direction has no known outcome"};
    }
    return Ok{};
}

}

std::set<ClOrdId> twinsOf(const DeskState& desk, const Request& request, Side side)
{
    std::set<ClOrdId> twins;
    for (const ClOrdId& id : desk.unknown) {
        const Rfq* other = desk.find(desk.flights.at(id).rfq);
        const AcceptanceLine* open = other ? openAcceptance(*other) : nullptr;
        if (!open || open->acceptance.instrument.symbol != request.instrument.symbol)
            continue;
        const Acceptance& twin = open->acceptance;
        if (buysBase(twin.instrument, twin.currency, twin.side) == buysBase(request.instrument, request.currency, side))
            twins.insert(id);
    }
    return twins;
}

base::Result<Quote> checkedClick(const DeskState& desk, const Click& click)
{
    const Rfq* rfq = desk.find(click.rfq);
    if (!rfq)
        return Error{Errc::NotFound, "no request " + click.rfq.text()};
    if (const Status on = checkDealingOn(desk); !on)
        return on.error();
    if (const Status free = checkFree(*rfq); !free)
        return free.error();
    if (const Status live = checkRequestLive(desk, *rfq); !live)
        return live.error();
    auto quote = checkedQuote(desk, *rfq, {click.dealer, click.quote, click.side, click.price});
    if (!quote)
        return quote;
    if (const Status shown = checkShown(desk, *quote, click.shownSince); !shown)
        return shown.error();
    if (const Status limit = checkLimit(rfq->request, click.side, click.price); !limit)
        return limit.error();
    if (const Status twin = checkNoTwin(desk, rfq->request, click.side, desk.twinConsents); !twin)
        return twin.error();
    return quote;
}

base::Status checkStillGood(const DeskState& desk, const Acceptance& acceptance)
{
    const Rfq* rfq = desk.find(acceptance.rfq);
    if (!rfq)
        return Error{Errc::Internal, "the request is gone"};
    if (const Status on = checkDealingOn(desk); !on)
        return on;
    if (const Status live = checkRequestLive(desk, *rfq); !live)
        return live;
    const auto quote =
        checkedQuote(desk, *rfq, {acceptance.dealer, acceptance.quote, acceptance.side, acceptance.price});
    if (!quote)
        return quote.error();
    return checkNoTwin(desk, rfq->request, acceptance.side, desk.flights.at(acceptance.id).allowedTwins);
}

}
