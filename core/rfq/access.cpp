#include "core/rfq/access.h"

#include <algorithm>

namespace rfq {

using base::Errc;
using base::Error;

namespace {

Error outside(const std::string& why)
{
    return {Errc::Refused, "outside the armed ticket: " + why};
}

base::Status coversPrice(const ArmScope& scope, const Acceptance& acceptance)
{
    const auto& worst = acceptance.side == Side::Buy ? scope.buyAtMost : scope.sellAtLeast;
    if (!worst)
        return outside(acceptance.side == Side::Buy ? "it is armed to sell only" : "it is armed to buy only");
    const bool worse = acceptance.side == Side::Buy ? acceptance.price.value > *worst : acceptance.price.value < *worst;
    if (worse)
        return outside("the price is worse than " + worst->text());
    return base::Ok{};
}

}

base::Status covers(const ArmedTicket& ticket, const Acceptance& acceptance, SteadyTime now)
{
    const ArmScope& scope = ticket.scope;
    if (ticket.phase != ArmPhase::Armed || now >= ticket.ends)
        return Error{Errc::Expired, "the armed ticket is over"};
    if (acceptance.session != scope.session || acceptance.instrument.symbol != scope.symbol)
        return outside("another instrument or session");
    if (acceptance.settlement.date != scope.settlement.date)
        return outside("another value date");
    if (acceptance.currency != scope.currency)
        return outside("another currency");
    if (std::find(scope.dealers.begin(), scope.dealers.end(), acceptance.dealer) == scope.dealers.end())
        return outside("dealer " + acceptance.dealer.text() + " is not in its panel");
    if (ticket.usesLeft == 0)
        return outside("all its acceptances are used");
    if (acceptance.quantity > ticket.left)
        return outside("only " + ticket.left.text() + " " + scope.currency + " of it is left");
    return coversPrice(scope, acceptance);
}

}
