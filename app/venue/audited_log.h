#pragma once

#include "app/venue/event_log.h"
#include "app/venue/refusal_digest.h"
#include "core/audit/record.h"
#include "core/base/clock.h"
#include "core/rfq/values.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace venue {

/// Whether the audit trail has this event of the venue's as an alert.
[[nodiscard]] bool isAlert(std::string_view event);

/// Passes every event of the venue on to another log, and those that concern security to the audit trail too. Who else
/// keeps records of refused connections, the enforcement point, keeps them through this: together they are bounded. One
/// thread.
class AuditedLog final : public EventLog, public audit::AuditRecorder {
public:
    /// `users`: whose certificate speaks for a session. The references outlive the log.
    AuditedLog(EventLog& log, audit::AuditRecorder& recorder, const base::Clock& clock,
        std::map<std::string, std::string> users);
    ~AuditedLog() override;
    void record(std::string_view event, std::initializer_list<Field> fields) override;
    /// Of refused connections, where their minute is over.
    void runDue() override;
    [[nodiscard]] std::optional<base::SteadyTime> nextDue() const override { return m_refusals.nextDue(); }

private:
    void write(audit::AuditRecord record, Done done) override;
    void write(const std::vector<RefusalDigest::Counted>& counted);
    [[nodiscard]] std::optional<audit::AuditRecord> recordOf(
        std::string_view event, std::initializer_list<Field> fields) const;

    EventLog& m_log;
    audit::AuditRecorder& m_recorder;
    const base::Clock& m_clock;
    const std::map<std::string, std::string> m_users; ///< by session
    RefusalDigest m_refusals;
};

}
