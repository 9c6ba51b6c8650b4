#include "app/venue/forwarded_report.h"

#include "app/venue/refusal_codes.h"
#include "core/rfq/fill_rules.h"

#include <utility>

namespace venue {

namespace {

bool isDealt(const OrderTruth& truth)
{
    return truth.state == OrderState::Filled || truth.state == OrderState::PartlyFilled;
}

OrderTruth dealt(const rfq::ExecutionReport& report, const BookedOrder& order)
{
    rfq::ExecutionReport fill = report;
    fill.quantity = order.reported.order.quantity;
    if (!fill.avgPx || fill.avgPx->value.isZero())
        fill.avgPx = fill.lastPx;
    return dealtAs(fill);
}

OrderTruth refused(const rfq::ExecutionReport& report)
{
    return rejectedFor({report.rejectCode.empty() ? OtherReason : report.rejectCode, report.text});
}

/// All of what was dealt: a trade cancel says what is left, a trade list what was taken back.
bool takesAllBack(const rfq::ExecutionReport& report, const OrderTruth& truth)
{
    return report.cumQty.isZero() || (report.lastQty && *report.lastQty >= truth.cumQty);
}

OrderTruth corrected(const rfq::ExecutionReport& report, const BookedOrder& order)
{
    if (report.execType != 'H' || !takesAllBack(report, order.truth))
        return dealt(report, order);
    OrderTruth busted;
    busted.state = OrderState::Busted;
    busted.text = report.text;
    return busted;
}

bool isSamePrice(const std::optional<rfq::Price>& left, const std::optional<rfq::Price>& right)
{
    return left && right ? left->value == right->value : left.has_value() == right.has_value();
}

std::optional<OrderTruth> ifNew(OrderTruth truth, const BookedOrder& order)
{
    const bool same = truth.state == order.truth.state && truth.cumQty == order.truth.cumQty;
    return same ? std::nullopt : std::optional(std::move(truth));
}

/// A correction may change nothing but the price.
std::optional<OrderTruth> ifCorrected(OrderTruth truth, const BookedOrder& order)
{
    const bool same = truth.state == order.truth.state && truth.cumQty == order.truth.cumQty
        && isSamePrice(truth.avgPx, order.truth.avgPx);
    return same ? std::nullopt : std::optional(std::move(truth));
}

}

fix::maker::ReportOut asForwarded(const rfq::ExecutionReport& report, const BookedOrder& order)
{
    const fix::maker::Order& own = order.reported.order;
    fix::maker::ReportOut out;
    out.report = report;
    out.report.session = order.reported.session;
    out.report.clOrdId = own.clOrdId;
    out.report.possDup = false;
    out.refersTo = report.execRefId;
    if (out.report.orderId.empty())
        out.report.orderId = rfq::OrderId(NoOrderId);
    if (out.report.symbol.empty())
        out.report.symbol = own.symbol;
    if (!out.report.side)
        out.report.side = own.side;
    if (out.report.currency.empty())
        out.report.currency = own.currency;
    if (!out.report.quantity)
        out.report.quantity = own.quantity;
    return out;
}

std::optional<OrderTruth> truthAfter(const rfq::ExecutionReport& report, const BookedOrder& order)
{
    switch (rfq::outcomeOf(report, order.reported.order.quantity)) {
    case rfq::Outcome::Nothing:
    case rfq::Outcome::Pending:
    case rfq::Outcome::Contradictory:
        return std::nullopt;
    case rfq::Outcome::Partial:
    case rfq::Outcome::Filled:
    case rfq::Outcome::PartlyFilled:
        // A report of the past that comes late says less than is known.
        if (isDealt(order.truth) && report.cumQty < order.truth.cumQty)
            return std::nullopt;
        return order.truth.state == OrderState::Busted ? std::nullopt : ifNew(dealt(report, order), order);
    case rfq::Outcome::Rejected:
    case rfq::Outcome::NotDone:
        return order.truth.state == OrderState::Taken ? ifNew(refused(report), order) : std::nullopt;
    case rfq::Outcome::Corrected:
        return ifCorrected(corrected(report, order), order);
    }
    return std::nullopt;
}

std::optional<bool> leavesRest(const rfq::ExecutionReport& report, const rfq::Decimal& ordered)
{
    switch (rfq::outcomeOf(report, ordered)) {
    case rfq::Outcome::Nothing:
    case rfq::Outcome::Pending:
    case rfq::Outcome::Contradictory:
        return std::nullopt;
    case rfq::Outcome::Partial:
        return true;
    case rfq::Outcome::Filled:
    case rfq::Outcome::PartlyFilled:
    case rfq::Outcome::Rejected:
    case rfq::Outcome::NotDone:
        return false;
    case rfq::Outcome::Corrected:
        return report.ordStatus == '1' && !report.leavesQty.isZero();
    }
    return std::nullopt;
}

bool isRestOpen(const std::vector<KeptReport>& reports, const rfq::Decimal& ordered)
{
    bool open = false;
    for (const KeptReport& kept : reports)
        open = leavesRest(kept.out.report, ordered).value_or(open);
    return open;
}

bool tellsOfTrade(const rfq::ExecutionReport& report)
{
    return !report.cumQty.isZero() || report.execType == 'F' || report.execType == 'G' || report.execType == 'H';
}

rfq::ExecutionReport reportOfTrade(const rfq::ExecutionReport& listed, const BookedOrder& order)
{
    rfq::ExecutionReport report = listed;
    const rfq::Decimal& quantity = order.reported.order.quantity;
    report.execType = 'F';
    report.ordStatus = listed.cumQty >= quantity ? '2' : '1';
    report.quantity = quantity;
    const auto left = rfq::Decimal::subtract(quantity, listed.cumQty);
    report.leavesQty = left && !left->isNegative() ? *left : rfq::Decimal();
    if (!report.avgPx)
        report.avgPx = report.lastPx;
    return report;
}

rfq::Acceptance acceptanceOf(const BookedOrder& order, const Forward& forward)
{
    const fix::maker::Order& own = order.reported.order;
    rfq::Acceptance acceptance;
    acceptance.id = forward.upstreamId;
    acceptance.rfq = forward.upstreamRfq;
    acceptance.quote = own.quote;
    acceptance.dealer = order.dealer;
    acceptance.session = forward.upstream;
    acceptance.instrument.symbol = own.symbol;
    acceptance.side = own.side;
    acceptance.quantity = own.quantity;
    acceptance.currency = own.currency;
    acceptance.price = own.price;
    acceptance.settlement = {rfq::Tenor::Broken, own.settlDate.value_or(rfq::Date())};
    acceptance.time = order.taken;
    return acceptance;
}

}
