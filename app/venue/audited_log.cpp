#include "app/venue/audited_log.h"

#include "app/trail/audit_fields.h"
#include "app/trail/event_record.h"

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

/// The events of the venue that concern security; those of its enforcement point are AccessRecorder's. What a scenario
/// makes the venue do wrong is no event of security.
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
    Meaning{"replay-unreadable", Kind::Alert, Severity::Alert},
    Meaning{"replay-impossible", Kind::Alert, Severity::Alert},
    Meaning{"device-authority-unreadable", Kind::Alert, Severity::Alert},
    Meaning{"revocation-lists-unreadable", Kind::Alert, Severity::Alert},
    Meaning{"countries-adopted", Kind::PolicyLoaded, Severity::Notice},
    Meaning{"countries-refused", Kind::PolicyRefused, Severity::Alert},
    Meaning{"countries-old", Kind::Alert, Severity::Warning},
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

struct Place {
    std::string_view key;
    RecordField field;
};

/// Where the value of a key goes, as it is.
constexpr std::array Places{Place{"tls", RecordField::Tls}, Place{"cipher", RecordField::Cipher},
    Place{"subject", RecordField::CertificateSubject}, Place{"fingerprint", RecordField::Certificate},
    Place{"type", RecordField::MessageType}, Place{"problem", RecordField::Error},
    Place{"version", RecordField::Policy}, Place{"signer", RecordField::By}};

void add(AuditRecord& record, std::string_view key, const std::string& value)
{
    if (value.empty())
        return;
    if (key == "session")
        record.session = value;
    else if (key == "address")
        record.fields[RecordField::Address] = app::hostsOf(value);
    else if (key == "why")
        app::addWhy(record, value);
    for (const Place& place : Places) {
        if (place.key == key)
            record.fields[place.field] = value;
    }
}

}

bool isAlert(std::string_view event)
{
    const auto meaning = meaningOf(event);
    return meaning && meaning->severity == Severity::Alert;
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
    runDue();
    if (auto record = recordOf(event, fields))
        append(*std::move(record));
}

void AuditedLog::write(AuditRecord record, Done done)
{
    const auto host = record.fields.find(RecordField::Address);
    const bool isRefusal = record.kind == Kind::SessionRefused && host != record.fields.end();
    if (!isRefusal || m_refusals.isOwn(host->second, m_clock.steady()))
        m_recorder.append(std::move(record), std::move(done));
    else if (done)
        done(base::Ok{}); // it is counted, and the count is written
}

AuditedLog::~AuditedLog()
{
    write(m_refusals.takeAll());
}

void AuditedLog::runDue()
{
    write(m_refusals.takeOver(m_clock.steady()));
}

void AuditedLog::write(const std::vector<RefusalDigest::Counted>& counted)
{
    for (const auto& [place, attempts] : counted) {
        AuditRecord record;
        record.time = m_clock.utc();
        record.kind = Kind::SessionRefused;
        record.severity = Severity::Warning;
        record.fields = {{RecordField::Address, place}, {RecordField::Attempts, std::to_string(attempts)},
            {RecordField::Reason, "so many more connections were refused within a minute"}};
        m_recorder.append(std::move(record));
    }
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
    if (const auto user = m_users.find(record.session); user != m_users.end())
        record.user = user->second;
    if (event == "refused-as-too-many")
        record.fields[RecordField::Error] = "too-many";
    if (record.kind == Kind::Alert)
        record.fields[RecordField::Rule] = event;
    app::keepAllowed(record);
    return record;
}

}
