#include "app/venue/order_listing.h"

#include <nlohmann/json.hpp>
#include <ostream>

namespace venue {

using nlohmann::ordered_json;

namespace {

ordered_json described(const BookedOrder& booked, const std::vector<KeptReport>& reports)
{
    const fix::maker::Order& order = booked.reported.order;
    const OrderTruth& truth = booked.truth;
    ordered_json line{{"clOrdId", order.clOrdId.text()}, {"session", booked.reported.session.text()},
        {"orderId", booked.reported.id.text()}, {"dealer", booked.dealer.text()}, {"quote", order.quote.text()},
        {"symbol", order.symbol}, {"side", order.side == rfq::Side::Buy ? "buy" : "sell"},
        {"quantity", order.quantity.text()}, {"currency", order.currency}, {"state", nameOf(truth.state)},
        {"cumQty", truth.cumQty.text()}, {"price", truth.avgPx ? truth.avgPx->text : ""}, {"code", truth.code},
        {"text", truth.text}, {"doubt", booked.doubt}, {"execIds", ordered_json::array()}};
    for (const KeptReport& kept : reports)
        line["execIds"].push_back(kept.out.report.execId.text());
    return line;
}

}

base::Status listOrders(OrderBook& book, std::ostream& out)
{
    const auto orders = book.orders();
    if (!orders)
        return orders.error();
    for (const BookedOrder& order : *orders) {
        const auto reports = book.reportsOn(order.reported.session, order.reported.order.clOrdId);
        if (!reports)
            return reports.error();
        out << described(order, *reports).dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    }
    out.flush();
    return out ? base::Status(base::Ok{})
               : base::Error{base::Errc::Io, "the orders cannot be written to the standard output"};
}

}
