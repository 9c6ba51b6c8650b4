#include "tests/unit/rfq/adversary.h"

#include <algorithm>
#include <set>
#include <utility>

/// The invariants of docs and design, after every step and at the moment an acceptance leaves for the wire.
namespace support {

using rfq::AcceptanceState;
using rfq::RfqState;

namespace {

bool isFill(AcceptanceState state)
{
    return state == AcceptanceState::Filled || state == AcceptanceState::PartlyFilled;
}

/// Whether the desk says that nothing was dealt.
bool isNothing(AcceptanceState state)
{
    return state == AcceptanceState::Rejected || state == AcceptanceState::NotDone || state == AcceptanceState::NotSent
        || state == AcceptanceState::NotReceived;
}

bool isDurable(const std::vector<rfq::JournalRecord>& durable, const rfq::Acceptance& acceptance)
{
    return std::any_of(durable.rbegin(), durable.rend(), [&](const rfq::JournalRecord& record) {
        const auto* intent = std::get_if<rfq::AcceptanceIntended>(&record);
        return intent && intent->acceptance == acceptance;
    });
}

/// The acceptances whose end the disk knows.
std::set<rfq::ClOrdId> decidedOn(const std::vector<rfq::JournalRecord>& durable)
{
    std::set<rfq::ClOrdId> decided;
    for (const rfq::JournalRecord& record : durable) {
        if (const auto* moved = std::get_if<rfq::AcceptanceMoved>(&record); moved && isOver(moved->state))
            decided.insert(moved->clOrdId);
        if (const auto* booked = std::get_if<rfq::TradeBooked>(&record))
            decided.insert(booked->trade.clOrdId);
    }
    return decided;
}

base::Decimal plus(const base::Decimal& a, const base::Decimal& b)
{
    return base::Decimal::add(a, b).value();
}

base::Decimal signedAmount(const rfq::Acceptance& acceptance, const base::Decimal& amount)
{
    return acceptance.side == rfq::Side::Buy ? amount : base::Decimal::subtract({}, amount).value();
}

}

const rfq::AcceptanceLine* Adversary::lineOf(const rfq::Acceptance& acceptance) const
{
    const rfq::Rfq* rfq = m_service->find(acceptance.rfq);
    if (!rfq)
        return nullptr;
    const auto found = std::find_if(rfq->acceptances.begin(), rfq->acceptances.end(),
        [&](const rfq::AcceptanceLine& line) { return line.acceptance.id == acceptance.id; });
    return found == rfq->acceptances.end() ? nullptr : &*found;
}

bool Adversary::hasIncident(const rfq::ClOrdId& id) const
{
    const auto& incidents = m_service->incidents();
    return std::any_of(
        incidents.begin(), incidents.end(), [&](const rfq::Incident& incident) { return incident.clOrdId == id; });
}

/// Invariants 1, 2, 4 and 5, at the last moment before the wire.
void Adversary::checkSend(const rfq::Acceptance& acceptance)
{
    if (m_deals.contains(acceptance.id))
        fail("2: " + acceptance.id.text() + " was sent twice");
    if (!isDurable(m_disk.durable, acceptance))
        fail("5: sent before the intent was durable");
    if (m_service->dealingSuspended())
        fail("7: sent while dealing is off");
    checkTwins(acceptance);

    const rfq::Rfq* rfq = m_service->find(acceptance.rfq);
    if (!rfq)
        return fail("1: sent for no request");
    for (const rfq::AcceptanceLine& line : rfq->acceptances) {
        if (line.acceptance.id != acceptance.id && !isOver(line.state))
            fail("2: sent while another acceptance of the request is open");
    }
    const rfq::DealerLine* dealer = nullptr;
    for (const rfq::DealerLine& line : rfq->dealers)
        dealer = line.dealer == acceptance.dealer ? &line : dealer;
    if (!dealer || !dealer->quote || dealer->quote->id != acceptance.quote)
        return fail("4: the quote was replaced");
    const rfq::Quote& quote = *dealer->quote;
    if (quote.state != rfq::QuoteState::Firm || quote.deadline <= m_clock.steady())
        fail("4: the quote is not live");
    const auto& price = quote.price(rfq::priceSideFor(rfq->request, acceptance.side));
    if (!price || *price != acceptance.price || price->value.isZero() || price->value.isNegative())
        fail("1: the price is not the quote's");
    if (acceptance.quantity != rfq->request.quantity || acceptance.currency != rfq->request.currency
        || acceptance.settlement != rfq->request.settlement || !rfq::asks(rfq->request.side, acceptance.side))
        fail("1: the terms are not the request's");
    if (quote.session != acceptance.session || !m_service->isLoggedOn(quote.session))
        fail("4: the session is down");
}

/// While an outcome is unknown, the same deal again takes two persons.
void Adversary::checkTwins(const rfq::Acceptance& acceptance)
{
    for (const rfq::AcceptanceLine* doubt : m_service->unknownOutcomes()) {
        if (!isTwin(doubt->acceptance, acceptance))
            continue;
        ++m_depth.twins;
        if (!m_passes[acceptance.id].contains(doubt->acceptance.id))
            fail("2: sent although " + doubt->acceptance.id.text() + " may be the same deal");
    }
}

void Adversary::checkState()
{
    if (!m_disk.illegal.empty())
        fail(m_disk.illegal);
    if (m_service->incidents().size() < m_incidents)
        fail("an incident disappeared");
    m_depth.incidents += m_service->incidents().size() - std::min(m_incidents, m_service->incidents().size());
    m_incidents = m_service->incidents().size();
    const rfq::Changes changes = m_service->takeChanges();
    m_depth.trades += changes.newTrades;
    for (const rfq::RfqId& id : changes.rfqs)
        checkRequest(*m_service->find(id));
    // What changed without a word is looked for now and then: comparing everything takes its time.
    if (m_steps % 16 == 0) {
        for (const rfq::RfqId& id : m_service->rfqs()) {
            const auto before = m_previous.find(id);
            if (before == m_previous.end() || before->second != *m_service->find(id))
                fail("request " + id.text() + " changed without a word");
        }
    }
    checkPosition();
}

/// Invariants 2 and 3.
void Adversary::checkRequest(const rfq::Rfq& rfq)
{
    const auto open = std::count_if(rfq.acceptances.begin(), rfq.acceptances.end(),
        [](const rfq::AcceptanceLine& line) { return !isOver(line.state); });
    if (open > 1)
        fail("2: " + std::to_string(open) + " acceptances are open on " + rfq.request.id.text());
    if ((open == 1) != (rfq.state == RfqState::Accepting || rfq.state == RfqState::Unknown))
        fail("the request's state does not tell that an acceptance is open");
    bool any = false;
    bool live = false;
    for (const rfq::Trade& trade : m_service->trades()) {
        any = any || trade.rfq == rfq.request.id;
        live = live || (trade.rfq == rfq.request.id && trade.state != rfq::TradeState::Busted);
    }
    const bool traded = rfq.state == RfqState::Traded || rfq.state == RfqState::PartlyTraded;
    if (traded != (live && open == 0))
        fail("3: the state of " + rfq.request.id.text() + " and its trades disagree");
    if (rfq.trade.has_value() != any || (rfq.trade && live != (rfq.trade->state != rfq::TradeState::Busted)))
        fail("3: the trade of " + rfq.request.id.text() + " is not the one that is booked");
    for (const rfq::AcceptanceLine& line : rfq.acceptances)
        checkAcceptance(rfq, line);
    m_previous.insert_or_assign(rfq.request.id, rfq);
}

void Adversary::checkAcceptance(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line)
{
    const rfq::ClOrdId& id = line.acceptance.id;
    const auto known = m_states.find(id);
    const AcceptanceState before = known == m_states.end() ? AcceptanceState::Intended : known->second;
    m_states[id] = line.state;
    if (isFill(line.state) && (!m_told.contains(id) || m_told.at(id).isZero()))
        fail("3: filled without the venue's evidence");
    if (before != line.state)
        checkMove(rfq, line, before);
    checkBooking(line);
    if (isNothing(line.state) && m_fillKnown.contains(id) && !hasIncident(id))
        fail("3: the venue told a fill of " + id.text() + ", the desk says there was none, and nobody is told");
    if (const auto deal = m_deals.find(id); isHonest() && deal != m_deals.end())
        checkTruth(line, deal->second);
}

void Adversary::checkMove(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line, AcceptanceState before)
{
    const rfq::ClOrdId& id = line.acceptance.id;
    const auto say = [&](const char* what) {
        fail(std::string(what) + ": " + id.text() + " of " + rfq.request.id.text());
    };
    m_depth.unknown += line.state == AcceptanceState::Unknown;
    m_depth.notReceived += line.state == AcceptanceState::NotReceived;
    m_depth.busted += line.state == AcceptanceState::Busted;
    const bool ofSession = m_sessionEvidence.contains(line.acceptance.session);
    const bool evidence = m_evidence.contains(id) || (ofSession && line.state == AcceptanceState::NotReceived);
    if (line.state == AcceptanceState::Closed) {
        if (before != AcceptanceState::Unknown || m_closedNow != id)
            say("3: closed without two persons");
    } else if (before == AcceptanceState::Unknown && !evidence) {
        say("3: UNKNOWN was left without evidence");
    }
    if (line.state == AcceptanceState::NotReceived && !m_missed.contains(id) && !m_denied.contains(id))
        say("3: not received, although neither numbers nor the venue say so");
    const bool flying = before == AcceptanceState::Sent || before == AcceptanceState::Held;
    // What was learnt while it was in flight proves that it never arrived as soon as its answer is overdue.
    const bool proven = line.state == AcceptanceState::NotReceived;
    if (flying && line.state != AcceptanceState::Unknown && !evidence && !proven)
        say("3: an acceptance in flight ended without evidence");
    if (flying && line.state == AcceptanceState::NotSent)
        say("3: what was sent cannot be not sent");
    const bool taken = isFill(before) && line.state == AcceptanceState::Busted && m_amended.contains(id);
    if (isOver(before) && !taken && !(isFill(line.state) && evidence))
        say("a final state was left without a fill");
}

/// Every fill that the venue told is booked once and never twice.
void Adversary::checkBooking(const rfq::AcceptanceLine& line)
{
    const rfq::ClOrdId& id = line.acceptance.id;
    base::Decimal gross;
    base::Decimal net;
    bool any = false;
    for (const rfq::Trade& trade : m_service->trades()) {
        if (trade.clOrdId != id)
            continue;
        any = true;
        gross = plus(gross, trade.quantity);
        net = trade.state == rfq::TradeState::Busted ? net : plus(net, trade.quantity);
    }
    if (any != (isFill(line.state) || line.state == AcceptanceState::Busted))
        fail("3: " + id.text() + " and its trades disagree");
    if (line.state == AcceptanceState::Busted && !net.isZero())
        fail("a busted fill of " + id.text() + " counts");
    if (any && !m_amended.contains(id) && gross > m_told[id])
        fail("3: more was booked of " + id.text() + " than the venue told");
}

/// What the desk makes of an honest venue's acceptance must be the truth.
void Adversary::checkTruth(const rfq::AcceptanceLine& line, const Deal& deal)
{
    const rfq::ClOrdId& id = line.acceptance.id;
    if (isNothing(line.state) && !deal.net().isZero())
        fail("the venue has filled " + id.text() + ", the desk says there was nothing");
    if (!isFill(line.state) && line.state != AcceptanceState::Busted)
        return;
    base::Decimal booked;
    for (const rfq::Trade& trade : m_service->trades()) {
        if (trade.clOrdId == id && trade.state != rfq::TradeState::Busted)
            booked = plus(booked, trade.quantity);
    }
    // After a close by hand each execution is booked as it comes.
    const bool whole = booked == deal.net() || (m_everClosed.contains(id) && booked < deal.net());
    if (!whole)
        fail(id.text() + " has " + booked.text() + " on the books, the venue has " + deal.net().text());
}

/// The position is a range as long as outcomes are unknown, and the venue's position is inside. What is in flight is
/// shown as that; what two persons closed is what they said.
void Adversary::checkPosition()
{
    if (!isHonest())
        return;
    base::Decimal truth;
    for (const auto& [id, closed] : m_closedUnsent) {
        const rfq::AcceptanceLine* line = lineOf(closed);
        if (line && line->state == AcceptanceState::Closed && line->closing->verdict == rfq::Verdict::Traded)
            truth = plus(truth, signedAmount(closed, closed.quantity));
    }
    for (const auto& [id, deal] : m_deals) {
        const rfq::AcceptanceLine* line = lineOf(deal.acceptance);
        if (!line)
            return fail("5: " + id.text() + " was lost");
        const bool flies = !isOver(line->state) && line->state != AcceptanceState::Unknown;
        base::Decimal amount = flies ? base::Decimal() : deal.net();
        if (line->state == AcceptanceState::Closed)
            amount = line->closing->verdict == rfq::Verdict::Traded ? deal.acceptance.quantity : base::Decimal();
        else if (m_everClosed.contains(id) && isFill(line->state))
            continue; // checkTruth() looks at it
        truth = plus(truth, signedAmount(deal.acceptance, amount));
    }
    base::Decimal least;
    base::Decimal most;
    for (const rfq::PositionRange& range : m_service->positions()) {
        least = range.least;
        most = range.most;
    }
    for (const rfq::Trade& trade : m_service->trades()) {
        const auto deal = m_deals.find(trade.clOrdId);
        if (deal == m_deals.end() || !m_everClosed.contains(trade.clOrdId) || trade.state == rfq::TradeState::Busted)
            continue;
        truth = plus(truth, signedAmount(deal->second.acceptance, trade.quantity));
    }
    if (truth < least || most < truth)
        fail("the venue's position of " + truth.text() + " is not between " + least.text() + " and " + most.text());
}

/// Invariants 2, 3 and 5 across a crash: whatever may have reached the venue comes back.
void Adversary::checkRestored()
{
    const std::set<rfq::ClOrdId> decided = decidedOn(m_disk.durable);
    for (const auto& [id, deal] : m_deals) {
        const rfq::AcceptanceLine* line = lineOf(deal.acceptance);
        if (!line)
            return fail("5: " + id.text() + " was lost");
        if (!decided.contains(id) && line->state != AcceptanceState::Unknown)
            fail("3: " + id.text() + " is not UNKNOWN after the restart");
        if (m_everClosed.contains(id) && line->state != AcceptanceState::Closed
            && line->state == AcceptanceState::Unknown)
            m_everClosed.erase(id); // the crash took the decision
    }
    for (const rfq::RfqId& id : m_service->rfqs()) {
        for (const rfq::AcceptanceLine& line : m_service->find(id)->acceptances)
            m_states[line.acceptance.id] = line.state;
    }
    for (const rfq::JournalRecord& record : m_disk.durable) {
        const auto* raised = std::get_if<rfq::IncidentRaised>(&record);
        const auto& incidents = m_service->incidents();
        if (raised && std::none_of(incidents.begin(), incidents.end(), [&](const rfq::Incident& incident) {
                return incident.id == raised->incident.id;
            }))
            fail("an incident was lost in a crash");
    }
}

}
