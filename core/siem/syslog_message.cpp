#include "core/siem/syslog_message.h"

#include "core/audit/time_text.h"
#include "core/siem/cef.h"
#include "core/siem/ocsf.h"

#include <array>

namespace siem {

namespace {

using audit::AuditRecord;

constexpr int LogAudit = 13; ///< facility
constexpr std::uint64_t MaxSequenceId = 2'147'483'647; ///< RFC 5424, 7.3.1
constexpr std::size_t MaxHost = 255;
constexpr std::size_t MaxProgram = 48;
constexpr std::size_t MaxProcessId = 128;
constexpr std::array<std::size_t, 4> ValueSizes{1024, 256, 64, 16};

int levelOf(audit::Severity severity)
{
    switch (severity) {
    case audit::Severity::Info:
        return 6;
    case audit::Severity::Notice:
        return 5;
    case audit::Severity::Warning:
        return 4;
    case audit::Severity::Alert:
        return 1;
    }
    return 3;
}

/// A field of the header: printable ASCII without blanks, or "-".
std::string headerField(std::string_view text, std::size_t most)
{
    std::string field;
    for (const char c : text.substr(0, most))
        field += c > ' ' && c < 0x7f ? c : '?';
    return field.empty() ? "-" : field;
}

void addParam(std::string& element, std::string_view name, std::string_view value)
{
    if (!value.empty())
        element += " " + std::string(name) + "=\"" + paramValue(audit::escapedValue(value)) + "\"";
}

std::string header(int level, base::UtcTime time, const Origin& origin, std::string_view messageId)
{
    return "<" + std::to_string(LogAudit * 8 + level) + ">1 " + audit::timeText(time) + " "
        + headerField(origin.host, MaxHost) + " " + headerField(origin.program, MaxProgram) + " "
        + headerField(origin.processId, MaxProcessId) + " " + std::string(messageId) + " ";
}

std::string standardElements(std::uint64_t number, const Origin& origin)
{
    std::string meta = "[meta";
    addParam(meta, "sequenceId", std::to_string((number - 1) % MaxSequenceId + 1));
    std::string software = "][origin";
    addParam(software, "software", origin.program.substr(0, MaxProgram));
    addParam(software, "swVersion", origin.version.substr(0, 32));
    return meta + software + "]";
}

std::string ownElement(const Entry& entry, const Origin& origin, bool withFields)
{
    const AuditRecord& record = entry.numbered.record;
    std::string element = "[countersign@" + std::to_string(origin.enterprise);
    addParam(element, "number", std::to_string(entry.numbered.number));
    addParam(element, "hash", audit::hexOf(entry.hash));
    if (withFields) {
        addParam(element, "severity", audit::nameOf(record.severity));
        addParam(element, "user", record.user);
        addParam(element, "session", record.session);
        addParam(element, "reference", record.reference);
        for (const auto& [field, value] : record.fields)
            addParam(element, audit::nameOf(field), value);
    }
    return element + "]";
}

std::string bodyOf(const Entry& entry, const Origin& origin, Format format)
{
    switch (format) {
    case Format::Structured:
        return std::string(audit::nameOf(entry.numbered.record.kind));
    case Format::Ocsf:
        return ocsfEvent(entry, origin);
    case Format::Cef:
        return cefEvent(entry, origin);
    }
    return {};
}

/// In the form that the collector parses: the alert that the trail was tampered with must not fail there.
std::string damageBody(std::uint64_t number, base::UtcTime time, const Origin& origin, Format format)
{
    switch (format) {
    case Format::Structured:
        return std::string(DamageName);
    case Format::Ocsf:
        return ocsfDamage(number, time, origin);
    case Format::Cef:
        return cefDamage(number, time, origin);
    }
    return {};
}

std::string written(const Entry& entry, const Origin& origin, Format format)
{
    const AuditRecord& record = entry.numbered.record;
    return header(levelOf(record.severity), record.time, origin, audit::nameOf(record.kind))
        + standardElements(entry.numbered.number, origin) + ownElement(entry, origin, format == Format::Structured)
        + " " + bodyOf(entry, origin, format);
}

}

std::string syslogMessage(const Entry& entry, const Origin& origin, Format format)
{
    std::string message = written(entry, origin, format);
    for (const std::size_t size : ValueSizes) {
        if (message.size() <= MaxMessageSize)
            break;
        message = written(shortened(entry, size), origin, format);
    }
    return message;
}

std::string damageMessage(std::uint64_t number, base::UtcTime time, const Origin& origin, Format format)
{
    std::string element = "[countersign@" + std::to_string(origin.enterprise);
    addParam(element, "number", std::to_string(number));
    addParam(element, "severity", audit::nameOf(audit::Severity::Alert));
    return header(levelOf(audit::Severity::Alert), time, origin, DamageName) + standardElements(number, origin)
        + element + "] " + damageBody(number, time, origin, format);
}

std::string framed(const std::string& message)
{
    return std::to_string(message.size()) + " " + message;
}

std::string paramValue(std::string_view value)
{
    std::string escaped;
    for (const char c : value) {
        if (c == '"' || c == '\\' || c == ']')
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

}
