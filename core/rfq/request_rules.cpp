#include "core/rfq/request_rules.h"

#include "core/rfq/amount.h"
#include "core/rfq/dealer_machine.h"
#include "core/rfq/value_date.h"

#include <algorithm>
#include <set>

namespace rfq {

namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Status;

Status checkQuantity(const DeskState& desk, const Instrument& instrument, const RequestDraft& draft)
{
    if (draft.currency != instrument.base() && draft.currency != instrument.terms())
        return Error{Errc::InvalidInput, draft.currency + " is not a currency of " + instrument.symbol};
    if (draft.quantity.isZero() || draft.quantity.isNegative())
        return Error{Errc::InvalidInput, "the amount must be more than nothing"};
    const auto limit = desk.settings.limits.maxQuantity.find(draft.currency);
    if (limit == desk.settings.limits.maxQuantity.end())
        return Error{Errc::LimitExceeded, draft.currency + " is not dealt at this desk"};
    if (draft.quantity > limit->second)
        return Error{Errc::LimitExceeded,
            groupedAmount(draft.quantity) + " " + draft.currency + " is above the limit of "
                + groupedAmount(limit->second)};
    return Ok{};
}

Status checkDealers(const DeskState& desk, const std::vector<DealerId>& dealers)
{
    if (dealers.empty())
        return Error{Errc::InvalidInput, "no dealer is chosen"};
    std::set<DealerId> seen;
    for (const DealerId& dealer : dealers) {
        if (!desk.dealer(dealer))
            return Error{Errc::NotFound, "no dealer " + dealer.text() + " is configured"};
        if (!seen.insert(dealer).second)
            return Error{Errc::InvalidInput, "dealer " + dealer.text() + " is chosen twice"};
    }
    const bool reachable = std::any_of(dealers.begin(), dealers.end(),
        [&](const DealerId& dealer) { return desk.isLoggedOn(desk.sessionOf(dealer)); });
    if (!reachable)
        return Error{Errc::NotConnected, "none of the chosen dealers can be reached"};
    return Ok{};
}

/// The agreed date. Where the draft already shows one, it must still be the date of its tenor: the trade date rolls at
/// 17:00 New York, and what was shown is what is sent (invariant 1).
base::Result<Date> checkedDate(const DeskState& desk, const Instrument& instrument, const Settlement& settlement)
{
    const auto date = valueDateFor(instrument, settlement, desk.clock.utc(), desk.calendar);
    if (!date)
        return date;
    if (settlement.date != Date{} && settlement.date != *date)
        return Error{Errc::InvalidInput,
            std::string(tenorCode(settlement.tenor)) + " is " + isoDate(*date) + " now, not "
                + isoDate(settlement.date)};
    return date;
}

bool hasAnswered(const DealerLine& line)
{
    return line.state != DealerState::Asked && line.state != DealerState::NoSession;
}

/// What the dealers have made of the request; absent while nobody has said anything.
std::optional<RequestEvent> eventOfDealers(const std::vector<DealerLine>& lines)
{
    const auto any = [&](auto matches) { return std::any_of(lines.begin(), lines.end(), matches); };
    const auto is = [](DealerState state) { return [state](const DealerLine& line) { return line.state == state; }; };
    if (std::all_of(lines.begin(), lines.end(), is(DealerState::NoSession)))
        return RequestEvent::NotSent;
    if (!any([](const DealerLine& line) { return canStillQuote(line.state); }))
        return any(is(DealerState::LostSession)) ? RequestEvent::SessionsLost : RequestEvent::Declined;
    if (any(is(DealerState::Firm)))
        return RequestEvent::Quoted;
    return any(hasAnswered) ? std::optional(RequestEvent::Answered) : std::nullopt;
}

/// Whether two persons closed an acceptance of it, or what was filled was taken back.
bool isSettled(const Rfq& rfq)
{
    return std::any_of(rfq.acceptances.begin(), rfq.acceptances.end(), [](const AcceptanceLine& line) {
        return line.state == AcceptanceState::Closed || line.state == AcceptanceState::Busted;
    });
}

}

base::Result<Request> checkedRequest(const DeskState& desk, const RequestDraft& draft)
{
    if (desk.dealingOff())
        return Error{Errc::Refused, "dealing is off: " + desk.dealingOff()->detail};
    const Instrument* instrument = desk.instrument(draft.symbol);
    if (!instrument)
        return Error{Errc::NotFound, "no instrument " + draft.symbol + " is configured"};
    if (const Status quantity = checkQuantity(desk, *instrument, draft); !quantity)
        return quantity.error();
    if (draft.limit && (draft.limit->isZero() || draft.limit->isNegative()))
        return Error{Errc::InvalidInput, "the limit price must be above zero"};
    const auto date = checkedDate(desk, *instrument, draft.settlement);
    if (!date)
        return date.error();
    const auto life = draft.life.value_or(desk.settings.requestLife);
    if (life <= life.zero() || life > std::chrono::hours(24))
        return Error{Errc::InvalidInput, "a request lives for more than nothing and at most a day"};
    if (desk.live.size() >= desk.settings.limits.maxOpenRequests)
        return Error{Errc::LimitExceeded, std::to_string(desk.live.size()) + " requests are open already"};
    if (const Status dealers = checkDealers(desk, draft.dealers); !dealers)
        return dealers.error();

    Request request;
    request.instrument = *instrument;
    request.side = draft.side;
    request.quantity = draft.quantity;
    request.currency = draft.currency;
    request.settlement = {draft.settlement.tenor, *date};
    request.limit = draft.limit;
    request.dealers = draft.dealers;
    request.life = life;
    return request;
}

std::optional<RequestEvent> eventOf(const Rfq& rfq, SteadyTime now)
{
    if (const AcceptanceLine* open = openAcceptance(rfq))
        return open->state == AcceptanceState::Unknown ? RequestEvent::LostSight : RequestEvent::Accepted;
    if (rfq.trade && rfq.trade->state != TradeState::Busted)
        return rfq.trade->quantity < rfq.request.quantity ? RequestEvent::PartlyFilled : RequestEvent::Filled;
    if (rfq.trade || isSettled(rfq))
        return RequestEvent::Settled;
    if (rfq.expires <= now)
        return RequestEvent::LifeOver;
    return eventOfDealers(rfq.dealers);
}

}
