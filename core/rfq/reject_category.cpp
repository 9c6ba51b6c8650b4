#include "core/rfq/reject_category.h"

#include "core/rfq/reject_codes.h"

#include <algorithm>
#include <optional>

namespace rfq {

namespace {

using OwnCodes = std::map<std::string, RejectCategory>;

std::optional<RejectCategory> ownCategory(const OwnCodes& own, std::string_view code)
{
    const auto known = code.empty() ? own.end() : own.find(std::string(code));
    return known == own.end() ? std::nullopt : std::optional(known->second);
}

/// The number that stands in front of the words, as in "4010 credit check failed"; empty where there is none. A number
/// that belongs to the words, as in "5m is too much" or "1.2 is old", is none.
std::string_view numberInFront(std::string_view text)
{
    constexpr std::string_view Digits = "0123456789";
    constexpr std::string_view Separators = " :;-)]";
    text.remove_prefix(std::min(text.find_first_not_of(" [("), text.size()));
    const std::string_view number = text.substr(0, text.find_first_not_of(Digits));
    const std::string_view rest = text.substr(number.size());
    const bool alone = rest.empty() || Separators.find(rest.front()) != std::string_view::npos;
    return alone ? number : std::string_view();
}

/// A QuoteRequestReject(AG) without a reason says no without saying why.
RejectCategory withoutCode(RejectField field)
{
    return field == RejectField::QuoteRequestRejectReason ? RejectCategory::Passed : RejectCategory::Unknown;
}

}

RejectCategory categoryOf(RejectField field, std::string_view code, std::string_view text, const OwnCodes& own)
{
    if (const auto category = ownCategory(own, code))
        return *category;
    if (const auto category = ownCategory(own, numberInFront(text)))
        return *category;
    if (code.empty())
        return withoutCode(field);
    const auto rejects = standardRejects();
    const auto known = std::find_if(rejects.begin(), rejects.end(),
        [&](const StandardReject& reject) { return reject.field == field && reject.code == code; });
    return known == rejects.end() ? RejectCategory::Unknown : known->category;
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
