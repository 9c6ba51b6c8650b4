#pragma once

#include "app/config/desk_config.h"
#include "app/desk_core/guard_identities.h"
#include "app/desk_core/guarded_session.h"
#include "core/audit/record.h"
#include "core/fix/access_events.h"
#include "core/place/country_watch.h"
#include "core/store/policy_store.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// Judges the sessions whose counterparty has no policy enforcement point, by the firm's own access policy, and keeps
/// the evidence. What fails lets nobody in. The desk's thread.
class DeskGuard final : GuardedSessionListener {
public:
    /// What it decides; called while it is called.
    struct Verdicts {
        std::function<void(const rfq::SessionId&, std::uint64_t connection, const fix::UserResponse&,
            const std::optional<stepup::Notice>&)>
            answered;
        std::function<void(const rfq::SessionId&, std::uint64_t connection, const base::Error&)> ended;
    };

    /// Blocks on the disk. `config.access` is set; `trail` and `clock` outlive it. Errors: Io, Configuration (no policy
    /// is in force, the file of countries), Internal.
    [[nodiscard]] static base::Result<std::unique_ptr<DeskGuard>> open(const DeskConfig& config, Verdicts verdicts,
        audit::AuditRecorder& trail, const base::Clock& clock,
        std::function<std::vector<zerotrust::IpAddress>()> addresses);
    ~DeskGuard() override;

    [[nodiscard]] bool judges(const rfq::SessionId& session) const { return m_sessions.contains(session); }
    /// Card and PIN were proven just now.
    void verified(const stepup::UserId& user, const stepup::CertificateFingerprint& certificate);
    /// Whether the card of who is signed in was gone since their latest touch.
    void tokenRemoved(bool removed) { m_context.tokenRemoved = removed; }
    /// The person has left, or signed out.
    void left();
    /// The evidence can no longer be kept: nobody is let in until the desk starts again.
    void trailFailed(const base::Error& reason);

    void opened(const fix::AccessOpened& event);
    void closed(const fix::AccessClosed& event);
    void hear(const rfq::SessionId& session, std::uint64_t connection, fix::UserRequest request);
    /// Of a session that is judged here. Errors: Refused.
    [[nodiscard]] base::Status authorise(const rfq::SendAcceptance& send, const std::string& grant);
    void tick();
    /// Why keys of the configuration do not count.
    [[nodiscard]] const std::vector<std::string>& problems() const { return m_identities->problems(); }

private:
    DeskGuard(Verdicts verdicts, audit::AuditRecorder& trail, const base::Clock& clock);
    [[nodiscard]] base::Status openPolicy(const DeskAccessConfig& config);
    [[nodiscard]] base::Status openSessions(const DeskConfig& config);
    void lookAtPolicy();
    void lookAtCountries();
    void append(audit::Kind kind, audit::Severity severity, std::map<audit::Field, std::string> fields);
    void tellChanges();
    void note(const store::PolicyReport& report);
    void answered(const rfq::SessionId& session, std::uint64_t connection, fix::UserResponse response,
        std::optional<stepup::Notice> notice) override;
    void ended(const rfq::SessionId& session, std::uint64_t connection, base::Error reason) override;
    void recorded(const pep::Event& event) override;

    const Verdicts m_verdicts;
    audit::AuditRecorder& m_trail;
    const base::Clock& m_clock;
    stepup::SystemRandom m_random;
    stepup::RegistrationPolicy m_noEnrolment; ///< keys are enrolled by the configuration
    std::optional<place::CountryWatch> m_countries;
    std::unique_ptr<GuardIdentities> m_identities;
    std::optional<store::PolicyStore> m_policies;
    base::SteadyTime m_policyDue{};
    std::optional<CounterpartyMemory> m_memory;
    GuardContext m_context;
    stepup::UserId m_user;
    stepup::CertificateFingerprint m_certificate{};
    std::optional<base::Error> m_failed; ///< nobody is let in any more
    std::optional<std::int64_t> m_changesSeen; ///< mark of the store when changes were told last
    std::int64_t m_changesHanded = 0; ///< number of the last change that went to the trail
    std::shared_ptr<const int> m_alive = std::make_shared<const int>(0);
    std::map<rfq::SessionId, std::uint64_t> m_connections; ///< those that are judged at this moment
    std::map<rfq::SessionId, std::unique_ptr<GuardedSession>> m_sessions;
};

}
