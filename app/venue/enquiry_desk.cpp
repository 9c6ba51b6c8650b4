#include "app/venue/enquiry_desk.h"

#include "app/venue/refusal_codes.h"
#include "core/rfq/value_date.h"

#include <algorithm>
#include <utility>

namespace venue {

using fix::maker::MassStatusPart;
using fix::maker::QuoteStatusOut;
using fix::maker::ReportOut;

namespace {

constexpr std::chrono::hours OrderMemory{24};
constexpr const char* UnknownId = "1"; // BusinessRejectReason(380)

// QuoteStatus(297); 21 is of 5.0 SP2.
constexpr const char* Accepted = "0";
constexpr const char* Rejected = "5";
constexpr const char* Removed = "6";
constexpr const char* Expired = "7";
constexpr const char* NotFound = "9";
constexpr const char* Pending = "10";
constexpr const char* Traded = "21";

const char* codeOf(const MadeQuote& quote, rfq::SteadyTime now)
{
    switch (quote.state) {
    case MadeQuoteState::Live:
        return now < quote.expires ? Accepted : Expired;
    case MadeQuoteState::Replaced:
    case MadeQuoteState::Withdrawn:
    case MadeQuoteState::Ended:
        return Removed;
    case MadeQuoteState::Held:
        return Pending;
    case MadeQuoteState::Dealt:
        return Traded;
    case MadeQuoteState::Refused:
        return Rejected;
    }
    return NotFound;
}

/// Of a quote that the ledger forgot: what the order on it says.
const char* codeOf(OrderState state)
{
    switch (state) {
    case OrderState::Taken:
        return Pending;
    case OrderState::Filled:
    case OrderState::PartlyFilled:
    case OrderState::Busted:
        return Traded;
    case OrderState::Rejected:
        return Rejected;
    }
    return NotFound;
}

bool stands(const BookedOrder& order)
{
    return order.truth.state == OrderState::Filled || order.truth.state == OrderState::PartlyFilled;
}

bool matches(const BookedOrder& order, const fix::maker::TradeCaptureRequest& request)
{
    const ReportedOrder& reported = order.reported;
    return (request.clOrdId.empty() || request.clOrdId == reported.order.clOrdId)
        && (request.orderId.empty() || request.orderId == reported.id)
        && (request.symbol.empty() || request.symbol == reported.order.symbol);
}

bool tellsOfAFill(const KeptReport& kept)
{
    const char type = kept.out.report.execType;
    return type == 'F' || type == 'G';
}

}

EnquiryDesk::EnquiryDesk(Floor& floor)
    : m_floor(floor)
{
}

rfq::ExecutionReport EnquiryDesk::unknownOrder(const SessionSettings& session)
{
    rfq::ExecutionReport report;
    report.session = session.name;
    report.orderId = rfq::OrderId(NoOrderId);
    report.execId = nextExec();
    report.execType = session.unknownOrder == UnknownOrderStyle::Status ? 'I' : '8';
    report.ordStatus = '8';
    report.rejectCode = UnknownOrder;
    report.transactTime = m_floor.wireTime();
    return report;
}

void EnquiryDesk::answer(const SessionSettings& session, const fix::maker::OrderStatusRequest& request)
{
    const auto order = m_floor.book.find(session.name, request.clOrdId);
    if (!order)
        return unavailable(session, "H", request.clOrdId.text(), order.error());
    ReportOut out;
    out.ordStatusReqId = request.reqId;
    if (*order) {
        out.report = statusReport(**order, nextExec(), m_floor.wireTime());
    } else {
        out.report = unknownOrder(session);
        out.report.clOrdId = request.clOrdId;
        out.report.symbol = request.symbol;
        out.report.side = request.side;
        out.report.text = "unknown order";
    }
    m_floor.clients.answer(session.name, Report{std::move(out)});
}

void EnquiryDesk::answer(const SessionSettings& session, const fix::maker::MassStatusRequest& request)
{
    auto orders = m_floor.book.ordersOf(session.name, m_floor.clock.utc() - OrderMemory);
    if (!orders)
        return unavailable(session, "AF", request.reqId, orders.error());
    std::erase_if(*orders, [&](const BookedOrder& order) {
        return !request.symbol.empty() && order.reported.order.symbol != request.symbol;
    });
    if (orders->empty()) {
        ReportOut none{.report = unknownOrder(session), .massStatus = MassStatusPart{.reqId = request.reqId}};
        none.report.text = "no orders";
        return m_floor.clients.answer(session.name, Report{std::move(none)});
    }
    for (std::size_t i = 0; i < orders->size(); ++i)
        m_floor.clients.answer(session.name,
            Report{{.report = statusReport((*orders)[i], nextExec(), m_floor.wireTime()),
                .massStatus =
                    MassStatusPart{.reqId = request.reqId, .total = orders->size(), .last = i + 1 == orders->size()}}});
}

void EnquiryDesk::answer(const SessionSettings& session, const fix::maker::TradeCaptureRequest& request)
{
    fix::maker::TradeRequestAck ack{.reqId = request.reqId,
        .type = request.type,
        .total = 0,
        .result = "0", // successful
        .status = "0", // accepted
        .symbol = request.symbol,
        .text = {}};
    if (request.type != "0" && request.type != "1") {
        ack.result = "8"; // TradeRequestType not supported
        ack.status = "2"; // rejected
        ack.text = "only TradeRequestType(569) 0 and 1 are answered";
        return m_floor.clients.answer(session.name, ack);
    }
    const auto deals = dealsFor(session, request);
    if (!deals)
        return unavailable(session, "AD", request.reqId, deals.error());
    ack.total = deals->size();
    if (deals->empty())
        ack.status = "1"; // completed
    m_floor.clients.answer(session.name, ack);
    for (std::size_t i = 0; i < deals->size(); ++i) {
        const auto& [order, execId] = (*deals)[i];
        m_floor.clients.answer(session.name,
            fix::maker::TradeReportOut{.reportId = m_floor.numbers.next("T"),
                .reqId = request.reqId,
                .total = deals->size(),
                .last = i + 1 == deals->size(),
                .deal = statusReport(order, execId, order.taken + m_floor.settings.line.clockError),
                .dealer = session.wireName(order.dealer),
                .tradeDate = rfq::tradeDate(order.taken)});
    }
}

base::Result<std::vector<EnquiryDesk::Deal>> EnquiryDesk::dealsFor(
    const SessionSettings& session, const fix::maker::TradeCaptureRequest& request)
{
    const auto orders = m_floor.book.ordersOf(session.name, m_floor.clock.utc() - OrderMemory);
    if (!orders)
        return orders.error();
    std::vector<Deal> deals;
    for (const BookedOrder& order : *orders) {
        if (!stands(order) || !matches(order, request))
            continue;
        const auto reports = m_floor.book.reportsOn(session.name, order.reported.order.clOrdId);
        if (!reports)
            return reports.error();
        const bool asked = request.execId.empty()
            || std::any_of(reports->begin(), reports->end(),
                [&](const KeptReport& kept) { return kept.out.report.execId == request.execId; });
        const auto fill = std::find_if(reports->rbegin(), reports->rend(), tellsOfAFill);
        if (asked && fill != reports->rend())
            deals.push_back({order, fill->out.report.execId});
    }
    return deals;
}

void EnquiryDesk::answer(const SessionSettings& session, const fix::maker::QuoteStatusRequest& request)
{
    const auto out = statusOf(session, request);
    if (!out)
        return unavailable(session, "a", request.quote.text(), out.error());
    m_floor.clients.answer(session.name, *out);
}

base::Result<QuoteStatusOut> EnquiryDesk::statusOf(
    const SessionSettings& session, const fix::maker::QuoteStatusRequest& request)
{
    QuoteStatusOut out{.reqId = request.reqId,
        .rfq = {},
        .quote = request.quote,
        .dealer = {},
        .symbol = request.symbol,
        .status = NotFound,
        .rejectCode = {},
        .text = {}};
    if (const MadeQuote* quote = m_floor.ledger.find(session.name, request.quote)) {
        out.rfq = quote->rfq;
        out.dealer = session.wireName(quote->dealer);
        out.symbol = quote->instrument.symbol;
        out.status = codeOf(*quote, m_floor.clock.steady());
        return out;
    }
    const auto order = m_floor.book.findByQuote(session.name, request.quote);
    if (!order)
        return order.error();
    if (*order && !(*order)->dealer.empty()) {
        out.rfq = (*order)->reported.order.rfq.value_or(rfq::RfqId());
        out.dealer = session.wireName((*order)->dealer);
        out.symbol = (*order)->reported.order.symbol;
        out.status = codeOf((*order)->truth.state);
    }
    return out;
}

void EnquiryDesk::answer(const SessionSettings& session, const fix::maker::DontKnowTrade& doubt)
{
    const auto order = m_floor.book.findByReport(session.name, doubt.execId, doubt.orderId);
    if (!order)
        return unavailable(session, "Q", doubt.execId.text(), order.error());
    if (!*order)
        return m_floor.clients.answer(session.name,
            MessageRefusal{"Q", doubt.execId.text(), UnknownId, "no such report of such an order on this session"});
    const rfq::ClOrdId& clOrdId = (*order)->reported.order.clOrdId;
    const std::string words = "DKReason " + doubt.reason + (doubt.text.empty() ? "" : ": " + doubt.text);
    m_floor.log.record("trade-doubted",
        {{"session", session.name.text()}, {"order", clOrdId.text()}, {"report", doubt.execId.text()},
            {"text", words}});
    if (const base::Status written = m_floor.book.doubt(session.name, clOrdId, words); !written)
        unavailable(session, "Q", doubt.execId.text(), written.error());
}

void EnquiryDesk::unavailable(
    const SessionSettings& session, const char* type, const std::string& id, const base::Error& why)
{
    m_floor.log.record("order-book-failed", {{"why", why.detail}});
    m_floor.clients.answer(
        session.name, MessageRefusal{type, id, ApplicationNotAvailable, "the order book cannot be read"});
}

}
