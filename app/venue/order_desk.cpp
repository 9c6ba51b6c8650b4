#include "app/venue/order_desk.h"

#include "app/venue/faults.h"

#include <utility>

namespace venue {

namespace {

constexpr const char* OtherReason = "99"; // OrdRejReason(103)

}

OrderDesk::OrderDesk(Floor& floor, std::function<void(const rfq::SessionId&, const rfq::RfqId&)> dealt)
    : m_floor(floor)
    , m_dealt(std::move(dealt))
    , m_outbox(floor.clients)
{
}

void OrderDesk::take(const rfq::SessionId& session, const fix::maker::Order& order, Delivery delivery)
{
    const Key key{session, order.clOrdId};
    if (const auto known = m_orders.find(key); known != m_orders.end())
        return repeat(known->second, delivery);
    Taken& taken = m_orders[key];
    taken.reported = {session, order, rfq::OrderId(m_floor.numbers.next("O"))};
    MadeQuote* quote = m_floor.ledger.find(session, order.quote);
    if (const auto refusal = refusalOf(order, quote, m_floor.clock.steady()))
        return reject(taken, *refusal);
    if (m_floor.ledger.isHeld(session, quote->rfq))
        return reject(taken, {OtherReason, "another order on this request is being decided"});
    quote->state = MadeQuoteState::Held;
    process(key, *quote, scenarioFor(m_floor.settings.scenarios, quote->dealer, order.symbol));
}

/// An order that arrives again is never dealt again: a possible duplicate hears the last report once more, anything
/// else is told that its ClOrdID was used.
void OrderDesk::repeat(const Taken& taken, Delivery delivery)
{
    if (delivery == Delivery::First)
        m_outbox.post(rejectReport(taken.reported, nextExec(), duplicateOrder(), m_floor.clock.utc()));
    else if (taken.last)
        m_outbox.post(*taken.last);
}

void OrderDesk::process(const Key& key, MadeQuote& quote, const Scenario& scenario)
{
    const rfq::SessionId& session = key.first;
    switch (scenario.order) {
    case OrderFault::None:
        return hold(key, quote, scenario);
    case OrderFault::NeverAnswer:
        return log(m_orders.at(key), "ignored", "scenario");
    case OrderFault::HoldForever: {
        Taken& taken = m_orders.at(key);
        return report(taken, pendingReport(taken.reported, nextExec(), m_floor.clock.utc()));
    }
    case OrderFault::DropBeforeDeal:
        quote.state = MadeQuoteState::Live;
        m_orders.erase(key);
        return m_outbox.drop(session);
    case OrderFault::DropAfterDeal:
        m_outbox.drop(session);
        return decide(key, quote.id, scenario);
    case OrderFault::DropDuringHold:
        hold(key, quote, scenario);
        return m_outbox.drop(session);
    }
}

void OrderDesk::hold(const Key& key, const MadeQuote& quote, const Scenario& scenario)
{
    Dealer& dealer = m_floor.dealers.at(quote.dealer);
    if (!dealer.settings().lastLook && scenario.order != OrderFault::DropDuringHold)
        return decide(key, quote.id, scenario);
    Taken& taken = m_orders.at(key);
    report(taken, pendingReport(taken.reported, nextExec(), m_floor.clock.utc()));
    m_floor.timers.at(m_floor.clock.steady() + dealer.drawHold(),
        [this, key, id = quote.id, scenario] { decide(key, id, scenario); });
}

void OrderDesk::decide(const Key& key, const rfq::QuoteId& quoteId, const Scenario& scenario)
{
    Taken& taken = m_orders.at(key);
    MadeQuote* quote = m_floor.ledger.find(key.first, quoteId);
    if (!quote)
        return reject(taken, {OtherReason, "the quote is gone"});
    if (const auto refusal = refusalOfDealer(*quote, taken.reported.order, scenario)) {
        quote->state = MadeQuoteState::Refused;
        return reject(taken, {OtherReason, *refusal});
    }
    fill(taken, *quote, scenario.fill);
}

std::optional<std::string> OrderDesk::refusalOfDealer(
    const MadeQuote& quote, const fix::maker::Order& order, const Scenario& scenario)
{
    const int decided = ++m_decided[quote.dealer];
    if (scenario.rejectEvery > 0 && decided % scenario.rejectEvery == 0)
        return "the dealer does not deal this time";
    const Ticks mid = m_floor.market.outrightMid(order.symbol, quote.days, m_floor.clock.steady());
    const Ticks moved = mid - quote.mid;
    return m_floor.dealers.at(quote.dealer)
        .looksAgain(*m_floor.market.find(order.symbol), quote.paysOffer(order.side) ? moved : -moved);
}

void OrderDesk::reject(Taken& taken, const OrderRefusal& why)
{
    log(taken, "rejected", why.text);
    report(taken, rejectReport(taken.reported, nextExec(), why, m_floor.clock.utc()));
}

void OrderDesk::fill(Taken& taken, MadeQuote& quote, FillFault fault)
{
    quote.state = MadeQuoteState::Dealt;
    log(taken, "filled", quote.dealer.text());
    const rfq::Side side = taken.reported.order.side;
    const rfq::PriceSide dealtOn = quote.paysOffer(side) ? rfq::PriceSide::Offer : rfq::PriceSide::Bid;
    const rfq::ExecutionReport good = fillReport(taken.reported, quote, nextExec(), m_floor.clock.utc());
    for (const rfq::ExecutionReport& each : spoiled(good, fault, quote.instrument, dealtOn))
        report(taken, each);
    m_dealt(quote.session, quote.rfq);
}

void OrderDesk::report(Taken& taken, const rfq::ExecutionReport& report)
{
    taken.last = report;
    m_outbox.post(report);
}

void OrderDesk::log(const Taken& taken, const char* outcome, const std::string& text)
{
    const fix::maker::Order& order = taken.reported.order;
    m_floor.log.record("order",
        {{"session", taken.reported.session.text()}, {"order", order.clOrdId.text()}, {"quote", order.quote.text()},
            {"symbol", order.symbol}, {"side", order.side == rfq::Side::Buy ? "buy" : "sell"},
            {"quantity", order.quantity.text()}, {"price", order.price.text}, {"outcome", outcome}, {"text", text}});
}

}
