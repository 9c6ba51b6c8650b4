#include "tests/unit/rfq/adversary.h"

#include <algorithm>
#include <string>
#include <vector>

/// What leads out of doubt, or does not: answers to questions, sequence numbers, and refusals.
namespace support {

using Fate = Deal::Fate;
using rfq::EvidenceKind;
using rfq::Inquiry;

/// "Unknown order": true only where it has not arrived (yet).
void Adversary::denyOrder(const rfq::Acceptance& acceptance)
{
    const auto deal = m_deals.find(acceptance.id);
    if (isHonest() && deal != m_deals.end() && deal->second.hasArrived(m_clock.steady()))
        return;
    m_denied.insert(acceptance.id);
    m_evidence.insert(acceptance.id);
    if (oneIn(2))
        return m_service->apply(rfq::InquiryAnswered{acceptance.session,
            oneIn(2) ? Inquiry::OrderStatus : Inquiry::MassStatus, acceptance.id, EvidenceKind::UnknownOrder, "5"});
    rfq::ExecutionReport none = reportOf(acceptance, 'I', '8');
    none.rejectCode = "5";
    report(none);
}

/// Answers that decide nothing, and questions that cannot be answered.
void Adversary::answerInquiry()
{
    const auto doubt = anyDoubt();
    const rfq::SessionId session = doubt ? doubt->session : any(Sessions);
    const Inquiry inquiry = std::vector{Inquiry::OrderStatus, Inquiry::MassStatus, Inquiry::TradeCapture,
        Inquiry::QuoteStatus, Inquiry::Replay}[pick(5)];
    m_sessionEvidence.insert(session); // that they cannot deny an order makes the numbers alone a proof
    if (oneIn(6)) {
        rfq::MessageRejected refused{
            session, std::vector<std::string>{"H", "AF", "AD", "a"}[pick(4)], {}, oneIn(3) ? "3" : "4", "no", false};
        return m_service->apply(refused);
    }
    const EvidenceKind meaning = std::vector{
        EvidenceKind::NoTrade, EvidenceKind::QuoteStatus, EvidenceKind::Unsupported}[pick(oneIn(8) ? 3 : 2)];
    m_service->apply(
        rfq::InquiryAnswered{session, inquiry, doubt && oneIn(2) ? doubt->id : rfq::ClOrdId(), meaning, "nothing"});
}

/// Sequence numbers: what they expect next, what they ask for again, and a beginning anew.
void Adversary::talkOfNumbers()
{
    const rfq::SessionId session = any(Sessions);
    m_sessionEvidence.insert(session);
    if (oneIn(12)) {
        // The numbers' end is on disk before anything else happens, and the link has said what it did before.
        for (auto& [id, deal] : m_deals) {
            if (isHonest() && deal.acceptance.session == session && !deal.linkTold)
                tellOfLink(deal);
        }
        rfq::SessionChanged down;
        down.session = session;
        down.phase = rfq::SessionPhase::Waiting;
        m_service->apply(down);
        m_service->apply(rfq::NumbersReset{session});
        m_disk.write(1000);
        for (auto& [id, deal] : m_deals)
            deal.seqNum = deal.acceptance.session == session ? 0 : deal.seqNum;
        m_numbers[session] = 0;
        return;
    }
    // The first number that never arrived: everything from there on is missing, and nothing before it.
    std::uint64_t missing = m_numbers[session] + 1;
    for (const auto& [id, deal] : m_deals) {
        if (deal.acceptance.session == session && deal.seqNum != 0 && deal.fate == Fate::Lost)
            missing = std::min(missing, deal.seqNum);
    }
    for (const auto& [id, deal] : m_deals) {
        // What was written behind a lost message did not arrive either: a gap has no islands that were processed.
        if (isHonest() && deal.acceptance.session == session && deal.seqNum > missing && deal.fate != Fate::Lost)
            return;
    }
    const std::uint64_t number = isHonest() ? missing : 1 + pick(m_numbers[session] + 2);
    for (const auto& [id, deal] : m_deals) {
        if (deal.acceptance.session == session && deal.seqNum >= number)
            m_missed.insert(id);
    }
    if (oneIn(2))
        m_service->apply(rfq::PeerExpects{session, number});
    else if (number <= m_numbers[session])
        m_service->apply(rfq::GapFilled{session, number, m_numbers[session]});
}

/// Their application or engine refused a message of ours.
void Adversary::refuse()
{
    rfq::MessageRejected event;
    event.session = any(Sessions);
    event.refMsgType = std::vector<std::string>{"R", "D", "AJ", "Z", ""}[pick(5)];
    event.refId = anyRfq().text();
    event.sessionLevel = oneIn(3);
    Deal* deal = anyDeal();
    if (deal && oneIn(2) && (!isHonest() || (deal->fate == Fate::Rejects && deal->hasArrived(m_clock.steady())))) {
        m_evidence.insert(deal->acceptance.id);
        event.refId = deal->acceptance.id.text();
    }
    m_service->apply(event);
}

}
