#include "core/rfq/reject_codes.h"

#include <array>

namespace rfq {

namespace {

using F = RejectField;
using C = RejectCategory;

constexpr std::array Rejects{
    StandardReject{F::QuoteRequestRejectReason, "1", C::UnsupportedProduct}, // unknown symbol; by EP290
    StandardReject{F::QuoteRequestRejectReason, "2", C::PricingOutage}, // closed
    StandardReject{F::QuoteRequestRejectReason, "3", C::RiskLimit}, // exceeds limit; by EP290
    StandardReject{F::QuoteRequestRejectReason, "4", C::TooLate}, // too late to enter
    StandardReject{F::QuoteRequestRejectReason, "5", C::StaticData}, // invalid price
    StandardReject{F::QuoteRequestRejectReason, "6", C::NotEntitled}, // not authorized
    StandardReject{F::QuoteRequestRejectReason, "7", C::NoLiquidity}, // no match for inquiry
    StandardReject{F::QuoteRequestRejectReason, "8", C::UnsupportedProduct}, // no market for instrument; by EP290
    StandardReject{F::QuoteRequestRejectReason, "9", C::NoLiquidity}, // no inventory
    StandardReject{F::QuoteRequestRejectReason, "10", C::Passed}, // pass
    StandardReject{F::QuoteRequestRejectReason, "11", C::Credit}, // insufficient credit; by EP290
    StandardReject{F::QuoteRequestRejectReason, "12", C::RiskLimit}, // clip size
    StandardReject{F::QuoteRequestRejectReason, "13", C::RiskLimit}, // maximum notional
    StandardReject{F::QuoteRequestRejectReason, "14", C::RiskLimit}, // DV01/PV01
    StandardReject{F::QuoteRequestRejectReason, "15", C::RiskLimit}, // CS01
    StandardReject{F::QuoteRequestRejectReason, "16", C::PricingOutage}, // price or liquidity unavailable; by EP290
    StandardReject{F::QuoteRequestRejectReason, "17", C::Regulatory}, // by EP290
    StandardReject{F::QuoteRequestRejectReason, "18", C::StaticData}, // unknown account; by EP290
    StandardReject{F::QuoteRequestRejectReason, "19", C::NotEntitled}, // entitlements; by EP290
    StandardReject{F::QuoteRequestRejectReason, "99", C::Exceptional}, // other

    StandardReject{F::QuoteRejectReason, "1", C::UnsupportedProduct}, // unknown symbol; by EP290
    StandardReject{F::QuoteRejectReason, "2", C::NoLiquidity}, // closed
    StandardReject{F::QuoteRejectReason, "3", C::RiskLimit}, // exceeds limit
    StandardReject{F::QuoteRejectReason, "4", C::TooLate}, // too late to enter
    StandardReject{F::QuoteRejectReason, "5", C::TooLate}, // unknown quote: it is gone
    StandardReject{F::QuoteRejectReason, "6", C::Duplicate}, // duplicate quote
    StandardReject{F::QuoteRejectReason, "7", C::StaticData}, // invalid spread
    StandardReject{F::QuoteRejectReason, "8", C::TooLate}, // invalid price: last look latency; by EP290
    StandardReject{F::QuoteRejectReason, "9", C::NotEntitled}, // not authorized
    StandardReject{F::QuoteRejectReason, "10", C::PriceMoved}, // outside the price band
    StandardReject{F::QuoteRejectReason, "11", C::Exceptional}, // quote locked
    StandardReject{F::QuoteRejectReason, "12", C::StaticData}, // unknown issuer
    StandardReject{F::QuoteRejectReason, "13", C::StaticData}, // unknown issuer of the underlying
    StandardReject{F::QuoteRejectReason, "14", C::RiskLimit}, // notional above threshold
    StandardReject{F::QuoteRejectReason, "15", C::PriceMoved}, // outside the price band, the older value
    StandardReject{F::QuoteRejectReason, "16", C::NoLiquidity}, // no reference price
    StandardReject{F::QuoteRejectReason, "17", C::Credit}, // insufficient credit
    StandardReject{F::QuoteRejectReason, "18", C::RiskLimit}, // clip size
    StandardReject{F::QuoteRejectReason, "19", C::RiskLimit}, // maximum notional
    StandardReject{F::QuoteRejectReason, "20", C::RiskLimit}, // DV01/PV01
    StandardReject{F::QuoteRejectReason, "21", C::RiskLimit}, // CS01
    StandardReject{F::QuoteRejectReason, "22", C::NoLiquidity}, // unavailable, without last look; by EP290
    StandardReject{F::QuoteRejectReason, "23", C::NotEntitled}, // entitlements; by EP290
    StandardReject{F::QuoteRejectReason, "24", C::StaticData}, // unknown account; by EP290
    StandardReject{F::QuoteRejectReason, "99", C::Exceptional}, // other

    StandardReject{F::OrdRejReason, "0", C::Exceptional}, // broker or exchange option
    StandardReject{F::OrdRejReason, "1", C::UnsupportedProduct}, // unknown symbol; by EP290
    StandardReject{F::OrdRejReason, "2", C::NoLiquidity}, // closed
    StandardReject{F::OrdRejReason, "3", C::RiskLimit}, // exceeds limit
    StandardReject{F::OrdRejReason, "4", C::TooLate}, // too late to enter
    StandardReject{F::OrdRejReason, "5", C::Exceptional}, // unknown order
    StandardReject{F::OrdRejReason, "6", C::Duplicate}, // duplicate ClOrdID
    StandardReject{F::OrdRejReason, "7", C::Duplicate}, // of a verbally communicated order
    StandardReject{F::OrdRejReason, "8", C::TooLate}, // stale order
    StandardReject{F::OrdRejReason, "9", C::Exceptional}, // trade along required
    StandardReject{F::OrdRejReason, "10", C::StaticData}, // invalid investor
    StandardReject{F::OrdRejReason, "11", C::StaticData}, // unsupported characteristic: our order is set up wrongly
    StandardReject{F::OrdRejReason, "12", C::Regulatory}, // surveillance
    StandardReject{F::OrdRejReason, "13", C::StaticData}, // incorrect quantity
    StandardReject{F::OrdRejReason, "14", C::StaticData}, // incorrect allocated quantity
    StandardReject{F::OrdRejReason, "15", C::StaticData}, // unknown account; by EP290
    StandardReject{F::OrdRejReason, "16", C::PriceMoved}, // outside the price band
    StandardReject{F::OrdRejReason, "18", C::StaticData}, // invalid price increment
    StandardReject{F::OrdRejReason, "19", C::NoLiquidity}, // no reference price
    StandardReject{F::OrdRejReason, "20", C::RiskLimit}, // notional above threshold
    StandardReject{F::OrdRejReason, "21", C::RiskLimit}, // algorithm's risk threshold
    StandardReject{F::OrdRejReason, "22", C::Regulatory}, // short sale not permitted
    StandardReject{F::OrdRejReason, "23", C::Regulatory}, // short sale, pre-borrow of the security
    StandardReject{F::OrdRejReason, "24", C::Regulatory}, // short sale, pre-borrow of the account
    StandardReject{F::OrdRejReason, "25", C::Credit}, // insufficient credit
    StandardReject{F::OrdRejReason, "26", C::RiskLimit}, // clip size
    StandardReject{F::OrdRejReason, "27", C::RiskLimit}, // maximum notional
    StandardReject{F::OrdRejReason, "28", C::RiskLimit}, // DV01/PV01
    StandardReject{F::OrdRejReason, "29", C::RiskLimit}, // CS01
    StandardReject{F::OrdRejReason, "30", C::PriceMoved}, // last look; EP290
    StandardReject{F::OrdRejReason, "31", C::TooLate}, // last look, latency; EP290
    StandardReject{F::OrdRejReason, "32", C::NoLiquidity}, // unavailable, without last look; EP290
    StandardReject{F::OrdRejReason, "33", C::NotEntitled}, // entitlements; EP290
    StandardReject{F::OrdRejReason, "99", C::Exceptional}, // other

    StandardReject{F::BusinessRejectReason, "0", C::Exceptional}, // other
    StandardReject{F::BusinessRejectReason, "1", C::Exceptional}, // unknown id
    StandardReject{F::BusinessRejectReason, "2", C::UnsupportedProduct}, // unknown security
    StandardReject{F::BusinessRejectReason, "3", C::StaticData}, // unsupported message type: the profile is wrong
    StandardReject{F::BusinessRejectReason, "4", C::Exceptional}, // application not available
    StandardReject{F::BusinessRejectReason, "5", C::StaticData}, // conditionally required field missing
    StandardReject{F::BusinessRejectReason, "6", C::NotEntitled}, // not authorized
    StandardReject{F::BusinessRejectReason, "7", C::Exceptional}, // the firm it goes to is not available
    StandardReject{F::BusinessRejectReason, "8", C::Exceptional}, // throttled
    StandardReject{F::BusinessRejectReason, "9", C::Exceptional}, // throttled and disconnected
    StandardReject{F::BusinessRejectReason, "10", C::Exceptional}, // throttled messages rejected on request
    StandardReject{F::BusinessRejectReason, "18", C::StaticData}, // invalid price increment

    // Their engine does not understand our message: the set-up on one side is wrong.
    StandardReject{F::SessionRejectReason, "0", C::StaticData}, // invalid tag number
    StandardReject{F::SessionRejectReason, "1", C::StaticData}, // required tag missing
    StandardReject{F::SessionRejectReason, "2", C::StaticData}, // tag not defined for this message
    StandardReject{F::SessionRejectReason, "3", C::StaticData}, // undefined tag
    StandardReject{F::SessionRejectReason, "4", C::StaticData}, // tag without a value
    StandardReject{F::SessionRejectReason, "5", C::StaticData}, // value out of range
    StandardReject{F::SessionRejectReason, "6", C::StaticData}, // data format
    StandardReject{F::SessionRejectReason, "7", C::StaticData}, // decryption
    StandardReject{F::SessionRejectReason, "8", C::StaticData}, // signature
    StandardReject{F::SessionRejectReason, "9", C::StaticData}, // CompID
    StandardReject{F::SessionRejectReason, "10", C::TooLate}, // SendingTime accuracy: it took too long, or a clock errs
    StandardReject{F::SessionRejectReason, "11", C::StaticData}, // invalid message type
    StandardReject{F::SessionRejectReason, "12", C::StaticData}, // XML validation
    StandardReject{F::SessionRejectReason, "13", C::StaticData}, // tag appears twice
    StandardReject{F::SessionRejectReason, "14", C::StaticData}, // tag out of order
    StandardReject{F::SessionRejectReason, "15", C::StaticData}, // group fields out of order
    StandardReject{F::SessionRejectReason, "16", C::StaticData}, // group count
    StandardReject{F::SessionRejectReason, "17", C::StaticData}, // delimiter inside a value
    StandardReject{F::SessionRejectReason, "18", C::StaticData}, // application version
    StandardReject{F::SessionRejectReason, "99", C::Exceptional}, // other

    // How a dealer answers a hit or a lift that it does not fill. 1 and 11 would be agreement: no reject at all.
    StandardReject{F::QuoteRespType, "2", C::PriceMoved}, // counter
    StandardReject{F::QuoteRespType, "3", C::TooLate}, // expired
    StandardReject{F::QuoteRespType, "4", C::NoLiquidity}, // cover: done with the best other
    StandardReject{F::QuoteRespType, "5", C::NoLiquidity}, // done away
    StandardReject{F::QuoteRespType, "6", C::Passed}, // pass
    StandardReject{F::QuoteRespType, "7", C::Exceptional}, // end trade
    StandardReject{F::QuoteRespType, "8", C::TooLate}, // timed out
    StandardReject{F::QuoteRespType, "9", C::NoLiquidity}, // tied: done with another
    StandardReject{F::QuoteRespType, "10", C::NoLiquidity}, // tied cover
    StandardReject{F::QuoteRespType, "12", C::Exceptional}, // terminated
};

}

std::span<const StandardReject> standardRejects()
{
    return Rejects;
}

}
