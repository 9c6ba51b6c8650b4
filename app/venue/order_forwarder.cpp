#include "app/venue/order_forwarder.h"

#include "app/venue/forwarded_report.h"
#include "app/venue/order_repeats.h"
#include "app/venue/refusal_codes.h"

#include <utility>

// What goes to the counterparties. What comes back: forwarded_outcomes.cpp.
namespace venue {

OrderForwarder::OrderForwarder(Relay& relay, RequestForwarder& requests)
    : m_relay(relay)
    , m_floor(relay.floor)
    , m_requests(requests)
    , m_outbox(m_floor.clients, m_floor.book)
    , m_chase(relay, [this](const rfq::Acceptance& acceptance, const std::string& why) {
        refuseUndecided(acceptance.session, acceptance.id,
            "it never reached " + acceptance.session.text() + ", nothing was dealt: " + why);
    })
{
}

void OrderForwarder::settleEarlierRun()
{
    planReplays();
    const auto undecided = m_floor.book.undecided();
    if (!undecided)
        return fail(undecided.error());
    for (const BookedOrder& order : *undecided) {
        const auto forward = m_relay.forwards.find(order.reported.session, order.reported.order.clOrdId);
        if (!forward)
            return fail(forward.error());
        if (!*forward || (*forward)->state == ForwardState::NotSent) {
            reject(
                order.reported, {OtherReason, "the gateway was restarted before it was forwarded: nothing was dealt"});
        } else if (!m_relay.settings.find((*forward)->upstream)) {
            m_floor.log.record("outcome-without-counterparty",
                {{"upstream", (*forward)->upstream.text()}, {"order", order.reported.order.clOrdId.text()}});
        } else {
            log(order.reported, "unknown", "the gateway was restarted before the outcome came");
            m_chase.begin(acceptanceOf(order, **forward), **forward, m_floor.clock.steady());
        }
    }
    pursueOpenRests();
}

/// Orders of which a part is dealt and the rest was not closed.
void OrderForwarder::pursueOpenRests()
{
    const auto partlyFilled = m_floor.book.inState(OrderState::PartlyFilled);
    if (!partlyFilled)
        return fail(partlyFilled.error());
    for (const BookedOrder& order : *partlyFilled) {
        const ReportedOrder& reported = order.reported;
        const auto reports = m_floor.book.reportsOn(reported.session, reported.order.clOrdId);
        const auto forward = m_relay.forwards.find(reported.session, reported.order.clOrdId);
        if (!reports || !forward)
            return fail(reports ? forward.error() : reports.error());
        if (!*forward || !isRestOpen(*reports, reported.order.quantity))
            continue;
        if (!m_relay.settings.find((*forward)->upstream)) {
            m_floor.log.record("outcome-without-counterparty",
                {{"upstream", (*forward)->upstream.text()}, {"order", reported.order.clOrdId.text()}});
            continue;
        }
        log(reported, "unknown", "the gateway was restarted while the rest of it was open");
        m_chase.begin(acceptanceOf(order, **forward), **forward, m_floor.clock.steady());
        // So that no denial takes back what is dealt.
        m_chase.learn((*forward)->upstreamId, rfq::EvidenceKind::PartFill,
            order.truth.cumQty.text() + " of " + reported.order.quantity.text() + " was dealt before the restart");
    }
}

void OrderForwarder::loggedOn(const rfq::SessionId& client)
{
    if (const base::Status sent = m_outbox.online(client); !sent)
        fail(sent.error());
}

void OrderForwarder::sent(std::uint64_t receipt)
{
    if (const base::Status confirmed = m_outbox.confirmed(receipt); !confirmed)
        fail(confirmed.error());
}

void OrderForwarder::take(const SessionSettings& client, const fix::maker::Order& order, const Arrival& arrival)
{
    if (m_failed)
        return refuseAll(client.name, order);
    const auto known = m_floor.book.find(client.name, order.clOrdId);
    if (!known) {
        fail(known.error());
        return refuseAll(client.name, order);
    }
    if (*known) {
        if (const base::Status answered = answerAgain(m_floor, **known, arrival.delivery); !answered)
            fail(answered.error());
        return;
    }
    MadeQuote* quote = m_floor.ledger.find(client.name, order.quote);
    auto refusal = refusalOf(order, quote, m_floor.clock.steady());
    if (!refusal && m_floor.ledger.isHeld(client.name, quote->rfq))
        refusal = OrderRefusal{OtherReason, "another order on this request is being decided"};
    const rfq::Request* request = quote ? m_requests.sent(client.name, quote->rfq) : nullptr;
    const UpstreamSettings* upstream = quote ? m_relay.settings.behind(quote->dealer) : nullptr;
    if (!refusal && (!request || !upstream))
        refusal = OrderRefusal{OtherReason, "the request is over"};
    if (!refusal && !m_relay.isUp(upstream->session.name))
        refusal = OrderRefusal{OtherReason, m_relay.absenceOf(upstream->session.name)};

    BookedOrder booked{.reported = {client.name, order, rfq::OrderId(m_floor.numbers.next("O"))},
        .dealer = {},
        .truth = {},
        .doubt = {},
        .taken = m_floor.clock.utc()};
    booked.reported.order.grant.clear(); // it was for this gateway, and is spent
    if (quote) {
        booked.dealer = quote->dealer;
        booked.reported.order.rfq = quote->rfq;
    }
    if (const base::Status written = m_floor.book.take(booked); !written) {
        fail(written.error());
        return refuseAll(client.name, order);
    }
    if (refusal)
        return reject(booked.reported, *refusal);
    send(client, std::move(booked), *quote, *request);
}

void OrderForwarder::send(
    const SessionSettings& client, BookedOrder booked, MadeQuote& quote, const rfq::Request& request)
{
    Forward forward;
    forward.client = client.name;
    forward.clOrdId = booked.reported.order.clOrdId;
    forward.upstream = m_relay.settings.behind(quote.dealer)->session.name;
    forward.upstreamId = m_relay.ids.nextClOrd();
    forward.upstreamRfq = request.id;
    rfq::Acceptance acceptance = acceptanceOf(booked, forward);
    acceptance.price = *quote.priceFor(booked.reported.order.side); // as the dealer wrote it, digit for digit
    acceptance.settlement = request.settlement;
    acceptance.deadline = quote.expires;
    forward.message = m_relay.link.compose(acceptance);
    if (const base::Status intended = m_relay.forwards.intend(forward); !intended) {
        reject(booked.reported, {OtherReason, "the gateway's book cannot be written: nothing was sent"});
        return fail(intended.error());
    }
    quote.state = MadeQuoteState::Held;
    log(booked.reported, "forwarded", forward.upstream.text() + " " + forward.upstreamId.text());
    m_chase.begin(acceptance, forward, m_floor.clock.steady() + m_relay.profileOf(forward.upstream).holdHard);
    m_relay.link.send(rfq::SendAcceptance{std::move(acceptance), std::move(forward.message)});
}

void OrderForwarder::refuseAll(const rfq::SessionId& client, const fix::maker::Order& order)
{
    m_floor.clients.answer(client,
        MessageRefusal{order.respId.empty() ? "D" : "AJ", order.clOrdId.text(), ApplicationNotAvailable,
            "the gateway does not deal: its order book cannot be written"});
}

void OrderForwarder::askedAbout(const rfq::SessionId& client, const rfq::ClOrdId& clOrdId)
{
    const auto forward = m_relay.forwards.find(client, clOrdId);
    if (!forward)
        return fail(forward.error());
    if (*forward)
        m_chase.ask((*forward)->upstreamId);
}

void OrderForwarder::forward(const rfq::SessionId& client, const fix::maker::DontKnowTrade& doubt)
{
    const auto order = m_floor.book.findByReport(client, doubt.execId, doubt.orderId);
    if (!order)
        return fail(order.error());
    if (!*order)
        return; // the client was told
    const rfq::ClOrdId& clOrdId = (*order)->reported.order.clOrdId;
    const auto forward = m_relay.forwards.find(client, clOrdId);
    const auto reports = m_floor.book.reportsOn(client, clOrdId);
    if (!forward || !reports)
        return fail(forward ? reports.error() : forward.error());
    for (const KeptReport& kept : *reports) {
        rfq::ExecutionReport report = kept.out.report;
        // What this gateway reports by itself is no trade: of that the counterparty knows nothing.
        if (!*forward || report.execId != doubt.execId || report.orderId != doubt.orderId || !tellsOfTrade(report))
            continue;
        report.clOrdId = (*forward)->upstreamId;
        report.session = (*forward)->upstream;
        const char reason = doubt.reason.empty() ? 'Z' : doubt.reason.front();
        return m_relay.link.send(rfq::SendDontKnow{std::move(report), reason, doubt.text});
    }
}

void OrderForwarder::reject(const ReportedOrder& order, const OrderRefusal& why)
{
    log(order, "rejected", why.text);
    report(order, rejectedFor(why), {.report = rejectReport(order, nextExec(), why, m_floor.wireTime())});
}

void OrderForwarder::report(
    const ReportedOrder& order, const std::optional<OrderTruth>& truth, const fix::maker::ReportOut& report)
{
    if (m_failed)
        return;
    const auto kept = m_floor.book.decide(order.session, order.order.clOrdId, truth, {report});
    if (!kept)
        return fail(kept.error());
    for (const KeptReport& each : *kept)
        m_outbox.post(each);
}

/// What is not written down is not said: a gateway that could not remember its deals makes no more of them. What it has
/// not written down it asks for again when it starts.
void OrderForwarder::fail(const base::Error& why)
{
    m_failed = true;
    m_floor.log.record("order-book-failed", {{"why", why.detail}});
}

void OrderForwarder::log(const ReportedOrder& reported, const char* outcome, const std::string& text)
{
    const fix::maker::Order& order = reported.order;
    m_floor.log.record("order",
        {{"session", reported.session.text()}, {"order", order.clOrdId.text()}, {"quote", order.quote.text()},
            {"symbol", order.symbol}, {"side", order.side == rfq::Side::Buy ? "buy" : "sell"},
            {"quantity", order.quantity.text()}, {"price", order.price.text}, {"outcome", outcome}, {"text", text}});
}

}
