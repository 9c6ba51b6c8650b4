#include "core/rfq/acceptance_desk.h"

#include "core/rfq/click_rules.h"
#include "core/rfq/fill_rules.h"
#include "core/rfq/inquiry_rules.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace rfq {

namespace {

using base::Errc;
using base::Error;

bool isFill(AcceptanceState state)
{
    return state == AcceptanceState::Filled || state == AcceptanceState::PartlyFilled;
}

}

AcceptanceDesk::AcceptanceDesk(DeskState& desk, AcceptanceMoves& moves, BookingDesk& bookings, IncidentDesk& incidents)
    : m_desk(desk)
    , m_moves(moves)
    , m_bookings(bookings)
    , m_incidents(incidents)
{
}

base::Status AcceptanceDesk::accept(const Click& click)
{
    const auto quote = checkedClick(m_desk, click);
    if (!quote)
        return quote.error();
    Rfq& rfq = m_desk.rfqs.at(click.rfq);

    AcceptanceLine line;
    line.time = m_desk.clock.utc();
    Acceptance& acceptance = line.acceptance;
    acceptance.id = m_desk.ids.nextClOrd();
    acceptance.rfq = click.rfq;
    acceptance.quote = click.quote;
    acceptance.dealer = click.dealer;
    acceptance.session = quote->session;
    acceptance.instrument = rfq.request.instrument;
    acceptance.side = click.side;
    acceptance.quantity = rfq.request.quantity;
    acceptance.currency = rfq.request.currency;
    acceptance.price = click.price;
    acceptance.settlement = rfq.request.settlement;
    acceptance.deadline = quote->deadline;
    acceptance.time = line.time;
    line.message = m_desk.link.compose(acceptance);

    const AcceptanceIntended intent{acceptance, *quote, line.time, m_desk.clock.steady(), line.message, m_desk.trader};
    const ClOrdId id = acceptance.id;
    Flight& flight = m_desk.flights[id];
    flight.rfq = click.rfq;
    flight.allowedTwins = twinsOf(m_desk, rfq.request, click.side);
    for (const ClOrdId& used : flight.allowedTwins)
        m_desk.twinConsents.erase(used);
    rfq.acceptances.push_back(std::move(line));
    m_moves.begin(rfq.acceptances.back());
    m_desk.journal.append(intent, [this, id, guard = std::weak_ptr(m_desk.alive)](const base::Status& status) {
        if (!guard.expired())
            durable(id, status);
    });
    return base::Ok{};
}

void AcceptanceDesk::durable(const ClOrdId& id, const base::Status& status)
{
    if (!status)
        m_desk.journalFailed(status.error());
    AcceptanceLine* line = m_desk.acceptance(id);
    if (!line || line->state != AcceptanceState::Intended || m_desk.flights.at(id).handed)
        return;
    if (!status) {
        dropUnsent(*line, {Errc::Io, "the intent could not be recorded: " + status.error().detail});
        return;
    }
    if (const base::Status good = checkStillGood(m_desk, line->acceptance); !good) {
        dropUnsent(*line, good.error());
        return;
    }
    m_desk.flights.at(id).handed = m_desk.clock.steady();
    m_desk.link.send(SendAcceptance{line->acceptance, line->message});
}

void AcceptanceDesk::dropUnsent(AcceptanceLine& line, const base::Error& reason)
{
    warnOfPartFill(line, AcceptanceEvent::NotWritten);
    if (!m_moves.move(line, AcceptanceEvent::NotWritten, {{}, reason.detail}))
        return;
    Notice notice = noticeOf(NoticeCode::AcceptanceNotSent, Severity::Warning, line.acceptance);
    notice.error = reason;
    m_desk.notify(std::move(notice));
}

