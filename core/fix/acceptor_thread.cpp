#include "core/fix/acceptor_thread.h"

#include "core/base/overloaded.h"
#include "core/fix/session_timers.h"
#include "core/tls/revocation_lists.h"

#include <algorithm>
#include <array>

namespace fix {

using base::Errc;
using base::Error;
using namespace std::chrono_literals;

namespace {

// Who is through the handshake has a certificate of ours; more than these at once wait in the listener's queue.
constexpr std::size_t MostStrangers = 1'024;
// Then the sessions have their turn.
constexpr int MostAcceptedAtOnce = 64;
// Where the process has no handle left, the listener would wake us all the time.
constexpr auto AcceptPause = 50ms;
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
    , m_revocations(m_settings.trust.crlFile)
    , m_handshakes(
          {.patience = m_settings.handshakeTimeout}, [this](std::string address, base::Result<tls::Stream> result) {
              post(Handshaken{std::move(address), std::move(result)});
          })
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
        const AcceptedSession& bound = (*peer)->settings();
        m_byName.try_emplace(bound.name, peer->get());
        m_byCompIds.try_emplace({bound.targetCompId, bound.senderCompId}, peer->get());
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
        lookAtRevocations();
        for (const auto& peer : m_peers)
            peer->onTime();
    }
}

void FixAcceptor::Thread::drained()
{
    ++m_timesDrained;
    if (m_isHolding)
        m_waker.wake();
}

void FixAcceptor::Thread::holdBack()
{
    // Before the count is read: a drained() in between wakes the poll that follows.
    m_isHolding = true;
    bool isHolding = false;
    for (const auto& peer : m_peers)
        isHolding = peer->holdBack(m_timesDrained) || isHolding;
    m_isHolding = isHolding;
}

void FixAcceptor::Thread::waitAndServe()
{
    if (m_settings.mostUndrained)
        holdBack();
    const bool pauses = m_clock.steady() < m_acceptAgain;
    const bool mayAccept =
        !m_endBy && !pauses && !m_handshakes.isFull() && m_strangers.size() + m_applicants.size() < MostStrangers;
    std::vector<tls::Interest> interests{{.handle = m_waker.handle(), .read = true},
        {.handle = mayAccept ? m_listener.handle() : -1, .read = mayAccept}};
    base::SteadyTime due = m_endBy.value_or(base::SteadyTime::max());
    if (pauses)
        due = std::min(due, m_acceptAgain);
    std::vector<AcceptedPeer*> peers;
    for (const auto& peer : m_peers) {
        due = std::min(due, peer->nextTime());
        if (const auto interest = peer->interest()) {
            interests.push_back(*interest);
            peers.push_back(peer.get());
        }
    }
    for (const auto& [ticket, applicant] : m_applicants)
        due = std::min(due, applicant.stranger.due);
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
    std::size_t next = 2 + peers.size();
    m_strangers.remove_if([&](Stranger& stranger) {
        const tls::Interest& ready = interests[next++];
        const bool speaks = ready.readable || ready.failed || stranger.stream.hasBuffered();
        return speaks && !listenTo(stranger);
    });
    if (interests[1].readable)
        accept();
}

void FixAcceptor::Thread::accept()
{
    for (int accepted = 0; accepted < MostAcceptedAtOnce && !m_handshakes.isFull(); ++accepted) {
        tls::Socket socket = tls::acceptFrom(m_listener);
        if (!socket.isOpen() && accepted == 0)
            m_acceptAgain = m_clock.steady() + AcceptPause;
        if (!socket.isOpen())
            return;
        m_handshakes.begin(m_context, std::move(socket));
    }
}

void FixAcceptor::Thread::obey(Order order)
{
    std::visit(base::Overloaded{
                   [this](const Admit& answer) {
                       if (auto applicant = takeApplicant(answer.ticket))
                           admit(applicant->stranger, *applicant->peer);
                   },
                   [this](const TurnAway& answer) { obey(answer); },
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
    m_endBy = m_clock.steady() + SessionTimers::LogoutPatience;
    m_strangers.clear();
    m_applicants.clear();
    for (const auto& peer : m_peers)
        peer->logout("the venue closes");
}

void FixAcceptor::Thread::onHandshaken(Handshaken news)
{
    if (!news.result)
        return m_events.post(ClientRefused{news.address, news.result.error()});
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
        refuse(stranger.stream, {Errc::Timeout, "no Logon came in time"});
        return true;
    });
    std::erase_if(m_applicants, [&](const auto& entry) {
        const Stranger& stranger = entry.second.stranger;
        if (now < stranger.due)
            return false;
        refuse(stranger.stream, {Errc::Timeout, "nobody said in time whether the client may log on"});
        return true;
    });
}

