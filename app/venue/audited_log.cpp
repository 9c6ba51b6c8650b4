#include "app/venue/audited_log.h"

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
    Meaning{"certificate-changed", Kind::CertificateChanged, Severity::Notice}};

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
    if (record.kind != Kind::SessionRefused || colon == std::string::npos) {
        record.fields[RecordField::Reason] = why;
        return;
    }
    record.fields[RecordField::Error] = why.substr(0, colon);
    record.fields[RecordField::Reason] = why.substr(colon + 2);
}

void add(AuditRecord& record, std::string_view key, const std::string& value)
{
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
    if (event == "refused-as-too-many")
        record.fields[RecordField::Error] = "too-many";
    if (const auto user = m_users.find(record.session); user != m_users.end())
        record.user = user->second;
    return record;
}

}