void AcceptanceDesk::sent(const AcceptanceSent& event)
{
    AcceptanceLine* line = m_desk.acceptance(event.clOrdId);
    if (!line || line->sent || !m_desk.flights.at(event.clOrdId).handed)
        return;
    line->sent = m_desk.clock.steady();
    line->seqNum = event.seqNum;
    line->theirNext = event.theirNext;
    m_desk.record(AcceptanceWritten{event.clOrdId, event.seqNum, event.theirNext, event.time});
    m_moves.touch(*line);
    const std::string text = "MsgSeqNum " + std::to_string(event.seqNum);
    if (line->state == AcceptanceState::NotSent) {
        m_incidents.raise(IncidentKind::Contradiction, line->acceptance,
            "sent with " + text + " although it was reported as not sent");
        return;
    }
    if (line->state != AcceptanceState::Intended)
        return; // the answer overtook the note that it was sent
    m_moves.move(*line, AcceptanceEvent::Written, {{}, text});
    if (!m_desk.isLoggedOn(line->acceptance.session))
        loseSight(*line, "the session went down");
}

void AcceptanceDesk::notSent(const AcceptanceNotSent& event)
{
    AcceptanceLine* line = m_desk.acceptance(event.clOrdId);
    if (!line || line->sent || !m_desk.flights.at(event.clOrdId).handed)
        return;
    // The link has seen this id before, so an acceptance of that name may be on the wire: no proof that nothing left.
    if (event.reason.code == base::Errc::Duplicate)
        return;
    // UNKNOWN counts too where it was never confirmed as sent: our own FIX thread is the proof that nothing left.
    if (line->state == AcceptanceState::Intended || line->state == AcceptanceState::Unknown)
        dropUnsent(*line, event.reason);
}

void AcceptanceDesk::status(const QuoteStatusReceived& event)
{
    if (!event.quote || (event.status != "5" && event.status != "10")
        || m_desk.profile(event.session).acceptStyle != AcceptStyle::QuoteResponse)
        return;
    for (const RfqId& id : std::set<RfqId>(m_desk.live)) {
        AcceptanceLine* line = openAcceptance(m_desk.rfqs.at(id));
        if (!line || line->acceptance.session != event.session || line->acceptance.quote != *event.quote)
            continue;
        if ((!event.rfq.empty() && event.rfq != id)
            || (!event.dealer.empty() && event.dealer != line->acceptance.dealer))
            continue;
        if (event.status == "10")
            hold(*line, event.text);
        else
            refuse(*line, AcceptanceEvent::Rejected,
                words(event.session, RejectField::QuoteRejectReason, event.rejectCode, event.text));
    }
}

void AcceptanceDesk::refused(const MessageRejected& event)
{
    AcceptanceLine* line = m_desk.acceptance(ClOrdId(event.refId));
    if (line && line->acceptance.session == event.session)
        refuse(*line, AcceptanceEvent::Rejected,
            words(event.session,
                event.sessionLevel ? RejectField::SessionRejectReason : RejectField::BusinessRejectReason, event.code,
                event.text));
}

void AcceptanceDesk::answered(const QuoteWithdrawn& event)
{
    AcceptanceLine* line = m_desk.acceptance(event.answers);
    if (line && line->acceptance.session == event.session)
        refuse(
            *line, AcceptanceEvent::Rejected, words(event.session, RejectField::QuoteRespType, event.code, event.text));
}

void AcceptanceDesk::sessionLost(const SessionId& session)
{
    for (const RfqId& id : std::set<RfqId>(m_desk.live)) {
        AcceptanceLine* line = openAcceptance(m_desk.rfqs.at(id));
        if (!line || line->acceptance.session != session)
            continue;
        if (line->state == AcceptanceState::Sent || line->state == AcceptanceState::Held)
            loseSight(*line, "the session went down");
    }
}

void AcceptanceDesk::expire()
{
    const SteadyTime now = m_desk.clock.steady();
    for (const RfqId& id : std::set<RfqId>(m_desk.live)) {
        AcceptanceLine* line = openAcceptance(m_desk.rfqs.at(id));
        const auto deadline = line ? deadlineOf(*line) : std::nullopt;
        if (!deadline || *deadline > now)
            continue;
        if (m_desk.flights.at(line->acceptance.id).handed)
            overdue(*line);
        else
            dropUnsent(*line, {Errc::Timeout, "the intent was not recorded before the quote expired"});
    }
}

