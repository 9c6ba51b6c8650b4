#include "core/rfq/request_desk.h"

#include "core/rfq/quote_rules.h"
#include "core/rfq/request_rules.h"

#include <algorithm>
#include <string_view>

namespace rfq {

namespace {

using base::Errc;
using base::Error;

/// QuoteRequestRejectReason(658) that means "not this time" rather than "not this request": 7 no match, 8 no market,
/// 9 no inventory, 10 pass, 11 credit, 16 no liquidity.
bool isPass(std::string_view code)
{
    for (const std::string_view pass : {"", "7", "8", "9", "10", "11", "16"}) {
        if (code == pass)
            return true;
    }
    return false;
}

/// Nothing more is expected of this dealer.
void conclude(DealerLine& line)
{
    if (line.quote && isLive(line.quote->state))
        line.quote->state = QuoteState::Expired;
    if (line.state == DealerState::Asked)
        line.state = DealerState::NoResponse;
    else if (line.state == DealerState::Firm || line.state == DealerState::Indicative)
        line.state = DealerState::Expired;
}

}

RequestDesk::RequestDesk(DeskState& desk)
    : m_desk(desk)
{
}

base::Result<RfqId> RequestDesk::request(const RequestDraft& draft)
{
    auto checked = checkedRequest(m_desk, draft);
    if (!checked)
        return checked.error();
    Rfq rfq;
    rfq.request = std::move(*checked);
    rfq.request.id = m_desk.ids.nextRfq();
    rfq.opened = m_desk.clock.utc();
    rfq.expires = m_desk.clock.steady() + rfq.request.life;
    for (const DealerId& dealer : rfq.request.dealers) {
        DealerLine line;
        line.dealer = dealer;
        line.state = m_desk.isLoggedOn(m_desk.sessionOf(dealer)) ? DealerState::Asked : DealerState::NoSession;
        rfq.dealers.push_back(std::move(line));
    }
    const RfqId id = rfq.request.id;
    m_desk.record(RequestOpened{rfq.request, rfq.opened});
    m_desk.add(std::move(rfq));
    ask(m_desk.rfqs.at(id));
    return id;
}

void RequestDesk::ask(const Rfq& rfq)
{
    std::map<SessionId, std::vector<DealerId>> bySession;
    for (const DealerLine& line : rfq.dealers) {
        if (line.state == DealerState::Asked)
            bySession[m_desk.sessionOf(line.dealer)].push_back(line.dealer);
    }
    const UtcTime expires = rfq.opened + rfq.request.life;
    for (const auto& [session, dealers] : bySession)
        m_desk.link.send(SendRequest{session, rfq.request, dealers, expires});
}

base::Status RequestDesk::end(const RfqId& id)
{
    Rfq* rfq = m_desk.find(id);
    if (!rfq)
        return Error{Errc::NotFound, "no request " + id.text()};
    if (openAcceptance(*rfq))
        return Error{Errc::Refused, "an acceptance of this request has no outcome yet; it cannot be called back"};
    if (isOver(rfq->state))
        return Error{Errc::Refused, "the request is over"};
    std::set<SessionId> asked;
    for (const DealerLine& line : rfq->dealers) {
        const SessionId session = m_desk.sessionOf(line.dealer);
        if (line.state != DealerState::NoSession && m_desk.isLoggedOn(session))
            asked.insert(session);
    }
    enter(*rfq, RfqState::Ended);
    for (const SessionId& session : asked)
        m_desk.link.send(EndRequest{session, id, rfq->request.instrument.symbol});
    return base::Ok{};
}

void RequestDesk::notSent(const RequestNotSent& event)
{
    Rfq* rfq = m_desk.find(event.rfq);
    if (!rfq || isOver(rfq->state))
        return;
    for (DealerLine& line : rfq->dealers) {
        if (line.state != DealerState::Asked || m_desk.sessionOf(line.dealer) != event.session)
            continue;
        line.state = DealerState::NoSession;
        line.text = event.reason.detail;
        m_desk.touch(*rfq);
    }
    Notice notice = noticeOf(NoticeCode::RequestNotSent, Severity::Warning, event.rfq);
    notice.session = event.session;
    notice.error = event.reason;
    m_desk.notify(std::move(notice));
    settle(*rfq);
}

void RequestDesk::declined(const RequestDeclined& event)
{
    Rfq* rfq = m_desk.find(event.rfq);
    if (!rfq || isOver(rfq->state))
        return;
    const DealerState state = isPass(event.code) ? DealerState::Passed : DealerState::Rejected;
    if (event.dealer.empty()) {
        dropDealers(*rfq, event.session, state, event.code, event.text);
        return;
    }
    DealerLine* line = lineOf(*rfq, event.dealer);
    if (!line || line->state == DealerState::NoSession || m_desk.sessionOf(event.dealer) != event.session)
        return;
    if (line->quote && isLive(line->quote->state))
        line->quote->state = QuoteState::Withdrawn;
    line->state = state;
    line->code = event.code;
    line->text = event.text;
    m_desk.touch(*rfq);
    settle(*rfq);
}

void RequestDesk::refused(const SessionId& session, const RfqId& id, const std::string& code, const std::string& text)
{
    Rfq* rfq = m_desk.find(id);
    if (rfq && !isOver(rfq->state))
        dropDealers(*rfq, session, DealerState::Rejected, code, text);
}

void RequestDesk::dropDealers(
    Rfq& rfq, const SessionId& session, DealerState state, const std::string& code, const std::string& text)
{
    for (DealerLine& line : rfq.dealers) {
        const bool settled = line.state == DealerState::NoSession || line.state == DealerState::Passed
            || line.state == DealerState::Rejected || line.state == DealerState::LostSession;
        if (settled || m_desk.sessionOf(line.dealer) != session)
            continue;
        if (line.quote && isLive(line.quote->state)) {
            const bool lost = state == DealerState::LostSession;
            line.quote->state = lost ? QuoteState::Stale : QuoteState::Withdrawn;
            line.quote->problem = lost ? "the session went down" : "";
        }
        line.state = state;
        line.code = code;
        line.text = text;
        m_desk.touch(rfq);
    }
    settle(rfq);
}

void RequestDesk::sessionUp(const SessionId& session)
{
    const std::set<RfqId> live = m_desk.live;
    for (const RfqId& id : live) {
        Rfq& rfq = m_desk.rfqs.at(id);
        const bool concerned = std::any_of(rfq.dealers.begin(), rfq.dealers.end(),
            [&](const DealerLine& line) { return m_desk.sessionOf(line.dealer) == session; });
        if (rfq.state == RfqState::Suspended && concerned)
            enter(rfq, RfqState::Expired); // never asked again by itself: the market has moved
    }
}

void RequestDesk::sessionLost(const SessionId& session)
{
    const std::set<RfqId> live = m_desk.live;
    for (const RfqId& id : live)
        dropDealers(m_desk.rfqs.at(id), session, DealerState::LostSession, {}, {});
}

void RequestDesk::expire()
{
    const std::set<RfqId> live = m_desk.live;
    for (const RfqId& id : live)
        settle(m_desk.rfqs.at(id));
}

std::optional<SteadyTime> RequestDesk::nextDeadline() const
{
    std::optional<SteadyTime> next;
    for (const RfqId& id : m_desk.live) {
        const Rfq& rfq = m_desk.rfqs.at(id);
        if (!openAcceptance(rfq) && (!next || rfq.expires < *next))
            next = rfq.expires;
    }
    return next;
}

void RequestDesk::settle(Rfq& rfq)
{
    if (isOver(rfq.state) && !rfq.trade)
        return;
    const RfqState next = derivedState(rfq, m_desk.clock.steady());
    if (next != rfq.state)
        enter(rfq, next);
}

void RequestDesk::enter(Rfq& rfq, RfqState state)
{
    rfq.state = state;
    m_desk.touch(rfq);
    if (!isOver(state)) {
        m_desk.live.insert(rfq.request.id);
        return;
    }
    m_desk.live.erase(rfq.request.id);
    for (DealerLine& line : rfq.dealers)
        conclude(line);
    m_desk.record(RequestClosed{rfq.request.id, state, m_desk.clock.utc()});
}

}
