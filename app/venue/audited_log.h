#pragma once

#include "app/venue/event_log.h"
#include "core/audit/record.h"
#include "core/base/clock.h"
#include "core/rfq/values.h"

#include <map>
#include <optional>
#include <string>

namespace venue {

/// Passes every event of the venue on to another log, and those that concern security to the audit trail too.
class AuditedLog final : public EventLog {
public:
    /// `users`: whose certificate speaks for a session. The references outlive the log.
    AuditedLog(EventLog& log, audit::AuditRecorder& recorder, const base::Clock& clock,
        std::map<std::string, std::string> users);
    void record(std::string_view event, std::initializer_list<Field> fields) override;

private:
    [[nodiscard]] std::optional<audit::AuditRecord> recordOf(
        std::string_view event, std::initializer_list<Field> fields) const;

    EventLog& m_log;
    audit::AuditRecorder& m_recorder;
    const base::Clock& m_clock;
    const std::map<std::string, std::string> m_users; ///< by session
};

}
