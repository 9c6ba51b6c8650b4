#pragma once

#include "core/audit/record.h"

#include <string>

/// What stays out of records, whoever makes them.
namespace app {

/// A reason in words; "certificate-untrusted: in words" of a refused session as code and words. Not kept where it may
/// quote the message that it is about, and so a price or an amount.
void addWhy(audit::AuditRecord& record, const std::string& why);

/// What the kind has no field for stays in the other log.
void keepAllowed(audit::AuditRecord& record);

}
