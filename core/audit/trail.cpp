#include "core/audit/trail.h"

#include <optional>
#include <utility>

namespace audit {

base::Result<std::unique_ptr<AuditTrail>> AuditTrail::open(
    TrailSettings settings, base::Executor& caller, const base::Clock& clock, Told told)
{
    auto file = TrailFile::open(std::move(settings), clock);
    if (!file)
        return file.error();
    return std::unique_ptr<AuditTrail>(new AuditTrail(*std::move(file), caller, std::move(told)));
}

AuditTrail::AuditTrail(std::unique_ptr<TrailFile> file, base::Executor& caller, Told told)
    : m_file(std::move(file))
    , m_caller(caller)
    , m_told(std::make_shared<const Told>(std::move(told)))
    , m_inbox([this] { m_worker.post([this] { writeBatch(); }); })
{
}

AuditTrail::~AuditTrail()
{
    m_worker.post([this] {
        if (const base::Status finished = m_file->finish(); !finished)
            m_caller.post([told = m_told, error = finished.error()] { (*told)(Trouble::NotSigned, error); });
    });
}

void AuditTrail::whenGrown(std::function<void()> grown)
{
    m_worker.post([this, grown = std::move(grown)]() mutable { m_grown = std::move(grown); });
}

void AuditTrail::write(AuditRecord record, Done done)
{
    m_inbox.post({std::move(record), std::move(done)});
}

void AuditTrail::writeBatch()
{
    std::vector<Pending> batch = m_inbox.drain();
    std::vector<AuditRecord> records;
    records.reserve(batch.size());
    for (Pending& pending : batch)
        records.push_back(std::move(pending.record));
    TrailFile::Outcome outcome = m_file->append(records);
    if (m_grown)
        m_grown();
    tell(std::move(batch), std::move(outcome));
}

void AuditTrail::tell(std::vector<Pending> batch, TrailFile::Outcome outcome)
{
    m_caller.post([told = m_told, batch = std::move(batch), outcome = std::move(outcome)] {
        std::optional<base::Error> untold;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch[i].done)
                batch[i].done(outcome.records[i]);
            else if (!outcome.records[i])
                untold = outcome.records[i].error();
        }
        if (untold)
            (*told)(Trouble::NotWritten, *untold);
        if (outcome.trouble)
            (*told)(Trouble::NotSigned, *outcome.trouble);
    });
}

}
