#include "app/venue/order_state.h"

#include <algorithm>
#include <array>
#include <utility>

namespace venue {

namespace {

constexpr std::array<std::pair<const char*, OrderState>, 5> Names{
    {{"taken", OrderState::Taken}, {"filled", OrderState::Filled}, {"partly-filled", OrderState::PartlyFilled},
        {"rejected", OrderState::Rejected}, {"busted", OrderState::Busted}}};

/// OrdStatus(39).
char statusOf(OrderState state)
{
    switch (state) {
    case OrderState::Taken:
        return 'A';
    case OrderState::Filled:
        return '2';
    case OrderState::Rejected:
        return '8';
    case OrderState::PartlyFilled:
    case OrderState::Busted:
        return '4';
    }
    return 0;
}

}

const char* nameOf(OrderState state)
{
    const auto* found =
        std::find_if(Names.begin(), Names.end(), [state](const auto& entry) { return entry.second == state; });
    return found == Names.end() ? "" : found->first;
}

std::optional<OrderState> orderStateOf(const std::string& name)
{
    const auto* found =
        std::find_if(Names.begin(), Names.end(), [&name](const auto& entry) { return name == entry.first; });
    return found == Names.end() ? std::nullopt : std::optional(found->second);
}

OrderTruth rejectedFor(const OrderRefusal& why)
{
    return {.state = OrderState::Rejected, .cumQty = {}, .avgPx = {}, .code = why.code, .text = why.text};
}

OrderTruth dealtAs(const rfq::ExecutionReport& fill)
{
    const bool whole = fill.quantity && fill.cumQty >= *fill.quantity;
    return {.state = whole ? OrderState::Filled : OrderState::PartlyFilled,
        .cumQty = fill.cumQty,
        .avgPx = fill.avgPx,
        .code = {},
        .text = fill.text};
}

rfq::ExecutionReport statusReport(const BookedOrder& order, rfq::ExecId execId, rfq::UtcTime now)
{
    const OrderTruth& truth = order.truth;
    rfq::ExecutionReport report = pendingReport(order.reported, std::move(execId), now);
    report.execType = 'I';
    report.ordStatus = statusOf(truth.state);
    if (truth.state != OrderState::Taken)
        report.leavesQty = {};
    report.cumQty = truth.cumQty;
    if (truth.avgPx)
        report.avgPx = truth.avgPx;
    report.rejectCode = truth.code;
    report.text = truth.text;
    return report;
}

}
