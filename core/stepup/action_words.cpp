#include "core/stepup/action.h"
#include "core/stepup/canonical.h"

#include <algorithm>
#include <cstdio>

namespace stepup {

namespace {

using Lines = std::vector<std::string>;

/// 10000000.5 as 10,000,000.5: a zero too many must be seen before the touch.
std::string grouped(const base::Decimal& quantity)
{
    std::string text = canonicalText(quantity);
    const std::size_t point = std::min(text.find('.'), text.size());
    for (std::size_t at = point; at > 3; at -= 3)
        text.insert(at - 3, 1, ',');
    return text;
}

std::string stamp(base::UtcTime time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    std::string words = text;
    if (const auto micros = clock.subseconds().count(); micros != 0) {
        std::snprintf(text, sizeof text, ".%06d", static_cast<int>(micros));
        words += text;
    }
    return words + " UTC";
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// A date (YYYYMMDD) with dashes; tenors as they are.
std::string settlementWords(const std::string& settlement)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (settlement.size() != 8 || !std::all_of(settlement.begin(), settlement.end(), isDigit))
        return settlement;
    return settlement.substr(0, 4) + '-' + settlement.substr(4, 2) + '-' + settlement.substr(6);
}

Lines words(const OpenSession& action)
{
    return {"Sign in at " + action.venue, "User: " + action.user};
}

Lines words(const ArmTicket& action)
{
    Lines lines{"Arm a ticket: " + action.instrument + ", settlement " + settlementWords(action.settlement)};
    const std::string upTo = " up to " + grouped(action.maxQuantity) + " " + action.currency;
    if (action.buyAtMost)
        lines.push_back("Buy" + upTo + " at " + canonicalText(*action.buyAtMost) + " or lower");
    if (action.sellAtLeast)
        lines.push_back("Sell" + upTo + " at " + canonicalText(*action.sellAtLeast) + " or higher");
    if (action.buyAtMost && action.sellAtLeast)
        lines.push_back("Buys and sells count together");
    lines.push_back("Dealers: " + joined(action.dealers));
    lines.push_back("Account: " + action.account);
    lines.push_back("From " + stamp(action.from));
    lines.push_back("To " + stamp(action.to));
    lines.push_back("Acceptances: at most " + std::to_string(action.uses));
    return lines;
}

const char* verb(Side side)
{
    switch (side) {
    case Side::Buy:
        return "Buy ";
    case Side::Sell:
        return "Sell ";
    }
    return "";
}

Lines words(const AcceptQuote& action)
{
    return {verb(action.side) + grouped(action.quantity) + " " + action.currency + " at " + canonicalText(action.price),
        action.instrument + ", settlement " + settlementWords(action.settlement), "Dealer: " + action.dealer,
        "Account: " + action.account, "Quote: " + action.quoteId, "Valid until " + stamp(action.validUntil)};
}

Lines words(const ChangeSettings& action)
{
    Lines lines{"Change settings"};
    for (const auto& change : action.changes)
        lines.push_back(change.name + ": from " + change.before + " to " + change.after);
    return lines;
}

Lines words(const EnrolKey& action)
{
    return {"Enrol the new security key: " + action.keyName, "User: " + action.user};
}

/// Two keys may have one name: enough of the id to tell them apart.
std::string idWords(const Bytes& credential)
{
    constexpr std::size_t Shown = 12;
    return "Key id: " + base64Url(credential).substr(0, Shown) + "\u2026";
}

Lines words(const RenameKey& action)
{
    return {"Rename the security key: " + action.keyName, "New name: " + action.newName, idWords(action.credential),
        "User: " + action.user};
}

Lines words(const RemoveKey& action)
{
    return {"Remove the security key for good: " + action.keyName, idWords(action.credential), "User: " + action.user};
}

}

base::Result<Lines> displayLines(const Action& action)
{
    if (const auto sound = checkAction(action); !sound)
        return sound.error();
    return std::visit([](const auto& kind) { return words(kind); }, action);
}

}
