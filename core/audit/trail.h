#pragma once

#include "core/audit/record.h"
#include "core/audit/trail_file.h"
#include "core/base/executor.h"
#include "core/base/inbox.h"
#include "core/base/worker.h"

#include <functional>
#include <memory>
#include <vector>

namespace audit {

/// The trail in its file, on a thread of its own. What is appended while a commit is under way shares the next one.
/// The destructor finishes what was appended, and signs the end.
class AuditTrail final : public AuditRecorder {
public:
    /// Whom to tell that the trail cannot be written or not be signed, and nobody else was told.
    using Trouble = std::function<void(base::Error)>;

    /// Blocks while the file is opened or created and its end checked; `caller` runs every callback and, like `clock`,
    /// outlives the trail. Errors: those of TrailFile::open().
    [[nodiscard]] static base::Result<std::unique_ptr<AuditTrail>> open(
        TrailSettings settings, base::Executor& caller, const base::Clock& clock, Trouble trouble);
    ~AuditTrail() override;

    /// Called on the trail's thread after each commit, from now on: cheap, never blocking.
    void whenGrown(std::function<void()> grown);

private:
    struct Pending {
        AuditRecord record;
        Done done;
    };
    AuditTrail(std::unique_ptr<TrailFile> file, base::Executor& caller, Trouble trouble);
    void write(AuditRecord record, Done done) override;
    void writeBatch();
    void tell(std::vector<Pending> batch, TrailFile::Outcome outcome);

    std::unique_ptr<TrailFile> m_file; ///< after open() only the worker's
    std::function<void()> m_grown; ///< only the worker's
    base::Executor& m_caller;
    const std::shared_ptr<const Trouble> m_trouble;
    base::Inbox<Pending> m_inbox;
    base::Worker m_worker; ///< last: it stops, having written everything, before the rest goes
};

}
