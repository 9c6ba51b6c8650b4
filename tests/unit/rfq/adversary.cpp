#include "tests/unit/rfq/adversary.h"

#include "tests/unit/rfq/history_of.h"

#include <chrono>
#include <utility>

namespace support {

using namespace std::chrono_literals;

namespace {

/// A counterparty that can be asked in every way, and one that can be asked in the usual ways.
rfq::DeskSettings settings()
{
    rfq::DeskSettings settings = deskSettings();
    settings.profiles[VenueX].inquiries = {rfq::Inquiry::OrderStatus, rfq::Inquiry::MassStatus,
        rfq::Inquiry::TradeCapture, rfq::Inquiry::QuoteStatus, rfq::Inquiry::Replay};
    return settings;
}

}

Adversary::Adversary(std::uint64_t seed, Venue venue)
    : m_venue(venue)
    , m_random(seed)
    , m_link(*this)
{
    start();
    logOn();
    static_cast<void>(m_service->takeChanges());
}

Adversary::~Adversary() = default;

void Adversary::Link::send(rfq::VenueCommand command)
{
    if (const auto* acceptance = std::get_if<rfq::SendAcceptance>(&command))
        m_owner.handOver(*acceptance);
}

std::string Adversary::Link::compose(const rfq::Acceptance& acceptance) const
{
    return "35=D\x01"
           "11="
        + acceptance.id.text() + "\x01";
}

void Adversary::Disk::append(rfq::JournalRecord record, std::function<void(base::Status)> done)
{
    const auto* refused = std::get_if<rfq::EventRefused>(&record);
    if (refused && refused->subject.starts_with("request ") && !refused->event.starts_with("late "))
        illegal = refused->subject + " was " + refused->state + " and " + refused->event;
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
    m_sessionEvidence.clear();
    m_closedNow.reset();
    ++m_steps;
    act();
    checkState();
    return m_broken;
}

void Adversary::act()
{
    const std::uint64_t die = pick(1000);
    if (die < 50 || m_rfqs.empty())
        return ask();
    if (die < 250)
        return quote();
    if (die < 420)
        return click();
    if (die < 520)
        return m_disk.write(1 + pick(5));
    if (die < 590)
        return tellOfLink();
    if (die < 630)
        return tell();
    if (die < 645)
        return bust();
    if (die < 655)
        return correct();
    if (die < 675)
        return answerInquiry();
    if (die < 690)
        return talkOfNumbers();
    if (die < 705)
        return withdraw();
    if (die < 715)
        return decline();
    if (die < 730)
        return quoteStatus();
    if (die < 745)
        return refuse();
    if (die < 780)
        return moveSession();
    if (die < 784)
        return static_cast<void>(m_service->end(anyRfq()));
    if (die < 788)
        return m_service->suspendDealing({base::Errc::TokenAbsent, "removed"});
    if (die < 825)
        return m_service->resumeDealing();
    if (die < 835)
        return close();
    if (die < 845)
        return allowTwin();
    if (die < 855)
        return handleIncident();
    if (die < 859)
        return restart();
    passTime();
}

void Adversary::start()
{
    m_service = std::make_unique<rfq::RfqService>(settings(), m_link, m_disk, m_ids, m_clock);
    m_service->signedIn({"trader-7", "aa11"});
}

void Adversary::logOn()
{
    for (const rfq::SessionId& session : Sessions) {
        rfq::SessionChanged up;
        up.session = session;
        up.phase = rfq::SessionPhase::LoggedOn;
        m_service->apply(up);
    }
}

void Adversary::restart()
{
    ++m_depth.restarts;
    m_disk.crash();
    m_disk.broken = oneIn(10);
    m_service.reset();
    start();
    m_service->restore(historyOf(m_disk.durable));
    forgetWhatTheCrashTook();
    m_states.clear();
    m_previous.clear();
    m_clicks.clear();
    m_consents.clear();
    m_passes.clear();
    m_incidents = 0;
    checkRestored();
    // What was learnt before may decide now: it is on record.
    m_sessionEvidence = {VenueX, DirectD};
    logOn();
}

/// A bust that was told and not yet on disk is a thing that the desk cannot know any more. The link's word for an
/// acceptance from before will not come again.
void Adversary::forgetWhatTheCrashTook()
{
    for (auto& [id, deal] : m_deals) {
        deal.linkTold = true;
        for (Execution& execution : deal.executions)
            execution.busted = false;
    }
    m_captured.clear();
    m_fillKnown.clear();
    for (const rfq::JournalRecord& record : m_disk.durable) {
        if (const auto* booked = std::get_if<rfq::TradeBooked>(&record))
            m_fillKnown.insert(booked->trade.clOrdId);
        const auto* found = std::get_if<rfq::EvidenceFound>(&record);
        if (found && found->evidence.kind == rfq::EvidenceKind::PartFill)
            m_fillKnown.insert(found->clOrdId);
        const auto* amended = std::get_if<rfq::TradeAmended>(&record);
        if (amended && amended->trade.state == rfq::TradeState::Busted)
            noteBusted(amended->trade.clOrdId);
        const auto* raised = std::get_if<rfq::IncidentRaised>(&record);
        if (raised && raised->incident.kind == rfq::IncidentKind::FillBusted)
            noteBusted(raised->incident.clOrdId);
    }
}

void Adversary::noteBusted(const rfq::ClOrdId& id)
{
    const auto deal = m_deals.find(id);
    // An honest venue takes back no other.
    if (deal != m_deals.end() && deal->second.executions.size() == 1)
        deal->second.executions.front().busted = true;
}

void Adversary::moveSession()
{
    rfq::SessionChanged event;
    event.session = any(Sessions);
    event.phase = oneIn(8) ? rfq::SessionPhase::Waiting : rfq::SessionPhase::LoggedOn;
    // What the link did comes before what became of the session: one thread says both.
    if (isHonest()) {
        for (auto& [id, deal] : m_deals) {
            if (deal.acceptance.session == event.session && !deal.linkTold)
                tellOfLink(deal);
        }
    }
    m_service->apply(event);
}

void Adversary::passTime()
{
    m_clock.advance(std::chrono::milliseconds(oneIn(12) ? 11'000 : pick(500)));
    if (oneIn(10))
        m_clock.shiftUtc(std::chrono::seconds(pick(200)) - 100s);
    if (oneIn(3))
        return;
    m_service->tick();
    const auto next = m_service->nextDeadline();
    if (next && *next <= m_clock.steady())
        fail("nextDeadline() is not in the future after a tick");
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

}
