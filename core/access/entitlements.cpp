#include "core/access/entitlements.h"

#include <utility>

namespace zerotrust {

namespace {

const char* activityWords(Activity activity)
{
    switch (activity) {
    case Activity::View:
        return "see quotes";
    case Activity::RequestQuote:
        return "request quotes";
    case Activity::Accept:
        return "deal";
    case Activity::ArmTicket:
        return "arm a ticket";
    case Activity::ManageKeys:
        return "manage security keys";
    case Activity::Administer:
        return "administer";
    }
    return "";
}

const char* sideWords(Side side)
{
    switch (side) {
    case Side::Buy:
        return "buy";
    case Side::Sell:
        return "sell";
    }
    return "";
}

/// Whether the activity commits to, or asks for, something that can be dealt.
bool deals(Activity activity)
{
    switch (activity) {
    case Activity::RequestQuote:
    case Activity::Accept:
    case Activity::ArmTicket:
        return true;
    case Activity::View:
    case Activity::ManageKeys:
    case Activity::Administer:
        return false;
    }
    return true;
}

bool isComplete(const Attempt& attempt)
{
    return !attempt.instrument.empty() && (attempt.sides.buy || attempt.sides.sell) && attempt.quantity
        && !attempt.dealers.empty();
}

bool holds(const Names& entitled, std::string_view name)
{
    // Nobody is called Any: the name comes from outside.
    return name != Any && (entitled.contains(name) || entitled.contains(Any));
}

std::optional<Refusal> checkQuantity(const Entitlement& entitlement, const Attempt& attempt)
{
    if (!attempt.quantity)
        return std::nullopt;
    const auto most = entitlement.maxQuantity.find(attempt.currency);
    if (most == entitlement.maxQuantity.end())
        return Refusal{EntitlementRefusal::CurrencyNotEntitled,
            "you are not entitled to quantities in '" + std::string(attempt.currency) + "'"};
    if (attempt.quantity->isZero() || attempt.quantity->isNegative())
        return Refusal{
            EntitlementRefusal::QuantityNotPositive, "the quantity " + attempt.quantity->text() + " is not above zero"};
    if (*attempt.quantity > most->second)
        return Refusal{EntitlementRefusal::QuantityAboveMaximum,
            std::string(attempt.currency) + " " + attempt.quantity->text() + " is more than the " + most->second.text()
                + " that you are entitled to at once"};
    return std::nullopt;
}

std::optional<Refusal> checkTerms(const Entitlement& entitlement, const Attempt& attempt)
{
    if (!attempt.instrument.empty() && !holds(entitlement.instruments, attempt.instrument))
        return Refusal{EntitlementRefusal::InstrumentNotEntitled,
            "you are not entitled to deal in '" + std::string(attempt.instrument) + "'"};
    for (const auto& [side, isMeant] : {std::pair(Side::Buy, attempt.sides.buy), {Side::Sell, attempt.sides.sell}})
        if (isMeant && !entitlement.sides.contains(side))
            return Refusal{
                EntitlementRefusal::SideNotEntitled, std::string("you are not entitled to ") + sideWords(side)};
    if (auto refusal = checkQuantity(entitlement, attempt))
        return refusal;
    for (const std::string& dealer : attempt.dealers)
        if (!holds(entitlement.dealers, dealer))
            return Refusal{EntitlementRefusal::DealerNotEntitled, "you are not entitled to deal with '" + dealer + "'"};
    return std::nullopt;
}

}

const char* refusalName(EntitlementRefusal refusal)
{
    switch (refusal) {
    case EntitlementRefusal::UserUnknown:
        return "user-unknown";
    case EntitlementRefusal::ActivityNotEntitled:
        return "activity-not-entitled";
    case EntitlementRefusal::Incomplete:
        return "incomplete";
    case EntitlementRefusal::InstrumentNotEntitled:
        return "instrument-not-entitled";
    case EntitlementRefusal::SideNotEntitled:
        return "side-not-entitled";
    case EntitlementRefusal::CurrencyNotEntitled:
        return "currency-not-entitled";
    case EntitlementRefusal::QuantityNotPositive:
        return "quantity-not-positive";
    case EntitlementRefusal::QuantityAboveMaximum:
        return "quantity-above-maximum";
    case EntitlementRefusal::DealerNotEntitled:
        return "dealer-not-entitled";
    }
    return "";
}

const Entitlement* entitlementOf(const Entitlements& entitlements, const Holder& holder)
{
    const auto found = entitlements.find(holder);
    return found == entitlements.end() ? nullptr : &found->second;
}

std::optional<Refusal> check(const Entitlement* entitlement, const Attempt& attempt)
{
    if (!entitlement)
        return Refusal{EntitlementRefusal::UserUnknown, "you are entitled to nothing in this segment"};
    if (!entitlement->activities.contains(attempt.activity))
        return Refusal{EntitlementRefusal::ActivityNotEntitled,
            std::string("you are not entitled to ") + activityWords(attempt.activity)};
    if (deals(attempt.activity) && !isComplete(attempt))
        return Refusal{EntitlementRefusal::Incomplete,
            "the message does not say the instrument, the side, the quantity and the dealers"};
    return checkTerms(*entitlement, attempt);
}

}
