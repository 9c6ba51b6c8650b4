#include "core/fix/link_session.h"

#include "core/fix/fix_time.h"

#include <algorithm>

namespace fix {

using base::Errc;
using base::Error;
using rfq::SessionPhase;
using namespace std::chrono;

namespace {

/// Whether another try can only end the same way, or cost a token its patience, until somebody acts.
bool needsSomebody(Errc code)
{
    switch (code) {
    case Errc::TokenModule:
    case Errc::TokenAbsent:
    case Errc::TokenFailure:
    case Errc::KeyNotFound:
    case Errc::PinWrong:
    case Errc::PinLastTry:
    case Errc::PinBlocked:
    case Errc::PukWrong:
    case Errc::PukBlocked:
    case Errc::CertificateExpired:
    case Errc::CertificateUntrusted:
    case Errc::CertificateWrongName:
    case Errc::CertificateWrongUsage:
    case Errc::CertificateRevoked:
    case Errc::CertificateNotPinned:
    case Errc::CertificateRefused:
    case Errc::TlsVersion:
    case Errc::LogonRefused:
    case Errc::SequenceError:
    case Errc::Io:
    case Errc::Configuration:
    case Errc::Unsupported:
    case Errc::Internal:
        return true;
    case Errc::InvalidInput:
    case Errc::NotFound:
    case Errc::NotConnected:
    case Errc::Expired:
    case Errc::Stale:
    case Errc::Refused:
    case Errc::LimitExceeded:
    case Errc::Duplicate:
    case Errc::Cancelled:
    case Errc::Timeout:
    case Errc::RevocationUnknown: // a fresh list or answer comes by itself
    case Errc::TlsNotSpoken:
    case Errc::TlsFailure:
    case Errc::ConnectionLost:
    case Errc::ConnectionRefused:
    case Errc::ProtocolViolation:
    case Errc::Rejected:
        return false;
    }
    return true;
}

rfq::ConnectionFacts factsOf(const Connection& connection)
{
    const tls::PeerFacts& peer = connection.peer();
    return {peer.protocol, peer.cipherSuite, connection.peerAddress(), peer.subject, peer.fingerprint, peer.notAfter,
        peer.pinned, peer.pinnedAsNext};
}

}

LinkSession::LinkSession(SessionSettings settings, LinkContext& context)
    : m_settings(std::move(settings))
    , m_context(context)
    , m_gate(accessRuleOf(m_settings))
{
}

LinkSession::~LinkSession()
{
    m_connection.reset();
}

void LinkSession::start(std::shared_ptr<const tls::Identity> identity)
{
    const bool idle =
        m_phase == SessionPhase::Stopped || m_phase == SessionPhase::Refused || m_phase == SessionPhase::Waiting;
    m_identity = std::move(identity);
    m_delay = milliseconds(0);
    if (idle && !m_connection)
        attempt();
}

void LinkSession::stop(const std::string& reason)
{
    if (m_connection)
        sayGoodbye();
    m_identity.reset();
    m_retryAt.reset();
    if (!m_connection) {
        callOffAttempt();
        if (m_phase != SessionPhase::Stopped)
            publish(SessionPhase::Stopped);
        return;
    }
    m_stopping = true;
    m_session->logout(reason);
    m_connection->flush();
    if (m_session->closing())
        cutIfStopping();
}

void LinkSession::cutIfStopping()
{
    if (!m_stopping)
        return;
    closeConnection();
    stopped();
}

void LinkSession::stopped()
{
    m_stopping = false;
    m_facts.reset();
    m_loggedOnSince.reset();
    publish(SessionPhase::Stopped);
    if (m_identity) // started again meanwhile
        attempt();
}

void LinkSession::retry()
{
    if (!m_identity || (m_phase != SessionPhase::Waiting && m_phase != SessionPhase::Refused))
        return;
    m_delay = milliseconds(0);
    attempt();
}

void LinkSession::resetSequenceNumbers()
{
    if (m_phase == SessionPhase::LoggedOn || m_phase == SessionPhase::Authorising)
        return;
    if (const base::Status opened = openSession(); !opened)
        return refuse(opened.error());
    m_session->note("the numbers are to start again at 1: asked for by a person");
    m_session->resetAtNextLogon();
    retry();
}

void LinkSession::attempt()
{
    m_retryAt.reset();
    if (!m_settings.schedule.isOpen(m_context.clock.utc()))
        return waitForSchedule();
    if (m_gate.isEnforced() && !m_context.access)
        return refuse({Errc::Unsupported, "this program cannot answer a policy enforcement point"});
    if (const base::Status opened = openSession(); !opened)
        return refuse(opened.error());
    ++m_attemptId;
    if (m_gate.isDesks())
        return askHere();
    connect();
}

void LinkSession::connect()
{
    const std::uint64_t id = m_attemptId;
    publish(SessionPhase::Connecting);
    const auto work = [settings = m_settings, identity = m_identity, id, post = m_context.post,
                          &clock = m_context.clock](const tls::Waker& cancelled) -> base::Result<tls::Stream> {
        auto context = tls::Context::forClient(settings.trust, identity);
        if (!context)
            return context.error();
        const base::SteadyTime deadline = clock.steady() + settings.connectTimeout;
        auto socket = tls::connectTo(settings.host, settings.port, settings.connectTimeout, cancelled);
        if (!socket)
            return socket.error();
        post({settings.name, id, std::nullopt});
        tls::Stream stream(*std::move(context), *std::move(socket));
        const auto left = std::max(milliseconds(1), ceil<milliseconds>(deadline - clock.steady()));
        if (const base::Status secured = stream.handshake(left, cancelled); !secured)
            return secured.error();
        return stream;
    };
    const auto done = [name = m_settings.name, id, post = m_context.post](base::Result<tls::Stream> result) {
        post({name, id, std::move(result)});
    };
    m_attempt = std::make_unique<Attempt>(work, done);
}

void LinkSession::callOffAttempt()
{
    if (!m_attempt)
        return;
    m_attempt->cancel();
    m_calledOff[workId()] = std::move(m_attempt);
    m_answerId = 0;
}

void LinkSession::onNews(AttemptNews news)
{
    if (!m_attempt || news.attempt != workId()) {
        if (news.result)
            m_calledOff.erase(news.attempt);
        return;
    }
    if (!news.result)
        return publish(SessionPhase::Securing);
    m_attempt.reset();
    if (m_connection)
        return takeBack(*std::move(news.result));
    if (!*news.result)
        return lost(news.result->error());
    adopt(**std::move(news.result));
}

void LinkSession::adopt(tls::Stream stream)
{
    m_connection = std::make_unique<Connection>(std::move(stream), *m_session, SessionRole::Initiator, m_context.clock);
    m_senderBefore = m_session->nextSender(); // a new period of the schedule may just have begun
    m_facts = factsOf(*m_connection);
    if (!m_gate.isDesks())
        m_gate.connected();
    m_decisionBy.reset();
    m_verdict.reset();
    publish(SessionPhase::LoggingOn);
}

void LinkSession::settle()
{
    if (!m_connection || !m_connection->over())
        return;
    const Error reason = m_verdict ? *std::exchange(m_verdict, std::nullopt) : *m_connection->over();
    // The server's TLS refused us, so our Logon never reached its FIX engine and the number is free again.
    const bool unheard = reason.code == Errc::CertificateRefused && !m_connection->heard();
    closeConnection();
    m_facts.reset();
    if (unheard) {
        if (const base::Status restored = m_session->setNextSender(m_senderBefore); !restored)
            return refuse(restored.error());
    }
    lost(reason);
}

void LinkSession::lost(const Error& reason)
{
    const auto since = std::exchange(m_loggedOnSince, std::nullopt);
    if (since && m_context.clock.steady() - *since >= m_delay)
        m_delay = milliseconds(0);
    if (m_stopping || !m_identity)
        return stopped();
    if (const auto told = waitTold(reason))
        return wait(reason, std::max(nextDelay(), *told));
    if (needsSomebody(reason.code))
        return refuse(reason);
    if (!m_settings.schedule.isOpen(m_context.clock.utc()))
        return waitForSchedule();
    // A peer that fell silent has given us up as we have it, mostly because this machine slept: nobody is to be spared.
    const bool silent = since && reason.code == Errc::Timeout;
    wait(reason, silent ? milliseconds(0) : nextDelay());
}

void LinkSession::refuse(Error reason)
{
    publish(SessionPhase::Refused, std::move(reason));
}

void LinkSession::wait(Error reason, std::chrono::milliseconds delay)
{
    m_retryAt = m_context.clock.steady() + delay;
    publish(SessionPhase::Waiting, std::move(reason));
}

void LinkSession::waitForSchedule()
{
    const base::UtcTime now = m_context.clock.utc();
    const base::UtcTime start = m_settings.schedule.nextStart(now);
    // The monotonic clock counts while the machine sleeps, so it wakes into the period.
    wait({Errc::NotConnected,
             "outside the session's schedule, " + m_settings.schedule.text() + " UTC: it opens at "
                 + formatUtcTimestamp(start, TimePrecision::Seconds)},
        ceil<milliseconds>(start - now));
}

milliseconds LinkSession::nextDelay()
{
    m_delay = std::clamp(m_delay * 2, m_settings.reconnectFirst, m_settings.reconnectMost);
    // Not all desks at once: somewhere in the second half of the delay.
    std::uniform_int_distribution<milliseconds::rep> jitter(m_delay.count() / 2, m_delay.count());
    return milliseconds(jitter(m_context.random));
}

base::Status LinkSession::openSession()
{
    if (m_session)
        return base::Ok{};
    auto opened = FixSession::open({.role = SessionRole::Initiator,
                                       .name = m_settings.name.text(),
                                       .senderCompId = m_settings.senderCompId,
                                       .targetCompId = m_settings.targetCompId,
                                       .heartBtInt = m_settings.heartBtInt,
                                       .reset = m_settings.reset,
                                       .resendable = {}, // everything a desk says commits it or is soon out of date
                                       .storeDirectory = m_settings.storeDirectory,
                                       .logDirectory = m_settings.logDirectory,
                                       .logonTimeout = m_settings.logonTimeout,
                                       .nextExpected = m_settings.nextExpected,
                                       .schedule = m_settings.schedule},
        *this, m_context.clock);
    if (!opened)
        return opened.error();
    m_session = *std::move(opened);
    return base::Ok{};
}

std::optional<tls::Interest> LinkSession::interest() const
{
    return m_connection ? std::optional(m_connection->interest()) : std::nullopt;
}

void LinkSession::onReady(const tls::Interest& ready)
{
    if (m_connection)
        m_connection->onReady(ready);
    carryOutVerdict();
    measureClock();
    answerIfAsked();
    settle();
}

void LinkSession::onTime()
{
    const base::SteadyTime now = m_context.clock.steady();
    carryOutVerdict();
    if (m_connection && now >= m_connection->nextTime()) {
        m_connection->onTime();
        m_ledger.prune(now);
    }
    checkAnswer(now);
    answerIfAsked();
    settle();
    if (m_retryAt && now >= *m_retryAt)
        attempt();
}

base::SteadyTime LinkSession::nextTime() const
{
    if (m_connection)
        return std::min(m_answerDue.value_or(m_connection->nextTime()), m_decisionBy.value_or(base::SteadyTime::max()));
    return m_retryAt.value_or(base::SteadyTime::max());
}

void LinkSession::publish(SessionPhase phase, std::optional<Error> reason)
{
    m_phase = phase;
    endJudgementHere(phase);
    auto refusal = reason ? refusalIn(*reason) : std::nullopt;
    m_context.events.post(
        rfq::SessionChanged{m_settings.name, phase, std::move(reason), m_retryAt, m_facts, std::move(refusal)});
}

bool LinkSession::onBytes(std::string_view bytes)
{
    return m_connection && m_connection->enqueue(bytes);
}

void LinkSession::onLoggedOn()
{
    m_loggedOnSince = m_context.clock.steady();
    if (m_gate.isDesks())
        publish(m_gate.passage() == AccessGate::Passage::Open || m_gate.passage() == AccessGate::Passage::ViewOnly
                ? SessionPhase::LoggedOn
                : SessionPhase::Authorising);
    else if (m_gate.isEnforced())
        askForAccess();
    else
        publish(SessionPhase::LoggedOn);
}

void LinkSession::onLoggedOff()
{
    m_ledger.forgetQuotes();
    m_inquiries.clear();
    m_decisionBy.reset();
    if (m_gate.isEnforced() && !m_gate.isDesks())
        m_context.access->post(AccessClosed{m_settings.name, m_attemptId});
}

}
