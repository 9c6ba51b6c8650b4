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
/// The destructor finishes what was appended, and signs the end. Where heads are signed behind commits, the trail
/// itself says once that its head could not be signed (Kind::TokenEvent, Error "head-not-signed"), and once that it is
/// signed again ("head-signed").
class AuditTrail final : public AuditRecorder {
public:
    enum class Trouble {
        NotWritten, ///< a record is lost, and nobody else was told
        NotSigned, ///< the head is not signed or not anchored; the next one will cover it
    };
    using Told = std::function<void(Trouble, base::Error)>;

    /// Blocks while the file is opened or created and its end checked; `caller` runs every callback and, like `clock`,
    /// outlives the trail. Errors: those of TrailFile::open().
    [[nodiscard]] static base::Result<std::unique_ptr<AuditTrail>> open(
        TrailSettings settings, base::Executor& caller, const base::Clock& clock, Told told);
    ~AuditTrail() override;

    /// Who signs from now on, beginning with what is not signed yet; null: nobody, until somebody comes. For
    /// HeadMoment::BehindCommit. Any thread; never blocks.
    void signWith(std::shared_ptr<HeadSigner> signer);
    /// Signs what is not signed now instead of when it is due. Any thread; never blocks.
    void sign();
    /// Signs what is not signed, and from now on nobody does: waits for both. Before the signer goes for good.
    void seal();

    /// Called on the trail's thread after each commit, from now on: cheap, never blocking.
    void whenGrown(std::function<void()> grown);

private:
    struct Pending {
        AuditRecord record;
        Done done;
    };
    AuditTrail(std::unique_ptr<TrailFile> file, HeadMoment moment, base::Executor& caller, Told told);
    void write(AuditRecord record, Done done) override;
    void writeBatch();
    void tell(std::vector<Pending> batch, TrailFile::Outcome outcome);
    void signNow();
    void noteSigning(const base::Error* problem);

    std::unique_ptr<TrailFile> m_file; ///< after open() only the worker's
    std::function<void()> m_grown; ///< only the worker's
    const HeadMoment m_moment;
    bool m_isUnsigned = false; ///< only the worker's: the trail says that its head could not be signed
    base::Executor& m_caller;
    const std::shared_ptr<const Told> m_told;
    base::Inbox<Pending> m_inbox;
    base::Worker m_worker; ///< last: it stops, having written everything, before the rest goes
};

}
