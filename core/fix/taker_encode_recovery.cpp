#include "core/fix/dialect.h"
#include "core/fix/fix_time.h"
#include "core/fix/tags.h"
#include "core/fix/taker_codec.h"
#include "core/fix/taker_encode.h"

#include <algorithm>

// What became of an acceptance: our questions, and our objection. Fields stand in the order of the specification.
namespace fix::taker {

namespace {

/// At most 31 characters for a ClOrdID of ours: no counterparty is known to cut an id below 36.
std::string newInquiryId(const rfq::ClOrdId& acceptance, char kind, rfq::UtcTime now)
{
    std::string time = formatUtcTimestamp(now).substr(sizeof("YYYYMMDD-") - 1);
    std::erase_if(time, [](char c) { return c < '0' || c > '9'; });
    return acceptance.text() + '-' + kind + time;
}

WireMessage orderStatusRequest(const rfq::Acceptance& acceptance, const rfq::Profile& profile, rfq::UtcTime now)
{
    WireMessage message = messageOf(msg::OrderStatusRequest);
    message.add(tag::ClOrdId, acceptance.id.text());
    addDealer(message, acceptance.dealer, profile);
    message.add(tag::OrdStatusReqId, newInquiryId(acceptance.id, 'H', now));
    addAccount(message, profile);
    message.add(tag::Symbol, acceptance.instrument.symbol);
    message.add(
        tag::Side, sideText(wireSide(acceptance.side, profile, acceptance.instrument.symbol, acceptance.currency)));
    return message;
}

WireMessage orderMassStatusRequest(const rfq::Acceptance& acceptance, rfq::UtcTime now)
{
    WireMessage message = messageOf(msg::OrderMassStatusRequest);
    message.add(tag::MassStatusReqId, newInquiryId(acceptance.id, 'M', now));
    message.add(tag::MassStatusReqType, "7"); // all orders
    return message;
}

/// Every trade of three days around the acceptance: a trade date turns at 17:00 in New York for one venue, at midnight
/// of its own for another. Without a symbol, since a deal in the wrong one is what must not be overlooked.
WireMessage tradeCaptureReportRequest(const rfq::Acceptance& acceptance, rfq::UtcTime now)
{
    constexpr std::chrono::days Around{1};
    const auto day = std::chrono::floor<std::chrono::days>(acceptance.time);
    WireMessage message = messageOf(msg::TradeCaptureReportRequest);
    message.add(tag::TradeRequestId, newInquiryId(acceptance.id, 'T', now));
    message.add(tag::TradeRequestType, "0"); // all trades
    message.add(tag::SubscriptionRequestType, "0"); // a snapshot
    message.add(tag::NoDates, "2"); // from, to
    message.add(tag::TradeDate, formatDate(rfq::Date(day - Around)));
    message.add(tag::TradeDate, formatDate(rfq::Date(day + Around)));
    return message;
}

WireMessage quoteStatusRequest(const rfq::Acceptance& acceptance, const rfq::Profile& profile, rfq::UtcTime now)
{
    WireMessage message = messageOf(msg::QuoteStatusRequest);
    message.add(tag::QuoteStatusReqId, newInquiryId(acceptance.id, 'Q', now));
    message.add(tag::QuoteId, acceptance.quote.text());
    message.add(tag::Symbol, acceptance.instrument.symbol);
    addDealer(message, acceptance.dealer, profile);
    addAccount(message, profile);
    message.add(tag::SubscriptionRequestType, "0");
    return message;
}

/// What the report did not say cannot be repeated to who wrote it.
void addIfSaid(WireMessage& message, int tag, const std::string& text)
{
    if (!text.empty())
        message.add(tag, text);
}

}

std::optional<WireMessage> encode(const rfq::AskOutcome& command, const rfq::Profile& profile, rfq::UtcTime now)
{
    switch (command.inquiry) {
    case rfq::Inquiry::OrderStatus:
        return orderStatusRequest(command.acceptance, profile, now);
    case rfq::Inquiry::MassStatus:
        return orderMassStatusRequest(command.acceptance, now);
    case rfq::Inquiry::TradeCapture:
        return tradeCaptureReportRequest(command.acceptance, now);
    case rfq::Inquiry::QuoteStatus:
        return quoteStatusRequest(command.acceptance, profile, now);
    case rfq::Inquiry::Replay:
        return std::nullopt;
    }
    return std::nullopt;
}

std::string inquiryId(const WireMessage& message, rfq::Inquiry inquiry)
{
    const auto text = [&](int tag) { return std::string(message.find(tag).value_or("")); };
    switch (inquiry) {
    case rfq::Inquiry::OrderStatus:
        return text(tag::OrdStatusReqId);
    case rfq::Inquiry::MassStatus:
        return text(tag::MassStatusReqId);
    case rfq::Inquiry::TradeCapture:
        return text(tag::TradeRequestId);
    case rfq::Inquiry::QuoteStatus:
        return text(tag::QuoteStatusReqId);
    case rfq::Inquiry::Replay:
        return {};
    }
    return {};
}

WireMessage encode(const rfq::SendDontKnow& command, const rfq::Profile& profile)
{
    const rfq::ExecutionReport& report = command.report;
    WireMessage message = messageOf(msg::DontKnowTrade);
    addIfSaid(message, tag::OrderId, report.orderId.text());
    addIfSaid(message, tag::ExecId, report.execId.text());
    message.add(tag::DkReason, std::string(1, command.reason));
    addIfSaid(message, tag::Symbol, report.symbol);
    if (report.side)
        message.add(tag::Side, sideText(wireSide(*report.side, profile, report.symbol, report.currency)));
    if (report.quantity)
        message.add(tag::OrderQty, report.quantity->text());
    if (report.lastQty)
        message.add(tag::LastQty, report.lastQty->text());
    if (report.lastPx)
        message.add(tag::LastPx, report.lastPx->text);
    addIfSaid(message, tag::Text, command.text);
    return message;
}

}
