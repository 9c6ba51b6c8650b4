#include "core/rfq/rfq_service.h"

#include "core/base/overloaded.h"
#include "core/rfq/acceptance_desk.h"
#include "core/rfq/click_rules.h"
#include "core/rfq/desk_state.h"
#include "core/rfq/positions.h"
#include "core/rfq/quote_desk.h"
#include "core/rfq/recovery_desk.h"
#include "core/rfq/request_desk.h"
#include "core/rfq/restore.h"

#include <algorithm>
#include <utility>

namespace rfq {

struct RfqService::State {
    State(DeskSettings settings, VenueLink& link, Journal& journal, IdSource& ids, const base::Clock& clock)
        : desk(std::move(settings), link, journal, ids, clock)
        , requestMoves(desk)
        , requests(desk, requestMoves)
        , quotes(desk, requestMoves, requests)
        , moves(desk, requests)
        , incidents(desk)
        , bookings(desk, moves, incidents)
        , acceptances(desk, moves, bookings, incidents)
        , recovery(desk, moves)
    {
    }

    void sessionChanged(const SessionChanged& event);
    void messageRejected(const MessageRejected& event);
    void inboundRejected(const InboundRejected& event);
    void tradeCaptured(const TradeCaptured& event);
    void clockMeasured(const ClockMeasured& event);

