#pragma once

#include "core/base/clock.h"
#include "core/rfq/values.h"
#include "core/stepup/values.h"

#include <string>
#include <string_view>
#include <vector>

namespace pep {

/// What a policy enforcement point tells about itself. Closed: whoever records has one case for each.
enum class EventKind {
    ConnectionRefused, ///< before anything was asked: unknown person, revoked certificate, lockout, no TLS 1.3
    SessionDecided, ///< a decision about a session, the first one or a later one
    SessionRestricted, ///< an open session falls back: nothing that commits passes
    SessionClosed, ///< denied or given up, and logged out
    PersonLeft, ///< UserRequestType(924)=2
    ActionDecided, ///< a decision about one action
    DeviceQuoteRefused, ///< the TPM's quote in a statement is wrong, replayed or of a machine that was changed
    DeviceCertificateRefused, ///< the device certificate in a statement is none of the firm's, or of another machine
    StepUpAsked,
    StepUpApproved,
    StepUpRefused,
    TicketArmed,
    GrantSpent,
    AcceptancePassed, ///< without a grant: the score allows it, or a touch approved exactly this quote
    GrantRefused,
    KeyEnrolled,
    KeyRenamed, ///< by the person
    KeyRevoked, ///< by the person; another key of theirs approved it
    EnrolmentRefused,
    EntitlementMissing,
    MessageRefused, ///< an application message that did not pass
    RuleFired, ///< an automatic response: which rule, how often, what follows
    ProofAsked, ///< a token was asked to sign again over its connection
    UserLocked, ///< until a privileged person unlocks
    CertificateLocked, ///< as UserLocked
    IdentitiesChanged, ///< users, certificates or keys were changed by somebody else
    StoreFailed, ///< something could not be written down, and therefore was not done
};

enum class Severity { Notice, Warning, Alert };

struct EventField {
    std::string_view name; ///< of a fixed set: "why", "outcome", "score", "lines", "signals", "policy", "refusal",
                           ///< "type", "rule", ...
    std::string value;

    friend bool operator==(const EventField&, const EventField&) = default;
};

/// Holds no secret, no price and no quantity.
struct Event {
    EventKind kind = EventKind::SessionDecided;
    Severity severity = Severity::Notice;
    base::UtcTime at{};
    rfq::SessionId session; ///< empty where it is about none
    stepup::UserId user;
    std::string address; ///< of the connection, with its port
    std::string certificate{}; ///< SHA-256 of the person's, lower-case hex; empty where none is known
    std::string reference; ///< what the person was told, for the help desk; empty where nothing was
    std::vector<EventField> fields;

    friend bool operator==(const Event&, const Event&) = default;
};

/// Stable names, for logs and JSON: "session-decided", "alert".
[[nodiscard]] const char* eventName(EventKind kind);
[[nodiscard]] const char* severityName(Severity severity);

/// Whoever keeps the events. Called on the enforcement point's thread; must not call back.
class Recorder {
public:
    virtual ~Recorder() = default;
    virtual void record(const Event& event) = 0;
};

}
