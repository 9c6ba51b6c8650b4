#pragma once

#include "app/config/desk_config.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/pep/identity_database.h"
#include "core/rfq/approval.h"
#include "core/stepup/random_source.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// Where a desk that judges sessions itself keeps counters and locks.
[[nodiscard]] std::filesystem::path locksFile(const DeskConfig& config);

/// Somebody whom this desk lets in no more, until a privileged person unlocks them.
struct DeskLock {
    std::string user; ///< name in their certificate
    std::string certificate; ///< fingerprint; empty: the person themselves, with every card
    std::string why;
    /// When, as the desk's trail says it; absent where it does not.
    std::optional<base::UtcTime> since{};

    friend bool operator==(const DeskLock&, const DeskLock&) = default;
};

/// The locks of a desk's own store, beside a desk that may run: it takes over what is done here within a second and
/// puts it into its trail, at its next start where it is closed. One thread.
class DeskLocks {
public:
    /// Blocks on the disk. Errors: Configuration (this desk judges nobody), those of IdentityDatabase::open().
    [[nodiscard]] static base::Result<std::unique_ptr<DeskLocks>> open(
        const DeskConfig& config, stepup::RandomSource& random, const base::Clock& clock);

    /// Sorted by name. Errors: Io.
    [[nodiscard]] base::Result<std::vector<DeskLock>> locked();
    /// The words that a privileged person signs to unlock this person and all their certificates: who, why they are
    /// locked, why that ends, and a random number, so that a signature is good for once. Errors: Io; NotFound (not
    /// locked); InvalidInput (a reason with line breaks or other control characters); Internal.
    [[nodiscard]] base::Result<std::string> statement(const std::string& user, const std::string& reason);
    /// Unlocks, and keeps words and signature beside it. `approval` is for the words that statement() gave last.
    /// Errors: Io; Refused (other words, too late, the locks are not the same any more, the person themselves); those
    /// of auth::verifyApproval().
    [[nodiscard]] base::Status unlock(const rfq::Approval& approval);

private:
    /// What statement() was asked for.
    struct Asked {
        std::string user;
        std::string reason;
        std::string statement;
        std::vector<DeskLock> locks;
        base::SteadyTime until{};
    };

    DeskLocks(const DeskConfig& config, std::unique_ptr<pep::IdentityDatabase> database, stepup::RandomSource& random,
        const base::Clock& clock);
    [[nodiscard]] base::Result<std::vector<DeskLock>> locksOf(const std::string& user);
    [[nodiscard]] base::Status keep(const Asked& asked, const rfq::Approval& approval);

    const std::string m_authority; ///< PEM: who issued the privileged persons' certificates
    const std::filesystem::path m_trail;
    std::unique_ptr<pep::IdentityDatabase> m_database;
    stepup::RandomSource& m_random;
    const base::Clock& m_clock;
    std::optional<Asked> m_asked;
};

}
