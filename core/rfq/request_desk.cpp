#include "core/rfq/request_desk.h"

#include "core/rfq/quote_rules.h"
#include "core/rfq/request_rules.h"

#include <algorithm>
#include <utility>

namespace rfq {

namespace {

using base::Errc;
using base::Error;

/// "Not this time" rather than "not this request".
bool isPass(RejectCategory category)
{
    switch (category) {
    case RejectCategory::Passed:
    case RejectCategory::NoLiquidity:
    case RejectCategory::PricingOutage:
    case RejectCategory::Credit:
        return true;
    case RejectCategory::None:
    case RejectCategory::PriceMoved:
    case RejectCategory::TooLate:
    case RejectCategory::Regulatory:
    case RejectCategory::RiskLimit:
    case RejectCategory::StaticData:
    case RejectCategory::NotEntitled:
    case RejectCategory::UnsupportedProduct:
    case RejectCategory::Duplicate:
    case RejectCategory::Exceptional:
    case RejectCategory::Unknown:
        return false;
    }
    return false;
}

}

RequestDesk::RequestDesk(DeskState& desk, RequestMoves& moves)
    : m_desk(desk)
    , m_moves(moves)
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
    if (!nextState(rfq->state, RequestEvent::Ended))
        return Error{Errc::Refused, "the request is over"};
    std::set<SessionId> asked;
    for (const DealerLine& line : rfq->dealers) {
        const SessionId session = m_desk.sessionOf(line.dealer);
        if (line.state != DealerState::NoSession && m_desk.isLoggedOn(session))
            asked.insert(session);
    }
    m_moves.move(*rfq, RequestEvent::Ended);
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
        if (line.state == DealerState::NoSession || m_desk.sessionOf(line.dealer) != event.session)
            continue;
        if (m_moves.move(*rfq, line, DealerEvent::NotSent))
            line.text = event.reason.detail;
    }
    Notice notice = noticeOf(NoticeCode::RequestNotSent, Severity::Warning, event.rfq);
    notice.session = event.session;
    notice.error = event.reason;
    m_desk.notify(std::move(notice));
    settle(*rfq);
}

void RequestDesk::declined(const RequestDeclined& event, RejectField field)
{
    Rfq* rfq = m_desk.find(event.rfq);
    if (!rfq)
        return;
    DealerLine* line = lineOf(*rfq, event.dealer);
    const bool concerned = line && m_desk.sessionOf(event.dealer) == event.session;
    if (isOver(rfq->state)) {
        if (concerned)
            m_moves.refuseLate(*rfq, event.dealer, "late decline", "code " + event.code + " \"" + event.text + "\"");
        return;
    }
    const RejectCategory category = categoryFor(event.session, field, event.code, event.text);
    const Exit exit{isPass(category) ? DealerEvent::Passed : DealerEvent::Refused, event.code, event.text, category};
    if (event.dealer.empty())
        return dropDealers(*rfq, event.session, exit);
    if (!concerned)
        return;
    drop(*rfq, *line, exit);
    settle(*rfq);
}

void RequestDesk::refused(const MessageRejected& event)
{
    Rfq* rfq = m_desk.find(RfqId(event.refId));
    if (!rfq || isOver(rfq->state))
        return;
    const RejectField field = event.sessionLevel ? RejectField::SessionRejectReason : RejectField::BusinessRejectReason;
    dropDealers(*rfq, event.session,
        {DealerEvent::Refused, event.code, event.text, categoryFor(event.session, field, event.code, event.text)});
}

RejectCategory RequestDesk::categoryFor(
    const SessionId& session, RejectField field, const std::string& code, const std::string& text) const
{
    return categoryOf(field, code, text, m_desk.profile(session).rejectCodes);
}

void RequestDesk::drop(Rfq& rfq, DealerLine& line, const Exit& exit)
{
    if (!m_moves.move(rfq, line, exit.event))
        return;
    if (line.quote && isLive(line.quote->state)) {
        const bool lost = exit.event == DealerEvent::SessionLost;
        m_moves.moveQuote(rfq, line, lost ? QuoteEvent::SessionLost : QuoteEvent::Withdrawn);
        line.quote->problem = lost ? "the session went down" : "";
    }
    line.code = exit.code;
    line.text = exit.text;
    line.category = exit.category;
    m_desk.touch(rfq);
}

void RequestDesk::dropDealers(Rfq& rfq, const SessionId& session, const Exit& exit)
{
    for (DealerLine& line : rfq.dealers) {
        // Who is out already is not concerned.
        if (canStillQuote(line.state) && m_desk.sessionOf(line.dealer) == session)
            drop(rfq, line, exit);
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
            m_moves.move(rfq, RequestEvent::SessionBack);
    }
}

void RequestDesk::sessionLost(const SessionId& session)
{
    const std::set<RfqId> live = m_desk.live;
    for (const RfqId& id : live)
        dropDealers(m_desk.rfqs.at(id), session, {DealerEvent::SessionLost});
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
    m_moves.settle(rfq);
}

}