    DeskState desk;
    RequestMoves requestMoves;
    RequestDesk requests;
    QuoteDesk quotes;
    AcceptanceMoves moves;
    IncidentDesk incidents;
    BookingDesk bookings;
    AcceptanceDesk acceptances;
    RecoveryDesk recovery;
};

void RfqService::State::sessionChanged(const SessionChanged& event)
{
    const bool wasUp = desk.isLoggedOn(event.session);
    const SessionPhase before = desk.sessions[event.session].phase;
    desk.sessions[event.session] = event;
    desk.changes.sessions.insert(event.session);
    const auto notify = [&](NoticeCode code, Severity severity) {
        Notice notice = noticeOf(code, severity);
        notice.session = event.session;
        notice.error = event.reason;
        desk.notify(std::move(notice));
    };
    const bool isUp = event.phase == SessionPhase::LoggedOn;
    if (isUp && !wasUp) {
        notify(NoticeCode::SessionUp, Severity::Info);
        requests.sessionUp(event.session);
        recovery.sessionUp(event.session);
    }
    if (wasUp && !isUp) {
        notify(NoticeCode::SessionDown, Severity::Warning);
        acceptances.sessionLost(event.session);
        recovery.sessionLost(event.session);
        requests.sessionLost(event.session);
    }
    if (event.phase == SessionPhase::Refused && before != SessionPhase::Refused)
        notify(NoticeCode::SessionRefused, Severity::Warning);
}

void RfqService::State::messageRejected(const MessageRejected& event)
{
    Notice notice = noticeOf(NoticeCode::MessageRejected, Severity::Warning);
    notice.session = event.session;
    notice.error = base::Error{base::Errc::Rejected, event.text};
    notice.raw = "RefMsgType " + event.refMsgType + " id " + event.refId + " reason " + event.code;
    desk.notify(std::move(notice));
    recovery.refused(event);

    if (event.refId.empty())
        return;
    const bool aboutRequest = event.refMsgType.empty() || event.refMsgType == "R";
    const bool aboutAcceptance = event.refMsgType.empty() || event.refMsgType == "D" || event.refMsgType == "AJ";
    if (aboutRequest)
        requests.refused(event);
    if (aboutAcceptance)
        acceptances.refused(event);
}

void RfqService::State::tradeCaptured(const TradeCaptured& event)
{
    if (desk.acceptance(event.report.clOrdId))
        acceptances.captured(event.report);
    else
        recovery.captured(event);
}

void RfqService::State::clockMeasured(const ClockMeasured& event)
{
    constexpr std::chrono::seconds Noticeable{1};
    const auto known = desk.clockOffsets.find(event.session);
    const bool differed = known != desk.clockOffsets.end() && std::chrono::abs(known->second) > Noticeable;
    desk.clockOffsets[event.session] = event.offset;
    desk.changes.sessions.insert(event.session);
    if (differed || std::chrono::abs(event.offset) <= Noticeable)
        return;
    Notice notice = noticeOf(NoticeCode::ClockDiffers, Severity::Warning);
    notice.session = event.session;
    notice.raw =
        "the counterparty's clock is " + std::to_string(event.offset.count()) + " us ahead of this workstation's";
    desk.notify(std::move(notice));
}

void RfqService::State::inboundRejected(const InboundRejected& event)
{
    Notice notice = noticeOf(NoticeCode::InboundRejected, Severity::Alarm);
    notice.session = event.session;
    notice.error = base::Error{base::Errc::ProtocolViolation, "message " + event.msgType + ": " + event.text};
    notice.raw = event.raw;
    desk.notify(std::move(notice));
}

RfqService::RfqService(
    DeskSettings settings, VenueLink& link, Journal& journal, IdSource& ids, const base::Clock& clock)
    : m_state(std::make_unique<State>(std::move(settings), link, journal, ids, clock))
{
}

RfqService::~RfqService() = default;

void RfqService::restore(const History& history)
{
    restoreHistory(m_state->desk, history);
}

base::Result<RfqId> RfqService::request(const RequestDraft& draft)
{
    tick();
    return m_state->requests.request(draft);
}

base::Status RfqService::accept(const Click& click)
{
    return m_state->acceptances.accept(click);
}

base::Status RfqService::canAccept(const Click& click) const
{
    const auto quote = checkedClick(m_state->desk, click);
    if (!quote)
        return quote.error();
    return base::Ok{};
}

base::Status RfqService::end(const RfqId& rfq)
{
    return m_state->requests.end(rfq);
}

void RfqService::suspendDealing(base::Error reason)
{
    DeskState& desk = m_state->desk;
    if (desk.suspended == reason)
        return;
    desk.changes.dealing = true;
    Notice notice = noticeOf(NoticeCode::DealingSuspended, Severity::Warning);
    notice.error = reason;
    desk.suspended = std::move(reason);
    desk.notify(std::move(notice));
}

void RfqService::resumeDealing()
{
    DeskState& desk = m_state->desk;
    if (!desk.suspended)
        return;
    desk.suspended.reset();
    if (desk.journalFailure)
        return;
    desk.changes.dealing = true;
    desk.notify(noticeOf(NoticeCode::DealingResumed, Severity::Info));
}

const std::optional<base::Error>& RfqService::dealingSuspended() const
{
    return m_state->desk.dealingOff();
}

void RfqService::journalFailed(const base::Error& reason)
{
    m_state->desk.journalFailed(reason);
}

void RfqService::report(Notice notice)
{
    m_state->desk.notify(std::move(notice));
}

void RfqService::apply(const VenueEvent& event)
{
    State& state = *m_state;
    std::visit(base::Overloaded{
                   [&](const SessionChanged& e) { state.sessionChanged(e); },
                   [&](const QuoteReceived& e) { state.quotes.received(e); },
                   [&](const QuoteWithdrawn& e) {
                       state.acceptances.answered(e);
                       state.quotes.withdrawn(e);
                   },
                   [&](const RequestDeclined& e) { state.requests.declined(e); },
                   [&](const QuoteStatusReceived& e) {
                       state.acceptances.status(e);
                       state.recovery.quoteStatus(e);
                       state.quotes.status(e);
                   },
                   [&](const ExecutionReported& e) { state.acceptances.reported(e.report); },
                   [](const RequestSent&) {},
                   [&](const AcceptanceSent& e) { state.acceptances.sent(e); },
                   [&](const RequestNotSent& e) { state.requests.notSent(e); },
                   [&](const AcceptanceNotSent& e) { state.acceptances.notSent(e); },
                   [&](const MessageRejected& e) { state.messageRejected(e); },
                   [&](const InboundRejected& e) { state.inboundRejected(e); },
                   [&](const TradeCaptured& e) { state.tradeCaptured(e); },
                   [&](const InquiryAnswered& e) { state.recovery.answered(e); },
                   [&](const PeerExpects& e) { state.recovery.expected(e); },
                   [&](const GapFilled& e) { state.recovery.gapFilled(e); },
                   [&](const NumbersReset& e) { state.recovery.numbersReset(e); },
                   [&](const ClockMeasured& e) { state.clockMeasured(e); },
               },
        event);
    state.recovery.look();
}

void RfqService::tick()
{
    m_state->quotes.expire();
    m_state->acceptances.expire();
    m_state->recovery.look();
    m_state->requests.expire();
}

std::optional<SteadyTime> RfqService::nextDeadline() const
{
    std::optional<SteadyTime> next;
    for (const auto& candidate : {m_state->quotes.nextDeadline(), m_state->acceptances.nextDeadline(),
             m_state->requests.nextDeadline(), m_state->recovery.nextDeadline()}) {
        if (candidate && (!next || *candidate < *next))
            next = candidate;
    }
    return next;
}

void RfqService::signedIn(Person trader)
{
    m_state->desk.trader = std::move(trader);
}

base::Status RfqService::ask(const ClOrdId& id)
{
    return m_state->recovery.ask(id);
}

base::Status RfqService::close(Closing closing)
{
    return m_state->recovery.close(std::move(closing));
}

base::Status RfqService::allowTwin(TwinConsent consent)
{
    return m_state->recovery.allowTwin(std::move(consent));
}

base::Status RfqService::acknowledge(const IncidentId& id, const std::string& note)
{
    return m_state->incidents.acknowledge(id, note);
}

base::Status RfqService::dispute(const IncidentId& id)
{
    return m_state->incidents.dispute(id);
}

const std::vector<Incident>& RfqService::incidents() const
{
    return m_state->desk.incidents;
}

std::vector<PositionRange> RfqService::positions() const
{
    return positionsOf(m_state->desk);
}

std::vector<const AcceptanceLine*> RfqService::unknownOutcomes() const
{
    std::vector<const AcceptanceLine*> lines;
    for (const ClOrdId& id : m_state->desk.unknown) {
        if (const AcceptanceLine* line = m_state->desk.acceptance(id))
            lines.push_back(line);
    }
    std::sort(
        lines.begin(), lines.end(), [](const AcceptanceLine* a, const AcceptanceLine* b) { return a->time < b->time; });
    return lines;
}

std::optional<std::chrono::microseconds> RfqService::clockOffset(const SessionId& session) const
{
    const auto& offsets = m_state->desk.clockOffsets;
    const auto found = offsets.find(session);
    return found == offsets.end() ? std::nullopt : std::optional(found->second);
}

const DeskSettings& RfqService::settings() const
{
    return m_state->desk.settings;
}

const Rfq* RfqService::find(const RfqId& rfq) const
{
    return std::as_const(m_state->desk).find(rfq);
}

const std::vector<RfqId>& RfqService::rfqs() const
{
    return m_state->desk.order;
}

const std::vector<Trade>& RfqService::trades() const
{
    return m_state->desk.trades;
}

const std::map<SessionId, SessionChanged>& RfqService::sessions() const
{
    return m_state->desk.sessions;
}

bool RfqService::isLoggedOn(const SessionId& session) const
{
    return m_state->desk.isLoggedOn(session);
}

base::Result<Date> RfqService::valueDate(const Instrument& instrument, const Settlement& settlement) const
{
    return valueDateFor(instrument, settlement, m_state->desk.clock.utc(), m_state->desk.calendar);
}

Changes RfqService::takeChanges()
{
    return std::exchange(m_state->desk.changes, {});
}

}
