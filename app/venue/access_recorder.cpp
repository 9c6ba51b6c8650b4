#include "app/venue/access_recorder.h"

#include "app/trail/audit_fields.h"
#include "app/trail/event_record.h"
#include "core/pep/session.h"

#include <utility>

namespace venue {

using audit::AuditRecord;
using audit::Field;
using audit::Kind;

namespace {

Kind kindOfDone(pep::ChangeKind kind)
{
    switch (kind) {
    case pep::ChangeKind::AddUser:
    case pep::ChangeKind::ChangeUser:
    case pep::ChangeKind::RevokeUser:
    case pep::ChangeKind::RenameCredential:
        return Kind::IdentityChanged;
    case pep::ChangeKind::LockUser:
        return Kind::Locked;
    case pep::ChangeKind::UnlockUser:
        return Kind::Unlocked;
    case pep::ChangeKind::AddCertificate:
    case pep::ChangeKind::ChangeCertificate:
        return Kind::CertificateChanged;
    case pep::ChangeKind::RevokeCertificate:
        return Kind::CertificateRevoked;
    case pep::ChangeKind::ImportCredential:
        return Kind::KeyEnrolled;
    case pep::ChangeKind::RevokeCredential:
        return Kind::KeyRevoked;
    }
    return Kind::IdentityChanged;
}

std::string referenceOf(const pep::ChangeEvent& event)
{
    return event.change == 0 ? std::string() : "change-" + std::to_string(event.change);
}

/// One line of the log has room for these.
std::string valueOf(const pep::Event& event, std::string_view name)
{
    for (const auto& field : event.fields)
        if (field.name == name)
            return field.value;
    return {};
}

}

AuditRecord recordOf(const pep::ChangeEvent& event)
{
    const bool isDone = event.outcome == pep::ChangeOutcome::Done;
    const bool isSeen = event.outcome == pep::ChangeOutcome::Refused || (isDone && event.change == 0);
    AuditRecord record;
    record.time = event.at;
    record.kind = isDone ? kindOfDone(event.kind) : Kind::IdentityChanged;
    record.severity = isSeen ? audit::Severity::Warning : audit::Severity::Notice;
    record.reference = referenceOf(event);
    record.fields = {{Field::Outcome, pep::nameOf(event.outcome)}, {Field::Action, pep::nameOf(event.kind)},
        {Field::Target, event.target}, {Field::Certificate, event.certificate}, {Field::Credential, event.credential},
        {Field::Role, event.role}, {Field::Segment, event.segment}, {Field::By, event.by},
        {Field::Second, event.second}, {Field::Reason, event.reason}};
    std::erase_if(record.fields, [](const auto& field) { return field.second.empty(); });
    app::keepAllowed(record);
    return record;
}

AccessRecorder::AccessRecorder(EventLog& log, audit::AuditRecorder* trail, AccessWatcher* watcher)
    : m_log(log)
    , m_trail(trail)
    , m_watcher(watcher)
{
}

void AccessRecorder::record(const pep::Event& event)
{
    const auto field = [&](std::string_view name) { return EventLog::Field(name, valueOf(event, name)); };
    m_log.record(pep::eventName(event.kind),
        {{"severity", pep::severityName(event.severity)}, {"session", event.session.text()},
            {"user", event.user.text()}, {"address", event.address}, {"reference", event.reference}, field("outcome"),
            field("score"), field("lines"), field("signals"), field("policy"), field("scope"), field("action"),
            field("type"), field("id"), field("instrument"), field("refusal"), field("credential"), field("name"),
            field("rule"), field("attempts"), field("target"), field("why")});
    if (m_trail)
        m_trail->append(app::recordOf(event));
    if (m_watcher)
        m_watcher->saw(event);
}

void AccessRecorder::show(StoreStanding standing)
{
    if (m_watcher)
        m_watcher->saw(std::move(standing));
}

void AccessRecorder::record(const pep::ChangeEvent& event, audit::AuditRecorder::Done done)
{
    m_log.record("identity-change",
        {{"reference", referenceOf(event)}, {"action", pep::nameOf(event.kind)},
            {"outcome", pep::nameOf(event.outcome)}, {"target", event.target}, {"certificate", event.certificate},
            {"credential", event.credential}, {"role", event.role}, {"segment", event.segment}, {"by", event.by},
            {"second", event.second}, {"why", event.reason}});
    if (m_trail)
        m_trail->append(recordOf(event), std::move(done));
    else
        done(base::Ok{});
}

}
