#include "app/venue/forwarded_report.h"
#include "app/venue/order_forwarder.h"
#include "app/venue/refusal_codes.h"
#include "core/rfq/fill_rules.h"

#include <algorithm>
#include <utility>

// What comes back from the counterparties. What goes to them: order_forwarder.cpp.
namespace venue {

namespace {

constexpr const char* Status = "I"; // ExecType(150)
constexpr const char* QuoteRejected = "5"; // QuoteStatus(297)
constexpr const char* QuotePending = "10";

bool isStatus(const rfq::ExecutionReport& report)
{
    return report.execType == *Status;
}

bool canReplay(const rfq::Profile& profile)
{
    return rfq::canAnswer(profile, rfq::Inquiry::Replay);
}

std::string refusalText(const rfq::MessageRejected& event)
{
    const char* field = event.sessionLevel ? "SessionRejectReason(373) " : "BusinessRejectReason(380) ";
    return event.session.text() + " refused it, " + field + event.code + (event.text.empty() ? "" : ": " + event.text);
}

}

/// What they had sent before this gateway's last words to them is in the order book. What came behind it may have been
/// counted by the session and lost in a crash: it is asked for once more, and what is known already is dropped. Where
/// no such words are known (they were lost in the crash too, or the numbers began again after them) that is everything
/// that their numbers reach back to. Read before anything new is written.
void OrderForwarder::planReplays()
{
    for (const UpstreamSettings& upstream : m_relay.settings.upstreams) {
        const rfq::SessionId& name = upstream.session.name;
        if (!canReplay(upstream.session.profile))
            continue;
        const auto last = m_relay.forwards.replayMark(name);
        if (!last)
            return fail(last.error());
        if (!*last)
            continue;
        const auto order = m_floor.book.find((*last)->client, (*last)->clOrdId);
        if (!order)
            return fail(order.error());
        if (!*order)
            continue;
        Replay replay{acceptanceOf(**order, **last), std::max<std::uint64_t>((*last)->theirNext, 1)};
        replay.probe.id = m_relay.ids.nextClOrd();
        m_replays.insert_or_assign(name, std::move(replay));
    }
}

void OrderForwarder::upstreamUp(const rfq::SessionId& upstream)
{
    m_chase.upstreamUp(upstream);
    const auto replay = m_replays.find(upstream);
    if (replay == m_replays.end())
        return;
    replay->second.unreadable = 0;
    m_relay.link.send(rfq::AskOutcome{replay->second.probe, rfq::Inquiry::Replay, replay->second.from});
}

/// "Nothing about it" is what the end of a replay says of an order that nobody has. Silence after messages that could
/// not be read is the end as well: another time they could be read no better, and a person must look at them.
void OrderForwarder::apply(const rfq::InquiryAnswered& event)
{
    const auto replay = m_replays.find(event.session);
    if (replay != m_replays.end() && event.inquiry == rfq::Inquiry::Replay
        && event.clOrdId == replay->second.probe.id) {
        const std::size_t unreadable = replay->second.unreadable;
        if (event.meaning == rfq::EvidenceKind::Silence && unreadable > 0) {
            m_floor.log.record("replay-unreadable",
                {{"upstream", event.session.text()}, {"messages", std::to_string(unreadable)},
                    {"why", event.text + ": ask the counterparty whether an order was changed"}});
            m_replays.erase(replay);
        } else if (event.meaning == rfq::EvidenceKind::NoTrade) {
            m_replays.erase(replay);
        }
    }
    m_chase.apply(event);
}

void OrderForwarder::apply(const rfq::InboundRejected& event)
{
    const auto replay = m_replays.find(event.session);
    if (replay != m_replays.end())
        ++replay->second.unreadable;
}

std::optional<OrderForwarder::Found> OrderForwarder::findUpstream(
    const rfq::SessionId& upstream, const rfq::ClOrdId& id)
{
    if (id.empty())
        return std::nullopt;
    auto forward = m_relay.forwards.findUpstream(upstream, id);
    if (!forward) {
        fail(forward.error());
        return std::nullopt;
    }
    if (!*forward)
        return std::nullopt;
    auto order = m_floor.book.find((*forward)->client, (*forward)->clOrdId);
    if (!order) {
        fail(order.error());
        return std::nullopt;
    }
    if (!*order)
        return std::nullopt;
    return Found{**std::move(order), **std::move(forward)};
}

void OrderForwarder::apply(const rfq::AcceptanceSent& event)
{
    m_chase.written(event.clOrdId, event.seqNum, event.theirNext);
    // The next start begins its replay there: not behind what is not written down, or has not come again yet.
    std::uint64_t replayFrom = m_failed ? 0 : event.theirNext;
    const auto replay = m_replays.find(event.session);
    if (replay != m_replays.end())
        replayFrom = std::min(replayFrom, replay->second.from);
    if (const base::Status written = m_relay.forwards.written(event.clOrdId, event.seqNum, replayFrom); !written)
        fail(written.error());
}

void OrderForwarder::apply(const rfq::AcceptanceNotSent& event)
{
    // The link has seen this id before, so an acceptance of that name may be on the wire: no proof that nothing left.
    if (event.reason.code == base::Errc::Duplicate)
        return;
    if (const base::Status noted = m_relay.forwards.notSent(event.clOrdId); !noted)
        return fail(noted.error());
    refuseUndecided(
        event.session, event.clOrdId, "it was not sent to " + event.session.text() + ": " + event.reason.detail);
}

void OrderForwarder::apply(const rfq::ExecutionReported& event)
{
    const auto found = findUpstream(event.report.session, event.report.clOrdId);
    if (found)
        return take(*found, event.report);
    // A trade of nobody here: a person must look.
    m_floor.log.record(
        "report-of-no-order", {{"upstream", event.report.session.text()}, {"text", rfq::summary(event.report)}});
}

void OrderForwarder::apply(const rfq::TradeCaptured& event)
{
    rfq::ExecutionReport execution = event.report;
    const auto found = findUpstream(execution.session, execution.clOrdId);
    if (!found) {
        // Each list names it again: told once.
        if (m_strays.insert(execution.session.text() + '\n' + execution.orderId.text() + '\n' + execution.execId.text())
                .second)
            m_floor.log.record(
                "report-of-no-order", {{"upstream", execution.session.text()}, {"text", rfq::summary(execution)}});
        return;
    }
    // Each is one execution with its own amount: what the order has come to is their sum.
    auto& executions = m_captured[execution.clOrdId];
    executions[execution.execId] = execution.cumQty;
    rfq::Decimal sum;
    for (const auto& [id, amount] : executions)
        sum = rfq::Decimal::add(sum, amount).value_or(sum);
    if (sum <= found->order.truth.cumQty)
        return; // on record already
    execution.cumQty = sum;
    take(*found, reportOfTrade(execution, found->order));
}

void OrderForwarder::take(const Found& found, const rfq::ExecutionReport& report)
{
    const rfq::ClOrdId& id = found.forward.upstreamId;
    const ReportedOrder& reported = found.order.reported;
    const bool denies =
        m_chase.isAsking(id, rfq::Inquiry::OrderStatus) && report.rejectCode == UnknownOrder && report.cumQty.isZero();
    if (rfq::saysUnknownOrder(report) || denies)
        return m_chase.learn(id, rfq::EvidenceKind::UnknownOrder, rfq::summary(report));
    const rfq::Outcome outcome = rfq::outcomeOf(report, reported.order.quantity);
    if (outcome == rfq::Outcome::Pending)
        m_chase.learn(id, rfq::EvidenceKind::Pending, rfq::summary(report));
    if (outcome == rfq::Outcome::Partial)
        m_chase.learn(id, rfq::EvidenceKind::PartFill, rfq::summary(report));
    const auto truth = truthAfter(report, found.order);
    const auto rest = leavesRest(report, reported.order.quantity);
    // The end of an order whose rest was open, though no more of it is dealt. Not a word of the past that comes late.
    const bool closes =
        rest == false && m_chase.isPursued(id) && (report.cumQty.isZero() || report.cumQty >= found.order.truth.cumQty);
    if (isKnown(found, report) || (isStatus(report) && !truth && !closes))
        return;
    if (!report.orderId.empty() && report.orderId != reported.id) {
        if (const base::Status named = m_floor.book.name(reported.session, reported.order.clOrdId, report.orderId);
            !named)
            return fail(named.error());
    }
    fix::maker::ReportOut out = asForwarded(report, found.order);
    if (out.report.execId.empty())
        out.report.execId = nextExec();
    log(reported, truth ? nameOf(truth->state) : "reported", report.text);
    this->report(reported, truth, out);
    if ((!truth && !closes) || rest == true)
        return;
    m_chase.end(id);
    const OrderState state = truth ? truth->state : found.order.truth.state;
    mark(found.order, state == OrderState::Rejected ? MadeQuoteState::Refused : MadeQuoteState::Dealt);
    if (reported.order.rfq && (state == OrderState::Filled || state == OrderState::PartlyFilled))
        m_requests.end(reported.session, *reported.order.rfq, "dealt");
}

/// Replayed, sent again, or listed once more.
bool OrderForwarder::isKnown(const Found& found, const rfq::ExecutionReport& report)
{
    if (report.execId.empty())
        return false;
    const auto reports = m_floor.book.reportsOn(found.order.reported.session, found.order.reported.order.clOrdId);
    if (!reports) {
        fail(reports.error());
        return true;
    }
    return std::any_of(reports->begin(), reports->end(), [&](const KeptReport& kept) {
        const rfq::ExecutionReport& known = kept.out.report;
        // Some dealers give all their answers for a status the same ExecID.
        return known.execId == report.execId && known.execType == report.execType && known.ordStatus == report.ordStatus
            && known.cumQty == report.cumQty;
    });
}

void OrderForwarder::apply(const rfq::QuoteWithdrawn& event)
{
    if (!event.answers.empty())
        refuseUndecided(event.session, event.answers,
            event.session.text() + " refused it, QuoteRespType(694) " + event.code
                + (event.text.empty() ? "" : ": " + event.text));
}

void OrderForwarder::apply(const rfq::QuoteStatusReceived& event)
{
    const auto id = m_chase.pursuedOn(event);
    if (id && m_relay.profileOf(event.session).acceptStyle == rfq::AcceptStyle::QuoteResponse) {
        if (event.status == QuotePending)
            hold(*id, event);
        if (event.status == QuoteRejected)
            refuseUndecided(event.session, *id,
                event.session.text() + " refused it, QuoteRejectReason(300) "
                    + (event.rejectCode.empty() ? "is missing" : event.rejectCode)
                    + (event.text.empty() ? "" : ": " + event.text));
    }
    m_chase.apply(event);
}

/// They have it and decide: told once.
void OrderForwarder::hold(const rfq::ClOrdId& id, const rfq::QuoteStatusReceived& event)
{
    m_chase.learn(id, rfq::EvidenceKind::Pending,
        event.text.empty() ? "the counterparty has it and has not decided" : event.text);
    const auto found = findUpstream(event.session, id);
    if (!found || found->order.truth.state != OrderState::Taken)
        return;
    const ReportedOrder& reported = found->order.reported;
    const auto told = m_floor.book.reportsOn(reported.session, reported.order.clOrdId);
    if (!told)
        return fail(told.error());
    if (!told->empty())
        return;
    rfq::ExecutionReport pending = pendingReport(reported, nextExec(), m_floor.wireTime());
    pending.text = event.text;
    report(reported, std::nullopt, {.report = std::move(pending)});
}

void OrderForwarder::apply(const rfq::MessageRejected& event)
{
    m_chase.apply(event);
    // A question that they refuse says nothing of the order that it was about.
    if (event.refMsgType.empty() || event.refMsgType == "D" || event.refMsgType == "AJ")
        refuseUndecided(event.session, rfq::ClOrdId(event.refId), refusalText(event));
}

void OrderForwarder::apply(const rfq::NumbersReset& event)
{
    m_chase.apply(event);
    if (m_replays.erase(event.session) > 0)
        m_floor.log.record("replay-impossible",
            {{"upstream", event.session.text()},
                {"why",
                    "the numbers began again before what they sent last had come once more: ask the counterparty "
                    "whether an order was changed"}});
    if (const base::Status noted = m_relay.forwards.voidNumbers(event.session); !noted)
        fail(noted.error());
}

void OrderForwarder::refuseUndecided(const rfq::SessionId& upstream, const rfq::ClOrdId& id, const std::string& why)
{
    const auto found = findUpstream(upstream, id);
    if (!found || found->order.truth.state != OrderState::Taken)
        return;
    m_chase.end(id);
    mark(found->order, MadeQuoteState::Refused);
    reject(found->order.reported, {OtherReason, why});
}

void OrderForwarder::mark(const BookedOrder& order, MadeQuoteState state)
{
    MadeQuote* quote = m_floor.ledger.find(order.reported.session, order.reported.order.quote);
    if (quote && quote->state == MadeQuoteState::Held)
        quote->state = state;
}

}
