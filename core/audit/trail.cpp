#include "core/audit/trail.h"

#include <future>
#include <optional>
#include <utility>

namespace audit {

base::Result<std::unique_ptr<AuditTrail>> AuditTrail::open(
    TrailSettings settings, base::Executor& caller, const base::Clock& clock, Told told)
{
    const HeadMoment moment = settings.moment;
    auto file = TrailFile::open(std::move(settings), clock);
    if (!file)
        return file.error();
    return std::unique_ptr<AuditTrail>(new AuditTrail(*std::move(file), moment, caller, std::move(told)));
}

AuditTrail::AuditTrail(std::unique_ptr<TrailFile> file, HeadMoment moment, base::Executor& caller, Told told)
    : m_file(std::move(file))
    , m_moment(moment)
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
    if (m_moment == HeadMoment::BehindCommit && m_file->headIsDue())
        signNow();
}

void AuditTrail::signWith(std::shared_ptr<HeadSigner> signer)
{
    m_worker.post([this, signer = std::move(signer)]() mutable {
        m_file->signWith(std::move(signer));
        signNow();
    });
}

void AuditTrail::sign()
{
    m_worker.post([this] { signNow(); });
}

void AuditTrail::seal()
{
    std::promise<void> done;
    m_worker.post([this, &done] {
        signNow();
        m_file->signWith(nullptr);
        done.set_value();
    });
    done.get_future().wait();
}

void AuditTrail::signNow()
{
    const base::Status signedHead = m_file->sign();
    if (signedHead && m_isUnsigned && m_file->isSigned()) {
        noteSigning(nullptr);
        static_cast<void>(m_file->sign()); // of the note; should it fail just now, the next one tells
    } else if (!signedHead && (m_file->isSigned() || !m_isUnsigned)) {
        if (!m_file->isSigned()) // else it could not be anchored only
            noteSigning(&signedHead.error());
        m_caller.post([told = m_told, error = signedHead.error()] { (*told)(Trouble::NotSigned, error); });
    }
}

void AuditTrail::noteSigning(const base::Error* problem)
{
    m_isUnsigned = problem != nullptr;
    AuditRecord record;
    record.kind = Kind::TokenEvent;
    record.severity = problem ? Severity::Warning : Severity::Notice;
    record.fields = {{Field::Error, std::string(problem ? HeadNotSigned : HeadSigned)},
        {Field::Reason,
            problem ? "the head of this trail could not be signed: " + problem->detail
                    : std::string("the head of this trail is signed again")}};
    TrailFile::Outcome outcome = m_file->append({std::move(record)});
    if (m_grown)
        m_grown();
    std::vector<Pending> nobody(1);
    tell(std::move(nobody), std::move(outcome));
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
