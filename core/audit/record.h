#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// What a security officer must be able to prove later: who was let in, who was not, and why.
namespace audit {

/// What happened. Closed; the names are stable, since they stand in records and in rules of SIEMs.
enum class Kind {
    TrailStarted, ///< always record 1, and only that
    ProgramStarted,
    ProgramStopped,
    SessionOpened,
    SessionClosed,
    SessionRefused, ///< a connection that never became a session
    SessionRestricted, ///< view only, after a new decision in mid-session
    AccessDecision,
    StepUpAsked,
    StepUpPassed,
    StepUpRefused,
    EntitlementRefused,
    MessageRefused, ///< malformed, not supported, or more than the rate allows
    AcceptanceAuthorised, ///< the order went on to the dealer
    AcceptanceRefused,
    Locked, ///< a user, a certificate or an address: Field::Target
    Unlocked,
    Alert, ///< an automatic response: Field::Rule, Field::Outcome
    PolicyLoaded,
    PolicyRefused, ///< the last good one stays in force
    TokenEvent,
    IdentityChanged, ///< users, roles, entitlements
    KeyEnrolled,
    KeyRevoked,
    CertificateChanged, ///< of a user, or our own
    CertificateRevoked,
};

enum class Severity { Info, Notice, Warning, Alert };

/// What a record may say besides who, where and when. Closed, and each kind allows some of them (allowedFields): there
/// is no field for a price, a quantity or a secret. Records hold them in this order.
enum class Field {
    Address, ///< of the peer, without port
    Certificate, ///< SHA-256 of the peer's certificate, lower-case hex
    CertificateSubject, ///< RFC 2253
    Tls, ///< protocol version
    Cipher,
    Outcome, ///< "allow", "step-up", "deny", what a rule did
    Scored, ///< what the sum alone asks for, where a touch or a rule may have made another outcome of it
    Score, ///< the sum
    Signals, ///< zerotrust::signalsText(): what the decision was made from, to be replayed under another policy
    Attributes, ///< what was scored: "network=unknown:15 device=managed:0"
    Policy, ///< its version
    Scope, ///< of a step-up
    Action, ///< what was asked for: "open-session", "accept", "change-settings" ...
    ActionDigest, ///< SHA-256, lower-case hex
    ClientData, ///< what a touch has signed, with AuthenticatorData: stepup::clientDataJson()
    AuthenticatorData, ///< base64url
    Signature, ///< base64url: over AuthenticatorData and the SHA-256 of ClientData, by the key of Credential
    Credential, ///< id of the security key's credential, or fingerprint
    Model, ///< of a security key: AAGUID, base64url
    Device, ///< name of the workstation's device certificate, where it has proven that it has it
    Country, ///< of the address, where it is known
    Instrument,
    Dealer, ///< who is dealt with
    MessageType, ///< MsgType(35)
    Rule,
    Target, ///< who or what was changed or locked
    Role,
    Segment,
    By, ///< who did it
    Second, ///< who confirmed it
    Attempts,
    Error, ///< base::errcName, or the name of a refusal
    Reason, ///< in words; never with text from a message
    Version, ///< of the program
    Trail, ///< random; names the trail in its first record
};

/// One event. Values may hold any bytes; what is empty is left out and what is longer than MaxValueSize is cut.
struct AuditRecord {
    base::UtcTime time{};
    Kind kind = Kind::AccessDecision;
    Severity severity = Severity::Info;
    std::string user; ///< empty where nobody is known yet
    std::string session;
    std::string reference; ///< joins records that belong together: request, challenge, ClOrdID, decision
    std::map<Field, std::string> fields{};

    friend bool operator==(const AuditRecord&, const AuditRecord&) = default;
};

inline constexpr std::size_t MaxValueSize = 2048; ///< bytes

[[nodiscard]] std::string_view nameOf(Kind kind);
[[nodiscard]] std::string_view nameOf(Severity severity);
[[nodiscard]] std::string_view nameOf(Field field);
[[nodiscard]] std::optional<Kind> kindFrom(std::string_view name);
[[nodiscard]] std::optional<Severity> severityFrom(std::string_view name);
[[nodiscard]] std::optional<Field> fieldFrom(std::string_view name);
[[nodiscard]] std::span<const Kind> allKinds();
[[nodiscard]] std::span<const Field> allowedFields(Kind kind);

/// Where events go: the trail, or a test's list.
class AuditRecorder {
public:
    using Done = std::function<void(base::Status)>;
    virtual ~AuditRecorder() = default;
    /// Any thread; never blocks. `done` is called once, when the record is on the disk or when it cannot be: whoever
    /// must not act unseen acts in `done`, and only on success. Without `done` a failure is told to the recorder's
    /// owner alone. Errors: Io, Duplicate (another program writes the trail), Internal (a field that the kind does not
    /// allow).
    void append(AuditRecord record, Done done = {}) { write(std::move(record), std::move(done)); }

private:
    virtual void write(AuditRecord record, Done done) = 0;
};

}
