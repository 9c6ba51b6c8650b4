#pragma once

#include "app/venue/doorbell.h"
#include "app/venue/event_log.h"
#include "app/venue/gateway_settings.h"
#include "app/venue/gateway_token.h"
#include "core/base/inbox.h"
#include "core/fix/link.h"
#include "core/rfq/ids.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace venue {

/// The sessions with the counterparties, and the identity that opens them: from files, or from the gateway's token. The
/// caller's thread.
class Upstreams final {
public:
    /// Connects at start(), not before. `token` outlives it; null where the identity is from files. Errors:
    /// Certificate*, Configuration.
    [[nodiscard]] static base::Result<std::unique_ptr<Upstreams>> open(const GatewaySettings& settings,
        GatewayToken* token, Doorbell& doorbell, EventLog& log, const base::Clock& clock);
    /// Logs out.
    ~Upstreams();
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
    void use(GatewayToken& token);

    Doorbell& m_doorbell;
    EventLog& m_log;
    base::Inbox<rfq::VenueEvent> m_events;
    rfq::TimeSeededIds m_ids;
    std::shared_ptr<const tls::Identity> m_identity;
    GatewayToken* m_token = nullptr; ///< null where the identity is from files
    Line m_line;
    std::unique_ptr<fix::FixLink> m_link; ///< its thread posts to the inbox and signs with the token; null: finished
    base::Subscription m_lossWatch;
};

}
