#pragma once

#include "core/rfq/counterparty.h"
#include "core/rfq/messages.h"
#include "core/rfq/values.h"

#include <string>

/// How a quote is judged against what was asked. Pure.
namespace rfq {

/// What a quote is measured by.
struct QuoteMeasure {
    const Request& request;
    const Profile& profile;
    SteadyTime requestExpires; ///< no quote outlives its request
    SteadyTime now;
};

/// The quote with its state, problem and deadline set. Where the profile says that a price of zero means no price, such
/// prices are removed; a quote that pulls every asked price that way is Withdrawn.
[[nodiscard]] Quote judgedQuote(const QuoteReceived& received, const QuoteMeasure& measure);

/// Whether this quote may be dealt on or shown as a guide, until its deadline.
[[nodiscard]] constexpr bool isLive(QuoteState state)
{
    return state == QuoteState::Firm || state == QuoteState::Indicative;
}

/// Whether two quotes say the same, apart from when they came and what became of them.
[[nodiscard]] bool sameTerms(const Quote& a, const Quote& b);

}
