#include "app/trail/event_record.h"

#include "app/trail/audit_fields.h"
#include "core/access/ip_address.h"
#include "core/pep/session.h"

#include <array>
#include <sstream>

namespace app {

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
    case EventKind::KeyRevoked:
        return Kind::KeyRevoked;
    case EventKind::EntitlementMissing:
        return Kind::EntitlementRefused;
    case EventKind::MessageRefused:
        return Kind::MessageRefused;
    case EventKind::UserLocked:
    case EventKind::CertificateLocked:
        return Kind::Locked;
    case EventKind::IdentitiesChanged:
    case EventKind::KeyRenamed:
        return Kind::IdentityChanged;
    case EventKind::ProofAsked:
        return Kind::TokenEvent;
    case EventKind::DeviceQuoteRefused:
    case EventKind::DeviceCertificateRefused:
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
        record.fields[Field::Target] = event.user.text();
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
    case EventKind::KeyRenamed:
    case EventKind::KeyRevoked:
    case EventKind::MessageRefused:
    case EventKind::IdentitiesChanged:
    case EventKind::DeviceQuoteRefused:
    case EventKind::DeviceCertificateRefused:
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
    Place{"scored", Field::Scored}, Place{"score", Field::Score}, Place{"lines", Field::Attributes},
    Place{"policy", Field::Policy}, Place{"scope", Field::Scope}, Place{"action", Field::Action},
    Place{"instrument", Field::Instrument}, Place{"refusal", Field::Error}, Place{"credential", Field::Credential},
    Place{"name", Field::Target}, Place{"signals", Field::Signals}, Place{"rule", Field::Rule},
    Place{"attempts", Field::Attempts}, Place{"target", Field::Target}, Place{"certificate", Field::Certificate}};

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

}

std::string hostsOf(const std::string& addresses)
{
    std::string hosts;
    std::istringstream words(addresses);
    for (std::string word; words >> word;) {
        auto address = zerotrust::IpAddress::parse(word);
        if (!address)
            address = zerotrust::IpAddress::parse(pep::hostOf(word));
        hosts += (hosts.empty() ? "" : " ") + (address ? address->text() : pep::hostOf(word));
    }
    return hosts;
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
        record.fields[Field::Address] = hostsOf(event.address);
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

}
