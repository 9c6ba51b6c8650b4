#pragma once

#include "app/venue/forward_book.h"
#include "app/venue/order_book.h"
#include "core/rfq/values.h"

#include <optional>
#include <vector>

/// A counterparty's report as the client gets it, and what it makes true. Pure.
namespace venue {

/// The report under the client's ids. The counterparty's own ids, prices, amounts and words stay as they are; what it
/// leaves out and FIX 4.4 requires comes from the order.
[[nodiscard]] fix::maker::ReportOut asForwarded(const rfq::ExecutionReport& report, const BookedOrder& order);

/// What the order has come to with this report; absent where that is what it was before. A deal is taken back by a bust
/// or a correction only, never by a rejection that comes behind it.
[[nodiscard]] std::optional<OrderTruth> truthAfter(const rfq::ExecutionReport& report, const BookedOrder& order);

/// Whether this report, as the last word, leaves the rest of the order open; absent where it does not tell.
[[nodiscard]] std::optional<bool> leavesRest(const rfq::ExecutionReport& report, const rfq::Decimal& ordered);
/// Whether part of the order may still be dealt after these reports, oldest first.
[[nodiscard]] bool isRestOpen(const std::vector<KeptReport>& reports, const rfq::Decimal& ordered);
/// An execution, a correction of one, or a status with a dealt amount.
[[nodiscard]] bool tellsOfTrade(const rfq::ExecutionReport& report);

/// A trade that the counterparty lists, as the report that the client has not got.
[[nodiscard]] rfq::ExecutionReport reportOfTrade(const rfq::ExecutionReport& listed, const BookedOrder& order);

/// The acceptance that was forwarded, for questions about it.
[[nodiscard]] rfq::Acceptance acceptanceOf(const BookedOrder& order, const Forward& forward);

}