void FixAcceptor::Thread::lookAtRevocations()
{
    const base::SteadyTime now = m_clock.steady();
    if (m_settings.trust.crlFile.empty() || now < m_lookAgain)
        return;
    m_lookAgain = now + m_settings.revocationInterval;
    if (!m_revocations.hasChanged())
        return;
    if (const auto read = tls::RevocationLists::open(m_settings.trust.crlFile); !read)
        m_events.post(RevocationListsUnreadable{read.error()});
    for (const auto& peer : m_peers)
        peer->judgeAgain();
}

bool FixAcceptor::Thread::listenTo(Stranger& stranger)
{
    std::array<char, 16U << 10U> buffer; // NOLINT(*-member-init): read() fills what is used of it
    const auto outcome = stranger.stream.read(buffer);
    if (outcome.closed) {
        refuse(
            stranger.stream, outcome.error.value_or(Error{Errc::ConnectionLost, "the client left before its Logon"}));
        return false;
    }
    const std::string_view bytes(buffer.data(), outcome.bytes);
    stranger.framer.add(bytes);
    stranger.bytes += bytes;
    const auto first = stranger.framer.next();
    if (!first) {
        refuse(stranger.stream, first.error());
        return false;
    }
    if (!*first)
        return true;
    judge(stranger, **first);
    return false;
}

void FixAcceptor::Thread::judge(Stranger& stranger, std::string_view logon)
{
    const tls::PeerFacts& client = stranger.stream.peer();
    const auto identity = identityOf(logon);
    const auto turnAway = [&](Error reason, const std::string& words) {
        if (!words.empty())
            say(stranger.stream, *identity, words);
        refuse(stranger.stream, std::move(reason));
    };
    if (!identity || identity->type != "A")
        return turnAway({Errc::ProtocolViolation, "the first message is not a Logon"}, {});

    const auto found = m_byCompIds.find({identity->senderCompId, identity->targetCompId});
    if (found == m_byCompIds.end())
        return turnAway(
            {Errc::LogonRefused,
                "no session is configured from " + identity->senderCompId + " to " + identity->targetCompId},
            "unknown CompID");

    AcceptedPeer& peer = *found->second;
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
    if (m_settings.admission == Admission::Asked && !peer.isConnected())
        return ask(stranger, peer);
    admit(stranger, peer);
}

void FixAcceptor::Thread::admit(Stranger& stranger, AcceptedPeer& peer)
{
    // Without a Logout: it would count in the numbers of the session that goes on.
    if (peer.isConnected())
        return refuse(stranger.stream, {Errc::Duplicate, peer.settings().targetCompId + " is connected already"});
    peer.adopt(std::move(stranger.stream), stranger.bytes);
}

void FixAcceptor::Thread::ask(Stranger& stranger, AcceptedPeer& peer)
{
    const auto binding = stranger.stream.channelBinding();
    LogonAsked question{++m_lastTicket,
        {peer.settings().name, stranger.stream.peer(), stranger.stream.peerAddress(),
            binding ? std::optional(*binding) : std::nullopt}};
    m_applicants.try_emplace(m_lastTicket, Applicant{std::move(stranger), &peer});
    m_events.post(std::move(question));
}

void FixAcceptor::Thread::obey(const TurnAway& order)
{
    if (auto applicant = takeApplicant(order.ticket)) {
        const AcceptedSession& bound = applicant->peer->settings();
        say(applicant->stranger.stream, {"A", bound.targetCompId, bound.senderCompId}, order.words);
    }
}

void FixAcceptor::Thread::say(tls::Stream& stranger, const LogonIdentity& peer, const std::string& words)
{
    const std::string bytes = parting(peer, words, m_clock.utc());
    static_cast<void>(stranger.write(bytes)); // a courtesy; the refusal stands without it
}

std::optional<FixAcceptor::Thread::Applicant> FixAcceptor::Thread::takeApplicant(std::uint64_t ticket)
{
    auto found = m_applicants.extract(ticket);
    return found ? std::optional(std::move(found.mapped())) : std::nullopt;
}

void FixAcceptor::Thread::refuse(const tls::Stream& stranger, Error reason)
{
    m_events.post(ClientRefused{stranger.peerAddress(), std::move(reason), stranger.peer()});
}

AcceptedPeer* FixAcceptor::Thread::find(const rfq::SessionId& name)
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? nullptr : found->second;
}

bool FixAcceptor::Thread::isQuiet() const
{
    return std::none_of(m_peers.begin(), m_peers.end(), [](const auto& peer) { return peer->isConnected(); });
}

}
