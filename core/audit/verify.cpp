#include "core/audit/verify.h"

#include "core/audit/chain_walk.h"
#include "core/audit/reader.h"
#include "core/audit/record_text.h"
#include "core/audit/trail_rows.h"

#include <algorithm>
#include <utility>

namespace audit {

namespace {

/// The heads of the file and the lines of the anchoring file, met while going along the chain.
class Verifier {
public:
    /// `anchors`: absent where nothing was kept elsewhere.
    Verifier(TrailReader& reader, const HeadKeys& keys, std::optional<std::vector<SignedHead>> anchors)
        : m_reader(reader)
        , m_keys(keys)
        , m_hasAnchorFile(anchors.has_value())
        , m_anchors(std::move(anchors).value_or(std::vector<SignedHead>{}))
    {
    }

    [[nodiscard]] base::Result<Verdict> run()
    {
        for (;;) {
            const auto batch = m_reader.records(m_walk.number(), RecordsAtOnce);
            if (!batch)
                return batch.error();
            for (const StoredRecord& record : *batch) {
                if (base::Status read = meet(record); !read)
                    return read.error();
                if (m_verdict.finding)
                    return std::move(m_verdict);
            }
            if (batch->size() < RecordsAtOnce)
                break;
        }
        if (base::Status read = judgeEnd(); !read)
            return read.error();
        return std::move(m_verdict);
    }

private:
    base::Status meet(const StoredRecord& record)
    {
        if (const auto finding = m_walk.step(record)) {
            m_verdict.finding = finding;
            return base::Ok{};
        }
        m_verdict.records = m_walk.number();
        noteSigner(record);
        if (base::Status met = meetHeads(); !met || m_verdict.finding)
            return met;
        meetAnchors();
        return base::Ok{};
    }

    /// The trail's own word that from the last head on nobody could sign.
    void noteSigner(const StoredRecord& record)
    {
        if (record.text.find("\nkind=token-event\n") == std::string::npos)
            return;
        const auto read = parseRecord(record.text);
        if (!read)
            return;
        const auto error = read->record.fields.find(Field::Error);
        if (error != read->record.fields.end() && error->second == HeadNotSigned)
            m_signerAway = true;
    }

    /// The next head of the file; null where there is none, or where reading failed.
    const StoredHead* nextHead()
    {
        if (m_headAt < m_heads.size())
            return &m_heads[m_headAt];
        if (m_headsRead || m_readFailure)
            return nullptr;
        auto batch = m_reader.heads(m_lastHead, RecordsAtOnce);
        if (!batch) {
            m_readFailure = batch.error();
            return nullptr;
        }
        m_heads = *std::move(batch);
        m_headAt = 0;
        m_headsRead = m_heads.size() < RecordsAtOnce;
        return m_heads.empty() ? nullptr : &m_heads.front();
    }

    base::Status meetHeads()
    {
        const StoredHead* stored = nextHead();
        if (m_readFailure)
            return *m_readFailure;
        if (!stored || stored->number != m_walk.number())
            return base::Ok{};
        const auto head = parseHead(stored->head.statement);
        if (!head || head->number != stored->number)
            return refuse(Fault::HeadUnsound, stored->number,
                "the head of record " + std::to_string(stored->number)
                    + (head ? " speaks of another record" : ": " + head.error().detail));
        if (accept(*head, stored->head)) {
            ++m_verdict.heads;
            if (m_signerAway)
                m_verdict.signedLate.push_back({m_verdict.coveredTo + 1, head->number});
            m_signerAway = false;
            m_verdict.coveredTo = head->number;
        }
        m_lastHead = stored->number;
        ++m_headAt;
        return base::Ok{};
    }

    void meetAnchors()
    {
        for (; !m_verdict.finding && m_anchorAt < m_anchors.size(); ++m_anchorAt) {
            const SignedHead& anchor = m_anchors[m_anchorAt];
            const Head head = *parseHead(anchor.statement); // reading the file has checked it
            if (head.number > m_walk.number())
                return;
            if (head.number < m_walk.number()) {
                refuseNow(Fault::HeadUnsound, head.number, "the anchoring file is out of order");
                return;
            }
            if (accept(head, anchor))
                ++m_verdict.anchors;
        }
    }

