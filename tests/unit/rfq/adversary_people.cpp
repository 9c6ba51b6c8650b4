#include "tests/unit/rfq/adversary.h"

#include <string>
#include <vector>

/// The trader, and a second person: right, wrong, and one and the same.
namespace support {

namespace {

const rfq::Person Trader{"trader-7", "aa11"};
const rfq::Person Head{"desk-head-1", "bb22"};
const std::vector<rfq::Person> NoSecondPersons{
    Trader, {"trader-7", "a second certificate of the same name"}, {"another name", "aa11"}};

}

std::optional<rfq::Acceptance> Adversary::anyDoubt()
{
    const auto doubts = m_service->unknownOutcomes();
    if (!doubts.empty() && !oneIn(10))
        return any(doubts)->acceptance;
    if (m_dealIds.empty())
        return std::nullopt;
    return m_deals.at(any(m_dealIds)).acceptance;
}

void Adversary::close()
{
    const auto doubt = anyDoubt();
    if (!doubt)
        return;
    rfq::Closing closing;
    closing.clOrdId = doubt->id;
    closing.verdict = oneIn(2) ? rfq::Verdict::Traded : rfq::Verdict::NotTraded;
    closing.reason = "their desk says so";
    closing.reference = "ticket 4711";
    closing.trader = Trader;
    closing.approval.person = Head;
    closing.approval.signature = "30aa";
    closing.approval.statement =
        rfq::closingStatement(*doubt, closing.verdict, closing.reason, closing.reference, closing.trader);
    const std::uint64_t spoil = pick(14);
    if (spoil == 0)
        closing.approval.person = any(NoSecondPersons);
    else if (spoil == 1)
        closing.verdict = closing.verdict == rfq::Verdict::Traded ? rfq::Verdict::NotTraded : rfq::Verdict::Traded;
    else if (spoil == 2)
        closing.approval.signature.clear();
    else if (spoil == 3)
        closing.reason += " (changed)";
    else if (spoil == 4)
        closing.trader = {"trader-8", "cc33"};
    else if (spoil == 5)
        closing.approval.statement = rfq::twinStatement(*doubt, closing.reason, Trader);
    else if (spoil == 6)
        closing.reference.clear();
    const rfq::AcceptanceLine* line = lineOf(*doubt);
    const bool good = spoil > 6 && line && line->state == rfq::AcceptanceState::Unknown;
    if (m_service->close(closing).has_value() != good)
        fail(good ? "two persons could not close" : "3: closed without two persons who signed it");
    if (!good)
        return;
    m_closedNow = doubt->id;
    m_everClosed.insert(doubt->id);
    if (!m_deals.contains(doubt->id))
        m_closedUnsent.emplace(doubt->id, *doubt);
    ++m_depth.closed;
}

void Adversary::allowTwin()
{
    const auto doubt = anyDoubt();
    if (!doubt)
        return;
    rfq::TwinConsent consent;
    consent.unknown = doubt->id;
    consent.reason = "client order";
    consent.trader = Trader;
    consent.approval.person = oneIn(6) ? any(NoSecondPersons) : Head;
    consent.approval.signature = oneIn(6) ? "" : "30aa";
    consent.approval.statement = rfq::twinStatement(*doubt, oneIn(6) ? "another" : consent.reason, Trader);
    const rfq::AcceptanceLine* line = lineOf(*doubt);
    const bool good = line && line->state == rfq::AcceptanceState::Unknown && consent.approval.person == Head
        && !consent.approval.signature.empty()
        && consent.approval.statement == rfq::twinStatement(*doubt, consent.reason, Trader);
    if (m_service->allowTwin(consent).has_value() != good)
        fail("a twin is allowed by two persons who signed it, and by nobody else");
    if (good)
        m_consents.insert(doubt->id);
}

void Adversary::handleIncident()
{
    const auto& incidents = m_service->incidents();
    if (incidents.empty())
        return;
    const rfq::Incident incident = any(incidents);
    if (oneIn(2)) {
        const std::string note = oneIn(4) ? "" : "dealer called";
        const bool good = !note.empty() && !incident.acknowledged;
        if (m_service->acknowledge(incident.id, note).has_value() != good)
            fail("an incident is acknowledged once, with a note");
        return;
    }
    const bool good = !incident.disputed && incident.report && m_service->isLoggedOn(incident.session);
    if (m_service->dispute(incident.id).has_value() != good)
        fail("an incident is disputed once, with its report and a session");
}

}
