#include "core/pep/attempts.h"

#include <optional>

namespace pep {

namespace {

using zerotrust::Activity;

zerotrust::Side sideOf(stepup::Side side)
{
    switch (side) {
    case stepup::Side::Buy:
        return zerotrust::Side::Buy;
    case stepup::Side::Sell:
        return zerotrust::Side::Sell;
    }
    return zerotrust::Side::Sell;
}

std::vector<zerotrust::Side> sidesOf(std::optional<stepup::Side> side)
{
    if (!side)
        return {zerotrust::Side::Buy, zerotrust::Side::Sell};
    return {sideOf(*side)};
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
    std::vector<zerotrust::Side> sides;
    if (ticket.buyAtMost)
        sides.push_back(zerotrust::Side::Buy);
    if (ticket.sellAtLeast)
        sides.push_back(zerotrust::Side::Sell);
    return {.activity = Activity::ArmTicket,
        .instrument = ticket.instrument,
        .sides = sides,
        .currency = ticket.currency,
        .quantity = ticket.maxQuantity,
        .dealers = ticket.dealers};
}

zerotrust::Attempt attemptOf(const stepup::AcceptQuote& quote)
{
    return {.activity = Activity::Accept,
        .instrument = quote.instrument,
        .sides = {sideOf(quote.side)},
        .currency = quote.currency,
        .quantity = quote.quantity,
        .dealers = {quote.dealer}};
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
