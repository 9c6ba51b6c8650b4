#include "core/fix/accepted_peer.h"

#include <algorithm>
#include <utility>

namespace fix {

namespace {

/// A deal and a refusal stay true; a quote of the past is worth nothing.
std::set<std::string> resendable(Resend resend)
{
    return resend == Resend::Reports ? std::set<std::string>{"8", "AG", "j"} : std::set<std::string>{};
}

}

AcceptedPeer::AcceptedPeer(AcceptedSession session, const AcceptorSettings& settings,
    base::Inbox<AcceptorEvent>& events, const base::Clock& clock)
    : m_settings(std::move(session))
    , m_events(events)
    , m_clock(clock)
    , m_proveEvery(settings.proveEvery)
    , m_provePatience(settings.provePatience)
    , m_mostUndrained(settings.mostUndrained)
{
}

AcceptedPeer::~AcceptedPeer()
{
    m_connection.reset();
}

base::Result<std::unique_ptr<AcceptedPeer>> AcceptedPeer::open(AcceptedSession session,
    const AcceptorSettings& settings, base::Inbox<AcceptorEvent>& events, const base::Clock& clock)
{
    const Resend resend = session.resend;
    std::unique_ptr<AcceptedPeer> peer(new AcceptedPeer(std::move(session), settings, events, clock));
    auto opened = FixSession::open(
        {.role = SessionRole::Acceptor,
            .name = peer->m_settings.name.text(),
            .senderCompId = peer->m_settings.senderCompId,
            .targetCompId = peer->m_settings.targetCompId,
            .heartBtInt = {},
            .reset = SequenceReset::Never,
            .resendable = resendable(resend),
            .storeDirectory = settings.storeDirectory,
            .logDirectory = settings.logDirectory,
            .logonTimeout = settings.logonTimeout,
            .nextExpected = NextExpected::Omitted,
            .schedule = {},
            .resendRequests = resend == Resend::Nothing ? ResendRequests::Ignored : ResendRequests::Answered},
        *peer, clock);
    if (!opened)
        return opened.error();
    peer->m_session = *std::move(opened);
    return peer;
}

void AcceptedPeer::adopt(tls::Stream stream, std::string_view bytes)
{
    m_endReason.clear();
    m_connection = std::make_unique<Connection>(std::move(stream), *m_session, SessionRole::Acceptor, m_clock);
    m_connection->deliver(bytes);
    settle();
}

void AcceptedPeer::send(const WireMessage& message, std::uint64_t receipt)
{
    const auto sent = m_session->send(message);
    if (sent && receipt != 0)
        m_events.post(MessageSent{m_settings.name, receipt});
    if (!sent)
        m_session->note("dropped " + readable(message) + ": " + sent.error().detail);
    if (m_connection)
        m_connection->flush();
}

void AcceptedPeer::logout(const std::string& reason)
{
    if (!m_connection)
        return;
    m_endReason = reason;
    m_session->logout(reason);
    m_connection->flush();
}

void AcceptedPeer::askForCertificate(std::chrono::milliseconds patience)
{
    const auto refuse = [this](base::Error reason) {
        m_events.post(CertificateProof{m_settings.name, std::move(reason)});
    };
    if (!m_connection)
        return refuse({base::Errc::NotConnected, "the client is not connected"});
    if (m_proofDue)
        return refuse({base::Errc::Duplicate, "the client is being asked for its certificate already"});
    m_timesProven = m_connection->timesProven();
    m_connection->askForCertificate();
    m_proofDue = m_clock.steady() + patience;
    settle();
}

void AcceptedPeer::checkProof()
{
    if (!m_proofDue || !m_connection)
        return;
    if (m_connection->timesProven() > m_timesProven)
        concludeProof(base::Ok{});
    else if (m_connection->over())
        concludeProof(*m_connection->over());
    else if (m_connection->askFailure())
        concludeProof(*m_connection->askFailure());
    else if (m_clock.steady() >= *m_proofDue)
        concludeProof(base::Error{
            base::Errc::Timeout, "the client did not prove in time that it still holds the key of its certificate"});
}

void AcceptedPeer::concludeProof(base::Status result)
{
    if (!std::exchange(m_proofDue, std::nullopt))
        return;
    const std::string outcome = result ? std::string("the client has signed") : result.error().detail;
    m_session->note("asked again for the client's certificate: " + outcome);
    m_events.post(CertificateProof{m_settings.name, result});
    if (std::exchange(m_mustProve, false) && !result)
        logout("no proof that the token is still there: " + result.error().detail);
}

void AcceptedPeer::askInTime(base::SteadyTime now)
{
    if (!m_nextProof || now < *m_nextProof)
        return;
    m_nextProof = now + m_proveEvery;
    if (m_proofDue) // somebody else has just asked, and that is as good
        return;
    m_mustProve = true;
    askForCertificate(m_provePatience);
}

void AcceptedPeer::judgeAgain()
{
    if (!m_connection || m_connection->over())
        return;
    const base::Status verdict = m_connection->judgeClientAgain();
    if (verdict || verdict.error().code != base::Errc::CertificateRevoked)
        return;
    m_session->note("judged the client's certificate again: " + verdict.error().detail);
    // In the place of an answer that is still to come.
    m_proofDue.reset();
    m_mustProve = false;
    m_nextProof.reset();
    m_events.post(CertificateProof{m_settings.name, verdict});
    logout("the certificate was revoked");
}

void AcceptedPeer::drop()
{
    if (!m_connection)
        return;
    m_endReason = "dropped";
    concludeProof(base::Error{base::Errc::NotConnected, "the connection was dropped"});
    m_connection->abandon();
    m_connection.reset();
}

void AcceptedPeer::reject(const SessionRejection& rejection)
{
    m_session->reject(rejection);
    if (m_connection)
        m_connection->flush();
}

void AcceptedPeer::forgetNumbers()
{
    drop();
    if (const base::Status forgotten = m_session->forgetNumbers(); !forgotten)
        m_session->note("the sequence numbers were not forgotten: " + forgotten.error().detail);
}

bool AcceptedPeer::holdBack(std::uint64_t timesDrained)
{
    if (timesDrained != m_timesDrained)
        m_undrained = 0;
    m_timesDrained = timesDrained;
    const bool holds = m_connection && m_mostUndrained && m_undrained >= *m_mostUndrained;
    if (m_connection)
        m_connection->hold(holds);
    return holds;
}

std::optional<tls::Interest> AcceptedPeer::interest() const
{
    return m_connection ? std::optional(m_connection->interest()) : std::nullopt;
}

void AcceptedPeer::onReady(const tls::Interest& ready)
{
    if (m_connection)
        m_connection->onReady(ready);
    settle();
}

void AcceptedPeer::onTime()
{
    const base::SteadyTime now = m_clock.steady();
    if (m_connection && now >= m_connection->nextTime())
        m_connection->onTime();
    askInTime(now);
    settle();
}

base::SteadyTime AcceptedPeer::nextTime() const
{
    if (!m_connection)
        return base::SteadyTime::max();
    constexpr auto never = base::SteadyTime::max();
    return std::min({m_connection->nextTime(), m_proofDue.value_or(never), m_nextProof.value_or(never)});
}

void AcceptedPeer::settle()
{
    checkProof();
    if (!m_connection || !m_connection->over())
        return;
    if (m_endReason.empty())
        m_endReason = m_connection->over()->detail;
    m_connection.reset();
}

bool AcceptedPeer::onBytes(std::string_view bytes)
{
    return m_connection && m_connection->enqueue(bytes);
}

void AcceptedPeer::onLoggedOn()
{
    if (m_proveEvery.count() > 0)
        m_nextProof = m_clock.steady() + m_proveEvery;
    const auto binding = m_connection->channelBinding();
    m_events.post(ClientLoggedOn{m_settings.name, m_connection->peer(), m_connection->peerAddress(),
        binding ? std::optional(*binding) : std::nullopt});
}

void AcceptedPeer::onLoggedOff()
{
    m_nextProof.reset();
    // QuickFIX tells it while it hangs up, before the connection has noted why.
    const auto& why = m_session->leaving() ? m_session->leaving() : m_session->closing();
    const std::string reason = !m_endReason.empty() ? m_endReason : why ? why->detail : std::string("connection lost");
    m_events.post(ClientLoggedOff{m_settings.name, reason});
}

void AcceptedPeer::onMessage(const WireMessage& message)
{
    ++m_undrained;
    // The session counts a message after it was delivered.
    m_events.post(ClientMessage{m_settings.name, message, static_cast<std::uint64_t>(m_session->nextTarget())});
}

void AcceptedPeer::onReject(const WireMessage& reject)
{
    m_session->note("the client rejected a message: " + readable(reject));
}

void AcceptedPeer::onInboundRejected(const std::string& type, const std::string& why, const std::string& raw)
{
    m_session->note("rejected a message of type " + type + ", " + why + ": " + raw);
}

void AcceptedPeer::onGapFilled(std::uint64_t first, std::uint64_t last)
{
    m_session->note("not sent again: MsgSeqNum " + std::to_string(first) + " to " + std::to_string(last));
}

void AcceptedPeer::onPeerExpects(std::uint64_t number)
{
    m_session->note("the client expects MsgSeqNum " + std::to_string(number));
}

void AcceptedPeer::onNumbersReset()
{
    m_session->note("both sequence numbers start again at 1");
}

}
