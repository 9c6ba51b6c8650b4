#include "tests/unit/rfq/adversary.h"

#include <algorithm>
#include <chrono>

/// What the link and the venue say about acceptances: facts, or anything.
namespace support {

using namespace std::chrono_literals;
using Fate = Deal::Fate;

namespace {

base::Decimal minus(const base::Decimal& a, const base::Decimal& b)
{
    return base::Decimal::subtract(a, b).value();
}

/// One to three executions that add up.
std::vector<Execution> executionsOf(const rfq::ClOrdId& id, const base::Decimal& quantity, std::uint64_t count)
{
    std::vector<Execution> all;
    base::Decimal rest = quantity;
    for (std::uint64_t i = 1; i <= count; ++i) {
        const base::Decimal part = i == count ? rest : decimal("1000000");
        all.push_back({rfq::ExecId("E-" + id.text() + "-" + std::to_string(i)), part});
        rest = minus(rest, part);
    }
    return all;
}

}

void Adversary::handOver(const rfq::SendAcceptance& command)
{
    const rfq::Acceptance& acceptance = command.acceptance;
    checkSend(acceptance);
    if (command.message != m_link.compose(acceptance))
        fail("1: the message is not the one that was made durable");
    ++m_depth.sent;
    Deal deal;
    deal.acceptance = acceptance;
    deal.fate = std::vector{Fate::NotLeft, Fate::Lost, Fate::Stuck, Fate::Rejects, Fate::NotDone, Fate::PartFills,
        Fate::Fills, Fate::Fills, Fate::Fills}[pick(9)];
    // It is inside before "unknown order" begins to count.
    deal.arrives = m_clock.steady() + std::chrono::milliseconds(oneIn(3) ? pick(9'000) : pick(20));
    if (deal.fate == Fate::Fills)
        deal.executions = executionsOf(acceptance.id, acceptance.quantity, oneIn(3) ? 1 + pick(3) : 1);
    if (deal.fate == Fate::PartFills)
        deal.executions = executionsOf(acceptance.id, decimal("10000000"), oneIn(3) ? 1 + pick(3) : 1);
    if (deal.fate != Fate::NotLeft)
        deal.seqNum = m_numbers[acceptance.session] += 1 + pick(3);
    m_deals.emplace(acceptance.id, std::move(deal));
    m_dealIds.push_back(acceptance.id);
}

Deal* Adversary::anyDeal()
{
    if (m_dealIds.empty())
        return nullptr;
    const std::size_t last = m_dealIds.size();
    return &m_deals.at(m_dealIds[last - 1 - pick(std::min<std::size_t>(oneIn(8) ? last : 4, last))]);
}

void Adversary::tellOfLink()
{
    Deal* deal = anyDeal();
    if (!deal)
        return;
    if (!isHonest() && oneIn(4)) {
        m_evidence.insert(deal->acceptance.id);
        const auto reason = oneIn(4) ? base::Errc::Duplicate : base::Errc::Expired;
        return m_service->apply(
            rfq::AcceptanceNotSent{deal->acceptance.session, deal->acceptance.id, {reason, "late"}});
    }
    if (!deal->linkTold || !isHonest())
        tellOfLink(*deal);
}

void Adversary::tellOfLink(Deal& deal)
{
    const rfq::Acceptance& acceptance = deal.acceptance;
    deal.linkTold = true;
    m_evidence.insert(acceptance.id);
    if (deal.fate == Fate::NotLeft)
        m_service->apply(rfq::AcceptanceNotSent{acceptance.session, acceptance.id, {base::Errc::Expired, "late"}});
    else
        m_service->apply(
            rfq::AcceptanceSent{acceptance.session, acceptance.id, deal.seqNum, 1 + pick(9), m_clock.utc()});
}

void Adversary::tell()
{
    const auto doubt = oneIn(3) ? anyDoubt() : std::nullopt;
    const auto known = doubt ? m_deals.find(doubt->id) : m_deals.end();
    if (doubt && known == m_deals.end())
        return denyOrder(*doubt); // it never left for the wire
    Deal* deal = doubt ? &known->second : anyDeal();
    if (!deal)
        return;
    if (isHonest())
        tellTheTruth(*deal);
    else
        tellAnything(deal->acceptance);
}

void Adversary::tellTheTruth(Deal& deal)
{
    if (!deal.hasArrived(m_clock.steady()))
        return denyOrder(deal.acceptance);
    const std::uint64_t die = pick(6);
    if (die == 0)
        return report(reportOf(deal.acceptance, oneIn(2) ? 'A' : '0', 'A'));
    if (die == 1 && !deal.executions.empty())
        return tellExecution(deal);
    if (die == 2 && !deal.executions.empty())
        return tellCaptured(deal);
    tellLastWord(deal);
}

rfq::ExecutionReport Adversary::reportOf(const rfq::Acceptance& acceptance, char execType, char ordStatus)
{
    rfq::ExecutionReport report;
    report.clOrdId = acceptance.id;
    report.session = acceptance.session;
    report.execId = rfq::ExecId("S" + std::to_string(++m_execIds));
    report.execType = execType;
    report.ordStatus = ordStatus;
    report.symbol = acceptance.instrument.symbol;
    report.possDup = oneIn(3);
    return report;
}

void Adversary::report(const rfq::ExecutionReport& report)
{
    m_evidence.insert(report.clOrdId);
    const auto deal = m_deals.find(report.clOrdId);
    const bool amends = report.execType == 'G' || report.execType == 'H';
    if (amends)
        m_amended.insert(report.clOrdId);
    else if (deal != m_deals.end() && deal->second.acceptance.session == report.session)
        noteTold(report.clOrdId, report.cumQty);
    m_service->apply(rfq::ExecutionReported{report});
}

void Adversary::noteTold(const rfq::ClOrdId& id, const rfq::Decimal& amount)
{
    m_told[id] = std::max(m_told[id], amount);
    if (!amount.isZero())
        m_fillKnown.insert(id);
}

/// One execution as it was told when it happened: what was busted later was not busted then.
void Adversary::tellExecution(Deal& deal)
{
    if (isForgotten(deal))
        return;
    const std::size_t which = pick(deal.executions.size());
    rfq::ExecutionReport fill = reportOf(deal.acceptance, 'F', '1');
    fill.execId = deal.executions[which].id;
    for (std::size_t i = 0; i <= which; ++i)
        fill.cumQty = base::Decimal::add(fill.cumQty, deal.executions[i].quantity).value();
    fill.leavesQty = minus(deal.acceptance.quantity, fill.cumQty);
    fill.lastQty = deal.executions[which].quantity;
    fill.lastPx = fill.avgPx = deal.acceptance.price;
    fill.ordStatus = fill.leavesQty.isZero() ? '2' : '1';
    deal.finished = deal.finished || fill.leavesQty.isZero();
    report(fill);
}

void Adversary::tellCaptured(Deal& deal)
{
    const Execution& execution = any(deal.executions);
    if (execution.busted)
        return;
    rfq::ExecutionReport captured = reportOf(deal.acceptance, 0, 0);
    captured.execId = execution.id;
    captured.cumQty = execution.quantity;
    captured.lastQty = execution.quantity;
    captured.lastPx = deal.acceptance.price;
    captured.side = deal.acceptance.side;
    if (oneIn(6))
        captured.clOrdId = {}; // a candidate at most
    capture(captured);
}

/// TradeCaptureReport(AE): the executions of an order add up.
void Adversary::capture(const rfq::ExecutionReport& execution)
{
    const rfq::ClOrdId& id = execution.clOrdId;
    m_evidence.insert(id);
    const auto deal = m_deals.find(id);
    if (deal != m_deals.end() && deal->second.acceptance.session == execution.session) {
        auto& executions = m_captured[id];
        executions[execution.execId] = execution.cumQty;
        base::Decimal sum;
        for (const auto& [exec, amount] : executions)
            sum = base::Decimal::add(sum, amount).value();
        noteTold(id, sum);
    }
    m_service->apply(rfq::TradeCaptured{execution});
}

/// After a bust an honest venue's session replays only what the desk can tell from a new fill: the execution by its
/// name. A fill that is known from a status only, or from the cancel of its rest, would be booked again, with an
/// incident.
bool Adversary::isForgotten(const Deal& deal) const
{
    const auto& trades = m_service->trades();
    return std::any_of(deal.executions.begin(), deal.executions.end(), [&](const Execution& execution) {
        return execution.busted && std::none_of(trades.begin(), trades.end(), [&](const rfq::Trade& trade) {
            return trade.clOrdId == deal.acceptance.id && trade.execId == execution.id;
        });
    });
}

/// What the venue has decided, as the report of it or as the answer to a status request.
void Adversary::tellLastWord(Deal& deal)
{
    const rfq::Acceptance& acceptance = deal.acceptance;
    switch (deal.fate) {
    case Fate::NotLeft:
    case Fate::Lost:
        return;
    case Fate::Stuck:
        return report(reportOf(acceptance, oneIn(2) ? 'I' : '0', oneIn(2) ? 'A' : '0'));
    case Fate::Rejects:
        deal.finished = true;
        if (oneIn(4)) {
            m_evidence.insert(acceptance.id);
            return m_service->apply(rfq::QuoteWithdrawn{acceptance.session, acceptance.rfq, acceptance.dealer,
                acceptance.quote, "expired", acceptance.id, "3"});
        }
        return report(reportOf(acceptance, oneIn(2) ? 'I' : '8', '8'));
    case Fate::NotDone:
        deal.finished = true;
        return report(reportOf(acceptance, oneIn(2) ? 'I' : '4', oneIn(2) ? '4' : 'C'));
    case Fate::Fills:
    case Fate::PartFills: {
        deal.finished = true;
        const bool rest = deal.fate == Fate::PartFills && deal.net() != deal.filled();
        const bool status = oneIn(2) || rest || isForgotten(deal);
        const base::Decimal cum = status ? deal.net() : deal.filled();
        const bool all = cum == acceptance.quantity;
        rfq::ExecutionReport last = reportOf(acceptance, status ? 'I' : all ? 'F' : '4', all ? '2' : '4');
        if (!status)
            last.execId = all ? deal.executions.back().id : rfq::ExecId("L-" + acceptance.id.text());
        last.cumQty = cum;
        last.lastPx = last.avgPx = acceptance.price;
        last.lastQty = cum;
        return report(last);
    }
    }
}

/// A venue that contradicts itself, mixes up sessions and reuses its ids.
void Adversary::tellAnything(const rfq::Acceptance& acceptance)
{
    if (oneIn(6))
        return denyOrder(acceptance);
    rfq::ExecutionReport anything =
        reportOf(acceptance, std::string("FFF8840AICG")[pick(11)], std::string("12840AC2")[pick(8)]);
    anything.session = oneIn(20) ? any(Sessions) : acceptance.session;
    if (oneIn(5))
        anything.execId = rfq::ExecId("S" + std::to_string(m_execIds - static_cast<int>(pick(3))));
    if (oneIn(40))
        anything.clOrdId = rfq::ClOrdId("stray");
    if (anything.execType == 'F' || oneIn(8)) {
        anything.cumQty = oneIn(4) ? decimal("10000000") : acceptance.quantity;
        anything.leavesQty = oneIn(4) ? decimal("1") : decimal("0");
        anything.lastQty = anything.cumQty;
        anything.lastPx = price(oneIn(5) ? "1.2" : acceptance.price.text);
    }
    if (oneIn(5) && anything.clOrdId == acceptance.id) {
        anything.execType = 0;
        return capture(anything);
    }
    report(anything);
}

/// ExecType(150) H. An honest venue takes back what it has told, and says which.
void Adversary::bust()
{
    Deal* deal = anyDeal();
    if (!deal)
        return;
    rfq::ExecutionReport taken = reportOf(deal->acceptance, 'H', '4');
    if (!isHonest()) {
        const auto& trades = m_service->trades();
        if (!trades.empty() && oneIn(2))
            taken.execRefId = any(trades).execId;
        else if (oneIn(2))
            taken.execRefId = rfq::ExecId("S" + std::to_string(m_execIds - static_cast<int>(pick(20))));
        return report(taken);
    }
    if (!deal->finished || deal->executions.size() != 1 || !deal->hasArrived(m_clock.steady()))
        return;
    Execution& execution = deal->executions.front();
    const rfq::AcceptanceLine* line = lineOf(deal->acceptance);
    const bool booked =
        line && (line->state == rfq::AcceptanceState::Filled || line->state == rfq::AcceptanceState::PartlyFilled);
    // Without a reference it can only be about what is booked.
    if (!booked || oneIn(2))
        taken.execRefId = execution.id;
    taken.lastQty = execution.quantity;
    taken.lastPx = deal->acceptance.price;
    execution.busted = true;
    report(taken);
}

/// ExecType(150) G. An honest venue corrects a price only, so that the amounts stay as they are.
void Adversary::correct()
{
    Deal* deal = anyDeal();
    if (!deal || (isHonest() && (!deal->finished || deal->executions.size() != 1)))
        return;
    rfq::ExecutionReport corrected = reportOf(deal->acceptance, 'G', '2');
    if (isHonest()) {
        const Execution& execution = deal->executions.front();
        if (execution.busted)
            return;
        corrected.execRefId = execution.id;
        corrected.lastQty = corrected.cumQty = execution.quantity;
        corrected.lastPx = price("1.15337");
        return report(corrected);
    }
    if (oneIn(2) && !m_service->trades().empty())
        corrected.execRefId = any(m_service->trades()).execId;
    corrected.lastQty = corrected.cumQty = oneIn(3) ? decimal("5000000") : deal->acceptance.quantity;
    corrected.lastPx = price("1.15337");
    report(corrected);
}

}
