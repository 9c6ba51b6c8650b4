#pragma once

#include "app/venue/reports.h"
#include "core/rfq/values.h"

#include <optional>
#include <string>

namespace venue {

/// What has become of an order: the venue's truth, whatever its reports said.
enum class OrderState {
    Taken, ///< not decided yet
    Filled,
    PartlyFilled, ///< part of it dealt, the rest cancelled
    Rejected,
    Busted, ///< it was dealt, and the deal was cancelled afterwards
};
/// Stable: it stands in the book's file and in listings.
[[nodiscard]] const char* nameOf(OrderState state);
[[nodiscard]] std::optional<OrderState> orderStateOf(const std::string& name);

struct OrderTruth {
    OrderState state = OrderState::Taken;
    rfq::Decimal cumQty; ///< dealt, in the order's currency
    std::optional<rfq::Price> avgPx; ///< where something is dealt
    std::string code; ///< OrdRejReason(103) of a rejected one
    std::string text;

    friend bool operator==(const OrderTruth&, const OrderTruth&) = default;
};

struct BookedOrder {
    ReportedOrder reported;
    rfq::DealerId dealer; ///< of the quote; empty where the order names no quote of this venue
    OrderTruth truth;
    std::string doubt; ///< the client's words where it said that it does not know the trade; empty where it did not
    rfq::UtcTime taken{};
};

/// Rejected, and nothing dealt.
[[nodiscard]] OrderTruth rejectedFor(const OrderRefusal& why);
/// Dealt as this report says: all of it, or part of it.
[[nodiscard]] OrderTruth dealtAs(const rfq::ExecutionReport& fill);

/// The answer to a question for the order's status: 150=I, with what is true now. ExecID(17) is new in each.
[[nodiscard]] rfq::ExecutionReport statusReport(const BookedOrder& order, rfq::ExecId execId, rfq::UtcTime now);

}
