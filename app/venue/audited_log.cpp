#include "app/venue/audited_log.h"

#include <algorithm>
#include <array>
#include <utility>

namespace venue {

namespace {

using audit::AuditRecord;
using audit::Kind;
using audit::Severity;
using RecordField = audit::Field;

struct Meaning {
    std::string_view event;
    Kind kind;
    Severity severity;
};

/// The events of the venue and of its enforcement point that concern security. What a scenario makes the venue do wrong
/// is no event of security.
constexpr std::array Meanings{Meaning{"client-logged-on", Kind::SessionOpened, Severity::Info},
    Meaning{"client-logged-off", Kind::SessionClosed, Severity::Info},
    Meaning{"client-refused", Kind::SessionRefused, Severity::Warning},
    Meaning{"message-refused", Kind::MessageRefused, Severity::Notice},
    Meaning{"refused-as-too-many", Kind::MessageRefused, Severity::Warning},
    Meaning{"certificate-changed", Kind::CertificateChanged, Severity::Notice},
    Meaning{"certificate-confirmed", Kind::TokenEvent, Severity::Info},
    Meaning{"certificate-not-confirmed", Kind::TokenEvent, Severity::Warning},
    Meaning{"gateway-token-lost", Kind::TokenEvent, Severity::Alert},
    Meaning{"upstream-refused", Kind::Alert, Severity::Alert},
    Meaning{"report-of-no-order", Kind::Alert, Severity::Alert},
    Meaning{"connection-refused", Kind::SessionRefused, Severity::Warning},
    Meaning{"session-decided", Kind::AccessDecision, Severity::Notice},
    Meaning{"action-decided", Kind::AccessDecision, Severity::Notice},
    Meaning{"session-restricted", Kind::SessionRestricted, Severity::Warning},
    Meaning{"person-left", Kind::SessionRestricted, Severity::Notice},
    Meaning{"session-closed", Kind::SessionClosed, Severity::Warning},
    Meaning{"device-quote-refused", Kind::Alert, Severity::Alert},
    Meaning{"step-up-asked", Kind::StepUpAsked, Severity::Notice},
    Meaning{"step-up-approved", Kind::StepUpPassed, Severity::Notice},
    Meaning{"ticket-armed", Kind::AcceptanceAuthorised, Severity::Notice},
    Meaning{"step-up-refused", Kind::StepUpRefused, Severity::Warning},
    Meaning{"enrolment-refused", Kind::StepUpRefused, Severity::Warning},
    Meaning{"acceptance-passed", Kind::AcceptanceAuthorised, Severity::Notice},
    Meaning{"grant-spent", Kind::AcceptanceAuthorised, Severity::Notice},
    Meaning{"grant-refused", Kind::AcceptanceRefused, Severity::Warning},
    Meaning{"entitlement-missing", Kind::EntitlementRefused, Severity::Warning},
    Meaning{"access-message-refused", Kind::MessageRefused, Severity::Warning},
    Meaning{"key-enrolled", Kind::KeyEnrolled, Severity::Notice},
    Meaning{"identities-changed", Kind::IdentityChanged, Severity::Notice},
    Meaning{"identity-store-failed", Kind::Alert, Severity::Alert},
    Meaning{"rule-fired", Kind::Alert, Severity::Warning}, Meaning{"proof-asked", Kind::TokenEvent, Severity::Notice},
    Meaning{"user-locked", Kind::Locked, Severity::Alert}, Meaning{"certificate-locked", Kind::Locked, Severity::Alert},
    Meaning{"policy-adopted", Kind::PolicyLoaded, Severity::Notice},
    Meaning{"policy-in-force", Kind::PolicyLoaded, Severity::Info},
    Meaning{"policy-refused", Kind::PolicyRefused, Severity::Alert}};

std::optional<Meaning> meaningOf(std::string_view event)
{
    for (const Meaning& meaning : Meanings) {
        if (meaning.event == event)
            return meaning;
    }
    return std::nullopt;
}

/// "127.0.0.1:4711" and "[::1]:4711" without the port.
std::string withoutPort(const std::string& address)
{
    const auto colon = address.rfind(':');
    if (colon == std::string::npos)
        return address;
    if (address.front() == '[')
        return address.substr(1, address.find(']') - 1);
    return address.substr(0, colon);
}

/// "certificate-untrusted: in words" as code and words.
void addWhy(AuditRecord& record, const std::string& why)
{
    const auto colon = why.find(": ");
    if (record.kind != Kind::SessionRefused || colon == std::string::npos || why.find(' ') < colon) {
        record.fields[RecordField::Reason] = why;
        return;
    }
    record.fields[RecordField::Error] = why.substr(0, colon);
    record.fields[RecordField::Reason] = why.substr(colon + 2);
}

struct Place {
    std::string_view key;
    RecordField field;
};

/// Where the value of a key goes, as it is.
constexpr std::array Places{Place{"tls", RecordField::Tls}, Place{"cipher", RecordField::Cipher},
    Place{"subject", RecordField::CertificateSubject}, Place{"fingerprint", RecordField::Certificate},
    Place{"type", RecordField::MessageType}, Place{"problem", RecordField::Error},
    Place{"outcome", RecordField::Outcome}, Place{"score", RecordField::Score}, Place{"lines", RecordField::Attributes},
    Place{"signals", RecordField::Signals}, Place{"rule", RecordField::Rule}, Place{"attempts", RecordField::Attempts},
    Place{"target", RecordField::Target}, Place{"policy", RecordField::Policy}, Place{"version", RecordField::Policy},
    Place{"signer", RecordField::By}, Place{"scope", RecordField::Scope}, Place{"action", RecordField::Action},
    Place{"instrument", RecordField::Instrument}, Place{"refusal", RecordField::Error},
    Place{"credential", RecordField::Credential}, Place{"name", RecordField::Target}};

/// A reason in words may quote the message that it is about, and so a price or an amount.
bool mayQuoteMessage(Kind kind)
{
    return kind == Kind::MessageRefused || kind == Kind::EntitlementRefused || kind == Kind::AcceptanceRefused
        || kind == Kind::AcceptanceAuthorised;
}

void add(AuditRecord& record, std::string_view key, const std::string& value)
{
    if (value.empty())
        return;
    if (key == "session")
        record.session = value;
    else if (key == "user")
        record.user = value;
    else if (key == "reference" || (key == "id" && record.reference.empty()))
        record.reference = value;
    else if (key == "severity")
        record.severity = audit::severityFrom(value).value_or(record.severity);
    else if (key == "address")
        record.fields[RecordField::Address] = withoutPort(value);
    else if (key == "why" && !mayQuoteMessage(record.kind))
        addWhy(record, value);
    for (const Place& place : Places) {
        if (place.key == key)
            record.fields[place.field] = value;
    }
}

/// What the kind has no field for stays in the other log.
void keepAllowed(AuditRecord& record)
{
    // Cut off it would be replayed as something else.
    if (const auto signals = record.fields.find(RecordField::Signals);
        signals != record.fields.end() && signals->second.size() > audit::MaxValueSize)
        record.fields.erase(signals);
    const auto allowed = audit::allowedFields(record.kind);
    std::erase_if(record.fields,
        [&](const auto& field) { return std::find(allowed.begin(), allowed.end(), field.first) == allowed.end(); });
}

/// What the event's name alone says.
void addMeaning(AuditRecord& record, std::string_view event)
{
    if (event == "refused-as-too-many")
        record.fields[RecordField::Error] = "too-many";
    else if (event == "grant-refused" || event == "entitlement-missing")
        record.fields[RecordField::Error] = event;
    else if (event == "ticket-armed")
        record.fields[RecordField::Scope] = "ticket";
    else if (event == "enrolment-refused")
        record.fields[RecordField::Scope] = "enrolment";
    else if (event == "person-left")
        record.fields[RecordField::Reason] = "the person left";
    else if (event == "identity-store-failed")
        record.fields[RecordField::Rule] = event;
    else if (event == "user-locked")
        record.fields[RecordField::Target] = record.user;
    else if (event == "certificate-locked")
        record.fields[RecordField::Target] = "a certificate of " + record.user;
}

}

AuditedLog::AuditedLog(
    EventLog& log, audit::AuditRecorder& recorder, const base::Clock& clock, std::map<std::string, std::string> users)
    : m_log(log)
    , m_recorder(recorder)
    , m_clock(clock)
    , m_users(std::move(users))
{
}

void AuditedLog::record(std::string_view event, std::initializer_list<Field> fields)
{
    m_log.record(event, fields);
    if (auto record = recordOf(event, fields))
        m_recorder.append(*std::move(record));
}

std::optional<AuditRecord> AuditedLog::recordOf(std::string_view event, std::initializer_list<Field> fields) const
{
    const auto meaning = meaningOf(event);
    if (!meaning)
        return std::nullopt;
    AuditRecord record;
    record.time = m_clock.utc();
    record.kind = meaning->kind;
    record.severity = meaning->severity;
    for (const auto& [key, value] : fields)
        add(record, key, value);
    if (const auto user = m_users.find(record.session); record.user.empty() && user != m_users.end())
        record.user = user->second;
    addMeaning(record, event);
    keepAllowed(record);
    return record;
}

}