std::optional<SteadyTime> AcceptanceDesk::nextDeadline() const
{
    std::optional<SteadyTime> next;
    for (const RfqId& id : m_desk.live) {
        const AcceptanceLine* line = openAcceptance(std::as_const(m_desk.rfqs.at(id)));
        const auto deadline = line ? deadlineOf(*line) : std::nullopt;
        if (deadline && (!next || *deadline < *next))
            next = deadline;
    }
    return next;
}

std::optional<SteadyTime> AcceptanceDesk::deadlineOf(const AcceptanceLine& line) const
{
    if (line.state == AcceptanceState::Unknown)
        return std::nullopt;
    const Flight& flight = m_desk.flights.at(line.acceptance.id);
    if (!flight.handed)
        return line.acceptance.deadline;
    const Profile& profile = m_desk.profile(line.acceptance.session);
    if (line.asking && flight.asked)
        return *flight.asked + profile.inquiryPatience;
    return line.sent.value_or(*flight.handed) + profile.holdHard;
}

void AcceptanceDesk::overdue(AcceptanceLine& line)
{
    const SessionId& session = line.acceptance.session;
    if (line.asking || !m_desk.isLoggedOn(session) || !canAnswer(m_desk.profile(session), Inquiry::OrderStatus)) {
        line.asking.reset();
        loseSight(line, "no answer in time");
        return;
    }
    line.asking = Inquiry::OrderStatus;
    m_desk.flights.at(line.acceptance.id).asked = m_desk.clock.steady();
    m_moves.learn(line, EvidenceKind::Asked, "no answer in time: " + std::string(nameOf(Inquiry::OrderStatus)));
    m_moves.touch(line);
    m_desk.link.send(AskOutcome{line.acceptance, Inquiry::OrderStatus});
}

void AcceptanceDesk::reported(const ExecutionReport& report)
{
    if (!isFirstSight(report))
        return;
    AcceptanceLine* line = m_desk.acceptance(report.clOrdId);
    if (!line || line->acceptance.session != report.session) {
        // Each list of orders that we ask for names it again: the same amount of the same order is told once.
        const std::string key = "stray\n" + report.session.text() + '\n' + report.clOrdId.text() + '\n'
            + report.orderId.text() + '\n' + report.cumQty.text();
        const bool told = report.execType == 'I' && !m_seen.insert(key).second;
        if (!told && (report.cumQty.isPositive() || report.execType == 'G' || report.execType == 'H'))
            m_incidents.raiseStray(report);
        return;
    }
    if (saysUnknownOrder(report)
        || (line->asking == Inquiry::OrderStatus && report.rejectCode == "5" && report.cumQty.isZero())) {
        if (!isOver(line->state))
            m_moves.learn(*line, EvidenceKind::UnknownOrder, summary(report));
        return;
    }
    switch (outcomeOf(report, line->acceptance.quantity)) {
    case Outcome::Nothing:
        return;
    case Outcome::Pending:
        hold(*line, report.text);
        return;
    case Outcome::Partial:
        m_bookings.book(*line, report, AcceptanceEvent::PartFilled);
        return;
    case Outcome::Filled:
        m_bookings.book(*line, report, AcceptanceEvent::Filled);
        return;
    case Outcome::PartlyFilled:
        m_bookings.book(*line, report, AcceptanceEvent::FinallyPartFilled);
        return;
    case Outcome::Rejected:
        refuse(*line, AcceptanceEvent::Rejected,
            words(report.session, RejectField::OrdRejReason, report.rejectCode, report.text));
        return;
    case Outcome::NotDone:
        refuse(*line, AcceptanceEvent::NotDone,
            words(report.session, RejectField::OrdRejReason, report.rejectCode, report.text));
        return;
    case Outcome::Corrected:
        m_bookings.amend(*line, report);
        return;
    case Outcome::Contradictory:
        m_incidents.raise(IncidentKind::Contradiction, line->acceptance, report, "a fill of nothing");
        return;
    }
}

