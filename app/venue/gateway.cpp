#include "app/venue/gateway.h"

#include "app/venue/wire.h"
#include "core/base/overloaded.h"
#include "core/tls/identity.h"

#include <utility>

namespace venue {

namespace {

fix::AcceptorSettings acceptorSettings(const ProgramSettings& settings)
{
    const ListenerSettings& listener = settings.listener;
    fix::AcceptorSettings made;
    made.host = listener.host;
    made.port = listener.port;
    made.trust.caFile = listener.clientAuthority.string();
    made.trust.crlFile = listener.revocations ? listener.revocations->string() : "";
    made.storeDirectory = listener.store;
    made.logDirectory = listener.messageLog.value_or("");
    for (const SessionSettings& session : settings.venue.sessions)
        made.sessions.push_back({session.name, session.senderCompId, session.targetCompId, session.certificateName,
            session.certificatePins});
    return made;
}

std::string reasonText(const base::Error& reason)
{
    return std::string(base::errcName(reason.code)) + ": " + reason.detail;
}

}

base::Result<std::unique_ptr<Gateway>> Gateway::open(
    const ProgramSettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock)
{
    auto identity = tls::loadPemIdentity(settings.listener.certificate.string(), settings.listener.key.string());
    if (!identity)
        return identity.error();
    std::unique_ptr<Gateway> gateway(new Gateway(settings.venue, doorbell, log, clock));
    auto acceptor = fix::FixAcceptor::open(acceptorSettings(settings),
        std::make_shared<const tls::Identity>(std::move(identity).value()), gateway->m_inbox, clock);
    if (!acceptor)
        return acceptor.error();
    gateway->m_acceptor = std::move(acceptor).value();
    return gateway;
}

Gateway::Gateway(const VenueSettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock)
    : m_log(log)
    , m_clock(clock)
    , m_doorbell(doorbell)
    , m_inbox([this] { m_doorbell.ring(); })
    , m_venue(settings, *this, log, clock)
{
}

Gateway::~Gateway() = default;

void Gateway::run()
{
    while (!m_doorbell.isClosed()) {
        for (const fix::AcceptorEvent& event : m_inbox.drain())
            take(event);
        m_venue.runDue();
        m_doorbell.wait(m_venue.nextDue());
    }
}

void Gateway::answer(const rfq::SessionId& session, const Answer& answer)
{
    m_acceptor->send(session, encode(answer, m_clock.utc()));
}

void Gateway::drop(const rfq::SessionId& session)
{
    m_log.record("connection-dropped", {{"session", session.text()}, {"why", "scenario"}});
    m_acceptor->drop(session);
}

void Gateway::take(const fix::AcceptorEvent& event)
{
    std::visit(
        base::Overloaded{
            [this](const fix::ClientLoggedOn& client) { take(client); },
            [this](const fix::ClientLoggedOff& client) {
                m_log.record("client-logged-off", {{"session", client.session.text()}, {"why", client.reason}});
                m_venue.loggedOff(client.session);
            },
            [this](const fix::ClientRefused& client) {
                m_log.record("client-refused", {{"address", client.address}, {"why", reasonText(client.reason)}});
            },
            [this](const fix::ClientMessage& received) { take(received); },
            [](const fix::MessageSent&) {}, // no receipts are asked for
        },
        event);
}

void Gateway::take(const fix::ClientLoggedOn& client)
{
    m_log.record("client-logged-on",
        {{"session", client.session.text()}, {"address", client.address}, {"tls", client.peer.protocol},
            {"cipher", client.peer.cipherSuite}, {"subject", client.peer.subject},
            {"fingerprint", client.peer.fingerprint}});
    m_venue.loggedOn(client.session);
}

void Gateway::take(const fix::ClientMessage& received)
{
    const auto request = fix::maker::decode(received.message);
    if (!request) {
        m_log.record("message-refused",
            {{"session", received.session.text()}, {"type", received.message.type}, {"why", request.error().detail}});
        return answer(received.session, refusalOf(received.message, request.error()));
    }
    m_venue.receive(
        received.session, request.value(), received.message.possDup ? Delivery::PossibleDuplicate : Delivery::First);
}

}
