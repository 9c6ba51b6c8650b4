#pragma once

#include "app/venue/order_state.h"
#include "app/venue/scenario.h"
#include "core/fix/maker_codec.h"
#include "core/rfq/values.h"

#include <optional>
#include <vector>

namespace venue {

/// Leaves of a two-way quote the sides that were asked, or the other ones where that is the fault.
void keepSides(
    fix::maker::QuoteOut& quote, rfq::RequestSide asked, QuoteFault fault, const rfq::Instrument& instrument);

/// Makes a good quote wrong as the scenario wants it. A fault of a side that is not there changes nothing.
void spoil(fix::maker::QuoteOut& quote, QuoteFault fault, const rfq::Instrument& instrument, rfq::UtcTime now);

/// What is reported in place of one good report of a fill.
struct Spoiled {
    OrderTruth truth; ///< what is dealt, whatever the reports say
    std::vector<fix::maker::ReportOut> now; ///< in this order
    std::vector<fix::maker::ReportOut> later;
    std::optional<OrderTruth> truthLater; ///< where it changes
};
[[nodiscard]] Spoiled spoiled(
    const rfq::ExecutionReport& fill, FillFault fault, const rfq::Instrument& instrument, rfq::PriceSide dealtOn);

}
