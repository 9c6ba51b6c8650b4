#include "core/rfq/reject_category.h"

namespace rfq {

RejectCategory categoryOf(
    RejectField field, std::string_view code, std::string_view text, const std::map<std::string, RejectCategory>& own)
{
    static_cast<void>(field);
    static_cast<void>(text);
    const auto known = own.find(std::string(code));
    return known == own.end() ? RejectCategory::Unknown : known->second;
}

std::string_view nameOf(RejectCategory category)
{
    switch (category) {
    case RejectCategory::None:
        return "none";
    case RejectCategory::PriceMoved:
        return "price-moved";
    case RejectCategory::TooLate:
        return "too-late";
    case RejectCategory::NoLiquidity:
        return "no-liquidity";
    case RejectCategory::Credit:
        return "credit";
    case RejectCategory::PricingOutage:
        return "pricing-outage";
    case RejectCategory::Regulatory:
        return "regulatory";
    case RejectCategory::RiskLimit:
        return "risk-limit";
    case RejectCategory::StaticData:
        return "static-data";
    case RejectCategory::NotEntitled:
        return "not-entitled";
    case RejectCategory::UnsupportedProduct:
        return "unsupported-product";
    case RejectCategory::Duplicate:
        return "duplicate";
    case RejectCategory::Passed:
        return "passed";
    case RejectCategory::Exceptional:
        return "exceptional";
    case RejectCategory::Unknown:
        return "unknown";
    }
    return "unknown";
}

}
