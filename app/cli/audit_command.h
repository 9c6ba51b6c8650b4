#pragma once

#include "core/audit/record.h"
#include "core/base/clock.h"

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace cli {

/// Which records; what is absent or empty does not matter.
struct AuditFilter {
    std::optional<base::UtcTime> from; ///< inclusive
    std::optional<base::UtcTime> to; ///< exclusive
    std::string user;
    std::set<audit::Kind> kinds;
};
struct AuditVerify {
    std::vector<std::string> keys; ///< files with the public keys or certificates that sign heads
    std::string anchor; ///< file; empty: none
};
struct AuditShow {
    AuditFilter filter;
};
enum class AuditForm { JsonLines, Ocsf, Cef };
struct AuditExport {
    AuditFilter filter;
    AuditForm form = AuditForm::JsonLines;
    std::string host; ///< whom the events name as their reporter; empty: this machine
};
/// What is done with an audit trail alone: no configuration, no token.
struct AuditCommand {
    std::string file;
    std::variant<AuditVerify, AuditShow, AuditExport> what;
};

}
