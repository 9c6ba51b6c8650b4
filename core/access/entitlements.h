#pragma once

#include "core/base/decimal.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace zerotrust {

enum class Side { Buy, Sell };

/// What a person can do through a session.
enum class Activity {
    View, ///< see quotes and market data
    RequestQuote,
    Accept,
    ArmTicket,
    ManageKeys, ///< their own security keys
    Administer, ///< users, locks, settings
};

/// Stands for every instrument, or every dealer.
inline constexpr const char* Any = "*";

// Looked up in for each message, as it stands there: no copy is made of what is looked for.
using Names = std::set<std::string, std::less<>>;
using Quantities = std::map<std::string, base::Decimal, std::less<>>; ///< per currency

/// What one person may do in one segment. Nothing that is not named.
struct Entitlement {
    std::set<Activity> activities;
    Names instruments; ///< symbols as on the wire, or Any
    std::set<Side> sides;
    Quantities maxQuantity; ///< per currency, of one request or acceptance
    Names dealers; ///< or Any

    friend bool operator==(const Entitlement&, const Entitlement&) = default;
};

/// Whose, in which segment: a certificate of one segment is nothing in another.
struct Holder {
    std::string user;
    std::string segment;

    friend bool operator==(const Holder&, const Holder&) = default;
    friend auto operator<=>(const Holder&, const Holder&) = default;
};

using Entitlements = std::map<Holder, Entitlement>;

/// Null: nothing is entitled to them.
[[nodiscard]] const Entitlement* entitlementOf(const Entitlements& entitlements, const Holder& holder);

/// Both for a two-way quote.
struct Sides {
    bool buy = false;
    bool sell = false;
};

/// What is to be done. What it does not touch stays empty; dealing names an instrument, a side, a quantity and a
/// dealer. A view: what it was made from outlives it, since one is made for each message.
struct Attempt {
    Activity activity = Activity::View;
    std::string_view instrument{};
    Sides sides{};
    std::string_view currency{}; ///< of the quantity
    std::optional<base::Decimal> quantity{};
    std::span<const std::string> dealers{};
};

/// Why not, in the order of the checks. Closed.
enum class EntitlementRefusal {
    UserUnknown, ///< nothing is entitled in this segment
    ActivityNotEntitled,
    Incomplete, ///< an attempt to deal that does not say on what, which side, how much or with whom
    InstrumentNotEntitled,
    SideNotEntitled,
    CurrencyNotEntitled,
    QuantityNotPositive,
    QuantityAboveMaximum,
    DealerNotEntitled,
};

/// Stable name, for logs and JSON: "instrument-not-entitled".
[[nodiscard]] const char* refusalName(EntitlementRefusal refusal);

struct Refusal {
    EntitlementRefusal code = EntitlementRefusal::UserUnknown;
    std::string detail; ///< English, for the person

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Whether who has this entitlement may do it; absent: yes. The first check that fails is the answer. To be asked for
/// each message, not once a session. `entitlement`: null where nothing is entitled.
[[nodiscard]] std::optional<Refusal> check(const Entitlement* entitlement, const Attempt& attempt);

}
