#pragma once

#include "core/access/policy.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace store {

/// Where a policy comes from and where the last good one is kept.
struct PolicyFiles {
    std::filesystem::path policy; ///< what the security officer changes
    std::filesystem::path signature; ///< beside it
    std::filesystem::path kept; ///< directory of the program's own; rollback is found out by what is in it
};

enum class PolicyNews {
    Adopted, ///< a newer policy is in force from now on
    Unchanged, ///< the file holds what is in force
    Refused, ///< what was in force before stays so
};

/// What a look at the policy file brought: for the log, the audit trail and the person.
struct PolicyReport {
    PolicyNews news = PolicyNews::Refused;
    std::optional<std::uint32_t> before; ///< version in force before; absent: none
    std::optional<std::uint32_t> inForce; ///< version in force now; absent: none, and everything is denied
    std::string signer; ///< of what is adopted or unchanged
    std::string detail; ///< English: why it was refused
    bool isRepeated = false; ///< refused for the same reason as the last time: nothing new to tell
};

/// The policy in force. A file is adopted only where its signature holds, it is whole and without fault, carries the
/// expected id, and its version is above every one seen before, also before a restart. One thread.
class PolicyStore {
public:
    /// Whose signature it is, or why it does not count: tls::PinnedSigners::verify.
    using Verify = std::function<base::Result<std::string>(std::string_view content, std::string_view signature)>;

    PolicyStore(std::string id, PolicyFiles files, Verify verify);

    /// Looks at the files. The first time also at the last good policy of before, whose signature is checked again.
    /// Blocks on the disk.
    PolicyReport refresh();

    /// What to judge by. Without attributes, so that everything is denied, where no good policy was ever seen.
    [[nodiscard]] const zerotrust::AccessPolicy& policy() const { return m_policy; }

private:
    struct Signed {
        zerotrust::AccessPolicy policy;
        std::string signer;
        std::string text;
        std::string signature;
    };
    [[nodiscard]] base::Result<Signed> read(
        const std::filesystem::path& policy, const std::filesystem::path& signature) const;
    [[nodiscard]] base::Status checkNewer(const Signed& candidate) const;
    [[nodiscard]] base::Status keep(const Signed& candidate) const;
    [[nodiscard]] std::filesystem::path keptFile(std::uint32_t version) const;
    [[nodiscard]] std::optional<std::uint32_t> versionOf(const std::filesystem::path& kept) const;
    void restore();
    void dropKeptBelow(std::uint32_t version) const;
    [[nodiscard]] std::optional<std::uint32_t> inForce() const;

    std::string m_id;
    PolicyFiles m_files;
    Verify m_verify;
    bool m_restored = false;
    zerotrust::AccessPolicy m_policy;
    std::string m_lastRefusal; ///< empty where the last look refused nothing
    std::string m_text; ///< of the policy in force, as signed
    std::string m_signer;
    std::uint32_t m_highest = 0; ///< version ever seen
};

}
