#include "core/pep/attempts.h"

#include <optional>
#include <span>

namespace pep {

namespace {

using zerotrust::Activity;

zerotrust::Sides sidesOf(std::optional<stepup::Side> side)
{
    return {.buy = side != stepup::Side::Sell, .sell = side != stepup::Side::Buy};
}

Activity activityOf(Intent intent)
{
    switch (intent) {
    case Intent::Ask:
        return Activity::RequestQuote;
    case Intent::Inform:
        return Activity::View;
    case Intent::Deal:
    case Intent::Other:
        break;
    }
    return Activity::Accept;
}

}

zerotrust::Attempt attemptOf(const ClientAction& action)
{
    if (action.intent == Intent::Inform)
        return attemptToView();
    return {.activity = activityOf(action.intent),
        .instrument = action.instrument,
        .sides = sidesOf(action.side),
        .currency = action.currency,
        .quantity = action.quantity,
        .dealers = action.dealers};
}

zerotrust::Attempt attemptOf(const stepup::ArmTicket& ticket)
{
    return {.activity = Activity::ArmTicket,
        .instrument = ticket.instrument,
        .sides = {.buy = ticket.buyAtMost.has_value(), .sell = ticket.sellAtLeast.has_value()},
        .currency = ticket.currency,
        .quantity = ticket.maxQuantity,
        .dealers = ticket.dealers};
}

zerotrust::Attempt attemptOf(const stepup::AcceptQuote& quote)
{
    return {.activity = Activity::Accept,
        .instrument = quote.instrument,
        .sides = sidesOf(quote.side),
        .currency = quote.currency,
        .quantity = quote.quantity,
        .dealers = std::span(&quote.dealer, 1)};
}

zerotrust::Attempt attemptToView()
{
    return {};
}

zerotrust::Attempt attemptToEnrol()
{
    zerotrust::Attempt attempt;
    attempt.activity = Activity::ManageKeys;
    return attempt;
}

}
