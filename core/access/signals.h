#pragma once

#include "core/access/ip_address.h"
#include "core/base/clock.h"
#include "core/base/decimal.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zerotrust {

/// How a fact about a request came to be known.
enum class Source {
    Seen, ///< by whoever decides: the address of the connection, the time, the size on the wire
    Proven, ///< cryptographically: a certificate, an attestation, a quote of a TPM
    Reported, ///< by the other side about itself; can add to a score, never take from it
};

/// A point in the week, in the zone of whoever decides.
struct WeekTime {
    std::chrono::weekday day; ///< default: Sunday
    std::chrono::minutes sinceMidnight{0}; ///< 0 to 1439

    friend bool operator==(const WeekTime&, const WeekTime&) = default;
};

/// What the clock shows `fromUtc` ahead of UTC.
[[nodiscard]] WeekTime weekTimeOf(base::UtcTime at, std::chrono::minutes fromUtc);

/// A number and what it counts: a currency for money, empty for minutes and other plain numbers.
struct Measure {
    base::Decimal number;
    std::string unit;

    friend bool operator==(const Measure&, const Measure&) = default;
};

/// A word ("hardware", "DE", "yes"), a number, an address or a time.
using SignalValue = std::variant<std::string, Measure, IpAddress, WeekTime>;

/// As a person would write it: "hardware", "10000000 EUR", "192.0.2.7", "Mon 08:30".
[[nodiscard]] std::string valueText(const SignalValue& value);

/// Reads what valueText() writes: "10000000 EUR", "90", "192.0.2.7", "Mon 08:30"; everything else is a word.
[[nodiscard]] SignalValue parseValue(std::string_view text);

/// One fact about a request.
struct Signal {
    std::string attribute; ///< which attribute of the policy it speaks to
    SignalValue value;
    Source source = Source::Reported;
    std::string evidence; ///< in English, for the person and the audit trail; names no secret

    friend bool operator==(const Signal&, const Signal&) = default;
};

/// What is asked for.
enum class Occasion {
    Session, ///< to open a session, or to go on with it
    Action, ///< one action in it, such as an acceptance
};

/// Everything known about one request. Several signals may speak to one attribute: the worst of them counts. Their
/// order means nothing. An attribute without a signal is unknown, which the policy scores too.
struct Signals {
    Occasion occasion = Occasion::Session;
    std::vector<Signal> all;

    friend bool operator==(const Signals&, const Signals&) = default;
};

/// The attributes that the programs know to fill. A policy may name any others; a firm's gateway gives the signals.
namespace attribute {
inline constexpr const char* User = "user";
inline constexpr const char* Authentication = "authentication";
inline constexpr const char* Device = "device";
inline constexpr const char* Network = "network";
inline constexpr const char* Country = "country";
inline constexpr const char* VerificationAge = "verification-age"; ///< minutes since PIN and touch, or card and PIN
inline constexpr const char* Time = "time";
inline constexpr const char* TransactionSize = "transaction-size";
inline constexpr const char* ImpossibleTravel = "impossible-travel"; ///< yes or no
/// yes or no: while somebody was signed in their card was taken out or reset, answered no more, or was logged out by
/// another program, and no touch has come since
inline constexpr const char* TokenRemoved = "token-removed";
}

enum class UserRole { Standard, Privileged };
enum class Authentication { Password, SoftwareToken, HardwareToken };
enum class DeviceHealth { ManagedCompliant, Unmanaged };
enum class NetworkKind { Known, Unknown }; ///< where whoever decides knows better than the policy's list of networks
enum class CountryKind { Expected, Anomalous, Unknown }; ///< as above: expected of this person

// One signal each; the words are those of the policy file.
[[nodiscard]] Signal userRole(UserRole role, Source source, std::string evidence);
[[nodiscard]] Signal authenticationBy(Authentication how, Source source, std::string evidence);
[[nodiscard]] Signal deviceHealth(DeviceHealth health, Source source, std::string evidence);
[[nodiscard]] Signal networkKind(NetworkKind kind, Source source, std::string evidence);
[[nodiscard]] Signal networkAddress(const IpAddress& address, Source source, std::string evidence);
[[nodiscard]] Signal countryKind(CountryKind kind, Source source, std::string evidence);
/// Country code of ISO 3166-1, two capital letters.
[[nodiscard]] Signal countryCode(std::string code, Source source, std::string evidence);
/// Rounded up to whole minutes: a limit of 15 minutes is passed by 15 minutes and a second.
[[nodiscard]] Signal verificationAge(std::chrono::seconds age, Source source, std::string evidence);
[[nodiscard]] Signal timeOfWeek(const WeekTime& time, Source source, std::string evidence);
[[nodiscard]] Signal transactionSize(
    const base::Decimal& quantity, std::string currency, Source source, std::string evidence);
[[nodiscard]] Signal yesOrNo(std::string attribute, bool yes, Source source, std::string evidence);

/// Whether amounts of money are written down. Without them a replay scores the size of each deal as unknown.
enum class Sizes { Omit, Keep };

/// All signals but their evidence on one line of ASCII, for the audit trail, so that decisions can be replayed under
/// another policy: "session|proven:user=standard|seen:network=203.0.113.9".
[[nodiscard]] std::string signalsText(const Signals& signals, Sizes sizes);
/// Reads it back; absent where it is something else.
[[nodiscard]] std::optional<Signals> parseSignals(std::string_view text);

// Stable names, for stores, logs and JSON: "standard", "privileged"; "seen", "proven", "reported"; "session", "action".
[[nodiscard]] const char* roleName(UserRole role);
[[nodiscard]] const char* sourceName(Source source);
[[nodiscard]] std::optional<Source> parseSource(std::string_view name);
[[nodiscard]] const char* occasionName(Occasion occasion);
[[nodiscard]] std::optional<Occasion> parseOccasion(std::string_view name);

}
