#pragma once

#include "core/audit/record.h"
#include "core/pep/events.h"

namespace app {

/// What this desk decided, as its audit trail keeps it. Holds no price and no quantity.
[[nodiscard]] audit::AuditRecord auditRecordOf(const pep::Event& event);

}