    bool accept(const Head& head, const SignedHead& signedHead)
    {
        m_verdict.finding = m_walk.judge(head);
        if (m_verdict.finding || m_keys.empty())
            return !m_verdict.finding;
        const auto doubt = m_keys.doubt(head, signedHead);
        if (doubt)
            refuseNow(
                Fault::HeadForged, head.number, "the head of record " + std::to_string(head.number) + ": " + *doubt);
        return !doubt;
    }

    base::Status judgeEnd()
    {
        const StoredHead* head = nextHead();
        if (m_readFailure)
            return *m_readFailure;
        const std::uint64_t last = m_walk.number();
        // The first one that was not met: it names a record behind the last one. The last line may be an old one again.
        const std::uint64_t anchored =
            m_anchorAt < m_anchors.size() ? parseHead(m_anchors[m_anchorAt].statement)->number : 0;
        const std::uint64_t named = std::max(head ? head->number : 0, anchored);
        if (named > last)
            refuseNow(Fault::Truncated, last + 1,
                "records from " + std::to_string(last + 1) + " on are missing: the "
                    + (anchored == named ? "anchoring file" : "head that was signed last") + " names record "
                    + std::to_string(named));
        else if (last == 0)
            refuseNow(Fault::Removed, 1, "there is no record, not even the one that starts a trail");
        else if (!m_keys.empty() && m_verdict.heads == 0)
            refuseNow(Fault::Unsigned, 0, "no head is signed, and a key was given to check signatures");
        else if (m_hasAnchorFile && m_anchors.empty() && m_verdict.heads > 0)
            refuseNow(Fault::Unsigned, 0,
                "the anchoring file names no head, and the trail has some: it was emptied, or is another file");
        return base::Ok{};
    }

    base::Status refuse(Fault fault, std::uint64_t number, std::string words)
    {
        refuseNow(fault, number, std::move(words));
        return base::Ok{};
    }

    void refuseNow(Fault fault, std::uint64_t number, std::string words)
    {
        m_verdict.finding = Finding{fault, number, std::move(words)};
    }

    TrailReader& m_reader;
    const HeadKeys& m_keys;
    const bool m_hasAnchorFile;
    const std::vector<SignedHead> m_anchors;
    std::size_t m_anchorAt = 0;
    std::vector<StoredHead> m_heads; ///< one batch
    std::size_t m_headAt = 0;
    std::uint64_t m_lastHead = 0;
    bool m_headsRead = false;
    std::optional<base::Error> m_readFailure;
    bool m_signerAway = false; ///< since the last head
    ChainWalk m_walk;
    Verdict m_verdict;
};

}

base::Result<Verdict> verifyTrail(
    const std::filesystem::path& file, const HeadKeys& keys, const std::optional<std::filesystem::path>& anchorFile)
{
    // Before the trail: a venue that runs meanwhile anchors what is in the trail already.
    auto anchors = anchorFile ? readAnchors(*anchorFile) : std::vector<SignedHead>{};
    if (!anchors)
        return anchors.error();
    // A file that is damaged is a finding; one that cannot be read now says nothing about who was at it.
    const auto failed = [](const base::Error& error) -> base::Result<Verdict> {
        if (error.code != base::Errc::Refused)
            return error;
        return Verdict{.finding = Finding{Fault::Damaged, 0, error.detail}};
    };
    const auto reader = TrailReader::open(file);
    if (!reader)
        return failed(reader.error());
    if (const base::Status sound = (*reader)->freeze(); !sound)
        return failed(sound.error());
    const auto change = (*reader)->schemaChange();
    if (!change)
        return change.error();
    const auto remade = [&] {
        return Finding{Fault::Remade, 0, (*change)->words + ": somebody has changed the file with another program"};
    };
    // What is read of such a file proves nothing.
    if (*change && !(*change)->isReadable)
        return Verdict{.finding = remade()};
    auto kept = anchorFile ? std::optional(*std::move(anchors)) : std::nullopt;
    auto verdict = Verifier(**reader, keys, std::move(kept)).run();
    if (!verdict)
        return failed(verdict.error());
    if (!verdict->finding && *change)
        verdict->finding = remade(); // the records hold; who says so knows what else was done
    return verdict;
}

}
