#pragma once

#include "app/desk_core/counterparty_memory.h"
#include "core/fix/settings.h"
#include "core/fix/user_request.h"
#include "core/pep/enforcement_point.h"
#include "core/place/country_file.h"
#include "core/rfq/messages.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// What this desk knows about itself when it judges, the same for every session.
struct GuardContext {
    /// Addresses of this workstation; all of them are judged, and the worst counts.
    std::function<std::vector<zerotrust::IpAddress>()> addresses;
    const place::CountryFile* countries = nullptr; ///< null: only the policy's own places are known
    std::optional<base::SteadyTime> verifiedAt{}; ///< card and PIN, or a touch
    zerotrust::AccessPolicy policy{}; ///< in force
    bool tokenRemoved = false; ///< and no touch has come since
};

/// Where what a GuardedSession decides goes to.
class GuardedSessionListener {
public:
    virtual ~GuardedSessionListener() = default;
    virtual void answered(const rfq::SessionId& session, std::uint64_t connection, fix::UserResponse response,
        std::optional<stepup::Notice> notice) = 0;
    virtual void ended(const rfq::SessionId& session, std::uint64_t connection, base::Error reason) = 0;
    virtual void recorded(const pep::Event& event) = 0;
};

/// The policy enforcement point that this desk itself puts before a counterparty that has none: the same decisions, the
/// same touches, the same grants, before anything is connected. The desk's thread.
class GuardedSession final : pep::SessionControl, pep::SignalSource, pep::Recorder {
public:
    struct Surroundings {
        const base::Clock& clock;
        stepup::RandomSource& random;
        pep::IdentityStore& identities;
        CounterpartyMemory& memory;
        const GuardContext& context;
        GuardedSessionListener& listener;
    };

    /// `dealers`: who can be dealt with over the session. All of `around`, and `keys`, outlive it. Errors: those of
    /// EnforcementPoint::open().
    [[nodiscard]] static base::Result<std::unique_ptr<GuardedSession>> open(const fix::SessionSettings& settings,
        std::vector<std::string> dealers, const pep::EnforcementSettings& enforcement,
        const stepup::RegistrationPolicy& keys, const Surroundings& around);
    ~GuardedSession() override;

    /// The link wants to connect. It is judged anew; a touch of the try before counts where the same person comes from
    /// the same place within minutes, so that a counterparty that is down does not cost a touch for each try.
    void opened(
        std::uint64_t connection, const stepup::UserId& user, const stepup::CertificateFingerprint& certificate);
    void closed(std::uint64_t connection);
    /// The person is not there any more: nothing of them counts for the next try.
    void left();
    /// What the desk says to it.
    void hear(std::uint64_t connection, fix::UserRequest request);
    /// Whether this acceptance may be sent now; spends the grant, which is not part of the message. Errors: Refused,
    /// with what is missing.
    [[nodiscard]] base::Status authorise(const rfq::SendAcceptance& send, const std::string& grant);
    void usePolicy(const zerotrust::AccessPolicy& policy);
    void tick();

private:
    GuardedSession(const fix::SessionSettings& settings, std::vector<std::string> dealers, const Surroundings& around);
    void send(const rfq::SessionId& session, fix::WireMessage message) override;
    void logout(const rfq::SessionId& session, const std::string& text) override;
    void opened(const rfq::SessionId& session) override;
    void shut(const rfq::SessionId&) override { }
    /// There is no connection to ask over.
    void prove(const rfq::SessionId&) override { m_proofAsked = true; }
    [[nodiscard]] bool goesOn(const pep::ConnectionFacts& facts) const;
    [[nodiscard]] std::vector<zerotrust::Signal> signalsAbout(const pep::Subject& subject) override;
    void record(const pep::Event& event) override;

    const fix::SessionSettings m_settings;
    const std::vector<std::string> m_dealers;
    const Surroundings m_around;
    std::uint64_t m_connection = 0; ///< 0: none
    pep::ConnectionFacts m_facts; ///< of the latest try
    std::optional<base::SteadyTime> m_closedAt; ///< when that ended
    bool m_left = false; ///< and the person has not been heard since
    bool m_proofAsked = false; ///< and not yet answered that it is impossible
    std::string m_objection; ///< to the latest acceptance
    std::unique_ptr<pep::EnforcementPoint> m_point;
};

}
