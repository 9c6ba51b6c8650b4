#include "app/venue/gateway_token.h"

#include <utility>

namespace venue {

using base::Errc;
using base::Error;

base::Result<std::unique_ptr<GatewayToken>> GatewayToken::open(
    const auth::TokenSettings& settings, std::optional<base::SecretBytes> pin, Doorbell& doorbell)
{
    std::unique_ptr<GatewayToken> token(new GatewayToken(doorbell));
    if (const base::Status unlocked = token->unlock(settings, std::move(pin)); !unlocked)
        return unlocked.error();
    return token;
}

GatewayToken::GatewayToken(Doorbell& doorbell)
    : m_doorbell(doorbell)
    , m_posted([this] { m_doorbell.ring(); })
{
}

GatewayToken::~GatewayToken()
{
    m_token.reset(); // it may still post
}

void GatewayToken::post(std::function<void()> work)
{
    m_posted.post(std::move(work));
}

void GatewayToken::runPosted()
{
    for (const auto& work : m_posted.drain())
        work();
}

base::Status GatewayToken::unlock(const auth::TokenSettings& settings, std::optional<base::SecretBytes> pin)
{
    if (!pin)
        return Error{Errc::Configuration,
            "the identity of [gateway.token] needs its PIN: give --gateway-pin-fd N, a descriptor that it can be read "
            "from"};
    base::Executor& self = *this;
    m_token = std::make_unique<auth::TokenService>(settings, self);
    std::optional<base::Status> outcome;
    m_token->unlock(*std::move(pin), rfq::LastTry::NotConfirmed,
        [&outcome](base::Status status, const rfq::TokenStatus&) { outcome = std::move(status); });
    while (!outcome) {
        m_doorbell.wait(std::nullopt);
        runPosted();
        if (m_doorbell.isClosed() && !outcome) {
            m_token.reset(); // with it goes the callback
            return Error{Errc::Cancelled, "stopped before the gateway's token was unlocked"};
        }
    }
    if (!*outcome)
        return Error{outcome->error().code, "the gateway's token: " + outcome->error().detail};
    m_identity = m_token->identity();
    return base::Ok{};
}

base::Subscription GatewayToken::onLost(std::function<void(const Error&)> lost)
{
    return m_token->onLost(std::move(lost));
}

}
