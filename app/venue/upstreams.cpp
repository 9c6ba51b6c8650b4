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

base::Result<std::unique_ptr<Upstreams>> Upstreams::open(
    const GatewaySettings& settings, GatewayToken* token, Doorbell& doorbell, EventLog& log, const base::Clock& clock)
{
    std::unique_ptr<Upstreams> made(new Upstreams(settings, doorbell, log, clock));
    const auto* files = std::get_if<PemIdentity>(&settings.identity);
    if (!files && !token)
        return Error{Errc::Configuration, "the identity of [gateway.token] is on a token, and none was unlocked"};
    if (!files) {
        made->use(*token);
        return made;
    }
    auto identity = tls::loadPemIdentity(files->certificate.string(), files->key.string());
    if (!identity)
        return identity.error();
    made->m_identity = std::make_shared<const tls::Identity>(*std::move(identity));
    return made;
}

Upstreams::Upstreams(const GatewaySettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock)
    : m_doorbell(doorbell)
    , m_log(log)
    , m_events([this] { m_doorbell.ring(); })
    , m_ids(clock)
    , m_line(*this)
    , m_link(std::make_unique<fix::FixLink>(sessionsOf(settings), m_events, clock))
{
}

Upstreams::~Upstreams() = default;

void Upstreams::use(GatewayToken& token)
{
    m_token = &token;
    m_identity = token.identity();
    m_lossWatch = token.onLost([this](const Error& reason) {
        // Nobody types a PIN here: it stays so until the gateway is started again.
        m_log.record("gateway-token-lost", {{"why", reason.detail}});
        if (m_link)
            m_link->stop("the gateway's token is gone");
    });
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
    if (m_token)
        m_token->runPosted();
    return m_events.drain();
}

}
