#include "core/audit/trail_file.h"

#include "core/audit/digest.h"
#include "core/audit/record_text.h"
#include "core/audit/trail_rows.h"
#include "core/store/durable_file.h"
#include "core/store/sqlite_database.h"

#include <algorithm>
#include <utility>

namespace audit {

namespace {

using base::Errc;
using base::Error;
using std::filesystem::path;
using store::SqliteDatabase;

constexpr std::uint64_t TailWithoutHeads = 1'000; ///< records that are checked at the start of an unsigned trail
constexpr int LongLog = 1'000; ///< pages of the write-ahead log, after which it is folded into the file
constexpr std::size_t TrailIdSize = 16;

Error tampered(const path& file, const std::string& finding)
{
    return {Errc::Refused,
        "the end of the audit trail " + file.string() + " was tampered with or lost (" + finding
            + "); it was left as it was found. Keep it as evidence, look at it with `countersign-cli audit verify`, "
              "and start a new trail under another name"};
}

/// The last record that the anchoring file names; 0 where there is no such file yet.
base::Result<std::uint64_t> anchoredRecord(const TrailSettings& settings)
{
    std::error_code failure;
    if (!settings.anchor || !std::filesystem::exists(*settings.anchor, failure))
        return std::uint64_t{0};
    const auto anchors = readAnchors(*settings.anchor);
    if (!anchors)
        return anchors.error();
    std::uint64_t last = 0;
    for (const SignedHead& anchor : *anchors) // whoever may append can repeat an old line
        last = std::max(last, parseHead(anchor.statement)->number);
    return last;
}

/// Makes the file whole under another name first: a crash half-way leaves no half a trail.
base::Status create(const path& file)
{
    const path draft = file.string() + ".new";
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    if (const base::Status made = store::createPrivateFile(draft); !made)
        return made;
    {
        auto database = SqliteDatabase::open(draft, SqliteDatabase::Mode::Existing);
        if (!database)
            return database.error();
        const std::string script = "PRAGMA synchronous=FULL; BEGIN;" + std::string(trailSchema())
            + "PRAGMA application_id=" + std::to_string(TrailApplicationId)
            + "; PRAGMA user_version=" + std::to_string(TrailSchemaVersion) + "; COMMIT;";
        if (base::Status made = (*database)->execute(script); !made)
            return made;
    }
    return store::renameDurably(draft, file);
}

}

base::Result<std::unique_ptr<TrailFile>> TrailFile::open(TrailSettings settings, const base::Clock& clock)
{
    if (settings.anchor && !settings.signer)
        return Error{Errc::Configuration, "an anchoring file holds signed heads: it needs a key that signs them"};
    std::error_code failure;
    const bool exists = std::filesystem::exists(settings.file, failure);
    if (failure)
        return Error{Errc::Io, "cannot look for " + settings.file.string() + ": " + failure.message()};
    if (const base::Status made = exists ? base::Status(base::Ok{}) : create(settings.file); !made)
        return made.error();
    auto database = SqliteDatabase::open(settings.file, SqliteDatabase::Mode::Existing);
    if (!database)
        return database.error();
    if (const base::Status ours = checkIsTrail(**database); !ours)
        return ours.error();
    if (const base::Status set =
            (*database)->execute(std::string("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; ") + WaitForOthers);
        !set)
        return set.error();
    std::unique_ptr<TrailFile> trail(new TrailFile(std::move(settings), clock, *std::move(database)));
    if (const base::Status good = trail->checkEnd(); !good)
        return good.error();
    trail->m_database->trust();
    if (const base::Status begun = trail->startTrail(); !begun)
        return begun.error();
    return trail;
}

TrailFile::TrailFile(TrailSettings settings, const base::Clock& clock, std::unique_ptr<SqliteDatabase> database)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_database(std::move(database))
    , m_signer(m_settings.signer)
{
}

TrailFile::~TrailFile() = default;

base::Status TrailFile::checkEnd()
{
    const auto change = schemaChange(*m_database);
    if (!change)
        return change.error();
    if (*change) // a trigger of somebody else's would act on each record
        return tampered(m_settings.file, (*change)->words);
    const auto newest = newestRecord(*m_database);
    const auto head = newestHead(*m_database);
    const auto anchored = anchoredRecord(m_settings);
    if (!newest || !head || !anchored)
        return !newest ? newest.error() : !head ? head.error() : anchored.error();
    m_headAt = *head;
    const std::uint64_t covered = std::max(*head, *anchored);
    if (covered > *newest)
        return tampered(m_settings.file,
            "record " + std::to_string(covered) + " was signed, and the last one is " + std::to_string(*newest));
    // The record that the walk starts behind gives the hash.
    const std::uint64_t tail = *newest > TailWithoutHeads ? *newest - TailWithoutHeads : 0;
    const std::uint64_t from = std::max({*head, tail, std::uint64_t{1}}) - 1;
    if (base::Status ready = standAt(from); !ready)
        return ready;
    return walkToEnd();
}

base::Status TrailFile::standAt(std::uint64_t number)
{
    if (number == 0)
        return base::Ok{};
    const auto found = readRecords(*m_database, number - 1, 1);
    if (!found)
        return found.error();
    const auto hash = found->empty() ? std::nullopt : hashOf(found->front().hash);
    if (!hash || found->front().number != number)
        return tampered(m_settings.file, "record " + std::to_string(number) + " is missing or has no hash");
    m_walk = ChainWalk(number, *hash);
    return base::Ok{};
}

base::Status TrailFile::walkToEnd()
{
    for (;;) {
        const auto batch = readRecords(*m_database, m_walk.number(), RecordsAtOnce);
        if (!batch)
            return batch.error();
        for (const StoredRecord& record : *batch) {
            if (const auto finding = m_walk.step(record))
                return tampered(m_settings.file, finding->words);
            if (base::Status good = m_walk.number() == m_headAt ? checkHead() : base::Ok{}; !good)
                return good;
        }
        if (batch->size() < RecordsAtOnce)
            return base::Ok{};
    }
}

base::Status TrailFile::checkHead()
{
    const auto heads = readHeads(*m_database, m_headAt - 1, 1);
    if (!heads)
        return heads.error();
    const auto head = parseHead(heads->front().head.statement);
    if (!head)
        return tampered(m_settings.file, head.error().detail);
    const auto finding = m_walk.judge(*head);
    return finding ? base::Status(tampered(m_settings.file, finding->words)) : base::Ok{};
}

base::Status TrailFile::startTrail()
{
    if (m_walk.number() > 0)
        return base::Ok{};
    AuditRecord first;
    first.kind = Kind::TrailStarted;
    first.fields = {{Field::Version, m_settings.version}, {Field::Trail, hexOf(randomBytes(TrailIdSize))}};
    const Outcome outcome = append({first});
    return outcome.trouble ? base::Status(*outcome.trouble) : outcome.records.front();
}

TrailFile::Outcome TrailFile::append(const std::vector<AuditRecord>& records)
{
    Outcome outcome{{records.size(), base::Status(base::Ok{})}, {}};
    m_next = m_walk;
    const std::uint64_t headBefore = m_headAt;
    const std::optional<std::string> toAnchorBefore = m_toAnchor;
    base::Status written = m_database->prepared("BEGIN IMMEDIATE").run();
    if (written)
        written = write(records, outcome);
    const bool signs = m_signer && m_settings.moment == HeadMoment::InCommit;
    if (written && signs && m_next.number() >= m_headAt + m_settings.headEvery) {
        if (const base::Status signedHead = writeHead(); !signedHead)
            outcome.trouble = signedHead.error();
    }
    if (written)
        written = m_database->prepared("COMMIT").run();
    if (written) {
        m_walk = m_next;
        anchor(outcome);
    } else {
        m_database->rollBack();
        m_headAt = headBefore;
        m_toAnchor = toAnchorBefore;
        for (base::Status& record : outcome.records) {
            if (record)
                record = written.error();
        }
    }
    if (m_database->logPages() > LongLog)
        static_cast<void>(m_database->execute("PRAGMA wal_checkpoint(PASSIVE)"));
    return outcome;
}

base::Status TrailFile::write(const std::vector<AuditRecord>& records, Outcome& outcome)
{
    const auto newest = newestRecord(*m_database);
    if (!newest)
        return newest.error();
    if (*newest != m_walk.number())
        return Error{Errc::Duplicate,
            "another program writes the audit trail " + m_settings.file.string()
                + ": give each program a trail of its own"};
    for (std::size_t i = 0; i < records.size(); ++i) {
        NumberedRecord numbered{m_next.number() + 1, records[i]};
        if (numbered.record.time == base::UtcTime())
            numbered.record.time = m_clock.utc();
        auto text = recordText(numbered);
        if (!text) {
            outcome.records[i] = text.error();
            continue;
        }
        const Hash hash = linkHash(m_next.hash(), *text);
        const StoredRecord stored{numbered.number, *std::move(text), std::string(bytesOf(hash))};
        if (base::Status inserted = insertRecord(*m_database, stored); !inserted)
            return inserted;
        m_next = ChainWalk(numbered.number, hash);
    }
    return base::Ok{};
}

base::Status TrailFile::writeHead()
{
    const Head head{m_next.number(), m_next.hash(), m_clock.utc(), m_signer->keyId()};
    const std::string statement = headStatement(head);
    const auto signature = m_signer->sign(statement);
    if (!signature)
        return signature.error();
    if (base::Status inserted = insertHead(*m_database, {head.number, {statement, *signature}}); !inserted)
        return inserted;
    m_headAt = head.number;
    if (m_settings.anchor)
        m_toAnchor = anchorLine(head, *signature);
    return base::Ok{};
}

void TrailFile::anchor(Outcome& outcome)
{
    if (!m_toAnchor)
        return;
    const base::Status anchored = appendAnchor(*m_settings.anchor, *m_toAnchor);
    if (anchored)
        m_toAnchor.reset();
    else
        outcome.trouble = anchored.error();
}

void TrailFile::signWith(std::shared_ptr<HeadSigner> signer)
{
    m_signer = std::move(signer);
}

bool TrailFile::headIsDue() const
{
    return m_signer && m_walk.number() >= std::max(m_headAt, m_triedAt) + m_settings.headEvery;
}

base::Status TrailFile::sign()
{
    Outcome outcome;
    m_next = m_walk;
    if (m_signer && m_headAt < m_walk.number()) {
        m_triedAt = m_walk.number();
        if (const base::Status signedHead = writeHead(); !signedHead)
            return signedHead;
    }
    anchor(outcome);
    return outcome.trouble ? base::Status(*outcome.trouble) : base::Ok{};
}

base::Status TrailFile::finish()
{
    const base::Status signedHead = sign();
    // At rest the trail is one file, which can be copied and read where nothing may be written. Readers may prevent it.
    if (!m_database->execute("PRAGMA busy_timeout=0; PRAGMA journal_mode=DELETE"))
        static_cast<void>(m_database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    return signedHead;
}

}
