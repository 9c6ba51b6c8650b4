#include "core/fix/dialect.h"
#include "core/fix/fix_time.h"
#include "core/fix/tags.h"
#include "core/fix/taker_decode.h"

#include <algorithm>

// What became of orders, as the counterparty reports it by itself and as it answers our questions.
namespace fix::taker {

namespace {

bool claimsFill(const rfq::ExecutionReport& report)
{
    constexpr std::string_view FillTypes = "12FGH"; // partial fill, fill, trade, correct, cancel
    return FillTypes.find(report.execType) != std::string_view::npos || report.ordStatus == '1'
        || report.ordStatus == '2';
}

/// CumQty and LeavesQty decide what was dealt, so neither is ever guessed. Only a report that is about no deal at all
/// and carries neither may go without: many venues reject like that.
void readDealtQuantities(FieldReader& reader, rfq::ExecutionReport& report)
{
    const auto cumQty = reader.quantity(tag::CumQty);
    const auto leavesQty = reader.quantity(tag::LeavesQty);
    if (!cumQty && !leavesQty && !claimsFill(report))
        return;
    if (!cumQty)
        reader.fail(tag::CumQty, "is missing");
    if (!leavesQty)
        reader.fail(tag::LeavesQty, "is missing");
    report.cumQty = cumQty.value_or(rfq::Decimal());
    report.leavesQty = leavesQty.value_or(rfq::Decimal());
}

/// For the record only: a fill is not refused because of its stamp.
std::optional<rfq::UtcTime> stampOf(const FieldReader& reader)
{
    const auto time = parseUtcTimestamp(reader.text(tag::TransactTime));
    return time ? std::optional(*time) : std::nullopt;
}

/// The raw codes and the words of a report that says "nothing".
std::string wordsOf(const rfq::ExecutionReport& report)
{
    std::string words = "ExecType(150) ";
    words += report.execType ? report.execType : '-';
    words += " OrdStatus(39) ";
    words += report.ordStatus ? report.ordStatus : '-';
    if (!report.rejectCode.empty())
        words += " OrdRejReason(103) " + report.rejectCode;
    return report.text.empty() ? words : words + " \"" + report.text + "\"";
}

/// Whether this is the answer to an OrderMassStatusRequest that there are no orders: about no order and no amount, as
/// TotNumReports(911) says or, without it, a rejection.
bool listsNothing(const FieldReader& reader, const rfq::ExecutionReport& report)
{
    if (!reader.find(tag::MassStatusReqId) || !report.clOrdId.empty() || !report.cumQty.isZero())
        return false;
    const auto total = reader.find(tag::TotNumReports);
    return total ? *total == "0" : report.ordStatus == '8';
}

using Fields = std::vector<std::pair<int, std::string>>;

/// The entries of the group of sides, each with its fields; the last one has what follows the group too.
std::vector<Fields> sidesIn(Fields::const_iterator group, Fields::const_iterator end)
{
    std::vector<Fields> sides;
    const int delimiter = group == end ? 0 : group->first;
    for (; group != end; ++group) {
        if (group->first == delimiter)
            sides.emplace_back();
        sides.back().push_back(*group);
    }
    return sides;
}

bool namesAnOrder(const Fields& side)
{
    return std::any_of(side.begin(), side.end(),
        [](const auto& field) { return field.first == tag::ClOrdId && !field.second.empty(); });
}

/// The message with one side of the trade: ours. Of several it is the only one that carries a ClOrdID(11), as a venue
/// does not tell us other people's; where that does not single one out, no side is ours.
WireMessage withOurSide(const WireMessage& message)
{
    const Fields& fields = message.fields;
    const auto group =
        std::find_if(fields.begin(), fields.end(), [](const auto& field) { return field.first == tag::NoSides; });
    if (group == fields.end())
        return message;
    std::vector<Fields> sides = sidesIn(group + 1, fields.end());
    if (sides.size() > 1)
        std::erase_if(sides, [](const Fields& side) { return !namesAnOrder(side); });
    WireMessage result = message;
    result.fields.assign(fields.begin(), group);
    if (sides.size() == 1)
        result.fields.insert(result.fields.end(), sides.front().begin(), sides.front().end());
    return result;
}

/// TradeReportTransType(487) cancel or reverse, or ExecType(150) trade cancel: a deal that was taken back.
bool isTakenBack(const FieldReader& reader)
{
    const auto type = reader.find(tag::TradeReportTransType);
    return type == "1" || type == "4" || reader.find(tag::ExecType) == "H";
}

}

Decoded decodeExecutionReport(const Context& context)
{
    FieldReader reader(context.message);
    rfq::ExecutionReport report;
    report.clOrdId = rfq::ClOrdId(reader.text(tag::ClOrdId));
    report.orderId = rfq::OrderId(reader.text(tag::OrderId));
    report.execId = rfq::ExecId(reader.text(tag::ExecId));
    report.execRefId = rfq::ExecId(reader.text(tag::ExecRefId));
    report.session = context.session;
    report.execType = reader.code(tag::ExecType);
    report.ordStatus = reader.code(tag::OrdStatus);
    report.symbol = reader.text(tag::Symbol);
    report.side = dealtSide(context, reader);
    report.currency = reader.text(tag::Currency);
    report.quantity = reader.quantity(tag::OrderQty);
    report.lastPx = reader.price(tag::LastPx);
    report.lastQty = reader.quantity(tag::LastQty);
    readDealtQuantities(reader, report);
    report.avgPx = reader.price(tag::AvgPx);
    report.valueDate = reader.date(tag::SettlDate);
    report.rejectCode = reader.text(tag::OrdRejReason);
    report.text = reader.text(tag::Text);
    report.transactTime = stampOf(reader);
    report.possDup = context.message.possDup;
    report.received = context.received;
    if (listsNothing(reader, report))
        return decoded(reader,
            rfq::InquiryAnswered{
                context.session, rfq::Inquiry::MassStatus, {}, rfq::EvidenceKind::NoTrade, wordsOf(report)});
    return decoded(reader, rfq::ExecutionReported{std::move(report)});
}

/// What a TradeRequestResult(749) other than success means for us: only "not supported" and "not authorised" are for
/// good.
rfq::EvidenceKind meaningOfRefusal(const std::string& result)
{
    return result == "8" || result == "9" ? rfq::EvidenceKind::Unsupported : rfq::EvidenceKind::Silence;
}

/// TradeCaptureReportRequestAck(AQ): an event only where no TradeCaptureReport will follow.
Decoded decodeTradeRequestAck(const Context& context)
{
    const FieldReader reader(context.message);
    const std::string result = reader.text(tag::TradeRequestResult);
    const std::string status = reader.text(tag::TradeRequestStatus);
    const bool refused = (!result.empty() && result != "0") || status == "2";
    if (!refused && reader.find(tag::TotNumTradeReports) != "0")
        return std::optional<rfq::VenueEvent>();
    std::string words = "TradeRequestResult(749) " + (result.empty() ? "-" : result) + " TradeRequestStatus(750) "
        + (status.empty() ? "-" : status);
    if (const auto text = reader.find(tag::Text))
        words += " \"" + std::string(*text) + "\"";
    const auto meaning = refused ? meaningOfRefusal(result) : rfq::EvidenceKind::NoTrade;
    return decoded(
        reader, rfq::InquiryAnswered{context.session, rfq::Inquiry::TradeCapture, {}, meaning, std::move(words)});
}

Decoded decodeTradeCaptureReport(const Context& context)
{
    const WireMessage message = withOurSide(context.message);
    FieldReader reader(message);
    rfq::ExecutionReport report;
    report.clOrdId = rfq::ClOrdId(reader.text(tag::ClOrdId));
    report.orderId = rfq::OrderId(reader.text(tag::OrderId));
    const std::string execId = reader.text(tag::ExecId);
    report.execId = rfq::ExecId(execId.empty() ? reader.required(tag::TradeReportId) : execId);
    report.session = context.session;
    report.execType = reader.code(tag::ExecType);
    report.ordStatus = reader.code(tag::OrdStatus);
    report.symbol = reader.text(tag::Symbol);
    report.side = dealtSide(context, reader);
    report.currency = reader.text(tag::Currency);
    report.quantity = reader.quantity(tag::OrderQty);
    report.lastPx = reader.price(tag::LastPx);
    report.lastQty = reader.quantity(tag::LastQty);
    if (!report.lastQty)
        reader.fail(tag::LastQty, "is missing");
    report.cumQty = report.lastQty.value_or(rfq::Decimal());
    report.avgPx = reader.price(tag::AvgPx);
    report.valueDate = reader.date(tag::SettlDate);
    report.text = reader.text(tag::Text);
    report.transactTime = stampOf(reader);
    report.possDup = context.message.possDup;
    report.received = context.received;
    if (!isTakenBack(reader))
        return decoded(reader, rfq::TradeCaptured{std::move(report)});
    report.execType = 'H';
    report.execRefId = report.execId;
    return decoded(reader, rfq::ExecutionReported{std::move(report)});
}

}
