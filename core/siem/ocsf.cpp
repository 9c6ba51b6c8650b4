#include "core/siem/ocsf.h"

#include "core/siem/ocsf_class.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace siem {

namespace {

using audit::AuditRecord;
using audit::Field;
using audit::Kind;
using Json = nlohmann::ordered_json;

constexpr const char* Vendor = "Countersign";

std::string textOf(const AuditRecord& record, Field field)
{
    const auto found = record.fields.find(field);
    return found == record.fields.end() ? std::string() : audit::escapedValue(found->second);
}

Json productOf(const Origin& origin)
{
    Json product{{"name", origin.program}, {"vendor_name", Vendor}};
    if (!origin.version.empty())
        product["version"] = origin.version;
    return product;
}

Json userOf(const AuditRecord& record, const std::string& name)
{
    // A user object is required, also where nobody is known.
    return {{"name", name.empty() ? "unknown" : name}, {"type_id", name.empty() ? 0 : 1},
        {"type", record.user.empty() && name.empty() ? "Unknown" : "User"}};
}

/// Who was at work: the user, or the person that changed something.
Json actorOf(const AuditRecord& record)
{
    const std::string by = textOf(record, Field::By);
    Json actor{{"user", userOf(record, by.empty() ? audit::escapedValue(record.user) : by)}};
    if (!record.session.empty())
        actor["session"] = Json{{"uid", audit::escapedValue(record.session)}};
    return actor;
}

/// Whom it is about: the one who was changed or locked, or the user.
Json subjectOf(const AuditRecord& record)
{
    // Who enrols a key over a session does it for themselves; the target is then the name of the key. Where a
    // certificate is locked, the account is that of its owner.
    const bool isOwnKey = record.kind == Kind::KeyEnrolled && !record.user.empty();
    std::string target = isOwnKey ? std::string() : textOf(record, Field::Target);
    if (target.starts_with("certificate "))
        target.clear();
    return userOf(record, target.empty() ? audit::escapedValue(record.user) : target);
}

Json hostOf(const Origin& origin)
{
    return {{"hostname", audit::escapedValue(origin.host)}};
}

/// A workstation may name several addresses, one behind the other.
Json sourceOf(const AuditRecord& record, const Origin& origin)
{
    const std::string address = textOf(record, Field::Address);
    return address.empty() ? hostOf(origin) : Json{{"ip", address.substr(0, address.find(' '))}};
}

bool hasPlace(const AuditRecord& record, Field field)
{
    switch (field) {
    case Field::Error:
    case Field::Reason:
        return true;
    case Field::Address:
        return textOf(record, field).find(' ') == std::string::npos;
    default:
        return false;
    }
}

Json findingOf(const Entry& entry)
{
    const std::string rule = textOf(entry.numbered.record, Field::Rule);
    return {{"title", rule.empty() ? std::string(audit::nameOf(entry.numbered.record.kind)) : rule},
        {"uid", audit::hexOf(entry.hash)}};
}

/// What the class asks for.
void addClassFields(Json& event, const Entry& entry, const Origin& origin, const OcsfClass& which)
{
    const AuditRecord& record = entry.numbered.record;
    switch (which.classUid) {
    case 3002:
        event["user"] = subjectOf(record);
        event["service"] = Json{{"name", origin.program}};
        event["dst_endpoint"] = hostOf(origin);
        event["is_mfa"] =
            record.kind == Kind::StepUpAsked || record.kind == Kind::StepUpPassed || record.kind == Kind::StepUpRefused;
        event["is_remote"] = true;
        if (!record.session.empty())
            event["session"] = Json{{"uid", audit::escapedValue(record.session)}};
        break;
    case 3001:
        event["user"] = subjectOf(record);
        event["actor"] = actorOf(record);
        break;
    case 4001:
        event["dst_endpoint"] = hostOf(origin);
        break;
    case 2004:
        event["finding_info"] = findingOf(entry);
        event["evidences"] =
            Json::array({Json{{"actor", actorOf(record)}, {"src_endpoint", sourceOf(record, origin)}}});
        return;
    case 6002:
        event["app"] = productOf(origin);
        return;
    default:
        event["actor"] = actorOf(record);
        event["api"] = Json{{"operation", audit::nameOf(record.kind)}, {"service", Json{{"name", origin.program}}}};
        break;
    }
    event["src_endpoint"] = sourceOf(record, origin);
}

/// What every class asks for.
Json beginningOf(const OcsfClass& which, base::UtcTime time, audit::Severity severity, OcsfStatus status)
{
    Json event;
    event["time"] = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    event["category_uid"] = which.categoryUid;
    event["class_uid"] = which.classUid;
    event["class_name"] = which.className;
    event["activity_id"] = which.activityId;
    event["activity_name"] = which.activityName;
    event["type_uid"] = which.classUid * 100 + which.activityId;
    event["severity_id"] = ocsfSeverity(severity);
    event["status_id"] = static_cast<int>(status);
    return event;
}

Json metadataOf(const Origin& origin, const std::string& uid, std::uint64_t number, std::string_view code)
{
    return Json{{"version", OcsfVersion}, {"product", productOf(origin)}, {"uid", uid}, {"sequence", number},
        {"log_name", "audit"}, {"event_code", code}};
}

}

std::string ocsfEvent(const Entry& entry, const Origin& origin)
{
    const AuditRecord& record = entry.numbered.record;
    const OcsfClass which = ocsfClassOf(record);
    Json event = beginningOf(which, record.time, record.severity, ocsfStatusOf(record));
    event["metadata"] = metadataOf(origin, audit::hexOf(entry.hash), entry.numbered.number, audit::nameOf(record.kind));
    if (!record.reference.empty())
        event["metadata"]["correlation_uid"] = audit::escapedValue(record.reference);
    if (const std::string code = textOf(record, Field::Error); !code.empty())
        event["status_code"] = code;
    if (const std::string reason = textOf(record, Field::Reason); !reason.empty())
        event["status_detail"] = reason;
    addClassFields(event, entry, origin, which);
    Json unmapped = Json::object();
    if (!record.session.empty() && (which.classUid == 4001 || which.classUid == 6002))
        unmapped["session"] = audit::escapedValue(record.session);
    for (const auto& [field, value] : record.fields) {
        if (!hasPlace(record, field))
            unmapped[std::string(audit::nameOf(field))] = audit::escapedValue(value);
    }
    if (!unmapped.empty())
        event["unmapped"] = unmapped;
    return event.dump(-1, ' ', true);
}

std::string ocsfDamage(std::uint64_t number, base::UtcTime time, const Origin& origin)
{
    const std::string uid = std::string(DamageName) + "-" + std::to_string(number);
    Json event = beginningOf(DetectionFinding, time, audit::Severity::Alert, OcsfStatus::Unknown);
    event["metadata"] = metadataOf(origin, uid, number, DamageName);
    event["finding_info"] = Json{{"title", DamageName}, {"uid", uid}};
    event["evidences"] = Json::array({Json{{"src_endpoint", hostOf(origin)}}});
    return event.dump(-1, ' ', true);
}

}
