#include "app/trail/change_record.h"

#include "app/trail/audit_fields.h"

namespace app {

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

}

std::string referenceOf(const pep::ChangeEvent& event)
{
    return event.change == 0 ? std::string() : "change-" + std::to_string(event.change);
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

}
