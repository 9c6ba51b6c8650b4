#include "app/venue/venue_server.h"

#include "app/venue/acceptor_settings.h"
#include "app/venue/wire.h"
#include "core/base/overloaded.h"
#include "core/fix/dialect.h"
#include "core/pep/fingerprint_text.h"
#include "core/tls/identity.h"

#include <algorithm>
#include <utility>

namespace venue {

namespace {

/// Whoever was turned away for this has a certificate, and wanted to be somebody that it does not stand for.
bool isForeignCompId(base::Errc code)
{
    return code == base::Errc::CertificateWrongName || code == base::Errc::CertificateNotPinned
        || code == base::Errc::LogonRefused;
}

/// Ours by construction; a text that is none would be nobody's certificate.
stepup::CertificateFingerprint certificateOf(const tls::PeerFacts& peer)
{
    return pep::fingerprintOf(peer.fingerprint).value_or(stepup::CertificateFingerprint{});
}

bool isPossibleDuplicate(const fix::WireMessage& message)
{
    return message.possDup || message.possResend;
}

constexpr std::chrono::seconds ProvePatience{30}; ///< long enough for a touch

/// Absent where the answer is still to come, or nobody is there to give it.
std::optional<pep::Proof> proofOf(const base::Status& result)
{
    if (result)
        return pep::Proof::Given;
    if (result.error().code == base::Errc::Duplicate || result.error().code == base::Errc::NotConnected)
        return std::nullopt;
    return result.error().code == base::Errc::Unsupported ? pep::Proof::Impossible : pep::Proof::NotGiven;
}

base::Result<std::shared_ptr<const tls::Identity>> identityOf(
    const std::filesystem::path& certificate, const std::filesystem::path& key)
{
    auto identity = tls::loadPemIdentity(certificate.string(), key.string());
    if (!identity)
        return identity.error();
    return std::make_shared<const tls::Identity>(*std::move(identity));
}

std::string reasonText(const base::Error& reason)
{
    return std::string(base::errcName(reason.code)) + ": " + reason.detail;
}

}

base::Result<std::unique_ptr<VenueServer>> VenueServer::open(const ProgramSettings& settings, Doorbell& doorbell,
    EventLog& log, AccessRecorder& recorder, const base::Clock& clock, OrderBook& book, GatewayToken* token)
{
    const ListenerSettings& listener = settings.listener;
    const auto identity = identityOf(listener.certificate, listener.key);
    if (!identity)
        return identity.error();
    std::unique_ptr<VenueServer> server(new VenueServer(settings.venue, doorbell, log, clock, book));
    if (listener.nextCertificate && listener.nextKey) {
        auto next = identityOf(*listener.nextCertificate, *listener.nextKey);
        if (!next)
            return next.error();
        server->m_nextIdentity = *std::move(next);
    }
    Clients& clients = *server;
    if (!settings.gateway)
        server->m_maker = std::make_unique<Venue>(settings.venue, clients, log, clock, book);
    else if (const base::Status opened = server->openGateway(settings, token, book); !opened)
        return opened.error();
    if (settings.pep) {
        auto guard = Guard::open(*settings.pep, *server, log, recorder, clock);
        if (!guard)
            return guard.error();
        server->m_guard = std::move(guard).value();
    }
    auto acceptor = fix::FixAcceptor::open(acceptorSettings(settings), *identity, server->m_inbox, clock);
    if (!acceptor)
        return acceptor.error();
    server->m_acceptor = std::move(acceptor).value();
    if (server->m_upstreams)
        server->m_upstreams->start();
    return server;
}

VenueServer::VenueServer(
    const VenueSettings& settings, Doorbell& doorbell, EventLog& log, const base::Clock& clock, OrderBook& book)
    : m_log(log)
    , m_clock(clock)
    , m_doorbell(doorbell)
    , m_book(book)
    , m_inbox([this] { m_doorbell.ring(); })
    , m_clockError(settings.line.clockError)
    , m_sessions(settings.sessions)
{
}

base::Status VenueServer::openGateway(const ProgramSettings& settings, GatewayToken* token, OrderBook& book)
{
    auto forwards = ForwardBook::open(settings.listener.store);
    if (!forwards)
        return forwards.error();
    m_forwards = *std::move(forwards);
    auto upstreams = Upstreams::open(*settings.gateway, token, m_doorbell, m_log, m_clock);
    if (!upstreams)
        return upstreams.error();
    m_upstreams = *std::move(upstreams);
    Clients& clients = *this;
    auto gateway = std::make_unique<Gateway>(settings.venue, *settings.gateway, clients, m_upstreams->link(),
        m_upstreams->ids(), m_log, m_clock, book, *m_forwards);
    m_gateway = gateway.get();
    m_maker = std::move(gateway);
    return base::Ok{};
}

VenueServer::~VenueServer() = default;

void VenueServer::run()
{
    while (!m_doorbell.isClosed()) {
        const auto events = m_inbox.drain();
        m_acceptor->drained();
        for (const fix::AcceptorEvent& event : events)
            take(event);
        if (m_gateway)
            for (const rfq::VenueEvent& event : m_upstreams->drain())
                m_gateway->apply(event);
        m_maker->runDue();
        if (m_guard)
            m_guard->runDue();
        m_log.runDue();
        settle();
        m_doorbell.wait(nextDue());
    }
    // Their sessions have counted what comes during the logout: it would not come again.
    if (m_gateway)
        for (const rfq::VenueEvent& event : m_upstreams->finish())
            m_gateway->apply(event);
}

std::optional<base::SteadyTime> VenueServer::nextDue() const
{
    std::optional<base::SteadyTime> first;
    for (const auto& due : {m_maker->nextDue(), m_guard ? m_guard->nextDue() : std::nullopt, m_log.nextDue()})
        if (due && (!first || *due < *first))
            first = due;
    return first;
}

void VenueServer::settle()
{
    for (const auto& [session, news] : std::exchange(m_news, {})) {
        switch (news) {
        case News::Opened:
            m_maker->loggedOn(session);
            break;
        case News::Shut:
            m_maker->loggedOff(session);
            break;
        }
    }
}

void VenueServer::send(const rfq::SessionId& session, fix::WireMessage message)
{
    m_acceptor->send(session, std::move(message));
}

void VenueServer::prove(const rfq::SessionId& session)
{
    m_acceptor->askForCertificate(session, ProvePatience);
}

void VenueServer::answer(const rfq::SessionId& session, const Answer& answer)
{
    const auto* report = std::get_if<Report>(&answer);
    auto message = encode(answer, m_clock.utc() + m_clockError);
    // A report that is held back was not sent: the venue has it again for the client's next time.
    if (m_guard && !m_guard->point().maySend(session, message))
        return;
    m_acceptor->send(session, std::move(message), report ? report->receipt : 0);
}

void VenueServer::drop(const rfq::SessionId& session)
{
    record("connection-dropped", session);
    m_acceptor->drop(session);
}

void VenueServer::logout(const rfq::SessionId& session, const std::string& text)
{
    m_log.record("client-logged-out", {{"session", session.text()}, {"text", text}}); // a scenario, or the PEP
    m_acceptor->logout(session, text);
}

void VenueServer::refuse(const rfq::SessionId& session, const SessionRefusal& refusal)
{
    record("session-reject", session, refusal.text);
    m_acceptor->sessionReject(session, {refusal.refSeqNum, refusal.refMsgType, refusal.code, refusal.text});
}

void VenueServer::forgetNumbers(const rfq::SessionId& session)
{
    record("numbers-forgotten", session);
    m_acceptor->forgetNumbers(session);
}

void VenueServer::resetAtNextLogon(const rfq::SessionId& session)
{
    record("numbers-reset-at-next-logon", session);
    m_acceptor->resetAtNextLogon(session);
}

void VenueServer::changeCertificate()
{
    const base::Status changed = m_nextIdentity
        ? m_acceptor->useIdentity(m_nextIdentity)
        : base::Error{base::Errc::Configuration, "listener.next_certificate and listener.next_key are not set"};
    m_log.record("certificate-changed",
        {{"why", "scenario"}, {"problem", changed ? std::string() : reasonText(changed.error())}});
}

void VenueServer::record(const char* event, const rfq::SessionId& session, const std::string& text)
{
    m_log.record(event, {{"session", session.text()}, {"why", "scenario"}, {"text", text}});
}

void VenueServer::take(const fix::AcceptorEvent& event)
{
    std::visit(
        base::Overloaded{
            [this](const fix::LogonAsked& asked) { take(asked); },
            [this](const fix::ClientLoggedOn& client) { take(client); },
            [this](const fix::ClientLoggedOff& client) { take(client); },
            [this](const fix::ClientRefused& client) { take(client); },
            [this](const fix::ClientMessage& received) { take(received); },
            [this](const fix::MessageSent& sent) { m_maker->sent(sent.receipt); },
            [this](const fix::CertificateProof& proof) {
                m_log.record(proof.result ? "certificate-confirmed" : "certificate-not-confirmed",
                    {{"session", proof.session.text()}, {"why", proof.result ? "" : reasonText(proof.result.error())}});
                if (m_guard && !proof.result && proof.result.error().code == base::Errc::CertificateRevoked)
                    m_guard->point().revoked(proof.session, proof.result.error());
                else if (const auto came = proofOf(proof.result); m_guard && came)
                    m_guard->point().proven(proof.session, *came);
            },
            [this](const fix::RevocationListsUnreadable& lists) {
                m_log.record("revocation-lists-unreadable", {{"why", lists.reason.detail}});
            },
        },
        event);
    settle();
}

void VenueServer::take(const fix::LogonAsked& asked)
{
    // Only a venue with an enforcement point is asked; who could not judge refuses.
    auto refusal = m_guard ? m_guard->point().admission(factsOf(asked.client)) : "Access refused.";
    if (refusal)
        m_acceptor->turnAway(asked.ticket, *std::move(refusal));
    else
        m_acceptor->admit(asked.ticket);
}

void VenueServer::take(const fix::ClientLoggedOn& client)
{
    m_log.record("client-logged-on",
        {{"session", client.session.text()}, {"address", client.address}, {"tls", client.peer.protocol},
            {"cipher", client.peer.cipherSuite}, {"subject", client.peer.subject},
            {"fingerprint", client.peer.fingerprint}});
    if (m_guard)
        m_guard->point().connected(factsOf(client));
    else
        m_maker->loggedOn(client.session);
}

void VenueServer::take(const fix::ClientLoggedOff& client)
{
    m_log.record("client-logged-off", {{"session", client.session.text()}, {"why", client.reason}});
    if (m_guard)
        m_guard->point().disconnected(client.session);
    m_maker->loggedOff(client.session);
}

void VenueServer::take(const fix::ClientRefused& client)
{
    m_log.record("client-refused",
        {{"address", client.address}, {"subject", client.client ? client.client->subject : std::string()},
            {"fingerprint", client.client ? client.client->fingerprint : std::string()},
            {"why", reasonText(client.reason)}});
    if (!m_guard)
        return;
    pep::ConnectionFacts facts;
    facts.address = client.address;
    if (client.client && isForeignCompId(client.reason.code)) {
        facts.user = stepup::UserId(client.client->commonName);
        facts.certificate = certificateOf(*client.client);
    }
    m_guard->point().turnedAway(facts, client.reason);
}

pep::ConnectionFacts VenueServer::factsOf(const fix::ClientLoggedOn& client) const
{
    pep::ConnectionFacts facts;
    facts.session = client.session;
    facts.user = stepup::UserId(client.peer.commonName);
    facts.certificate = certificateOf(client.peer);
    facts.address = client.address;
    facts.policies = client.peer.policies;
    facts.channelBinding = client.channelBinding;
    for (const SessionSettings& session : m_sessions) {
        if (session.name != client.session)
            continue;
        facts.venueCompId = session.senderCompId;
        facts.deskCompId = session.targetCompId;
        facts.dealersBehind =
            session.kind == SessionKind::Direct ? pep::DealersBehind::Sole : pep::DealersBehind::AsNamed;
        for (const auto& dealer : session.dealers)
            facts.dealers.push_back(session.kind == SessionKind::Direct ? session.senderCompId : dealer.text());
    }
    return facts;
}

bool VenueServer::admits(const fix::ClientMessage& received, const base::Result<fix::maker::ClientRequest>& request)
{
    if (!m_guard)
        return true;
    if (received.message.type == fix::msg::UserRequest) {
        m_guard->point().receive(received.session, received.message);
        return false;
    }
    if (request && isRepeat(received, *request))
        return m_guard->point().authoriseRepeat(received.session, received.message, *request);
    return m_guard->point().authorise(received.session, received.message, request);
}

bool VenueServer::isRepeat(const fix::ClientMessage& received, const fix::maker::ClientRequest& request)
{
    const auto* order = std::get_if<fix::maker::Order>(&request);
    if (!order || !isPossibleDuplicate(received.message))
        return false;
    const auto known = m_book.find(received.session, order->clOrdId);
    return known && known->has_value();
}

void VenueServer::take(const fix::ClientMessage& received)
{
    const auto request = fix::maker::decode(received.message);
    if (!admits(received, request))
        return;
    if (!request) {
        m_log.record("message-refused",
            {{"session", received.session.text()}, {"type", received.message.type}, {"why", request.error().detail}});
        return answer(received.session, refusalOf(received.message, request.error()));
    }
    m_maker->receive(received.session, request.value(),
        {isPossibleDuplicate(received.message) ? Delivery::PossibleDuplicate : Delivery::First, received.seqNum});
}

}
