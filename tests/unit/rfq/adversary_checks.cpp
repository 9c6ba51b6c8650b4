#include "tests/unit/rfq/adversary.h"

#include <algorithm>
#include <utility>

namespace support {

using rfq::AcceptanceState;
using rfq::RfqState;

namespace {

bool isFill(AcceptanceState state)
{
    return state == AcceptanceState::Filled || state == AcceptanceState::PartlyFilled;
}

bool isDurable(const std::vector<rfq::JournalRecord>& durable, const rfq::Acceptance& acceptance)
{
    return std::any_of(durable.begin(), durable.end(), [&](const rfq::JournalRecord& record) {
        const auto* intent = std::get_if<rfq::AcceptanceIntended>(&record);
        return intent && intent->acceptance == acceptance;
    });
}

/// Whether the disk knows how this acceptance ended.
bool isDecided(const std::vector<rfq::JournalRecord>& durable, const rfq::ClOrdId& id)
{
    return std::any_of(durable.begin(), durable.end(), [&](const rfq::JournalRecord& record) {
        const auto* moved = std::get_if<rfq::AcceptanceMoved>(&record);
        const auto* booked = std::get_if<rfq::TradeBooked>(&record);
        return (moved && moved->clOrdId == id && isOver(moved->state)) || (booked && booked->trade.clOrdId == id);
    });
}

}

/// Invariants 1, 2, 4 and 5, at the last moment before the wire.
void Adversary::checkSend(const rfq::Acceptance& acceptance)
{
    if (!m_handed.emplace(acceptance.id, acceptance).second)
        fail("2: " + acceptance.id.text() + " was sent twice");
    m_handedIds.push_back(acceptance.id);
    if (!isDurable(m_disk.durable, acceptance))
        fail("5: sent before the intent was durable");
    if (m_service->dealingSuspended())
        fail("7: sent while dealing is off");

    const rfq::Rfq* rfq = m_service->find(acceptance.rfq);
    if (!rfq)
        return fail("1: sent for no request");
    for (const rfq::AcceptanceLine& line : rfq->acceptances) {
        if (line.acceptance.id != acceptance.id && !isOver(line.state))
            fail("2: sent while another acceptance of the request is open");
    }
    const auto dealer = std::find_if(rfq->dealers.begin(), rfq->dealers.end(),
        [&](const rfq::DealerLine& line) { return line.dealer == acceptance.dealer; });
    if (dealer == rfq->dealers.end() || !dealer->quote || dealer->quote->id != acceptance.quote)
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

/// Invariants 2 and 3, after every step.
void Adversary::checkState()
{
    const rfq::Changes changes = m_service->takeChanges();
    for (const rfq::RfqId& id : m_service->rfqs()) {
        const rfq::Rfq& rfq = *m_service->find(id);
        const auto before = m_previous.find(id);
        const bool changed = before == m_previous.end() || before->second != rfq;
        if (!changed)
            continue;
        if (!changes.rfqs.contains(id))
            fail("request " + id.text() + " changed without a word");
        const auto open = std::count_if(rfq.acceptances.begin(), rfq.acceptances.end(),
            [](const rfq::AcceptanceLine& line) { return !isOver(line.state); });
        if (open > 1)
            fail("2: " + std::to_string(open) + " acceptances are open on " + id.text());
        if ((open == 1) != (rfq.state == RfqState::Accepting || rfq.state == RfqState::Unknown))
            fail("the request's state does not tell that an acceptance is open");
        const bool traded = rfq.state == RfqState::Traded || rfq.state == RfqState::PartlyTraded;
        if (traded != (rfq.trade && open == 0))
            fail("3: the request's state and its trade disagree");
        if (rfq.trade && !m_fillTold.contains(rfq.trade->clOrdId))
            fail("3: traded without the venue's evidence");
        for (const rfq::AcceptanceLine& line : rfq.acceptances)
            checkAcceptance(rfq, line);
        m_previous.insert_or_assign(id, rfq);
    }
    m_tradesSeen += changes.newTrades;
}

void Adversary::checkAcceptance(const rfq::Rfq& rfq, const rfq::AcceptanceLine& line)
{
    const rfq::ClOrdId& id = line.acceptance.id;
    const auto known = m_states.find(id);
    const AcceptanceState before = known == m_states.end() ? AcceptanceState::Intended : known->second;
    m_states[id] = line.state;
    if (isFill(line.state) && !m_fillTold.contains(id))
        fail("3: filled without the venue's evidence");
    if (before == line.state)
        return;
    if (line.state == AcceptanceState::Unknown)
        ++m_unknownsSeen;
    const bool evidence = m_evidence.contains(id);
    const auto say = [&](const char* what) {
        fail(std::string(what) + ": " + id.text() + " of " + rfq.request.id.text());
    };
    if (before == AcceptanceState::Unknown && !evidence)
        say("3: UNKNOWN was left without evidence");
    if ((before == AcceptanceState::Sent || before == AcceptanceState::Held) && line.state != AcceptanceState::Unknown
        && !evidence)
        say("3: an acceptance in flight ended without evidence");
    if ((before == AcceptanceState::Sent || before == AcceptanceState::Held) && line.state == AcceptanceState::NotSent)
        say("3: what was sent cannot be not sent");
    if (isOver(before) && !isFill(line.state))
        say("a final state was left without a fill");
}

/// Invariants 2, 3 and 5 across a crash: whatever may have reached the venue comes back.
void Adversary::checkRestored()
{
    for (const auto& entry : m_handed) {
        const rfq::ClOrdId& id = entry.first;
        const rfq::Rfq* rfq = m_service->find(entry.second.rfq);
        if (!rfq)
            return fail("5: the request of " + id.text() + " was lost");
        const auto line = std::find_if(rfq->acceptances.begin(), rfq->acceptances.end(),
            [&](const rfq::AcceptanceLine& candidate) { return candidate.acceptance.id == id; });
        if (line == rfq->acceptances.end())
            return fail("5: " + id.text() + " was lost");
        const bool decided = isDecided(m_disk.durable, id);
        if (!decided && line->state != AcceptanceState::Unknown)
            fail("3: " + id.text() + " is not UNKNOWN after the restart");
        m_states[id] = line->state;
    }
}

}
