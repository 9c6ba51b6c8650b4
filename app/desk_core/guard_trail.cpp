#include "app/desk_core/guard_trail.h"

#include <algorithm>
#include <array>
#include <utility>

namespace app {

namespace {

using audit::Field;
using audit::Kind;
using pep::EventKind;

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
    case EventKind::StoreFailed:
        return Kind::Alert;
    }
    return Kind::Alert;
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
constexpr std::array Places{Place{"outcome", Field::Outcome}, Place{"score", Field::Score},
    Place{"lines", Field::Attributes}, Place{"policy", Field::Policy}, Place{"scope", Field::Scope},
    Place{"action", Field::Action}, Place{"type", Field::MessageType}, Place{"instrument", Field::Instrument},
    Place{"refusal", Field::Error}, Place{"credential", Field::Credential}};

/// Reasons of these may quote a message, and so a price or an amount.
bool mayQuoteMessage(Kind kind)
{
    return kind == Kind::MessageRefused || kind == Kind::EntitlementRefused || kind == Kind::AcceptanceRefused
        || kind == Kind::AcceptanceAuthorised;
}

}

audit::AuditRecord auditRecordOf(const pep::Event& event)
{
    audit::AuditRecord record;
    record.time = event.at;
    record.kind = kindOf(event.kind);
    record.severity = severityOf(event.severity);
    record.user = event.user.text();
    record.session = event.session.text();
    record.reference = event.reference;
    record.fields[Field::Address] = event.address;
    for (const pep::EventField& field : event.fields) {
        for (const Place& place : Places) {
            if (place.name == field.name)
                record.fields[place.field] = field.value;
        }
        if (field.name == "id" && record.reference.empty())
            record.reference = field.value;
        if (field.name == "why" && !mayQuoteMessage(record.kind))
            record.fields[Field::Reason] = field.value;
    }
    if (event.kind == EventKind::PersonLeft)
        record.fields[Field::Reason] = "the person left";
    if (event.kind == EventKind::TicketArmed)
        record.fields[Field::Scope] = "ticket";
    if (record.kind == Kind::Locked)
        record.fields[Field::Target] = event.user.text();
    if (record.kind == Kind::Alert)
        record.fields[Field::Rule] = pep::eventName(event.kind);
    const auto allowed = audit::allowedFields(record.kind);
    std::erase_if(record.fields, [&](const auto& field) {
        return field.second.empty() || std::find(allowed.begin(), allowed.end(), field.first) == allowed.end();
    });
    return record;
}

}
