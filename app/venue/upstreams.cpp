#include "app/venue/upstreams.h"

#include "core/tls/identity.h"

#include <utility>

namespace venue {

using base::Errc;
using base::Error;

namespace {

std::vector<fix::SessionSettings> sessionsOf(const GatewaySettings& settings)
{
    std::vector<fix::SessionSettings> sessions;
    for (const UpstreamSettings& upstream : settings.upstreams)
        sessions.push_back(upstream.session);
    return sessions;
}

}

base::Result<std::unique_ptr<Upstreams>> Upstreams::open(const GatewaySettings& settings,
    std::optional<base::SecretBytes> pin, Doorbell& doorbell, EventLog& log, const base::Clock& clock)
{
    std::unique_ptr<Upstreams> made(new Upstreams(settings, doorbell, log, clock));
    if (const auto* token = std::get_if<auth::TokenSettings>(&settings.identity)) {
        if (const base::Status unlocked = made->unlock(*token, std::move(pin)); !unlocked)
            return unlocked.error();
        return made;
    }
    const auto& files = std::get<PemIdentity>(settings.identity);
    auto identity = tls::loadPemIdentity(files.certificate.string(), files.key.string());
    if (!identity)
        return identity.error();
    made->m_identity = std::make_shared<const tls::Identity>(*std::move(identity));
    return made;
}

Upstreams::Upstreams(const GatewaySettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock)
    : m_doorbell(doorbell)
    , m_log(log)
    , m_posted([this] { m_doorbell.ring(); })
    , m_events([this] { m_doorbell.ring(); })
    , m_ids(clock)
    , m_line(*this)
    , m_link(std::make_unique<fix::FixLink>(sessionsOf(settings), m_events, clock))
{
}

Upstreams::~Upstreams()
{
    m_link.reset();
    m_token.reset();
}

void Upstreams::post(std::function<void()> work)
{
    m_posted.post(std::move(work));
}

void Upstreams::runPosted()
{
    for (const auto& work : m_posted.drain())
        work();
}

base::Status Upstreams::unlock(const auth::TokenSettings& settings, std::optional<base::SecretBytes> pin)
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
    m_lossWatch = m_token->onLost([this](const Error& reason) {
        // Nobody types a PIN here: it stays so until the gateway is started again.
        m_log.record("gateway-token-lost", {{"why", reason.detail}});
        if (m_link)
            m_link->stop("the gateway's token is gone");
    });
    return base::Ok{};
}

void Upstreams::start()
{
    m_link->start(m_identity);
}

void Upstreams::Line::send(rfq::VenueCommand command)
{
    if (m_owner.m_link)
        m_owner.m_link->send(std::move(command));
}

std::string Upstreams::Line::compose(const rfq::Acceptance& acceptance) const
{
    return m_owner.m_link ? m_owner.m_link->compose(acceptance) : std::string();
}

std::vector<rfq::VenueEvent> Upstreams::finish()
{
    m_link.reset();
    return drain();
}

std::vector<rfq::VenueEvent> Upstreams::drain()
{
    runPosted();
    return m_events.drain();
}

}
