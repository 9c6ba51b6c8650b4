#pragma once

#include "app/venue/doorbell.h"
#include "app/venue/event_log.h"
#include "app/venue/gateway_settings.h"
#include "auth/token_service.h"
#include "core/base/executor.h"
#include "core/base/inbox.h"
#include "core/base/secret_bytes.h"
#include "core/fix/link.h"
#include "core/rfq/ids.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace venue {

/// The sessions with the counterparties, and the identity that opens them: from files, or from a token that is
/// unlocked once. The caller's thread.
class Upstreams final : base::Executor {
public:
    /// Connects at start(), not before. `pin` is the token's. Errors: Certificate*, Configuration, and of the token:
    /// as rfq::SignIn::unlock().
    [[nodiscard]] static base::Result<std::unique_ptr<Upstreams>> open(const GatewaySettings& settings,
        std::optional<base::SecretBytes> pin, Doorbell& doorbell, EventLog& log, const base::Clock& clock);
    /// Logs out.
    ~Upstreams() override;
    Upstreams(const Upstreams&) = delete;
    Upstreams& operator=(const Upstreams&) = delete;

    /// Outlives finish(): what is sent after it goes nowhere.
    [[nodiscard]] rfq::VenueLink& link() { return m_line; }
    [[nodiscard]] rfq::IdSource& ids() { return m_ids; }
    void start();
    /// Everything that came since the last call, in order.
    [[nodiscard]] std::vector<rfq::VenueEvent> drain();
    /// Logs out, and waits for it (bounded). What came until the end, in order: nothing comes after it.
    [[nodiscard]] std::vector<rfq::VenueEvent> finish();

private:
    class Line final : public rfq::VenueLink {
    public:
        explicit Line(Upstreams& owner)
            : m_owner(owner)
        {
        }
        void send(rfq::VenueCommand command) override;
        [[nodiscard]] std::string compose(const rfq::Acceptance& acceptance) const override;

    private:
        Upstreams& m_owner;
    };

    Upstreams(const GatewaySettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock);
    void post(std::function<void()> work) override;
    [[nodiscard]] base::Status unlock(const auth::TokenSettings& settings, std::optional<base::SecretBytes> pin);
    void runPosted();

    Doorbell& m_doorbell;
    EventLog& m_log;
    base::Inbox<std::function<void()>> m_posted;
    base::Inbox<rfq::VenueEvent> m_events;
    rfq::TimeSeededIds m_ids;
    std::shared_ptr<const tls::Identity> m_identity;
    std::unique_ptr<auth::TokenService> m_token; ///< null where the identity is from files
    Line m_line;
    std::unique_ptr<fix::FixLink> m_link; ///< its thread posts to the inbox and signs with the token; null: finished
    base::Subscription m_lossWatch;
};

}
