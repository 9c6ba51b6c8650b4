#pragma once

#include "core/audit/record.h"

namespace siem {

/// Where an event of ours belongs in the Open Cybersecurity Schema Framework.
struct OcsfClass {
    int categoryUid = 0;
    int classUid = 0;
    int activityId = 0;
    const char* className = "";
    const char* activityName = "";
};

inline constexpr OcsfClass DetectionFinding{2, 2004, 1, "Detection Finding", "Create"};

enum class OcsfStatus { Unknown = 0, Success = 1, Failure = 2 };

/// A connection of nobody known is network activity, one of a known user a logon that failed.
[[nodiscard]] OcsfClass ocsfClassOf(const audit::AuditRecord& record);
[[nodiscard]] OcsfStatus ocsfStatusOf(const audit::AuditRecord& record);
/// severity_id.
[[nodiscard]] int ocsfSeverity(audit::Severity severity);

}
