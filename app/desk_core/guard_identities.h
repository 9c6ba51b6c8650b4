#pragma once

#include "app/config/desk_config.h"
#include "core/pep/change_book.h"
#include "core/pep/identity_database.h"
#include "core/stepup/registration_verifier.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// Who is judged by this desk: the one person who is signed in, as the desk's configuration knows them, with the
/// security keys whose enrolment files name them. Durable are counters and locks. The desk's thread.
class GuardIdentities final : public pep::IdentityStore {
public:
    /// Reads the enrolment files; blocks on the disk. A key that does not hold is told in problems(), and counts for
    /// nothing. `clock` outlives it. Errors: those of IdentityDatabase::open(); Io and Configuration of the attestation
    /// roots.
    [[nodiscard]] static base::Result<std::unique_ptr<GuardIdentities>> open(
        const DeskConfig& config, const base::Clock& clock);

    /// From now on this is the person.
    [[nodiscard]] base::Status signIn(const stepup::UserId& user, const stepup::CertificateFingerprint& certificate);
    /// Why keys of the configuration do not count, one sentence each.
    [[nodiscard]] const std::vector<std::string>& problems() const { return m_problems; }

    /// Unlocks that others have done, and that no trail has yet; in their order. Errors: Io.
    [[nodiscard]] base::Result<std::vector<pep::ChangeEvent>> untold();
    /// What has a number up to this one is in the trail. Errors: Io.
    [[nodiscard]] base::Status told(std::int64_t upTo);

    [[nodiscard]] base::Result<pep::Identities> load() override;
    [[nodiscard]] base::Result<std::int64_t> changeMark() override;
    [[nodiscard]] base::Status add(const stepup::Credential& credential) override;
    [[nodiscard]] base::Status noteCounter(
        const stepup::CredentialId& id, std::uint32_t signCount, base::UtcTime at) override;
    [[nodiscard]] base::Status revoke(const stepup::CredentialId& id, base::UtcTime at) override;
    [[nodiscard]] base::Status rename(const stepup::CredentialId& id, const std::string& name) override;
    [[nodiscard]] base::Status lock(const stepup::UserId& user, const std::string& why) override;
    [[nodiscard]] base::Status lock(const stepup::CertificateFingerprint& certificate, const std::string& why) override;
    [[nodiscard]] base::Status remember(const std::vector<pep::PersonMemory>& people) override;
    [[nodiscard]] base::Result<std::vector<pep::PersonMemory>> recall() override;

private:
    GuardIdentities(
        const DeskConfig& config, std::unique_ptr<pep::IdentityDatabase> database, const base::Clock& clock);
    void readKeys(const stepup::RegistrationPolicy& policy, base::UtcTime now);
    [[nodiscard]] pep::UserRecord record() const;
    /// The enforcement points of the other sessions are to see it.
    [[nodiscard]] base::Status noted(base::Status changed);

    const DeskAccessConfig m_config;
    std::unique_ptr<pep::IdentityDatabase> m_database;
    const base::Clock& m_clock;
    stepup::SystemRandom m_random;
    zerotrust::Entitlement m_entitlement;
    std::vector<stepup::Credential> m_keys; ///< as enrolled; of everybody who works here
    std::vector<std::string> m_problems;
    stepup::UserId m_user;
    stepup::CertificateFingerprint m_certificate{};
    std::int64_t m_changes = 0; ///< made here: the database shows only those of others
};

}
