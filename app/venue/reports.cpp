#include "app/venue/reports.h"

#include <utility>

namespace venue {

namespace {

rfq::ExecutionReport commonPart(const ReportedOrder& order, rfq::ExecId execId, rfq::UtcTime now)
{
    rfq::ExecutionReport report;
    report.clOrdId = order.order.clOrdId;
    report.orderId = order.id;
    report.execId = std::move(execId);
    report.session = order.session;
    report.symbol = order.order.symbol;
    report.side = order.order.side;
    report.currency = order.order.currency;
    report.quantity = order.order.quantity;
    report.valueDate = order.order.settlDate;
    report.avgPx = rfq::Price{rfq::Decimal(), "0"};
    report.transactTime = now;
    return report;
}

}

rfq::ExecutionReport pendingReport(const ReportedOrder& order, rfq::ExecId execId, rfq::UtcTime now)
{
    rfq::ExecutionReport report = commonPart(order, std::move(execId), now);
    report.execType = 'A';
    report.ordStatus = 'A';
    report.leavesQty = order.order.quantity;
    return report;
}

rfq::ExecutionReport rejectReport(
    const ReportedOrder& order, rfq::ExecId execId, const OrderRefusal& why, rfq::UtcTime now)
{
    rfq::ExecutionReport report = commonPart(order, std::move(execId), now);
    report.execType = '8';
    report.ordStatus = '8';
    report.rejectCode = why.code;
    report.text = why.text;
    return report;
}

rfq::ExecutionReport fillReport(
    const ReportedOrder& order, const MadeQuote& quote, rfq::ExecId execId, rfq::UtcTime now)
{
    rfq::ExecutionReport report = commonPart(order, std::move(execId), now);
    report.execType = 'F';
    report.ordStatus = '2';
    report.lastPx = quote.priceFor(order.order.side);
    report.avgPx = report.lastPx;
    report.lastQty = order.order.quantity;
    report.cumQty = order.order.quantity;
    report.valueDate = quote.valueDate;
    return report;
}

}
