#pragma once

#include "app/venue/audit_settings.h"
#include "app/venue/event_log.h"
#include "core/audit/trail.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/worker.h"
#include "core/siem/forwarder.h"

#include <functional>
#include <memory>
#include <string>

namespace venue {

/// The venue's audit trail and its way to the collector. Its beginning and its end are records of the trail.
class AuditStation {
public:
    /// `token` signs where no key is configured; null: heads are not signed then. `log` takes events from any thread.
    /// `failed` is called, on any thread, when a record could not be written and nobody waited for it: a venue must not
    /// go on unseen. Both outlive the station, and so does `clock`. Errors: those of TrailFile::open() and of
    /// tls::Context::forClient().
    [[nodiscard]] static base::Result<std::unique_ptr<AuditStation>> open(const AuditSettings& settings,
        std::shared_ptr<audit::HeadSigner> token, const siem::Origin& origin, const base::Clock& clock, EventLog& log,
        std::function<void()> failed);
    /// Writes and sends what is left.
    ~AuditStation();
    AuditStation(const AuditStation&) = delete;
    AuditStation& operator=(const AuditStation&) = delete;

    [[nodiscard]] audit::AuditRecorder& recorder() { return *m_trail; }

private:
    AuditStation(EventLog& log, siem::Origin origin);
    [[nodiscard]] base::Status openTrail(const AuditSettings& settings, std::shared_ptr<audit::HeadSigner> token,
        const base::Clock& clock, std::function<void()> failed);
    [[nodiscard]] base::Status openForwarder(const AuditSettings& settings, const base::Clock& clock);
    void note(audit::Kind kind);

    EventLog& m_log;
    const siem::Origin m_origin;
    base::Worker m_teller; ///< where callbacks of the trail run
    std::unique_ptr<siem::Forwarder> m_forwarder;
    std::unique_ptr<audit::AuditTrail> m_trail; ///< last: what it writes at its end is sent
};

}
