#include "core/rfq/acceptance_desk.h"

#include "core/rfq/amount.h"
#include "core/rfq/click_rules.h"
#include "core/rfq/fill_rules.h"

#include <memory>
#include <utility>

namespace rfq {

namespace {

using base::Errc;
using base::Error;

const char* nameOf(AcceptanceState state)
{
    switch (state) {
    case AcceptanceState::Intended:
        return "intended";
    case AcceptanceState::Sent:
        return "sent";
    case AcceptanceState::Held:
        return "held";
    case AcceptanceState::Filled:
        return "filled";
    case AcceptanceState::PartlyFilled:
        return "partly filled";
    case AcceptanceState::Rejected:
        return "rejected";
    case AcceptanceState::NotDone:
        return "not done";
    case AcceptanceState::NotSent:
        return "not sent";
    case AcceptanceState::Unknown:
        return "of unknown outcome";
    }
    return "";
}

bool isFill(AcceptanceState state)
{
    return state == AcceptanceState::Filled || state == AcceptanceState::PartlyFilled;
}

}

AcceptanceDesk::AcceptanceDesk(DeskState& desk, RequestDesk& requests)
    : m_desk(desk)
    , m_requests(requests)
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

    const AcceptanceIntended intent{acceptance, *quote, line.time};
    const ClOrdId id = acceptance.id;
    m_desk.flights[id].rfq = click.rfq;
    rfq.acceptances.push_back(std::move(line));
    m_desk.touch(rfq);
    m_requests.settle(rfq);
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
    m_desk.link.send(SendAcceptance{line->acceptance});
}

void AcceptanceDesk::dropUnsent(AcceptanceLine& line, const base::Error& reason)
{
    Notice notice = noticeOf(NoticeCode::AcceptanceNotSent, Severity::Warning, line.acceptance);
    notice.error = reason;
    m_desk.notify(std::move(notice));
    move(line, AcceptanceState::NotSent, {{}, reason.detail});
}

void AcceptanceDesk::sent(const AcceptanceSent& event)
{
    AcceptanceLine* line = m_desk.acceptance(event.clOrdId);
    if (!line || line->sent || !m_desk.flights.at(event.clOrdId).handed)
        return;
    if (isOver(line->state) && line->state != AcceptanceState::NotSent)
        return; // the answer overtook the note that it was sent
    line->sent = m_desk.clock.steady();
    m_desk.touch(m_desk.rfqs.at(line->acceptance.rfq));
    const std::string text = "MsgSeqNum " + std::to_string(event.seqNum);
    if (line->state == AcceptanceState::NotSent)
        alarm(NoticeCode::OutcomeUnknown, *line, "sent with " + text + " although it was reported as not sent");
    if (line->state != AcceptanceState::Intended)
        return;
    move(*line, AcceptanceState::Sent, {{}, text});
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
            hold(*line, {event.rejectCode, event.text});
        else
            refuse(*line, AcceptanceState::Rejected, {event.rejectCode, event.text});
    }
}

void AcceptanceDesk::refused(const MessageRejected& event)
{
    AcceptanceLine* line = m_desk.acceptance(ClOrdId(event.refId));
    if (line && line->acceptance.session == event.session)
        refuse(*line, AcceptanceState::Rejected, {event.refMsgType + " " + event.code, event.text});
}

void AcceptanceDesk::answered(const QuoteWithdrawn& event)
{
    AcceptanceLine* line = m_desk.acceptance(event.answers);
    if (line && line->acceptance.session == event.session)
        refuse(*line, AcceptanceState::Rejected, {"AJ", event.text});
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
            loseSight(*line, "no answer in time");
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
    const auto& handed = m_desk.flights.at(line.acceptance.id).handed;
    if (!handed)
        return line.acceptance.deadline;
    return line.sent.value_or(*handed) + m_desk.profile(line.acceptance.session).holdHard;
}

