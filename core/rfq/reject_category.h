#pragma once

#include <map>
#include <string>
#include <string_view>

namespace rfq {

/// Why a dealer said no, in the categories of the Investment Association's standard reject codes (2020; in FIX since
/// EP290), the same for every counterparty. The dealer's own code and words are always kept beside it.
enum class RejectCategory {
    None, ///< nothing was rejected
    PriceMoved, ///< last look: the price moved outside the tolerance
    TooLate, ///< last look: the acceptance came too late, the quote was stale or replaced
    NoLiquidity, ///< price or amount no longer available, without last look
    Credit,
    PricingOutage, ///< no price is made at the moment
    Regulatory,
    RiskLimit, ///< the dealer's own risk or capital limits
    StaticData, ///< unknown account, instrument, date or amount: the set-up on one side is wrong
    NotEntitled,
    UnsupportedProduct,
    Duplicate, ///< the dealer has seen this id
    Passed, ///< declined to quote without saying why
    Exceptional, ///< anything else that the dealer names
    Unknown, ///< a code that nobody has told us about, or none
};

/// Which field a code comes from: the same number means different things in each.
enum class RejectField {
    QuoteRequestRejectReason, ///< 658
    QuoteRejectReason, ///< 300
    OrdRejReason, ///< 103
    BusinessRejectReason, ///< 380
    SessionRejectReason, ///< 373
    QuoteRespType, ///< 694
};
/// The category of a dealer's code. `own` are the counterparty's own codes, which stand before the standard's; where a
/// code is part of the text (a number in front of the words), the text is looked at too.
[[nodiscard]] RejectCategory categoryOf(
    RejectField field, std::string_view code, std::string_view text, const std::map<std::string, RejectCategory>& own);

/// Stable word, for the journal and for JSON.
[[nodiscard]] std::string_view nameOf(RejectCategory category);

}
