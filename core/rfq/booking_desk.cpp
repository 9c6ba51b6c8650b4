#include "core/rfq/booking_desk.h"

#include "core/rfq/amount.h"
#include "core/rfq/fill_rules.h"

#include <algorithm>
#include <utility>

namespace rfq {

namespace {

/// More than nothing of it and less than all.
bool isPart(const Decimal& amount, const Decimal& whole)
{
    return !amount.isZero() && !amount.isNegative() && amount < whole;
}

/// How much of a trade a bust leaves. It may have been booked from several executions, of which this is one:
/// LastQty(32) says how much is taken back, or CumQty(14), which counts without it. A bust that says neither takes all.
Decimal leftAfterBust(const Trade& trade, const ExecutionReport& report)
{
    if (report.lastQty && isPart(*report.lastQty, trade.quantity))
        return Decimal::subtract(trade.quantity, *report.lastQty).value_or(Decimal());
    if (!report.lastQty && isPart(report.cumQty, trade.quantity))
        return report.cumQty;
    return Decimal();
}

}

BookingDesk::BookingDesk(DeskState& desk, AcceptanceMoves& moves, IncidentDesk& incidents)
    : m_desk(desk)
    , m_moves(moves)
    , m_incidents(incidents)
{
}

void BookingDesk::book(AcceptanceLine& line, const ExecutionReport& report, AcceptanceEvent event)
{
    const Decimal booked = m_desk.flights.at(line.acceptance.id).booked;
    if (isHistory(line.acceptance.id, report))
        return;
    if (report.cumQty < booked)
        m_incidents.raise(IncidentKind::Contradiction, line.acceptance, report, "less than was filled before");
    if (report.cumQty <= booked) {
        // Nothing more was filled, but an open rest may be closed now.
        if (event == AcceptanceEvent::FinallyPartFilled && !isOver(line.state))
            m_moves.move(line, event, {{}, report.text});
        return;
    }
    if (!nextState(line.state, event) && event == AcceptanceEvent::PartFilled)
        event = AcceptanceEvent::FinallyPartFilled;
    const AcceptanceState before = line.state;
    const bool opens = event == AcceptanceEvent::PartFilled && !isOver(before);
    if (opens) {
        // The rest is open: what is filled so far is told, and booked when the last word is spoken.
        const std::string soFar = groupedAmount(report.cumQty) + " filled so far";
        m_moves.learn(line, EvidenceKind::PartFill, soFar);
        m_moves.move(line, event, {{}, soFar});
        return;
    }
    addTrade(line, report, before);
    const bool full = report.cumQty >= line.acceptance.quantity;
    m_desk.notify(noticeOf(full ? NoticeCode::Traded : NoticeCode::PartlyTraded,
        full ? Severity::Info : Severity::Warning, line.acceptance));
    m_moves.move(line, event, {{}, report.text});
}

void BookingDesk::addTrade(AcceptanceLine& line, const ExecutionReport& report, AcceptanceState before)
{
    const Acceptance& acceptance = line.acceptance;
    Flight& flight = m_desk.flights.at(acceptance.id);
    Trade trade = tradeOf(report, acceptance, flight.booked, m_desk.clock.utc());
    const std::string differs = trade.discrepancy;
    const bool late = isOver(before) && before != AcceptanceState::PartlyFilled && before != AcceptanceState::Filled;
    const std::string contradiction = std::string("filled after it was ") + nameOf(before);
    if (isOver(before))
        trade.discrepancy += (trade.discrepancy.empty() ? "" : "; ") + contradiction;
    flight.booked = report.cumQty;

    // The alarm before the trade, and the trade before the acceptance's state: a crash between two of them must lose
    // neither. What is told twice afterwards does no harm.
    if (late)
        m_incidents.raise(IncidentKind::LateFill, acceptance, report, contradiction);
    if (!differs.empty())
        m_incidents.raise(IncidentKind::FillDiffers, acceptance, report, differs);
    m_desk.record(TradeBooked{trade});
    m_desk.trades.push_back(std::move(trade));
    ++m_desk.changes.newTrades;
    Rfq& rfq = m_desk.rfqs.at(acceptance.rfq);
    rfq.trade = dealOf(acceptance.rfq, m_desk.trades);
    m_desk.touch(rfq);
}

void BookingDesk::amend(AcceptanceLine& line, const ExecutionReport& report)
{
    Trade* trade = tradeMeant(line.acceptance.id, report);
    const bool bustsIt = report.execType == 'H';
    std::set<ExecId>& takenBack = m_desk.flights.at(line.acceptance.id).takenBack;
    if (bustsIt && !report.execRefId.empty() && !takenBack.insert(report.execRefId).second && trade)
        return; // told again
    if (!trade) {
        m_desk.refuse("acceptance " + line.acceptance.id.text(), nameOf(line.state), bustsIt ? "bust" : "correction",
            summary(report));
        m_incidents.raise(bustsIt ? IncidentKind::FillBusted : IncidentKind::FillCorrected, line.acceptance, report,
            "it names no execution that is booked here");
        return;
    }
    if (bustsIt)
        bust(line, *trade, report);
    else
        correct(line, *trade, report);
}

void BookingDesk::correct(AcceptanceLine& line, Trade& trade, const ExecutionReport& report)
{
    Trade now = tradeOf(report, line.acceptance, Decimal(), m_desk.clock.utc());
    now.execId = trade.execId;
    now.orderId = trade.orderId;
    now.time = trade.time;
    if (report.lastQty && !report.lastQty->isZero())
        now.quantity = *report.lastQty;
    else if (report.cumQty.isZero())
        now.quantity = trade.quantity; // it names no amount
    if (report.lastPx && !report.lastPx->value.isZero())
        now.price = *report.lastPx;
    now.state = TradeState::Corrected;
    if (trade.state == TradeState::Busted) {
        m_incidents.raise(IncidentKind::FillCorrected, line.acceptance, report, "corrected after it was taken back");
        return;
    }
    if (trade == now)
        return; // told again
    std::string change = "the dealer corrected " + trade.quantity.text() + " at " + trade.price.text + " to "
        + now.quantity.text() + " at " + now.price.text;
    trade = std::move(now);
    m_desk.record(TradeAmended{trade});
    recount(line);
    m_incidents.raise(IncidentKind::FillCorrected, line.acceptance, report, std::move(change));
}

void BookingDesk::bust(AcceptanceLine& line, Trade& trade, const ExecutionReport& report)
{
    if (trade.state == TradeState::Busted)
        return; // told again
    const Decimal was = trade.quantity;
    const Decimal left = leftAfterBust(trade, report);
    const Decimal taken = Decimal::subtract(was, left).value_or(was);
    std::string what = "the dealer took back " + taken.text() + " at " + trade.price.text;
    if (left.isZero()) {
        trade.state = TradeState::Busted;
        trade.discrepancy = "the dealer took this fill back";
    } else {
        trade.state = TradeState::Corrected;
        trade.quantity = left;
        if (report.avgPx && !report.avgPx->value.isZero())
            trade.price = *report.avgPx;
        trade.discrepancy = "the dealer took " + taken.text() + " of " + was.text() + " back";
    }
    m_desk.record(TradeAmended{trade});
    recount(line);
    if (m_desk.flights.at(line.acceptance.id).booked.isZero())
        m_moves.move(line, AcceptanceEvent::Busted, {{}, report.text});
    m_incidents.raise(IncidentKind::FillBusted, line.acceptance, report, std::move(what));
}

void BookingDesk::recount(AcceptanceLine& line)
{
    const Acceptance& acceptance = line.acceptance;
    Decimal sum;
    for (const Trade& trade : m_desk.trades) {
        const auto more = Decimal::add(sum, trade.quantity);
        if (trade.clOrdId == acceptance.id && trade.state != TradeState::Busted && more)
            sum = *more;
    }
    m_desk.flights.at(acceptance.id).booked = sum;
    m_desk.rfqs.at(acceptance.rfq).trade = dealOf(acceptance.rfq, m_desk.trades);
    m_desk.changes.tradesAmended = true;
    m_moves.touch(line);
}

Trade* BookingDesk::tradeMeant(const ClOrdId& id, const ExecutionReport& report)
{
    Trade* only = nullptr;
    int count = 0;
    for (Trade& trade : m_desk.trades) {
        if (trade.clOrdId != id)
            continue;
        if (!report.execRefId.empty() && trade.execId == report.execRefId)
            return &trade;
        only = &trade;
        ++count;
    }
    if (count != 1)
        return nullptr;
    // A dealer that refers to nothing can only mean the one there is; one that refers to something else does not,
    // unless we never learnt which execution it was, or it is one of several that were booked as one trade.
    const bool nameIsGone = m_desk.flights.at(id).takenBack.contains(only->execId); // the rest has other names
    const bool part =
        report.execType == 'H' && report.lastQty && (nameIsGone || isPart(*report.lastQty, only->quantity));
    return report.execRefId.empty() || only->execId.empty() || part ? only : nullptr;
}

bool BookingDesk::isHistory(const ClOrdId& id, const ExecutionReport& report) const
{
    if (report.execId.empty() || report.execType == 'I')
        return false;
    if (m_desk.flights.at(id).takenBack.contains(report.execId))
        return true;
    return std::any_of(m_desk.trades.begin(), m_desk.trades.end(), [&](const Trade& trade) {
        if (trade.clOrdId != id || trade.state == TradeState::Booked)
            return false;
        // One that was known from a status only has no name; what is replayed is it, and not a new fill.
        const bool unnamed = trade.execId.empty() && trade.state == TradeState::Busted && report.possDup;
        return trade.execId == report.execId || unnamed;
    });
}

}
