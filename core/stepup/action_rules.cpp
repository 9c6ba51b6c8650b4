#include "core/base/overloaded.h"
#include "core/stepup/action.h"
#include "core/stepup/authenticator_data.h"
#include "core/stepup/canonical.h"
#include "core/stepup/plain_text.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <utility>

namespace stepup {

namespace {

using base::Errc;
using base::Error;
using base::Ok;
using base::Status;
using NamedText = std::pair<std::string_view, const std::string&>;

Status checkTexts(std::initializer_list<NamedText> texts)
{
    for (const auto& [what, text] : texts)
        if (auto plain = checkPlainText(what, text); !plain)
            return plain;
    return Ok{};
}

Status checkQuantity(const base::Decimal& quantity)
{
    if (quantity > base::Decimal())
        return Ok{};
    return invalid("the quantity is not above zero");
}

/// Years that are written with four digits.
Status checkTime(std::string_view what, base::UtcTime time)
{
    using namespace std::chrono;
    if (time >= sys_days(1970y / January / 1) && time < sys_days(10'000y / January / 1))
        return Ok{};
    return invalid(std::string(what) + " is not between the years 1970 and 9999");
}

Status check(const OpenSession& action)
{
    return checkTexts({{"the venue", action.venue}, {"the user", action.user}});
}

Status checkDealers(const std::vector<std::string>& dealers)
{
    if (dealers.empty() || dealers.size() > MaxDealers)
        return invalid("a ticket names 1 to 64 dealers");
    for (const auto& dealer : dealers)
        if (auto plain = checkPlainText("a dealer", dealer); !plain)
            return plain;
    if (std::adjacent_find(dealers.begin(), dealers.end(), std::greater_equal<>()) != dealers.end())
        return invalid("the dealers are not sorted, or one is named twice");
    return Ok{};
}

Status check(const ArmTicket& action)
{
    if (auto sound = checkTexts({{"the instrument", action.instrument}, {"the settlement", action.settlement},
            {"the account", action.account}, {"the currency", action.currency}});
        !sound)
        return sound;
    if (auto sound = checkQuantity(action.maxQuantity); !sound)
        return sound;
    if (!action.buyAtMost && !action.sellAtLeast)
        return invalid("a ticket has a worst price for the side that it may deal on, or for both");
    if (auto sound = checkDealers(action.dealers); !sound)
        return sound;
    for (const auto& [what, time] : {std::pair("the start", action.from), std::pair("the end", action.to)})
        if (auto sound = checkTime(what, time); !sound)
            return sound;
    if (action.from >= action.to)
        return invalid("the ticket ends before it starts");
    if (action.uses == 0)
        return invalid("the ticket allows no acceptance");
    return Ok{};
}

Status checkSide(Side side)
{
    // Parsed bytes may hold any number.
    switch (side) {
    case Side::Buy:
    case Side::Sell:
        return Ok{};
    }
    return invalid("the side is neither buy (1) nor sell (2)");
}

Status check(const AcceptQuote& action)
{
    if (auto sound = checkTexts({{"the quote id", action.quoteId}, {"the dealer", action.dealer},
            {"the instrument", action.instrument}, {"the settlement", action.settlement},
            {"the account", action.account}, {"the currency", action.currency}});
        !sound)
        return sound;
    if (auto sound = checkSide(action.side); !sound)
        return sound;
    if (auto sound = checkQuantity(action.quantity); !sound)
        return sound;
    return checkTime("the end of the quote", action.validUntil);
}

Status check(const ChangeSettings& action)
{
    if (action.changes.empty() || action.changes.size() > MaxSettingChanges)
        return invalid("1 to 32 settings are changed at once");
    for (const auto& change : action.changes)
        if (auto sound = checkTexts(
                {{"the setting", change.name}, {"the value before", change.before}, {"the value after", change.after}});
            !sound)
            return sound;
    const auto notRising = [](const auto& a, const auto& b) { return a.name >= b.name; };
    if (std::adjacent_find(action.changes.begin(), action.changes.end(), notRising) != action.changes.end())
        return invalid("the settings are not sorted by name, or one is named twice");
    return Ok{};
}

Status check(const EnrolKey& action)
{
    return checkTexts({{"the user", action.user}, {"the name of the key", action.keyName}});
}

Status checkCredential(const Bytes& id)
{
    if (id.size() < MinCredentialIdSize || id.size() > MaxCredentialIdSize)
        return invalid("a credential id has 16 to 1023 bytes");
    return Ok{};
}

Status check(const RenameKey& action)
{
    if (auto sound = checkTexts({{"the user", action.user}, {"the name of the key", action.keyName},
            {"the new name of the key", action.newName}});
        !sound)
        return sound;
    return checkCredential(action.credential);
}

Status check(const RemoveKey& action)
{
    if (auto sound = checkTexts({{"the user", action.user}, {"the name of the key", action.keyName}}); !sound)
        return sound;
    return checkCredential(action.credential);
}

}

Status checkAction(const Action& action)
{
    return std::visit([](const auto& kind) { return check(kind); }, action);
}

}
