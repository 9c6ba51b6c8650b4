#pragma once

#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/stepup/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a person approves with a touch, as values; its canonical bytes, and their digest, which the assertion signs.
/// The layout is in docs/step-up.md. Every text in an action is plain text (plain_text.h).
namespace stepup {

/// The values of FIX Side(54).
enum class Side : std::uint8_t { Buy = 1, Sell = 2 };

/// To be let in at a venue, or to stay there after its access policy asked again.
struct OpenSession {
    std::string venue;
    std::string user;

    friend bool operator==(const OpenSession&, const OpenSession&) = default;
};

/// To deal by one click within these bounds, for a while, without another touch.
struct ArmTicket {
    std::string instrument;
    std::string settlement; ///< tenor or value date, as on the wire
    std::string account;
    std::string currency; ///< of the quantity
    base::Decimal maxQuantity; ///< of all acceptances together
    std::optional<base::Decimal> buyAtMost; ///< worst price; absent: no right to buy
    std::optional<base::Decimal> sellAtLeast; ///< worst price; absent: no right to sell
    std::vector<std::string> dealers; ///< a set: sorted by bytes, each once
    base::UtcTime from;
    base::UtcTime to; ///< the first instant at which it no longer holds
    std::uint32_t uses = 1; ///< acceptances, at most

    friend bool operator==(const ArmTicket&, const ArmTicket&) = default;
};

/// To deal on one quote.
struct AcceptQuote {
    std::string quoteId;
    std::string dealer;
    std::string instrument;
    std::string settlement;
    std::string account;
    Side side = Side::Buy; ///< the trader's
    std::string currency; ///< of the quantity
    base::Decimal quantity;
    base::Decimal price;
    base::UtcTime validUntil;

    friend bool operator==(const AcceptQuote&, const AcceptQuote&) = default;
};

struct SettingChange {
    std::string name;
    std::string before;
    std::string after;

    friend bool operator==(const SettingChange&, const SettingChange&) = default;
};

/// To change limits, keys or other settings that protect.
struct ChangeSettings {
    std::vector<SettingChange> changes; ///< sorted by name, each name once

    friend bool operator==(const ChangeSettings&, const ChangeSettings&) = default;
};

/// To enrol the security key that is being touched.
struct EnrolKey {
    std::string user;
    std::string keyName;

    friend bool operator==(const EnrolKey&, const EnrolKey&) = default;
};

/// To call a security key of one's own something else.
struct RenameKey {
    std::string user;
    Bytes credential; ///< its id
    std::string keyName; ///< as it is called now
    std::string newName;

    friend bool operator==(const RenameKey&, const RenameKey&) = default;
};

/// To give up a security key of one's own, for good.
struct RemoveKey {
    std::string user;
    Bytes credential; ///< its id
    std::string keyName; ///< as it is called now

    friend bool operator==(const RemoveKey&, const RemoveKey&) = default;
};

using Action = std::variant<OpenSession, ArmTicket, AcceptQuote, ChangeSettings, EnrolKey, RenameKey, RemoveKey>;

/// What kind of approval a challenge asks for; follows from the action.
enum class Scope { Session, Ticket, Acceptance, Settings, Enrolment };

constexpr std::size_t MaxDealers = 64;
constexpr std::size_t MaxSettingChanges = 32;

[[nodiscard]] Scope scopeOf(const Action& action);
/// As in client data and on the wire. Stable.
[[nodiscard]] const char* scopeName(Scope scope);

/// Errors: InvalidInput, with the member that is missing, not positive, out of order or not plain text.
[[nodiscard]] base::Status checkAction(const Action& action);

/// Errors: those of checkAction().
[[nodiscard]] base::Result<Bytes> canonicalBytes(const Action& action);
/// Reads exactly what canonicalBytes() writes. Errors: InvalidInput.
[[nodiscard]] base::Result<Action> parseAction(ByteView bytes);
/// SHA-256 of the canonical bytes. Errors: those of checkAction().
[[nodiscard]] base::Result<Digest> actionDigest(const Action& action);

/// The action in words, one thing a line, English. Derived from nothing but the action: two ends that agree on the
/// digest show the same lines. Errors: those of checkAction().
[[nodiscard]] base::Result<std::vector<std::string>> displayLines(const Action& action);

}
