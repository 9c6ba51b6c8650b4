#include "core/rfq/restore.h"

#include "core/rfq/fill_rules.h"
#include "core/rfq/request_rules.h"

#include <algorithm>
#include <utility>

namespace rfq {

namespace {

Rfq pastRfq(const Request& request, RfqState state, UtcTime opened)
{
    Rfq rfq;
    rfq.request = request;
    rfq.state = state;
    rfq.opened = opened;
    for (const DealerId& dealer : request.dealers) {
        DealerLine line;
        line.dealer = dealer;
        line.state = DealerState::Expired;
        rfq.dealers.push_back(std::move(line));
    }
    return rfq;
}

/// The request that an acceptance belongs to, where the journal holds only the acceptance.
Request requestOf(const Acceptance& acceptance)
{
    Request request;
    request.id = acceptance.rfq;
    request.instrument = acceptance.instrument;
    request.side = acceptance.side == Side::Buy ? RequestSide::Buy : RequestSide::Sell;
    request.quantity = acceptance.quantity;
    request.currency = acceptance.currency;
    request.settlement = acceptance.settlement;
    request.dealers = {acceptance.dealer};
    return request;
}

/// Trades are booked, and taken back, before the acceptance moves: what they say stands above its last state.
AcceptanceState restoredState(const History::PastAcceptance& past, const Decimal& booked, bool traded)
{
    if (!traded)
        return isOver(past.state) ? past.state : AcceptanceState::Unknown;
    if (booked.isZero())
        return AcceptanceState::Busted;
    if (past.state == AcceptanceState::Filled || past.state == AcceptanceState::PartlyFilled)
        return past.state;
    return booked < past.acceptance.quantity ? AcceptanceState::PartlyFilled : AcceptanceState::Filled;
}

void restoreTrades(DeskState& desk, const History& history)
{
    for (const Trade& trade : history.trades) {
        Flight& flight = desk.flights[trade.clOrdId];
        flight.rfq = trade.rfq;
        if (trade.state != TradeState::Busted)
            flight.booked = Decimal::add(flight.booked, trade.quantity).value_or(flight.booked);
        desk.trades.push_back(trade);
        ++desk.changes.newTrades;
    }
    for (const Trade& trade : history.trades) {
        if (Rfq* rfq = desk.find(trade.rfq))
            rfq->trade = dealOf(trade.rfq, desk.trades);
    }
}

void restoreAcceptance(DeskState& desk, const History::PastAcceptance& past)
{
    const Acceptance& acceptance = past.acceptance;
    Flight& flight = desk.flights[acceptance.id];
    flight.rfq = acceptance.rfq;
    AcceptanceLine line;
    line.acceptance = acceptance;
    const bool traded = std::any_of(
        desk.trades.begin(), desk.trades.end(), [&](const Trade& trade) { return trade.clOrdId == acceptance.id; });
    line.state = restoredState(past, flight.booked, traded);
    line.code = past.code;
    line.text = past.text;
    line.time = past.time;
    line.category = past.category;
    line.message = past.message;
    line.seqNum = past.seqNum;
    line.theirNext = past.theirNext;
    line.evidence = past.evidence;
    line.closing = past.closing;
    if (line.state != past.state)
        desk.record(AcceptanceMoved{acceptance.id, line.state, line.code, line.text, desk.clock.utc()});
    if (line.state == AcceptanceState::Unknown) {
        desk.unknown.insert(acceptance.id);
        Notice notice = noticeOf(NoticeCode::OutcomeUnknown, Severity::Alarm, acceptance);
        notice.raw = past.text;
        desk.notify(std::move(notice));
    }
    desk.rfqs.at(acceptance.rfq).acceptances.push_back(std::move(line));
}

void settleRestored(DeskState& desk, Rfq& rfq)
{
    const RfqState was = rfq.state;
    const bool decided = openAcceptance(rfq) || rfq.trade;
    const auto event = eventOf(rfq, desk.clock.steady());
    if (event && (decided || !isOver(was))) {
        // The journal keeps how a request began and ended; that an acceptance was on its way is what lies between.
        const RfqState from = rfq.acceptances.empty() ? was : RfqState::Accepting;
        rfq.state = nextState(from, *event).value_or(was);
    }
    if (!isOver(rfq.state))
        desk.live.insert(rfq.request.id);
    else
        desk.live.erase(rfq.request.id);
    if (rfq.state != was && isOver(rfq.state))
        desk.record(RequestClosed{rfq.request.id, rfq.state, desk.clock.utc()});
}

}

void restoreHistory(DeskState& desk, const History& history)
{
    for (const History::PastRequest& past : history.requests) {
        if (!desk.find(past.request.id))
            desk.add(pastRfq(past.request, past.state, past.opened));
    }
    for (const History::PastAcceptance& past : history.acceptances) {
        if (!desk.find(past.acceptance.rfq))
            desk.add(pastRfq(requestOf(past.acceptance), RfqState::Accepting, past.time));
    }
    desk.incidents = history.incidents;
    desk.changes.incidents = !history.incidents.empty();
    restoreTrades(desk, history);
    for (const History::PastAcceptance& past : history.acceptances)
        restoreAcceptance(desk, past);
    for (const Incident& incident : history.incidents) {
        const auto flight = desk.flights.find(incident.clOrdId);
        const bool named = incident.report && !incident.report->execRefId.empty();
        if (incident.kind == IncidentKind::FillBusted && named && flight != desk.flights.end())
            flight->second.takenBack.insert(incident.report->execRefId);
    }
    for (const RfqId& id : desk.order)
        settleRestored(desk, desk.rfqs.at(id));
}

}
