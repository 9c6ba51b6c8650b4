#include "core/fix/acceptor_thread.h"

#include "core/base/overloaded.h"

#include <algorithm>
#include <array>

namespace fix {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

namespace {

// More newcomers at once wait in the listener's queue.
constexpr std::size_t MostHandshakes = 32;
constexpr std::size_t MostStrangers = 64;
constexpr auto LogoutPatience = 2s;
constexpr std::chrono::milliseconds LongestWait = 1s;

}

FixAcceptor::Thread::Thread(AcceptorSettings settings, std::shared_ptr<tls::Context> context, tls::Socket listener,
    base::Inbox<AcceptorEvent>& events, const base::Clock& clock)
    : m_settings(std::move(settings))
    , m_context(std::move(context))
    , m_listener(std::move(listener))
    , m_port(tls::localPort(m_listener))
    , m_events(events)
    , m_clock(clock)
    , m_orders([this] { m_waker.wake(); })
{
}

FixAcceptor::Thread::~Thread()
{
    if (!m_thread.joinable())
        return;
    post(End{});
    m_thread.join();
}

base::Status FixAcceptor::Thread::start()
{
    for (const AcceptedSession& session : m_settings.sessions) {
        auto peer = AcceptedPeer::open(session, m_settings, m_events, m_clock);
        if (!peer)
            return peer.error();
        m_peers.push_back(*std::move(peer));
    }
    m_thread = std::thread([this] { run(); });
    return base::Ok{};
}

void FixAcceptor::Thread::run()
{
    while (!m_endBy || (!isQuiet() && m_clock.steady() < *m_endBy)) {
        waitAndServe();
        for (Order& order : m_orders.drain())
            obey(std::move(order));
        endStrangersInTime();
        for (const auto& peer : m_peers)
            peer->onTime();
    }
}

void FixAcceptor::Thread::waitAndServe()
{
    const bool mayAccept = !m_endBy && m_handshakes.size() < MostHandshakes && m_strangers.size() < MostStrangers;
    std::vector<tls::Interest> interests{{.handle = m_waker.handle(), .read = true},
        {.handle = mayAccept ? m_listener.handle() : -1, .read = mayAccept}};
    base::SteadyTime due = m_endBy.value_or(base::SteadyTime::max());
    std::vector<AcceptedPeer*> peers;
    for (const auto& peer : m_peers) {
        due = std::min(due, peer->nextTime());
        if (const auto interest = peer->interest()) {
            interests.push_back(*interest);
            peers.push_back(peer.get());
        }
    }
    for (const Stranger& stranger : m_strangers) {
        due = stranger.stream.hasBuffered() ? base::SteadyTime::min() : std::min(due, stranger.due);
        interests.push_back(stranger.stream.interest(false));
    }

    const base::SteadyTime now = m_clock.steady();
    const auto wait = due <= now  ? 0ms
        : due - now > LongestWait ? LongestWait
                                  : std::chrono::ceil<std::chrono::milliseconds>(due - now);
    tls::waitFor(interests, wait);
    if (interests[0].readable)
        m_waker.clear();
    for (std::size_t i = 0; i < peers.size(); ++i) {
        const tls::Interest& ready = interests[2 + i];
        if (ready.readable || ready.writable || ready.failed)
            peers[i]->onReady(ready);
    }
    m_strangers.remove_if([this](Stranger& stranger) { return !listenTo(stranger); });
    if (interests[1].readable)
        accept();
}

void FixAcceptor::Thread::accept()
{
    tls::Socket socket = tls::acceptFrom(m_listener);
    if (!socket.isOpen())
        return;
    const std::uint64_t id = m_nextHandshake++;
    Handshake& handshake = m_handshakes[id];
    handshake.address = socket.peerAddress();
    // std::function wants to be copied; a socket does not.
    const auto carried = std::make_shared<tls::Socket>(std::move(socket));
    handshake.attempt = std::make_unique<Attempt>(
        [context = m_context, carried, timeout = m_settings.handshakeTimeout](
            const tls::Waker& cancelled) -> base::Result<tls::Stream> {
            tls::Stream stream(context, std::move(*carried));
            if (const base::Status secured = stream.handshake(timeout, cancelled); !secured)
                return secured.error();
            return stream;
        },
        [this, id](base::Result<tls::Stream> result) {
            post(Handshaken{id, std::move(result)});
        });
}

void FixAcceptor::Thread::obey(Order order)
{
    std::visit(base::Overloaded{
                   [this](Send& send) {
                       with(send.session, [&](AcceptedPeer& peer) { peer.send(send.message, send.receipt); });
                   },
                   [this](LogOut& out) { with(out.session, [&](AcceptedPeer& peer) { peer.logout(out.reason); }); },
                   [this](Prove& prove) {
                       with(prove.session, [&](AcceptedPeer& peer) { peer.askForCertificate(prove.patience); });
                   },
                   [this](Drop& drop) { with(drop.session, [](AcceptedPeer& peer) { peer.drop(); }); },
                   [this](Refuse& no) { with(no.session, [&](AcceptedPeer& peer) { peer.reject(no.rejection); }); },
                   [this](Forget& forget) { with(forget.session, [](AcceptedPeer& peer) { peer.forgetNumbers(); }); },
                   [this](Reset& reset) { with(reset.session, [](AcceptedPeer& peer) { peer.resetAtNextLogon(); }); },
                   [this](Present& present) { m_context = std::move(present.context); },
                   [this](End&) { end(); },
                   [this](Handshaken& news) { onHandshaken(std::move(news)); },
               },
        order);
}

void FixAcceptor::Thread::end()
{
    m_endBy = m_clock.steady() + LogoutPatience;
    m_strangers.clear();
    for (const auto& peer : m_peers)
        peer->logout("the venue closes");
}

void FixAcceptor::Thread::onHandshaken(Handshaken news)
{
    const auto handshake = m_handshakes.find(news.attempt);
    if (handshake == m_handshakes.end())
        return;
    const std::string address = handshake->second.address;
    m_handshakes.erase(handshake);
    if (!news.result)
        return refuse(address, news.result.error());
    if (m_endBy)
        return;
    m_strangers.push_back({*std::move(news.result), m_clock.steady() + m_settings.logonTimeout, {}, {}});
}

void FixAcceptor::Thread::endStrangersInTime()
{
    const base::SteadyTime now = m_clock.steady();
    m_strangers.remove_if([&](const Stranger& stranger) {
        if (now < stranger.due)
            return false;
        refuse(stranger.stream.peerAddress(), {Errc::Timeout, "no Logon came in time"});
        return true;
    });
}

bool FixAcceptor::Thread::listenTo(Stranger& stranger)
{
    std::array<char, 16U << 10U> buffer; // NOLINT(*-member-init): read() fills what is used of it
    const auto outcome = stranger.stream.read(buffer);
    if (outcome.closed) {
        refuse(stranger.stream.peerAddress(),
            outcome.error.value_or(Error{Errc::ConnectionLost, "the client left before its Logon"}));
        return false;
    }
    const std::string_view bytes(buffer.data(), outcome.bytes);
    stranger.framer.add(bytes);
    stranger.bytes += bytes;
    const auto first = stranger.framer.next();
    if (!first) {
        refuse(stranger.stream.peerAddress(), first.error());
        return false;
    }
    if (!*first)
        return true;
    admit(stranger, **first);
    return false;
}

void FixAcceptor::Thread::admit(Stranger& stranger, std::string_view logon)
{
    const tls::PeerFacts& client = stranger.stream.peer();
    const auto identity = identityOf(logon);
    const auto turnAway = [&](Error reason, const std::string& words) {
        if (!words.empty()) {
            const std::string bytes = parting(*identity, words, m_clock.utc());
            static_cast<void>(stranger.stream.write(bytes)); // a courtesy; the refusal stands without it
        }
        refuse(stranger.stream.peerAddress(), std::move(reason));
    };
    if (!identity || identity->type != "A")
        return turnAway({Errc::ProtocolViolation, "the first message is not a Logon"}, {});

    const auto found = std::find_if(m_peers.begin(), m_peers.end(), [&](const auto& peer) {
        return peer->settings().targetCompId == identity->senderCompId
            && peer->settings().senderCompId == identity->targetCompId;
    });
    if (found == m_peers.end())
        return turnAway(
            {Errc::LogonRefused,
                "no session is configured from " + identity->senderCompId + " to " + identity->targetCompId},
            "unknown CompID");

    AcceptedPeer& peer = **found;
    const AcceptedSession& bound = peer.settings();
    if (client.commonName != bound.certificateName)
        return turnAway({Errc::CertificateWrongName,
                            "the certificate of " + client.subject + " may not speak for " + identity->senderCompId},
            "the certificate is not bound to this CompID");
    if (!bound.certificatePins.empty() && !bound.certificatePins.contains(client.fingerprint))
        return turnAway(
            {Errc::CertificateNotPinned,
                "the certificate " + client.fingerprint + " is not one of those of " + identity->senderCompId},
            "the certificate is not bound to this CompID");
    // Without a Logout: it would count in the numbers of the session that goes on.
    if (peer.isConnected())
        return turnAway({Errc::Duplicate, identity->senderCompId + " is connected already"}, {});
    peer.adopt(std::move(stranger.stream), stranger.bytes);
}

void FixAcceptor::Thread::refuse(const std::string& address, Error reason)
{
    m_events.post(ClientRefused{address, std::move(reason)});
}

AcceptedPeer* FixAcceptor::Thread::find(const rfq::SessionId& name)
{
    const auto found = std::find_if(
        m_peers.begin(), m_peers.end(), [&name](const auto& peer) { return peer->settings().name == name; });
    return found == m_peers.end() ? nullptr : found->get();
}

bool FixAcceptor::Thread::isQuiet() const
{
    return std::none_of(m_peers.begin(), m_peers.end(), [](const auto& peer) { return peer->isConnected(); });
}

}
