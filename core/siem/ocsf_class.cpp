#include "core/siem/ocsf_class.h"

namespace siem {

namespace {

using audit::AuditRecord;
using audit::Field;
using audit::Kind;

constexpr int Other = 99;

OcsfClass authentication(int activity, const char* name)
{
    return {3, 3002, activity, "Authentication", name};
}

OcsfClass accountChange(int activity, const char* name)
{
    return {3, 3001, activity, "Account Change", name};
}

OcsfClass apiActivity(int activity, const char* name)
{
    return {6, 6003, activity, "API Activity", name};
}

OcsfClass lifecycle(int activity, const char* name)
{
    return {6, 6002, activity, "Application Lifecycle", name};
}

/// A change of the identity store: what is only drafted or proposed has come to nothing yet.
OcsfStatus changed(const AuditRecord& record)
{
    const auto outcome = record.fields.find(Field::Outcome);
    if (outcome == record.fields.end() || outcome->second == "done")
        return OcsfStatus::Success;
    return outcome->second == "refused" || outcome->second == "rejected" ? OcsfStatus::Failure : OcsfStatus::Unknown;
}

OcsfStatus decided(const AuditRecord& record)
{
    const auto outcome = record.fields.find(Field::Outcome);
    if (outcome == record.fields.end())
        return OcsfStatus::Unknown;
    if (outcome->second == "allow")
        return OcsfStatus::Success;
    return outcome->second == "deny" ? OcsfStatus::Failure : OcsfStatus::Unknown;
}

}

OcsfClass ocsfClassOf(const AuditRecord& record)
{
    switch (record.kind) {
    case Kind::TrailStarted:
        return apiActivity(1, "Create");
    case Kind::ProgramStarted:
        return lifecycle(3, "Start");
    case Kind::ProgramStopped:
        return lifecycle(4, "Stop");
    case Kind::SessionOpened:
        return authentication(1, "Logon");
    case Kind::SessionClosed:
        return authentication(2, "Logoff");
    case Kind::SessionRefused:
        if (record.user.empty())
            return {4, 4001, 5, "Network Activity", "Refuse"};
        return authentication(1, "Logon");
    case Kind::SessionRestricted:
        return apiActivity(3, "Update");
    case Kind::AccessDecision:
        return apiActivity(Other, "Access Decision");
    case Kind::StepUpAsked:
    case Kind::StepUpPassed:
    case Kind::StepUpRefused:
        return authentication(Other, "Step-Up");
    case Kind::EntitlementRefused:
    case Kind::MessageRefused:
        return apiActivity(Other, "Message");
    case Kind::AcceptanceAuthorised:
    case Kind::AcceptanceRefused:
        return apiActivity(1, "Create");
    case Kind::Locked:
        return accountChange(9, "Lock");
    case Kind::Unlocked:
        return accountChange(2, "Enable");
    case Kind::Alert:
        return DetectionFinding;
    case Kind::PolicyLoaded:
    case Kind::PolicyRefused:
        return apiActivity(3, "Update");
    case Kind::TokenEvent:
        return authentication(Other, "Token");
    case Kind::IdentityChanged:
        return accountChange(Other, "Identity Changed");
    case Kind::KeyEnrolled:
        return accountChange(10, "MFA Factor Enable");
    case Kind::KeyRevoked:
        return accountChange(11, "MFA Factor Disable");
    case Kind::CertificateChanged:
        return accountChange(Other, "Certificate Changed");
    case Kind::CertificateRevoked:
        return accountChange(Other, "Certificate Revoked");
    }
    return {};
}

OcsfStatus ocsfStatusOf(const AuditRecord& record)
{
    switch (record.kind) {
    case Kind::SessionRefused:
    case Kind::StepUpRefused:
    case Kind::EntitlementRefused:
    case Kind::MessageRefused:
    case Kind::AcceptanceRefused:
    case Kind::PolicyRefused:
        return OcsfStatus::Failure;
    case Kind::AccessDecision:
        return decided(record);
    case Kind::IdentityChanged:
        return changed(record);
    case Kind::StepUpAsked:
    case Kind::Alert:
    case Kind::TokenEvent:
        return OcsfStatus::Unknown;
    case Kind::TrailStarted:
    case Kind::ProgramStarted:
    case Kind::ProgramStopped:
    case Kind::SessionOpened:
    case Kind::SessionClosed:
    case Kind::SessionRestricted:
    case Kind::StepUpPassed:
    case Kind::AcceptanceAuthorised:
    case Kind::Locked:
    case Kind::Unlocked:
    case Kind::PolicyLoaded:
    case Kind::KeyEnrolled:
    case Kind::KeyRevoked:
    case Kind::CertificateChanged:
    case Kind::CertificateRevoked:
        return OcsfStatus::Success;
    }
    return OcsfStatus::Unknown;
}

int ocsfSeverity(audit::Severity severity)
{
    switch (severity) {
    case audit::Severity::Info:
        return 1; // Informational
    case audit::Severity::Notice:
        return 2; // Low
    case audit::Severity::Warning:
        return 3; // Medium
    case audit::Severity::Alert:
        return 4; // High
    }
    return 0;
}

}
