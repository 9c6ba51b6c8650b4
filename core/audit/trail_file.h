#pragma once

#include "core/audit/chain_walk.h"
#include "core/audit/head_signer.h"
#include "core/audit/record.h"
#include "core/base/clock.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace store {
class SqliteDatabase;
}

namespace audit {

/// When a head is signed.
enum class HeadMoment {
    InCommit, ///< in the commit of the records that it covers: at `headEvery` 1 no record is ever without one
    BehindCommit, ///< after it: a token may take its time, and no record waits for that
};

/// Where a trail is kept, and who signs its head.
struct TrailSettings {
    std::filesystem::path file;
    std::shared_ptr<HeadSigner> signer; ///< null: heads are not signed
    std::uint64_t headEvery = 1; ///< records; a head also comes at the end
    HeadMoment moment = HeadMoment::InCommit;
    std::optional<std::filesystem::path> anchor; ///< each head goes there too; only with a signer
    std::string version; ///< of the program, for the first record
};

/// The file of a trail, open for writing. One thread.
class TrailFile {
public:
    /// Makes the file if there is none. Checks its end: everything behind the last head, and that no head and no anchor
    /// names a record that is not there. Errors: Io, InvalidInput (no trail), Unsupported (of a newer version),
    /// Refused (its end was tampered with; the file is left as it was found).
    [[nodiscard]] static base::Result<std::unique_ptr<TrailFile>> open(
        TrailSettings settings, const base::Clock& clock);
    ~TrailFile();
    TrailFile(const TrailFile&) = delete;
    TrailFile& operator=(const TrailFile&) = delete;

    /// What came of one append: one outcome for each record, in their order, and what went wrong beside.
    struct Outcome {
        std::vector<base::Status> records;
        std::optional<base::Error> trouble; ///< the head could not be signed or not be anchored
    };
    /// All records that are in order, in one transaction that is on the disk when this returns.
    [[nodiscard]] Outcome append(const std::vector<AuditRecord>& records);
    /// Who signs from now on; null: nobody.
    void signWith(std::shared_ptr<HeadSigner> signer);
    /// Whether a head covers the last record.
    [[nodiscard]] bool isSigned() const { return m_headAt == m_walk.number(); }
    /// Whether as many records are without a head, or came since the last try for one, as may be.
    [[nodiscard]] bool headIsDue() const;
    /// Signs what is not signed, whether it is due or not; does nothing without a signer. Errors: Io, the signer's.
    [[nodiscard]] base::Status sign();
    /// Signs what is not signed, and leaves one file without a write-ahead log. Errors: Io, the signer's.
    [[nodiscard]] base::Status finish();

private:
    TrailFile(TrailSettings settings, const base::Clock& clock, std::unique_ptr<store::SqliteDatabase> database);
    [[nodiscard]] base::Status checkEnd();
    [[nodiscard]] base::Status standAt(std::uint64_t number);
    [[nodiscard]] base::Status walkToEnd();
    [[nodiscard]] base::Status checkHead();
    [[nodiscard]] base::Status startTrail();
    [[nodiscard]] base::Status write(const std::vector<AuditRecord>& records, Outcome& outcome);
    [[nodiscard]] base::Status writeHead();
    void anchor(Outcome& outcome);

    const TrailSettings m_settings;
    const base::Clock& m_clock;
    std::unique_ptr<store::SqliteDatabase> m_database;
    ChainWalk m_walk; ///< stands at the last record on the disk
    ChainWalk m_next; ///< of the transaction under way
    std::shared_ptr<HeadSigner> m_signer; ///< null: nobody signs
    std::uint64_t m_headAt = 0; ///< the last record that a head covers
    std::uint64_t m_triedAt = 0; ///< the last record when a head was tried for in vain
    std::optional<std::string> m_toAnchor; ///< line of a head that is on the disk and not anchored
};

}
