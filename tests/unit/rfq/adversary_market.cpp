#include "tests/unit/rfq/adversary.h"

#include <algorithm>
#include <chrono>
#include <utility>

/// The market: requests, quotes and clicks.
namespace support {

using namespace std::chrono_literals;
using rfq::AcceptanceState;

namespace {

const std::vector<rfq::DealerId> Dealers{DlrA, DlrB, DlrC, DlrD};
const std::vector<std::string> Prices{"1.15339", "1.15340", "1.15341", "1.15342", "1.153420", "1.1534", "0", "-1"};

}

void Adversary::ask()
{
    rfq::RequestDraft draft = FakeDesk::draft();
    draft.side = std::vector{rfq::RequestSide::Buy, rfq::RequestSide::Sell, rfq::RequestSide::TwoWay}[pick(3)];
    // An honest venue's position is checked to the last unit: without a rounded division.
    if (oneIn(3) && !isHonest())
        draft.currency = "USD";
    if (oneIn(3))
        draft.life = 5s;
    if (oneIn(4))
        draft.limit = decimal("1.15341");
    const auto id = m_service->request(draft);
    if (!id)
        return;
    m_rfqs.push_back(*id);
    if (m_rfqs.size() > 4)
        m_rfqs.erase(m_rfqs.begin());
}

void Adversary::quote()
{
    rfq::QuoteReceived event;
    rfq::Quote& quote = event.quote;
    quote.rfq = anyRfq();
    quote.dealer = any(Dealers);
    quote.session = sessionFor(quote.dealer);
    quote.id = rfq::QuoteId("Q" + std::to_string(oneIn(6) ? m_quoteIds - static_cast<int>(pick(5)) : ++m_quoteIds));
    quote.type = oneIn(8) ? rfq::QuoteType::Indicative : rfq::QuoteType::Tradeable;
    if (!oneIn(6))
        quote.bid = price(Prices[pick(oneIn(8) ? Prices.size() : 2)]);
    if (!oneIn(6))
        quote.offer = price(Prices[oneIn(8) ? pick(Prices.size()) : 2 + pick(2)]);
    quote.received = m_clock.steady();
    quote.sendingTime = m_clock.utc();
    quote.validUntil = m_clock.utc() + std::chrono::milliseconds(pick(6000));
    event.symbol = oneIn(30) ? "GBP/USD" : "EUR/USD";
    event.possDup = oneIn(15);
    event.lateness = std::chrono::microseconds(pick(oneIn(4) ? 900'000 : 20'000)) - 10ms;
    m_service->apply(event);

    const rfq::Rfq* rfq = m_service->find(quote.rfq);
    if (!rfq)
        return;
    for (const rfq::DealerLine& line : rfq->dealers) {
        for (const rfq::Side side : {rfq::Side::Buy, rfq::Side::Sell}) {
            const auto& shown = line.quote ? line.quote->price(rfq::priceSideFor(rfq->request, side)) : std::nullopt;
            if (shown)
                m_clicks.push_back({quote.rfq, line.dealer, line.quote->id, side, *shown, m_clock.steady()});
        }
    }
    while (m_clicks.size() > 24)
        m_clicks.erase(m_clicks.begin());
}

void Adversary::withdraw()
{
    rfq::QuoteWithdrawn event;
    event.dealer = oneIn(4) ? rfq::DealerId() : any(Dealers);
    event.session = sessionFor(event.dealer);
    event.rfq = oneIn(4) ? rfq::RfqId() : anyRfq();
    if (oneIn(2))
        event.quote = rfq::QuoteId("Q" + std::to_string(m_quoteIds - static_cast<int>(pick(4))));
    m_service->apply(event);
}

void Adversary::decline()
{
    const rfq::DealerId dealer = oneIn(5) ? rfq::DealerId() : any(Dealers);
    m_service->apply(rfq::RequestDeclined{sessionFor(dealer), anyRfq(), dealer, oneIn(2) ? "10" : "1", "no"});
}

/// A button as it is on the screen now, long enough to be read. The trader looks for one that can be pressed.
std::optional<rfq::Click> Adversary::readButton()
{
    const rfq::Side side = oneIn(2) ? rfq::Side::Buy : rfq::Side::Sell;
    const std::size_t first = pick(m_rfqs.size());
    for (std::size_t i = 0; i < m_rfqs.size(); ++i) {
        const rfq::RfqId& id = m_rfqs[(first + i) % m_rfqs.size()];
        const rfq::Rfq* rfq = m_service->find(id);
        const rfq::DealerLine* best = rfq && rfq::asks(rfq->request.side, side) ? rfq::bestLine(*rfq, side) : nullptr;
        if (!best)
            continue;
        if (oneIn(2))
            m_clock.advance(250ms);
        return rfq::Click{id, best->dealer, best->quote->id, side,
            *best->quote->price(priceSideFor(rfq->request, side)), best->quote->received};
    }
    return std::nullopt;
}

void Adversary::click()
{
    const auto button = oneIn(4) ? std::nullopt : readButton();
    if (!button && m_clicks.empty())
        return;
    const rfq::Click click = button ? *button : any(m_clicks);
    const bool could = m_service->canAccept(click).has_value();
    const base::Status status = m_service->accept(click);
    if (could != status.has_value())
        fail("canAccept() and accept() disagree");
    if (status)
        noteAccepted(click);
    if (status && oneIn(2) && m_service->accept(click))
        fail("2: a double click was taken twice");
}

/// Which unknown outcomes the new acceptance may pass by consent. The consents to its twins are used up.
void Adversary::noteAccepted(const rfq::Click& click)
{
    const rfq::Acceptance& taken = m_service->find(click.rfq)->acceptances.back().acceptance;
    m_passes[taken.id] = m_consents;
    for (const rfq::AcceptanceLine* doubt : m_service->unknownOutcomes()) {
        if (isTwin(doubt->acceptance, taken))
            m_consents.erase(doubt->acceptance.id);
    }
}

void Adversary::quoteStatus()
{
    rfq::QuoteStatusReceived event;
    event.dealer = any(Dealers);
    event.session = sessionFor(event.dealer);
    event.rfq = oneIn(3) ? rfq::RfqId() : anyRfq();
    event.status = std::vector<std::string>{"5", "10", "4", "7", "0"}[pick(5)];
    if (!oneIn(5))
        event.quote = rfq::QuoteId("Q" + std::to_string(m_quoteIds - static_cast<int>(pick(4))));
    for (const auto& [id, deal] : m_deals) {
        if (event.quote != deal.acceptance.quote)
            continue;
        if (isHonest() && event.status == "5" && deal.fate != Deal::Fate::Rejects)
            return; // an honest dealer rejects no hit that it fills
        m_evidence.insert(id);
    }
    // An acceptance that is still on its way to the disk can be refused too.
    for (const auto& [id, state] : m_states) {
        if (state == AcceptanceState::Intended)
            m_evidence.insert(id);
    }
    m_service->apply(event);
}

}
