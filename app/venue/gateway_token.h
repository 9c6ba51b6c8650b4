#pragma once

#include "app/venue/doorbell.h"
#include "auth/token_service.h"
#include "core/base/executor.h"
#include "core/base/inbox.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/tls/identity.h"

#include <functional>
#include <memory>
#include <optional>

namespace venue {

/// The token that holds a gateway's identity, unlocked once: nobody types a PIN later. It opens the sessions with the
/// counterparties and signs the audit trail, so that it outlives both. The caller's thread.
class GatewayToken final : base::Executor {
public:
    /// Waits for the token, or for `doorbell` to be closed, which it rings from then on whenever runPosted() has
    /// something to do. Errors: Configuration (no PIN), Cancelled, and as rfq::SignIn::unlock().
    [[nodiscard]] static base::Result<std::unique_ptr<GatewayToken>> open(
        const auth::TokenSettings& settings, std::optional<base::SecretBytes> pin, Doorbell& doorbell);
    ~GatewayToken() override;
    GatewayToken(const GatewayToken&) = delete;
    GatewayToken& operator=(const GatewayToken&) = delete;

    [[nodiscard]] const std::shared_ptr<const tls::Identity>& identity() const { return m_identity; }
    /// Called by runPosted() when the token is gone: it stays so until the program is started again.
    [[nodiscard]] base::Subscription onLost(std::function<void(const base::Error&)> lost);
    void runPosted();

private:
    explicit GatewayToken(Doorbell& doorbell);
    void post(std::function<void()> work) override;
    [[nodiscard]] base::Status unlock(const auth::TokenSettings& settings, std::optional<base::SecretBytes> pin);

    Doorbell& m_doorbell;
    base::Inbox<std::function<void()>> m_posted;
    std::unique_ptr<auth::TokenService> m_token;
    std::shared_ptr<const tls::Identity> m_identity;
};

}
