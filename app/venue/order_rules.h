#pragma once

#include "app/venue/quote_ledger.h"
#include "core/fix/maker_codec.h"

#include <optional>
#include <string>

namespace venue {

struct OrderRefusal {
    std::string code; ///< OrdRejReason(103)
    std::string text;

    friend bool operator==(const OrderRefusal&, const OrderRefusal&) = default;
};

/// Why the order may not be dealt; absent when it matches the quote in every term and in time. `quote` is null where
/// the client never got one of that QuoteID.
[[nodiscard]] std::optional<OrderRefusal> refusalOf(
    const fix::maker::Order& order, const MadeQuote* quote, rfq::SteadyTime now);

/// The refusal of a ClOrdID(11) that was used before.
[[nodiscard]] OrderRefusal duplicateOrder();

/// The refusal of an order that was taken, but not decided, when the venue went down.
[[nodiscard]] OrderRefusal cancelledByRestart();

}