void AcceptanceDesk::captured(ExecutionReport execution)
{
    const AcceptanceLine* line = m_desk.acceptance(execution.clOrdId);
    if (!line)
        return;
    if (line->acceptance.session != execution.session)
        return reported(execution); // somebody else's word, and no part of the sum
    auto& executions = m_captured[execution.clOrdId];
    executions[execution.execId] = execution.cumQty;
    Decimal sum;
    for (const auto& [id, amount] : executions)
        sum = Decimal::add(sum, amount).value_or(sum);
    if (sum <= m_desk.flights.at(execution.clOrdId).booked)
        return; // on record already
    const Decimal rest = Decimal::subtract(line->acceptance.quantity, sum).value_or(Decimal());
    execution.execType = 'F';
    execution.ordStatus = rest.isZero() || rest.isNegative() ? '2' : '1';
    execution.cumQty = sum;
    execution.leavesQty = rest.isNegative() ? Decimal() : rest;
    reported(execution);
}

bool AcceptanceDesk::isFirstSight(const ExecutionReport& report)
{
    if (report.execId.empty() || report.execType == 'I')
        return true; // a status answer is not an execution; dealers give all of them the same ExecID
    std::string key = report.session.text() + '\n' + report.execId.text() + '\n' + report.clOrdId.text() + '\n';
    key += report.execType;
    key += report.ordStatus;
    return m_seen.insert(key + report.cumQty.text()).second;
}

void AcceptanceDesk::hold(AcceptanceLine& line, const std::string& text)
{
    // An acknowledgement proves that it arrived, not what became of it: it does not lead out of UNKNOWN.
    if (line.state == AcceptanceState::Unknown || line.asking)
        m_moves.learn(line, EvidenceKind::Pending, text.empty() ? "the dealer has it and has not decided" : text);
    if (line.state == AcceptanceState::Unknown || line.state == AcceptanceState::Held)
        return;
    if (line.state == AcceptanceState::Intended && !m_desk.flights.at(line.acceptance.id).handed)
        return;
    m_moves.move(line, AcceptanceEvent::Acknowledged, {{}, text});
}

void AcceptanceDesk::refuse(AcceptanceLine& line, AcceptanceEvent event, AcceptanceMoves::Words words)
{
    const bool wasFilled = isFill(line.state);
    const std::string text = words.text;
    const std::string code = words.code;
    // What an open status answer repeats of an acceptance that is over is no news.
    if (line.state == AcceptanceState::Rejected || line.state == AcceptanceState::NotDone)
        return;
    warnOfPartFill(line, event);
    if (!m_moves.move(line, event, std::move(words))) {
        if (wasFilled)
            m_incidents.raise(IncidentKind::Contradiction, line.acceptance,
                std::string(nameOf(event)) + " after it was filled: " + text);
        return;
    }
    const auto notice =
        event == AcceptanceEvent::Rejected ? NoticeCode::AcceptanceRejected : NoticeCode::AcceptanceNotDone;
    Notice told = noticeOf(notice, Severity::Warning, line.acceptance);
    told.error = Error{Errc::Rejected, text};
    told.raw = code;
    m_desk.notify(std::move(told));
}

void AcceptanceDesk::warnOfPartFill(const AcceptanceLine& line, AcceptanceEvent event)
{
    const auto part = std::find_if(line.evidence.rbegin(), line.evidence.rend(),
        [](const Evidence& evidence) { return evidence.kind == EvidenceKind::PartFill; });
    // Before the move: a crash between the two must not lose the alarm.
    if (part != line.evidence.rend() && nextState(line.state, event))
        m_incidents.raise(IncidentKind::Contradiction, line.acceptance,
            std::string(nameOf(event)) + " after the dealer had told: " + part->text);
}

void AcceptanceDesk::loseSight(AcceptanceLine& line, const std::string& why)
{
    const std::string text = line.text.empty() ? why : why + "; " + line.text;
    if (!m_moves.move(line, AcceptanceEvent::LostSight, {line.code, text}))
        return;
    Notice notice = noticeOf(NoticeCode::OutcomeUnknown, Severity::Alarm, line.acceptance);
    notice.raw = text;
    m_desk.notify(std::move(notice));
}

AcceptanceMoves::Words AcceptanceDesk::words(
    const SessionId& session, RejectField field, const std::string& code, const std::string& text) const
{
    return {code, text, categoryOf(field, code, text, m_desk.profile(session).rejectCodes)};
}

}
