#include "tests/unit/rfq/adversary.h"

#include "tests/unit/rfq/history_of.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace support {

using namespace std::chrono_literals;
using rfq::AcceptanceState;
using rfq::RfqState;

namespace {

const std::vector<rfq::DealerId> Dealers{DlrA, DlrB, DlrC, DlrD};
const std::vector<rfq::SessionId> Sessions{VenueX, DirectD};
const std::vector<std::string> Prices{"1.15339", "1.15340", "1.15341", "1.15342", "1.153420", "1.1534", "0", "-1"};

}

Adversary::Adversary(std::uint64_t seed)
    : m_random(seed)
    , m_link(*this)
{
    start();
}

Adversary::~Adversary() = default;

void Adversary::Link::send(rfq::VenueCommand command)
{
    if (const auto* acceptance = std::get_if<rfq::SendAcceptance>(&command))
        m_owner.checkSend(acceptance->acceptance);
}

void Adversary::Disk::append(rfq::JournalRecord record, std::function<void(base::Status)> done)
{
    m_queue.emplace_back(std::move(record), std::move(done));
}

void Adversary::Disk::write(std::size_t count)
{
    for (; count > 0 && !m_queue.empty(); --count) {
        auto [record, done] = std::move(m_queue.front());
        m_queue.pop_front();
        if (broken) {
            done(base::Error{base::Errc::Io, "disk full"});
            continue;
        }
        durable.push_back(std::move(record));
        done(base::Ok{});
    }
}

void Adversary::fail(const std::string& what)
{
    if (m_broken.empty())
        m_broken = what;
}

std::string Adversary::step()
{
    m_evidence.clear();
    act();
    checkState();
    return m_broken;
}

void Adversary::act()
{
    const std::uint64_t die = pick(100);
    if (die < 6 || m_rfqs.empty())
        return ask();
    if (die < 30)
        return quote();
    if (die < 50)
        return click();
    if (die < 60)
        return m_disk.write(1 + pick(4));
    if (die < 67)
        return confirm();
    if (die < 73)
        return report();
    if (die < 75)
        return withdraw();
    if (die < 76)
        return decline();
    if (die < 78)
        return quoteStatus();
    if (die < 80)
        return refuse();
    if (die < 84)
        return moveSession();
    if (die < 85)
        return static_cast<void>(m_service->end(anyRfq()));
    if (die < 86)
        return m_service->suspendDealing({base::Errc::TokenAbsent, "removed"});
    if (die < 91)
        return m_service->resumeDealing();
    if (die < 92 && oneIn(4))
        return restart();
    passTime();
}

void Adversary::start()
{
    m_service = std::make_unique<rfq::RfqService>(deskSettings(), m_link, m_disk, m_ids, m_clock);
    for (const rfq::SessionId& session : Sessions) {
        rfq::SessionChanged up;
        up.session = session;
        up.phase = rfq::SessionPhase::LoggedOn;
        m_service->apply(up);
    }
    static_cast<void>(m_service->takeChanges());
}

void Adversary::restart()
{
    m_disk.crash();
    m_disk.broken = oneIn(10);
    m_service.reset();
    m_service = std::make_unique<rfq::RfqService>(deskSettings(), m_link, m_disk, m_ids, m_clock);
    m_service->restore(historyOf(m_disk.durable));
    m_states.clear();
    m_previous.clear();
    m_clicks.clear();
    checkRestored();
    for (const rfq::SessionId& session : Sessions) {
        rfq::SessionChanged up;
        up.session = session;
        up.phase = rfq::SessionPhase::LoggedOn;
        m_service->apply(up);
    }
}

rfq::RfqId Adversary::anyRfq()
{
    return oneIn(40) ? rfq::RfqId("stray") : any(m_rfqs);
}

rfq::SessionId Adversary::sessionFor(const rfq::DealerId& dealer)
{
    if (oneIn(20))
        return any(Sessions);
    return dealer == DlrD ? DirectD : VenueX;
}

