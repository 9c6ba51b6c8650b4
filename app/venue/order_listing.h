#pragma once

#include "app/venue/order_book.h"

#include <iosfwd>

namespace venue {

/// The venue's truth, for people and tests: each order as one JSON object a line, oldest first. Quantities and prices
/// are text, digit for digit. Errors: Io.
[[nodiscard]] base::Status listOrders(OrderBook& book, std::ostream& out);

}
