#include "app/venue/access_recorder.h"

#include "app/venue/audit_fields.h"
#include "core/pep/session.h"

#include <array>
#include <utility>

namespace venue {

using audit::AuditRecord;
using audit::Field;
using audit::Kind;
using pep::EventKind;

namespace {

Kind kindOf(EventKind kind)
{
    switch (kind) {
    case EventKind::ConnectionRefused:
        return Kind::SessionRefused;
    case EventKind::SessionDecided:
    case EventKind::ActionDecided:
        return Kind::AccessDecision;
    case EventKind::SessionRestricted:
    case EventKind::PersonLeft:
        return Kind::SessionRestricted;
    case EventKind::SessionClosed:
        return Kind::SessionClosed;
    case EventKind::StepUpAsked:
        return Kind::StepUpAsked;
    case EventKind::StepUpApproved:
        return Kind::StepUpPassed;
    case EventKind::StepUpRefused:
    case EventKind::EnrolmentRefused:
        return Kind::StepUpRefused;
    case EventKind::TicketArmed:
    case EventKind::GrantSpent:
    case EventKind::AcceptancePassed:
        return Kind::AcceptanceAuthorised;
    case EventKind::GrantRefused:
        return Kind::AcceptanceRefused;
    case EventKind::KeyEnrolled:
        return Kind::KeyEnrolled;
    case EventKind::EntitlementMissing:
        return Kind::EntitlementRefused;
    case EventKind::MessageRefused:
        return Kind::MessageRefused;
    case EventKind::UserLocked:
    case EventKind::CertificateLocked:
        return Kind::Locked;
    case EventKind::IdentitiesChanged:
        return Kind::IdentityChanged;
    case EventKind::ProofAsked:
        return Kind::TokenEvent;
    case EventKind::DeviceQuoteRefused:
    case EventKind::RuleFired:
    case EventKind::StoreFailed:
        return Kind::Alert;
    }
    return Kind::Alert;
}

/// What the kind alone says.
void addMeaning(AuditRecord& record, const pep::Event& event)
{
    switch (event.kind) {
    case EventKind::GrantRefused:
    case EventKind::EntitlementMissing:
        record.fields[Field::Error] = pep::eventName(event.kind);
        return;
    case EventKind::TicketArmed:
        record.fields[Field::Scope] = "ticket";
        return;
    case EventKind::EnrolmentRefused:
        record.fields[Field::Scope] = "enrolment";
        return;
    case EventKind::PersonLeft:
        record.fields[Field::Reason] = "the person left";
        return;
    case EventKind::StoreFailed:
        record.fields[Field::Rule] = pep::eventName(event.kind);
        return;
    case EventKind::UserLocked:
        record.fields[Field::Target] = event.user.text();
        return;
    case EventKind::CertificateLocked:
        record.fields[Field::Target] = "a certificate of " + event.user.text();
        return;
    case EventKind::ConnectionRefused:
    case EventKind::SessionDecided:
    case EventKind::SessionRestricted:
    case EventKind::SessionClosed:
    case EventKind::ActionDecided:
    case EventKind::StepUpAsked:
    case EventKind::StepUpApproved:
    case EventKind::StepUpRefused:
    case EventKind::GrantSpent:
    case EventKind::AcceptancePassed:
    case EventKind::KeyEnrolled:
    case EventKind::MessageRefused:
    case EventKind::IdentitiesChanged:
    case EventKind::DeviceQuoteRefused:
    case EventKind::RuleFired:
    case EventKind::ProofAsked:
        return;
    }
}

audit::Severity severityOf(pep::Severity severity)
{
    switch (severity) {
    case pep::Severity::Notice:
        return audit::Severity::Notice;
    case pep::Severity::Warning:
        return audit::Severity::Warning;
    case pep::Severity::Alert:
        return audit::Severity::Alert;
    }
    return audit::Severity::Alert;
}

struct Place {
    std::string_view name;
    Field field;
};

/// Where the value of an event's field goes, as it is.
constexpr std::array Places{Place{"type", Field::MessageType}, Place{"outcome", Field::Outcome},
    Place{"score", Field::Score}, Place{"lines", Field::Attributes}, Place{"policy", Field::Policy},
    Place{"scope", Field::Scope}, Place{"action", Field::Action}, Place{"instrument", Field::Instrument},
    Place{"refusal", Field::Error}, Place{"credential", Field::Credential}, Place{"name", Field::Target},
    Place{"signals", Field::Signals}, Place{"rule", Field::Rule}, Place{"attempts", Field::Attempts},
    Place{"target", Field::Target}};

void add(AuditRecord& record, const pep::EventField& given)
{
    if (given.value.empty())
        return;
    if (given.name == "id" && record.reference.empty())
        record.reference = given.value;
    else if (given.name == "why")
        addWhy(record, given.value);
    for (const Place& place : Places)
        if (place.name == given.name)
            record.fields[place.field] = given.value;
}

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

AuditRecord recordOf(const pep::Event& event)
{
    AuditRecord record;
    record.time = event.at;
    record.kind = kindOf(event.kind);
    record.severity = severityOf(event.severity);
    record.user = event.user.text();
    record.session = event.session.text();
    record.reference = event.reference;
    if (!event.address.empty())
        record.fields[Field::Address] = pep::hostOf(event.address);
    for (const auto& field : event.fields)
        add(record, field);
    addMeaning(record, event);
    // Cut off they would be replayed as another decision.
    if (const auto signals = record.fields.find(Field::Signals);
        signals != record.fields.end() && signals->second.size() > audit::MaxValueSize)
        record.fields.erase(signals);
    keepAllowed(record);
    return record;
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
    keepAllowed(record);
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
        m_trail->append(recordOf(event));
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
