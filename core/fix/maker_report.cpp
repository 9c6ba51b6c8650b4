#include "core/fix/maker_codec.h"
#include "core/fix/maker_writer.h"
#include "core/fix/tags.h"

// What becomes of orders and quotes. Fields stand in the order of the specification: inside groups it matters.
namespace fix::maker {

namespace {

constexpr const char* NoSymbol = "[N/A]"; // FIX 4.4, volume 1: where Symbol(55) is required and there is none

const char* yesNo(bool value)
{
    return value ? "Y" : "N";
}

std::string textOf(const std::optional<rfq::Price>& price)
{
    return price ? price->text : "0";
}

}

WireMessage encode(const ReportOut& out)
{
    const rfq::ExecutionReport& report = out.report;
    Writer writer(msg::ExecutionReport);
    writer.put(tag::OrderId, report.orderId.text())
        .put(tag::ClOrdId, report.clOrdId.text())
        .put(tag::OrdStatusReqId, out.ordStatusReqId);
    if (out.massStatus)
        writer.put(tag::MassStatusReqId, out.massStatus->reqId)
            .put(tag::TotNumReports, std::to_string(out.massStatus->total))
            .put(tag::LastRptRequested, yesNo(out.massStatus->last));
    writer.put(tag::ExecId, report.execId.text())
        .put(tag::ExecRefId, out.refersTo.text())
        .put(tag::ExecType, report.execType)
        .put(tag::OrdStatus, report.ordStatus)
        .put(tag::OrdRejReason, report.rejectCode)
        .put(tag::SettlDate, report.valueDate)
        .put(tag::Symbol, report.symbol)
        .put(tag::Side, report.side)
        .put(tag::OrderQty, report.quantity)
        .put(tag::Currency, report.currency)
        .put(tag::LastQty, report.lastQty)
        .put(tag::LastPx, report.lastPx)
        .put(tag::LeavesQty, report.leavesQty.text())
        .put(tag::CumQty, report.cumQty.text())
        .put(tag::AvgPx, textOf(report.avgPx))
        .put(tag::TransactTime, report.transactTime)
        .put(tag::Text, report.text);
    WireMessage message = writer.done();
    for (const auto& [tag, text] : out.more)
        message.add(tag, text);
    message.possDup = out.repeat == Repeat::PossDup;
    message.possResend = out.repeat == Repeat::PossResend;
    return message;
}

WireMessage encode(const rfq::ExecutionReport& report)
{
    return encode(ReportOut{.report = report});
}

WireMessage encode(const TradeRequestAck& ack)
{
    Writer writer(msg::TradeCaptureReportRequestAck);
    writer.put(tag::TradeRequestId, ack.reqId)
        .put(tag::TradeRequestType, ack.type)
        .put(tag::TotNumTradeReports, std::to_string(ack.total))
        .put(tag::TradeRequestResult, ack.result)
        .put(tag::TradeRequestStatus, ack.status)
        .put(tag::Symbol, ack.symbol.empty() ? std::string(NoSymbol) : ack.symbol)
        .put(tag::Text, ack.text);
    return writer.done();
}

WireMessage encode(const TradeReportOut& out)
{
    const rfq::ExecutionReport& deal = out.deal;
    Writer writer(msg::TradeCaptureReport);
    writer.put(tag::TradeReportId, out.reportId)
        .put(tag::TradeReportTransType, "0") // new
        .put(tag::TradeReportType, "0") // submit
        .put(tag::TradeRequestId, out.reqId)
        .put(tag::ExecType, "F")
        .put(tag::TotNumTradeReports, std::to_string(out.total))
        .put(tag::LastRptRequested, yesNo(out.last))
        .put(tag::ExecId, deal.execId.text())
        .put(tag::OrdStatus, deal.ordStatus)
        .put(tag::PreviouslyReported, "N")
        .put(tag::Symbol, deal.symbol)
        .put(tag::OrderQty, deal.quantity)
        .put(tag::LastQty, deal.cumQty.text())
        .put(tag::LastPx, textOf(deal.avgPx))
        .put(tag::TradeDate, std::optional(out.tradeDate))
        .put(tag::AvgPx, textOf(deal.avgPx))
        .put(tag::TransactTime, deal.transactTime)
        .put(tag::SettlDate, deal.valueDate)
        .put(tag::NoSides, "1")
        .put(tag::Side, deal.side)
        .put(tag::OrderId, deal.orderId.text())
        .put(tag::ClOrdId, deal.clOrdId.text())
        .dealer(out.dealer)
        .put(tag::Currency, deal.currency)
        .put(tag::Text, deal.text);
    return writer.done();
}

WireMessage encode(const QuoteStatusOut& out)
{
    Writer writer(msg::QuoteStatusReport);
    writer.put(tag::QuoteStatusReqId, out.reqId)
        .put(tag::QuoteReqId, out.rfq.text())
        .put(tag::QuoteId, out.quote.text())
        .dealer(out.dealer)
        .put(tag::Symbol, out.symbol)
        .put(tag::QuoteStatus, out.status)
        .put(tag::QuoteRejectReason, out.rejectCode)
        .put(tag::Text, out.text);
    return writer.done();
}

}
