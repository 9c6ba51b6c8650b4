#pragma once

#include "app/venue/event_log.h"
#include "core/audit/record.h"
#include "core/pep/change_book.h"
#include "core/pep/events.h"

#include <string>
#include <vector>

namespace venue {

/// What the identity store holds that an officer waits for, or should know.
struct StoreStanding {
    struct Locked {
        std::string who;
        std::string why;
    };
    std::vector<pep::PendingChange> pending;
    std::vector<Locked> locked; ///< as of the latest reading; what the enforcement point locks later, it tells itself
    int reading = 0; ///< number of that reading
};

/// Looks on while events are kept. On the enforcement point's thread; never blocks.
class AccessWatcher {
public:
    virtual ~AccessWatcher() = default;
    virtual void saw(const pep::Event& event) = 0;
    /// Every other second.
    virtual void saw(StoreStanding standing) = 0;
};

/// Keeps what the policy enforcement point and the identity store tell: a line in the log and a record in the trail for
/// each. Every kind of event has its record: one that is forgotten does not compile.
class AccessRecorder final : public pep::Recorder {
public:
    /// `log`: one that keeps no records of its own. `trail`, `watcher`: null where there is none. All outlive it.
    AccessRecorder(EventLog& log, audit::AuditRecorder* trail, AccessWatcher* watcher = nullptr);

    void record(const pep::Event& event) override;
    /// `done`: on the disk, or not; on any thread. Without a trail at once.
    void record(const pep::ChangeEvent& event, audit::AuditRecorder::Done done);
    void show(StoreStanding standing);

private:
    EventLog& m_log;
    audit::AuditRecorder* const m_trail;
    AccessWatcher* const m_watcher;
};

[[nodiscard]] audit::AuditRecord recordOf(const pep::ChangeEvent& event);

}
