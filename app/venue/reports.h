#pragma once

#include "app/venue/numbering.h"
#include "app/venue/order_rules.h"
#include "core/fix/maker_codec.h"
#include "core/rfq/values.h"

namespace venue {

/// The good reports on one order. OrderID(37) is the order's own, ExecID(17) is new in each.
struct ReportedOrder {
    rfq::SessionId session;
    fix::maker::Order order;
    rfq::OrderId id;
};

/// Under consideration: ExecType(150)=A, OrdStatus(39)=A. Not a trade.
[[nodiscard]] rfq::ExecutionReport pendingReport(const ReportedOrder& order, rfq::ExecId execId, rfq::UtcTime now);
/// 150=8, 39=8: nothing was dealt and nothing will be.
[[nodiscard]] rfq::ExecutionReport rejectReport(
    const ReportedOrder& order, rfq::ExecId execId, const OrderRefusal& why, rfq::UtcTime now);
/// 150=F, 39=2: all of it, at the quoted price.
[[nodiscard]] rfq::ExecutionReport fillReport(
    const ReportedOrder& order, const MadeQuote& quote, rfq::ExecId execId, rfq::UtcTime now);

}
