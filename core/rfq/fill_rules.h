#pragma once

#include "core/rfq/values.h"

#include <optional>
#include <string>
#include <vector>

/// What an ExecutionReport says about an acceptance, judged by its content, not by ExecType alone. Pure.
namespace rfq {

enum class Outcome {
    Nothing, ///< says nothing that decides
    Pending, ///< received, last look under way
    Partial, ///< filled in part, the rest is still open
    Filled,
    PartlyFilled, ///< filled in part, and that is all
    Rejected,
    NotDone, ///< cancelled or done for the day without a fill
    Corrected, ///< a fill was corrected or cancelled after the fact
    Contradictory, ///< claims a fill of nothing
};
[[nodiscard]] Outcome outcomeOf(const ExecutionReport& report, const Decimal& accepted);

/// How the fill differs from what was accepted, in words; empty where it equals (invariant 1).
[[nodiscard]] std::string differences(const ExecutionReport& report, const Acceptance& acceptance);

/// The deal that a fill makes beyond the amount that is booked already. Where the report carries no price it is the
/// accepted one, and the discrepancy tells.
[[nodiscard]] Trade tradeOf(
    const ExecutionReport& report, const Acceptance& acceptance, const Decimal& booked, UtcTime now);

/// What was dealt on a request: the newest trade that counts, with the amount of all that count, of the order that has
/// one; a busted trade where none counts any more; absent where nothing was ever dealt. `trades` are all, oldest first.
[[nodiscard]] std::optional<Trade> dealOf(const RfqId& rfq, const std::vector<Trade>& trades);

/// DKReason(127): why an execution is not recognised; without the acceptance, because there is none of that ClOrdID.
[[nodiscard]] char dontKnowReason(const ExecutionReport& report, const Acceptance* acceptance);

/// Whether the dealer's application says that it knows no such order: OrdRejReason(103) 5 on an order status.
[[nodiscard]] bool saysUnknownOrder(const ExecutionReport& report);

/// The report in one line, for people and for the record.
[[nodiscard]] std::string summary(const ExecutionReport& report);

}