void AcceptanceDesk::reported(const ExecutionReport& report)
{
    if (!isFirstSight(report))
        return;
    AcceptanceLine* line = m_desk.acceptance(report.clOrdId);
    if (!line || line->acceptance.session != report.session) {
        reportStray(report);
        return;
    }
    switch (outcomeOf(report, line->acceptance.quantity)) {
    case Outcome::Nothing:
        return;
    case Outcome::Pending:
        hold(*line, {{}, report.text});
        return;
    case Outcome::Partial:
        partial(*line, report);
        return;
    case Outcome::Filled:
    case Outcome::PartlyFilled:
        book(*line, report);
        return;
    case Outcome::Rejected:
        refuse(*line, AcceptanceState::Rejected, {report.rejectCode, report.text});
        return;
    case Outcome::NotDone:
        refuse(*line, AcceptanceState::NotDone, {report.rejectCode, report.text});
        return;
    case Outcome::Corrected:
        alarm(NoticeCode::FillCorrected, *line, summary(report));
        return;
    case Outcome::Contradictory:
        alarm(NoticeCode::FillDiffers, *line, "a fill of nothing: " + summary(report));
        return;
    }
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

void AcceptanceDesk::reportStray(const ExecutionReport& report)
{
    const bool fill = !report.cumQty.isZero() || report.execType == 'G' || report.execType == 'H';
    if (!fill)
        return;
    Notice notice = noticeOf(NoticeCode::FillUnknownOrder, Severity::Alarm);
    notice.session = report.session;
    notice.clOrdId = report.clOrdId;
    notice.raw = summary(report);
    m_desk.notify(std::move(notice));
}

void AcceptanceDesk::hold(AcceptanceLine& line, Words words)
{
    // An acknowledgement proves that it arrived, not what became of it: it does not lead out of UNKNOWN.
    if (line.state == AcceptanceState::Sent
        || (line.state == AcceptanceState::Intended && m_desk.flights.at(line.acceptance.id).handed))
        move(line, AcceptanceState::Held, std::move(words));
}

void AcceptanceDesk::partial(AcceptanceLine& line, const ExecutionReport& report)
{
    if (isOver(line.state)) {
        book(line, report);
        return;
    }
    const std::string soFar = groupedAmount(report.cumQty) + " filled so far";
    const bool unknown = line.state == AcceptanceState::Unknown;
    move(line, unknown ? AcceptanceState::Unknown : AcceptanceState::Held, {{}, soFar});
}

void AcceptanceDesk::refuse(AcceptanceLine& line, AcceptanceState state, Words words)
{
    if (isFill(line.state)) {
        alarm(NoticeCode::FillCorrected, line, std::string(nameOf(state)) + " after it was filled: " + words.text);
        return;
    }
    if (isOver(line.state))
        return;
    const auto code =
        state == AcceptanceState::Rejected ? NoticeCode::AcceptanceRejected : NoticeCode::AcceptanceNotDone;
    Notice notice = noticeOf(code, Severity::Warning, line.acceptance);
    notice.error = Error{Errc::Rejected, words.text};
    notice.raw = words.code;
    m_desk.notify(std::move(notice));
    move(line, state, std::move(words));
}

void AcceptanceDesk::loseSight(AcceptanceLine& line, const std::string& why)
{
    const std::string text = line.text.empty() ? why : why + "; " + line.text;
    alarm(NoticeCode::OutcomeUnknown, line, text);
    move(line, AcceptanceState::Unknown, {line.code, text});
}

void AcceptanceDesk::book(AcceptanceLine& line, const ExecutionReport& report)
{
    const Decimal& booked = m_desk.flights.at(line.acceptance.id).booked;
    if (report.cumQty < booked)
        alarm(NoticeCode::FillCorrected, line, "less than was filled before: " + summary(report));
    if (report.cumQty <= booked)
        return;
    std::string contradiction;
    if (isOver(line.state))
        contradiction = std::string("filled after it was ") + nameOf(line.state);
    addTrade(line, report, contradiction);
    const bool full = report.cumQty >= line.acceptance.quantity;
    m_desk.notify(noticeOf(full ? NoticeCode::Traded : NoticeCode::PartlyTraded,
        full ? Severity::Info : Severity::Warning, line.acceptance));
    move(line, full ? AcceptanceState::Filled : AcceptanceState::PartlyFilled, {{}, report.text});
}

void AcceptanceDesk::addTrade(AcceptanceLine& line, const ExecutionReport& report, const std::string& contradiction)
{
    const Acceptance& acceptance = line.acceptance;
    Flight& flight = m_desk.flights.at(acceptance.id);
    Trade trade = tradeOf(report, acceptance, flight.booked, m_desk.clock.utc());
    if (!contradiction.empty())
        trade.discrepancy += (trade.discrepancy.empty() ? "" : "; ") + contradiction;
    flight.booked = report.cumQty;

    // The trade before the acceptance's state: a crash between the two must not lose the deal.
    m_desk.record(TradeBooked{trade});
    if (!trade.discrepancy.empty())
        alarm(NoticeCode::FillDiffers, line, trade.discrepancy + " (" + summary(report) + ")");
    Rfq& rfq = m_desk.rfqs.at(acceptance.rfq);
    if (!rfq.trade) {
        rfq.trade = trade;
    } else if (rfq.trade->clOrdId == trade.clOrdId) {
        rfq.trade->quantity = report.cumQty;
        rfq.trade->discrepancy = trade.discrepancy;
    }
    m_desk.trades.push_back(std::move(trade));
    ++m_desk.changes.newTrades;
}

void AcceptanceDesk::alarm(NoticeCode code, const AcceptanceLine& line, const std::string& raw)
{
    Notice notice = noticeOf(code, Severity::Alarm, line.acceptance);
    notice.raw = raw;
    m_desk.notify(std::move(notice));
}

void AcceptanceDesk::move(AcceptanceLine& line, AcceptanceState state, Words words)
{
    const bool resolved = line.state == AcceptanceState::Unknown && isOver(state);
    line.state = state;
    line.code = std::move(words.code);
    line.text = std::move(words.text);
    if (state == AcceptanceState::Unknown)
        m_desk.unknown.insert(line.acceptance.id);
    else
        m_desk.unknown.erase(line.acceptance.id);
    m_desk.record(AcceptanceMoved{line.acceptance.id, state, line.code, line.text, m_desk.clock.utc()});
    if (resolved)
        m_desk.notify(noticeOf(NoticeCode::OutcomeResolved, Severity::Info, line.acceptance));
    Rfq& rfq = m_desk.rfqs.at(line.acceptance.rfq);
    m_desk.touch(rfq);
    m_requests.settle(rfq);
}

}
