#include "core/siem/cef.h"

#include <cctype>
#include <chrono>
#include <utility>

namespace siem {

namespace {

using audit::AuditRecord;
using audit::Field;

int severityOf(audit::Severity severity)
{
    switch (severity) {
    case audit::Severity::Info:
        return 1;
    case audit::Severity::Notice:
        return 3;
    case audit::Severity::Warning:
        return 6;
    case audit::Severity::Alert:
        return 9;
    }
    return 0;
}

/// The target is a person, and not a connection, an address, a key or "certificate ...".
bool isAboutAnAccount(audit::Kind kind, std::string_view target)
{
    return (kind == audit::Kind::Locked || kind == audit::Kind::Unlocked || kind == audit::Kind::IdentityChanged)
        && !target.starts_with("certificate ");
}

/// The key of CEF's dictionary where there is one, else ours: "action-digest" is countersignActionDigest.
std::string keyOf(audit::Kind kind, Field field, std::string_view value)
{
    switch (field) {
    case Field::Outcome:
        return "outcome";
    case Field::Action:
        return "act";
    case Field::Reason:
        return "reason";
    case Field::Target:
        if (isAboutAnAccount(kind, value))
            return "duser";
        break;
    case Field::Address:
    case Field::Certificate:
    case Field::CertificateSubject:
    case Field::Tls:
    case Field::Cipher:
    case Field::Scored:
    case Field::Score:
    case Field::Signals:
    case Field::Attributes:
    case Field::Policy:
    case Field::Scope:
    case Field::ActionDigest:
    case Field::ClientData:
    case Field::AuthenticatorData:
    case Field::Signature:
    case Field::Credential:
    case Field::Model:
    case Field::Device:
    case Field::Country:
    case Field::Instrument:
    case Field::Dealer:
    case Field::MessageType:
    case Field::Rule:
    case Field::Role:
    case Field::Segment:
    case Field::By:
    case Field::Second:
    case Field::Attempts:
    case Field::Error:
    case Field::Version:
    case Field::Trail:
        break;
    }
    std::string key = "countersign";
    bool isFirst = true;
    for (const char c : audit::nameOf(field)) {
        if (c == '-')
            isFirst = true;
        else
            key += std::exchange(isFirst, false) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    }
    return key;
}

void add(std::string& extension, std::string_view key, std::string_view value)
{
    if (value.empty())
        return;
    extension += extension.empty() ? "" : " ";
    extension += key;
    extension += '=';
    extension += cefExtensionValue(value);
}

/// A workstation may name several addresses, one behind the other; a key of the dictionary holds one.
void addAddresses(std::string& extension, std::string_view addresses)
{
    const std::string_view first = addresses.substr(0, addresses.find(' '));
    if (first.find(':') == std::string_view::npos) {
        add(extension, "src", first);
    } else {
        add(extension, "c6a2", first);
        add(extension, "c6a2Label", "Source IPv6 Address");
    }
    if (first.size() != addresses.size())
        add(extension, "countersignAddress", addresses);
}

/// Up to the extension; `name` is one of ours.
std::string headerOf(const Origin& origin, std::string_view name, audit::Severity severity)
{
    const std::string plain(name);
    return "CEF:0|Countersign|" + cefHeaderValue(origin.program) + "|" + cefHeaderValue(origin.version) + "|" + plain
        + "|" + plain + "|" + std::to_string(severityOf(severity)) + "|";
}

/// When, which record, and who says so.
std::string beginningOf(std::uint64_t number, base::UtcTime time, const Origin& origin)
{
    std::string extension;
    add(extension, "rt",
        std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count()));
    add(extension, "externalId", std::to_string(number));
    add(extension, "dvchost", audit::escapedValue(origin.host));
    return extension;
}

}

std::string cefHeaderValue(std::string_view value)
{
    std::string escaped;
    for (const char c : value) {
        if (c == '\\' || c == '|')
            escaped += '\\';
        escaped += c == '\n' || c == '\r' ? ' ' : c;
    }
    return escaped;
}

std::string cefExtensionValue(std::string_view value)
{
    std::string escaped;
    for (const char c : value) {
        if (c == '\n' || c == '\r') {
            escaped += c == '\n' ? "\\n" : "\\r";
            continue;
        }
        if (c == '\\' || c == '=')
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string cefEvent(const Entry& entry, const Origin& origin)
{
    const AuditRecord& record = entry.numbered.record;
    std::string extension = beginningOf(entry.numbered.number, record.time, origin);
    add(extension, "suser", audit::escapedValue(record.user));
    for (const auto& [field, value] : record.fields) {
        if (field == Field::Address)
            addAddresses(extension, audit::escapedValue(value));
        else
            add(extension, keyOf(record.kind, field, value), audit::escapedValue(value));
    }
    add(extension, "countersignSession", audit::escapedValue(record.session));
    add(extension, "countersignReference", audit::escapedValue(record.reference));
    add(extension, "countersignHash", audit::hexOf(entry.hash));
    return headerOf(origin, audit::nameOf(record.kind), record.severity) + extension;
}

std::string cefDamage(std::uint64_t number, base::UtcTime time, const Origin& origin)
{
    return headerOf(origin, DamageName, audit::Severity::Alert) + beginningOf(number, time, origin);
}

}
