#include "core/siem/jsonl.h"

#include "core/audit/time_text.h"

#include <nlohmann/json.hpp>

namespace siem {

std::string jsonLine(const Entry& entry)
{
    const audit::AuditRecord& record = entry.numbered.record;
    nlohmann::ordered_json fields = nlohmann::ordered_json::object();
    for (const auto& [field, value] : record.fields)
        fields[std::string(audit::nameOf(field))] = audit::escapedValue(value);
    const nlohmann::ordered_json json{{"number", entry.numbered.number}, {"time", audit::timeText(record.time)},
        {"kind", audit::nameOf(record.kind)}, {"severity", audit::nameOf(record.severity)},
        {"user", audit::escapedValue(record.user)}, {"session", audit::escapedValue(record.session)},
        {"reference", audit::escapedValue(record.reference)}, {"fields", fields}, {"hash", audit::hexOf(entry.hash)}};
    return json.dump(-1, ' ', true);
}

}
