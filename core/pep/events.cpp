#include "core/pep/events.h"

namespace pep {

const char* eventName(EventKind kind)
{
    switch (kind) {
    case EventKind::ConnectionRefused:
        return "connection-refused";
    case EventKind::SessionDecided:
        return "session-decided";
    case EventKind::SessionRestricted:
        return "session-restricted";
    case EventKind::SessionClosed:
        return "session-closed";
    case EventKind::PersonLeft:
        return "person-left";
    case EventKind::ActionDecided:
        return "action-decided";
    case EventKind::DeviceQuoteRefused:
        return "device-quote-refused";
    case EventKind::DeviceCertificateRefused:
        return "device-certificate-refused";
    case EventKind::StepUpAsked:
        return "step-up-asked";
    case EventKind::StepUpApproved:
        return "step-up-approved";
    case EventKind::StepUpRefused:
        return "step-up-refused";
    case EventKind::TicketArmed:
        return "ticket-armed";
    case EventKind::GrantSpent:
        return "grant-spent";
    case EventKind::AcceptancePassed:
        return "acceptance-passed";
    case EventKind::GrantRefused:
        return "grant-refused";
    case EventKind::KeyEnrolled:
        return "key-enrolled";
    case EventKind::KeyRenamed:
        return "key-renamed";
    case EventKind::KeyRevoked:
        return "key-revoked";
    case EventKind::EnrolmentRefused:
        return "enrolment-refused";
    case EventKind::EntitlementMissing:
        return "entitlement-missing";
    case EventKind::MessageRefused:
        return "access-message-refused";
    case EventKind::RuleFired:
        return "rule-fired";
    case EventKind::ProofAsked:
        return "proof-asked";
    case EventKind::UserLocked:
        return "user-locked";
    case EventKind::CertificateLocked:
        return "certificate-locked";
    case EventKind::IdentitiesChanged:
        return "identities-changed";
    case EventKind::StoreFailed:
        return "identity-store-failed";
    }
    return "";
}

const char* severityName(Severity severity)
{
    switch (severity) {
    case Severity::Notice:
        return "notice";
    case Severity::Warning:
        return "warning";
    case Severity::Alert:
        return "alert";
    }
    return "";
}

}
