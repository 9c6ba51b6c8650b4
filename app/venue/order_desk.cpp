#include "app/venue/order_desk.h"

#include "app/venue/faults.h"
#include "app/venue/order_repeats.h"
#include "app/venue/refusal_codes.h"

#include <utility>

namespace venue {

using fix::maker::Repeat;
using fix::maker::ReportOut;
using namespace std::chrono_literals;

namespace {

std::string orElse(const std::string& text, const char* usual)
{
    return text.empty() ? usual : text;
}

}

OrderDesk::OrderDesk(Floor& floor, QuoteDesk& quotes)
    : m_floor(floor)
    , m_quotes(quotes)
    , m_outbox(floor.clients, floor.book)
{
}

void OrderDesk::settleEarlierRun()
{
    const auto undecided = m_floor.book.undecided();
    if (!undecided)
        return fail(undecided.error());
    for (const BookedOrder& order : *undecided)
        reject({.reported = order.reported}, cancelledByRestart());
}

void OrderDesk::loggedOn(const rfq::SessionId& session)
{
    if (const base::Status sent = m_outbox.online(session); !sent)
        fail(sent.error());
}

void OrderDesk::sent(std::uint64_t receipt)
{
    if (const base::Status confirmed = m_outbox.confirmed(receipt); !confirmed)
        fail(confirmed.error());
}

void OrderDesk::take(const rfq::SessionId& session, const fix::maker::Order& order, const Arrival& arrival)
{
    if (m_failed)
        return refuseAll(session, order);
    const auto known = m_floor.book.find(session, order.clOrdId);
    if (!known) {
        fail(known.error());
        return refuseAll(session, order);
    }
    if (*known) {
        if (const base::Status answered = answerAgain(m_floor, **known, arrival.delivery); !answered)
            fail(answered.error());
        return;
    }

    MadeQuote* quote = m_floor.ledger.find(session, order.quote);
    auto refusal = refusalOf(order, quote, m_floor.clock.steady());
    if (!refusal && m_floor.ledger.isHeld(session, quote->rfq))
        refusal = OrderRefusal{OtherReason, "another order on this request is being decided"};
    Case taken{.reported = {session, order, {}}};
    if (!refusal) {
        taken.act = m_floor.script.dealing(quote->dealer, order.symbol);
        if (vanishes(session, order, taken.act, arrival.seqNum))
            return;
    }
    taken.reported.id = rfq::OrderId(m_floor.numbers.next("O"));
    BookedOrder booked{
        .reported = taken.reported, .dealer = {}, .truth = {}, .doubt = {}, .taken = m_floor.clock.utc()};
    if (quote) {
        booked.dealer = quote->dealer;
        booked.reported.order.rfq = quote->rfq;
    }
    if (const base::Status written = m_floor.book.take(booked); !written) {
        fail(written.error());
        return refuseAll(session, order);
    }
    if (refusal)
        return reject(taken, *refusal);
    quote->state = MadeQuoteState::Held;
    taken.quote = *quote;
    process(taken);
}

void OrderDesk::refuseAll(const rfq::SessionId& session, const fix::maker::Order& order)
{
    m_floor.clients.answer(session,
        MessageRefusal{order.respId.empty() ? "D" : "AJ", order.clOrdId.text(), ApplicationNotAvailable,
            "the venue does not deal: its order book cannot be written"});
}

/// The faults after which the order was never processed: it is not in the book, and its quote lives on.
bool OrderDesk::vanishes(
    const rfq::SessionId& session, const fix::maker::Order& order, const Act& act, std::uint64_t seqNum)
{
    const Scenario& scenario = act.scenario;
    const std::string type = order.respId.empty() ? "D" : "AJ";
    switch (scenario.order) {
    case OrderFault::DropBeforeDeal:
        m_outbox.drop(session);
        break;
    case OrderFault::LogoutBeforeDeal:
        m_outbox.offline(session);
        m_floor.clients.logout(session, orElse(scenario.text, "the venue closes"));
        break;
    case OrderFault::SessionReject:
        m_floor.clients.refuse(session, {seqNum, type, orElse(scenario.code, "99"), orElse(scenario.text, "scenario")});
        break;
    case OrderFault::BusinessReject:
        m_floor.clients.answer(session,
            MessageRefusal{type, order.clOrdId.text(), orElse(scenario.code, "0"), orElse(scenario.text, "scenario")});
        break;
    case OrderFault::None:
    case OrderFault::NeverAnswer:
    case OrderFault::HoldForever:
    case OrderFault::LateAnswer:
    case OrderFault::DropAfterDeal:
    case OrderFault::DropAfterReport:
    case OrderFault::DropDuringHold:
    case OrderFault::LoseReport:
    case OrderFault::LoseReportAndNumbers:
    case OrderFault::Restart:
    case OrderFault::RestartWithoutNumbers:
    case OrderFault::ResetSession:
    case OrderFault::LogoutAfterDeal:
    case OrderFault::WithdrawThenFill:
    case OrderFault::WithdrawThenReject:
    case OrderFault::ReplaceThenReject:
    case OrderFault::FillAfterReject:
    case OrderFault::ChangeCertificate:
        return false;
    }
    log({session, order, {}}, "not-processed", "scenario");
    return true;
}

void OrderDesk::process(const Case& taken)
{
    const rfq::SessionId& session = taken.reported.session;
    const Scenario& scenario = taken.act.scenario;
    switch (scenario.order) {
    case OrderFault::None:
        return hold(taken);
    case OrderFault::NeverAnswer:
        return log(taken.reported, "ignored", "scenario");
    case OrderFault::HoldForever:
        return report(
            taken.reported, std::nullopt, {{.report = pendingReport(taken.reported, nextExec(), m_floor.wireTime())}});
    case OrderFault::LateAnswer:
        return after(scenario.later, 12s, [this, taken] { decide(taken); });
    case OrderFault::DropBeforeDeal:
    case OrderFault::LogoutBeforeDeal:
    case OrderFault::SessionReject:
    case OrderFault::BusinessReject:
        return; // see vanishes()
    case OrderFault::DropAfterDeal:
        m_outbox.drop(session);
        return decide(taken);
    case OrderFault::DropAfterReport:
        return dealAndDrop(taken, {});
    case OrderFault::DropDuringHold:
        hold(taken);
        return m_outbox.drop(session);
    case OrderFault::LoseReport:
        return decide(taken, Sending::Lost);
    case OrderFault::LoseReportAndNumbers:
        decide(taken, Sending::Lost);
        m_outbox.offline(session);
        return m_floor.clients.forgetNumbers(session);
    case OrderFault::Restart:
        restart(taken);
        return m_floor.clients.drop(session);
    case OrderFault::RestartWithoutNumbers:
        restart(taken);
        return m_floor.clients.forgetNumbers(session);
    case OrderFault::ResetSession:
        return dealAndDrop(taken, [this](const rfq::SessionId& each) { m_floor.clients.resetAtNextLogon(each); });
    case OrderFault::LogoutAfterDeal:
        m_outbox.offline(session);
        decide(taken);
        return m_floor.clients.logout(session, orElse(scenario.text, "the venue closes"));
    case OrderFault::WithdrawThenFill:
        m_quotes.withdraw(session, taken.quote->id);
        return decide(taken);
    case OrderFault::WithdrawThenReject:
        m_quotes.withdraw(session, taken.quote->id);
        return reject(taken, {StaleOrder, orElse(scenario.text, "the quote was withdrawn")});
    case OrderFault::ReplaceThenReject:
        m_quotes.replace(session, taken.quote->id);
        return reject(taken, {StaleOrder, orElse(scenario.text, "the quote was replaced by a newer one")});
    case OrderFault::FillAfterReject:
        reject(taken, {OtherReason, orElse(scenario.text, "the dealer does not deal")});
        mark(taken, MadeQuoteState::Refused);
        return after(scenario.later, 1s, [this, taken] { fill(taken, Sending::Usual); });
    case OrderFault::ChangeCertificate:
        return dealAndDrop(taken, [this](const rfq::SessionId&) { m_floor.clients.changeCertificate(); });
    }
}

/// Decides, reports, breaks the connection; `last` comes just before that.
void OrderDesk::dealAndDrop(const Case& taken, const std::function<void(const rfq::SessionId&)>& last)
{
    decide(taken);
    if (last)
        last(taken.reported.session);
    m_outbox.drop(taken.reported.session);
}

/// What a venue does that was killed now and came back.
void OrderDesk::restart(const Case& taken)
{
    m_outbox.offline(taken.reported.session);
    mark(taken, MadeQuoteState::Refused);
    reject(taken, cancelledByRestart());
}

void OrderDesk::hold(const Case& taken)
{
    Dealer& dealer = m_floor.dealers.at(taken.quote->dealer);
    const Scenario& scenario = taken.act.scenario;
    if (!dealer.settings().lastLook && !scenario.hold && scenario.order != OrderFault::DropDuringHold)
        return decide(taken);
    report(taken.reported, std::nullopt, {{.report = pendingReport(taken.reported, nextExec(), m_floor.wireTime())}});
    const auto hold = scenario.hold ? *scenario.hold : dealer.drawHold();
    m_floor.timers.at(m_floor.clock.steady() + hold, [this, taken] { decide(taken); });
}

void OrderDesk::decide(const Case& taken, Sending sending)
{
    if (const auto refusal = refusalOfDealer(taken)) {
        mark(taken, MadeQuoteState::Refused);
        return reject(taken, *refusal);
    }
    fill(taken, sending);
}

void OrderDesk::mark(const Case& taken, MadeQuoteState state)
{
    if (MadeQuote* quote = m_floor.ledger.find(taken.reported.session, taken.quote->id))
        quote->state = state;
}

std::optional<OrderRefusal> OrderDesk::refusalOfDealer(const Case& taken)
{
    const MadeQuote& quote = *taken.quote;
    const Scenario& scenario = taken.act.scenario;
    const fix::maker::Order& order = taken.reported.order;
    if (!scenario.reject.empty())
        return OrderRefusal{scenario.reject[static_cast<std::size_t>(taken.act.turn) % scenario.reject.size()],
            orElse(scenario.text, "the dealer does not deal")};
    const int decided = ++m_decided[quote.dealer];
    if (scenario.rejectEvery > 0 && decided % scenario.rejectEvery == 0)
        return OrderRefusal{OtherReason, orElse(scenario.text, "the dealer does not deal this time")};
    const Ticks mid = m_floor.market.outrightMid(order.symbol, quote.days, m_floor.clock.steady());
    const Ticks moved = mid - quote.mid;
    const auto words =
        m_floor.dealers.at(quote.dealer)
            .looksAgain(*m_floor.market.find(order.symbol), quote.paysOffer(order.side) ? moved : -moved);
    return words ? std::optional(OrderRefusal{OtherReason, *words}) : std::nullopt;
}

void OrderDesk::reject(const Case& taken, const OrderRefusal& why)
{
    log(taken.reported, "rejected", why.text);
    report(taken.reported, rejectedFor(why),
        {{.report = rejectReport(taken.reported, nextExec(), why, m_floor.wireTime())}});
}

void OrderDesk::fill(const Case& taken, Sending sending)
{
    const MadeQuote& quote = *taken.quote;
    mark(taken, MadeQuoteState::Dealt);
    log(taken.reported, "filled", quote.dealer.text());
    const FillFault fault = taken.act.scenario.fill;
    const rfq::Side side = taken.reported.order.side;
    const rfq::PriceSide dealtOn = quote.paysOffer(side) ? rfq::PriceSide::Offer : rfq::PriceSide::Bid;
    const Spoiled said =
        spoiled(fillReport(taken.reported, quote, nextExec(), m_floor.wireTime()), fault, quote.instrument, dealtOn);
    report(taken.reported, said.truth, said.now, sending);
    const auto later = taken.act.scenario.later;
    if (!said.later.empty())
        after(later, 0ms, [this, reported = taken.reported, said] { report(reported, said.truthLater, said.later); });
    if (fault == FillFault::Replayed || fault == FillFault::Resent)
        after(later, 0ms, [this, session = taken.reported.session, fault] {
            repeatAll(session, fault == FillFault::Replayed ? Repeat::PossDup : Repeat::PossResend);
        });
    m_quotes.end(quote.session, quote.rfq, "dealt");
}

/// Every report of the session once more, with its old ExecID.
void OrderDesk::repeatAll(const rfq::SessionId& session, Repeat repeat)
{
    auto reports = m_floor.book.reportsTo(session);
    if (!reports)
        return fail(reports.error());
    for (KeptReport& kept : *reports) {
        kept.out.repeat = repeat;
        m_floor.clients.answer(session, Report{std::move(kept.out)});
    }
}

/// At once where there is nothing to wait for: what follows must not be overtaken by the next message.
void OrderDesk::after(
    std::optional<std::chrono::milliseconds> delay, std::chrono::milliseconds usual, std::function<void()> work)
{
    const auto wait = delay.value_or(usual);
    if (wait == 0ms)
        return work();
    m_floor.timers.at(m_floor.clock.steady() + wait, std::move(work));
}

void OrderDesk::report(const ReportedOrder& order, const std::optional<OrderTruth>& truth,
    const std::vector<ReportOut>& reports, Sending sending)
{
    if (m_failed)
        return;
    const auto kept = m_floor.book.decide(order.session, order.order.clOrdId, truth, reports);
    if (!kept)
        return fail(kept.error());
    for (const KeptReport& each : *kept) {
        if (sending == Sending::Usual)
            m_outbox.post(each);
        else if (const base::Status lost = m_floor.book.markSent(each.receipt); !lost)
            return fail(lost.error());
    }
}

/// What is not written down is not said: a venue that could not remember its deals makes no more of them.
void OrderDesk::fail(const base::Error& why)
{
    m_failed = true;
    m_floor.log.record("order-book-failed", {{"why", why.detail}});
}

void OrderDesk::log(const ReportedOrder& reported, const char* outcome, const std::string& text)
{
    const fix::maker::Order& order = reported.order;
    m_floor.log.record("order",
        {{"session", reported.session.text()}, {"order", order.clOrdId.text()}, {"quote", order.quote.text()},
            {"symbol", order.symbol}, {"side", order.side == rfq::Side::Buy ? "buy" : "sell"},
            {"quantity", order.quantity.text()}, {"price", order.price.text}, {"outcome", outcome}, {"text", text}});
}

}
