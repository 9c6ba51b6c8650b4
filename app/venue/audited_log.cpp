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

/// The events of the venue that concern security. What a scenario makes the venue do wrong is no event of security.
constexpr std::array Meanings{Meaning{"client-logged-on", Kind::SessionOpened, Severity::Info},
    Meaning{"client-logged-off", Kind::SessionClosed, Severity::Info},
    Meaning{"client-refused", Kind::SessionRefused, Severity::Warning},
    Meaning{"message-refused", Kind::MessageRefused, Severity::Notice},
    Meaning{"refused-as-too-many", Kind::MessageRefused, Severity::Warning},
    Meaning{"certificate-changed", Kind::CertificateChanged, Severity::Notice},
    // The enforcement point's, which carry their own severity.
    Meaning{"connection-refused", Kind::SessionRefused, Severity::Warning},
    Meaning{"session-decided", Kind::AccessDecision, Severity::Notice},
    Meaning{"session-restricted", Kind::SessionRestricted, Severity::Warning},
    Meaning{"session-closed", Kind::SessionClosed, Severity::Alert},
    Meaning{"person-left", Kind::SessionRestricted, Severity::Notice},
    Meaning{"action-decided", Kind::AccessDecision, Severity::Notice},
    Meaning{"step-up-asked", Kind::StepUpAsked, Severity::Notice},
    Meaning{"step-up-approved", Kind::StepUpPassed, Severity::Notice},
    Meaning{"step-up-refused", Kind::StepUpRefused, Severity::Warning},
    Meaning{"ticket-armed", Kind::AcceptanceAuthorised, Severity::Notice},
    Meaning{"grant-spent", Kind::AcceptanceAuthorised, Severity::Notice},
    Meaning{"grant-refused", Kind::AcceptanceRefused, Severity::Warning},
    Meaning{"key-enrolled", Kind::KeyEnrolled, Severity::Notice},
    Meaning{"enrolment-refused", Kind::StepUpRefused, Severity::Warning},
    Meaning{"entitlement-missing", Kind::EntitlementRefused, Severity::Warning},
    Meaning{"access-message-refused", Kind::MessageRefused, Severity::Warning},
    Meaning{"user-locked", Kind::Locked, Severity::Alert}, Meaning{"certificate-locked", Kind::Locked, Severity::Alert},
    Meaning{"identities-changed", Kind::IdentityChanged, Severity::Notice},
    Meaning{"identity-store-failed", Kind::Alert, Severity::Alert},
    Meaning{"policy-adopted", Kind::PolicyLoaded, Severity::Notice},
    Meaning{"policy-in-force", Kind::PolicyLoaded, Severity::Notice},
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

constexpr std::array Plain{std::pair<std::string_view, RecordField>{"outcome", RecordField::Outcome},
    std::pair<std::string_view, RecordField>{"score", RecordField::Score},
    std::pair<std::string_view, RecordField>{"lines", RecordField::Attributes},
    std::pair<std::string_view, RecordField>{"policy", RecordField::Policy},
    std::pair<std::string_view, RecordField>{"version", RecordField::Policy},
    std::pair<std::string_view, RecordField>{"signer", RecordField::By},
    std::pair<std::string_view, RecordField>{"scope", RecordField::Scope},
    std::pair<std::string_view, RecordField>{"action", RecordField::Action},
    std::pair<std::string_view, RecordField>{"instrument", RecordField::Instrument},
    std::pair<std::string_view, RecordField>{"credential", RecordField::Credential},
    std::pair<std::string_view, RecordField>{"refusal", RecordField::Error}};

/// What the enforcement point says besides.
bool addOfAccess(AuditRecord& record, std::string_view key, const std::string& value)
{
    if (key == "user")
        record.user = value;
    else if (key == "reference")
        record.reference = value;
    else if (key == "severity")
        record.severity = audit::severityFrom(value).value_or(record.severity);
    const auto* plain = std::find_if(Plain.begin(), Plain.end(), [&](const auto& entry) { return entry.first == key; });
    if (plain == Plain.end())
        return key == "user" || key == "reference" || key == "severity";
    record.fields[plain->second] = value;
    return true;
}

void add(AuditRecord& record, std::string_view key, const std::string& value)
{
    if (value.empty() || addOfAccess(record, key, value))
        return;
    if (key == "session")
        record.session = value;
    else if (key == "address")
        record.fields[RecordField::Address] = withoutPort(value);
    else if (key == "tls")
        record.fields[RecordField::Tls] = value;
    else if (key == "cipher")
        record.fields[RecordField::Cipher] = value;
    else if (key == "subject")
        record.fields[RecordField::CertificateSubject] = value;
    else if (key == "fingerprint")
        record.fields[RecordField::Certificate] = value;
    else if (key == "type")
        record.fields[RecordField::MessageType] = value;
    else if (key == "problem" && !value.empty())
        record.fields[RecordField::Error] = value;
    else if (key == "why" && record.kind != Kind::MessageRefused) // there it may quote the message, and so a price
        addWhy(record, value);
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
    // A kind has its fields; what it has no field for is in the venue's log.
    const auto allowed = audit::allowedFields(record.kind);
    std::erase_if(record.fields,
        [&](const auto& field) { return std::find(allowed.begin(), allowed.end(), field.first) == allowed.end(); });
    if (event == "refused-as-too-many")
        record.fields[RecordField::Error] = "too-many";
    if (const auto user = m_users.find(record.session); record.user.empty() && user != m_users.end())
        record.user = user->second;
    return record;
}

}
