#include "app/venue/forwarded_report.h"
#include "app/venue/order_forwarder.h"
#include "core/rfq/fill_rules.h"

#include <algorithm>
#include <utility>

// What comes back from the counterparties. What goes to them: order_forwarder.cpp.
namespace venue {

namespace {

constexpr const char* OtherReason = "99"; // OrdRejReason(103)
constexpr const char* Status = "I"; // ExecType(150)

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
/// counted by the session and lost in a crash: it is asked for once more, and what is known already is dropped.
void OrderForwarder::upstreamUp(const rfq::SessionId& upstream)
{
    m_chase.upstreamUp(upstream);
    if (!m_replayed.insert(upstream).second || !canReplay(m_relay.profileOf(upstream)))
        return;
    const auto last = m_relay.forwards.lastWritten(upstream);
    if (!last)
        return fail(last.error());
    if (!*last)
        return;
    const auto order = m_floor.book.find((*last)->client, (*last)->clOrdId);
    if (!order)
        return fail(order.error());
    if (*order)
        m_relay.link.send(rfq::AskOutcome{acceptanceOf(**order, **last), rfq::Inquiry::Replay, (*last)->theirNext});
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
    if (const base::Status written = m_relay.forwards.written(event.clOrdId, event.seqNum, event.theirNext); !written)
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
    const auto found = findUpstream(event.report.session, event.report.clOrdId);
    if (found)
        take(*found, reportOfTrade(event.report, found->order));
}

void OrderForwarder::take(const Found& found, const rfq::ExecutionReport& report)
{
    const rfq::ClOrdId& id = found.forward.upstreamId;
    const ReportedOrder& reported = found.order.reported;
    const rfq::Outcome outcome = rfq::outcomeOf(report, reported.order.quantity);
    if (rfq::saysUnknownOrder(report))
        return m_chase.learn(id, rfq::EvidenceKind::UnknownOrder, rfq::summary(report));
    if (outcome == rfq::Outcome::Pending)
        m_chase.learn(id, rfq::EvidenceKind::Pending, rfq::summary(report));
    const auto truth = truthAfter(report, found.order);
    if (isKnown(found, report) || (isStatus(report) && !truth))
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
    if (!truth)
        return;
    if (outcome == rfq::Outcome::Partial)
        return m_chase.learn(id, rfq::EvidenceKind::PartFill, rfq::summary(report));
    m_chase.end(id);
    mark(found.order, truth->state == OrderState::Rejected ? MadeQuoteState::Refused : MadeQuoteState::Dealt);
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
        return known.execId == report.execId && known.execType == report.execType;
    });
}

void OrderForwarder::apply(const rfq::QuoteWithdrawn& event)
{
    if (!event.answers.empty())
        refuseUndecided(event.session, event.answers,
            event.session.text() + " refused it, QuoteRespType(694) " + event.code
                + (event.text.empty() ? "" : ": " + event.text));
}

void OrderForwarder::apply(const rfq::MessageRejected& event)
{
    m_chase.apply(event);
    refuseUndecided(event.session, rfq::ClOrdId(event.refId), refusalText(event));
}

void OrderForwarder::apply(const rfq::NumbersReset& event)
{
    m_chase.apply(event);
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
