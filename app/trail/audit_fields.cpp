#include "app/trail/audit_fields.h"

#include <algorithm>

namespace app {

using audit::AuditRecord;
using audit::Kind;

namespace {

bool mayQuoteMessage(Kind kind)
{
    return kind == Kind::MessageRefused || kind == Kind::EntitlementRefused || kind == Kind::AcceptanceRefused
        || kind == Kind::AcceptanceAuthorised;
}

}

void addWhy(AuditRecord& record, const std::string& why)
{
    if (why.empty() || mayQuoteMessage(record.kind))
        return;
    const auto colon = why.find(": ");
    if (record.kind != Kind::SessionRefused || colon == std::string::npos || why.find(' ') < colon) {
        record.fields[audit::Field::Reason] = why;
        return;
    }
    record.fields[audit::Field::Error] = why.substr(0, colon);
    record.fields[audit::Field::Reason] = why.substr(colon + 2);
}

void keepAllowed(AuditRecord& record)
{
    const auto allowed = audit::allowedFields(record.kind);
    std::erase_if(record.fields,
        [&](const auto& field) { return std::find(allowed.begin(), allowed.end(), field.first) == allowed.end(); });
}

}