void Adversary::ask()
{
    rfq::RequestDraft draft = FakeDesk::draft();
    draft.side = std::vector{rfq::RequestSide::Buy, rfq::RequestSide::Sell, rfq::RequestSide::TwoWay}[pick(3)];
    if (oneIn(3))
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

/// A button as it is on the screen now, long enough to be read.
std::optional<rfq::Click> Adversary::readButton()
{
    const rfq::RfqId id = anyRfq();
    const rfq::Rfq* rfq = m_service->find(id);
    const rfq::Side side = oneIn(2) ? rfq::Side::Buy : rfq::Side::Sell;
    const rfq::DealerLine* best = rfq ? rfq::bestLine(*rfq, side) : nullptr;
    if (!best)
        return std::nullopt;
    m_clock.advance(250ms);
    return rfq::Click{id, best->dealer, best->quote->id, side, *best->quote->price(priceSideFor(rfq->request, side)),
        best->quote->received};
}

void Adversary::click()
{
    const auto button = oneIn(2) ? readButton() : std::nullopt;
    if (!button && m_clicks.empty())
        return;
    const rfq::Click click = button ? *button : any(m_clicks);
    const bool could = m_service->canAccept(click).has_value();
    const base::Status status = m_service->accept(click);
    if (could != status.has_value())
        fail("canAccept() and accept() disagree");
    if (status && oneIn(2) && m_service->accept(click))
        fail("2: a double click was taken twice");
}

void Adversary::confirm()
{
    if (m_handedIds.empty())
        return;
    const rfq::Acceptance& acceptance =
        m_handed.at(m_handedIds[m_handedIds.size() - 1 - pick(std::min<std::size_t>(3, m_handedIds.size()))]);
    if (oneIn(4)) {
        m_evidence.insert(acceptance.id);
        m_service->apply(rfq::AcceptanceNotSent{acceptance.session, acceptance.id, {base::Errc::Expired, "late"}});
        return;
    }
    m_evidence.insert(acceptance.id);
    m_service->apply(rfq::AcceptanceSent{acceptance.session, acceptance.id, 7});
}

void Adversary::report()
{
    if (m_handedIds.empty())
        return;
    const rfq::Acceptance& acceptance =
        m_handed.at(m_handedIds[m_handedIds.size() - 1 - pick(std::min<std::size_t>(4, m_handedIds.size()))]);
    rfq::ExecutionReport report;
    report.clOrdId = acceptance.id;
    report.session = oneIn(20) ? any(Sessions) : acceptance.session;
    report.execId = rfq::ExecId("E" + std::to_string(oneIn(5) ? m_execIds : ++m_execIds));
    report.execType = std::string("FFF8840AICGH")[pick(12)];
    report.ordStatus = std::string("12840AC2")[pick(8)];
    report.symbol = "EUR/USD";
    report.possDup = oneIn(3);
    if (report.execType == 'F' || oneIn(8)) {
        report.cumQty = oneIn(4) ? decimal("10000000") : acceptance.quantity;
        report.leavesQty = oneIn(4) ? decimal("1") : decimal("0");
        report.lastQty = report.cumQty;
        report.lastPx = price(oneIn(5) ? "1.2" : acceptance.price.text);
    }
    m_evidence.insert(acceptance.id);
    if (!report.cumQty.isZero() && report.session == acceptance.session && report.execType != 'G'
        && report.execType != 'H')
        m_fillTold.insert(acceptance.id);
    m_service->apply(rfq::ExecutionReported{report});
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
    for (const auto& [id, acceptance] : m_handed) {
        if (event.quote == acceptance.quote)
            m_evidence.insert(id);
    }
    // An acceptance that is still on its way to the disk can be refused too.
    for (const auto& [id, state] : m_states) {
        if (state == AcceptanceState::Intended)
            m_evidence.insert(id);
    }
    m_service->apply(event);
}

void Adversary::refuse()
{
    rfq::MessageRejected event;
    event.session = any(Sessions);
    event.refMsgType = std::vector<std::string>{"R", "D", "AJ", "Z", ""}[pick(5)];
    event.refId = anyRfq().text();
    if (!m_handedIds.empty() && oneIn(2)) {
        m_evidence.insert(m_handedIds.back());
        event.refId = m_handedIds.back().text();
    }
    m_service->apply(event);
}

void Adversary::moveSession()
{
    rfq::SessionChanged event;
    event.session = any(Sessions);
    event.phase = oneIn(5) ? rfq::SessionPhase::Waiting : rfq::SessionPhase::LoggedOn;
    m_service->apply(event);
}

void Adversary::passTime()
{
    m_clock.advance(std::chrono::milliseconds(oneIn(8) ? 11'000 : pick(700)));
    if (oneIn(10))
        m_clock.shiftUtc(std::chrono::seconds(pick(200)) - 100s);
    if (oneIn(3))
        return;
    m_service->tick();
    const auto next = m_service->nextDeadline();
    if (next && *next <= m_clock.steady())
        fail("nextDeadline() is not in the future after a tick");
}

}
