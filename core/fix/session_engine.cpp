#include "core/fix/session_engine.h"

#include "core/fix/fix_time.h"
#include "core/fix/session_guard.h"
#include "core/fix/tags.h"

#include <algorithm>
#include <limits>

/// The life of a connection, its timers, and what goes out.
namespace fix {

using base::Errc;
using base::Error;

namespace {

// QuickFIX counts on the wall clock. All its timers hang on these three, and none of them ends in our lifetime.
constexpr int Never = std::numeric_limits<int>::max(); // s

/// A message whose body keeps the order it was written in; FIX::Message would sort it and lose groups.
class OrderedMessage final : public FIX::Message {
public:
    explicit OrderedMessage(const WireMessage& message)
    {
        getHeader().setField(FIX::MsgType(message.type));
        if (message.possResend)
            getHeader().setField(FIX::PossResend(true));
        for (const auto& [tag, text] : message.fields)
            appendField(FIX::FieldBase(tag, text));
    }
};

base::Status sendable(const WireMessage& message)
{
    if (message.type.empty() || isSessionMessage(message.type))
        return Error{Errc::InvalidInput, "MsgType '" + message.type + "' is not an application message"};
    for (const auto& [tag, text] : message.fields) {
        if (tag <= 0 || text.empty() || text.find('\x01') != std::string::npos)
            return Error{Errc::InvalidInput, "field " + std::to_string(tag) + " is empty or holds a separator"};
    }
    return base::Ok{};
}

}

FixSession::Engine::Engine(
    SessionConfig config, SessionListener& listener, const base::Clock& clock, MessageStore store, MessageLog log)
    : m_config(std::move(config))
    , m_route{m_config.senderCompId, m_config.targetCompId}
    , m_listener(listener)
    , m_clock(clock)
    , m_store(std::move(store))
    , m_log(std::move(log))
    , m_logAdapter(m_log)
    , m_storeFactory(m_store, m_config.resendable, m_switches)
    , m_logFactory(m_logAdapter)
    , m_dictionary(fix44())
    , m_interval(m_config.role == SessionRole::Initiator ? m_config.heartBtInt : std::chrono::seconds(0))
{
    FIX::DataDictionaryProvider provider;
    provider.addTransportDataDictionary(FIX::BeginString(FIX::BeginString_FIX44), m_dictionary);
    // QuickFIX takes a session without heartbeat interval for an acceptor, and runs no timer without one.
    const int heartBtInt = m_config.role == SessionRole::Initiator ? Never : 0;
    const FIX::SessionID id(FIX::BeginString(FIX::BeginString_FIX44), FIX::SenderCompID(m_config.senderCompId),
        FIX::TargetCompID(m_config.targetCompId));
    m_session.reset(new FIX::Session(*this, m_storeFactory, id, provider, nonStop(), heartBtInt, &m_logFactory));
    m_session->setCheckLatency(false); // a clock is judged at the Logon, never on a fill
    m_session->setLogonTimeout(Never);
    m_session->setLogoutTimeout(Never);
    m_session->setResetOnLogon(m_config.reset == SequenceReset::AtLogon);
}

FixSession::Engine::~Engine() = default;

void FixSession::Engine::connected()
{
    const base::SteadyTime now = m_clock.steady();
    m_framer.clear();
    m_reason.reset();
    m_closing.reset();
    m_leaving.reset();
    m_overflow = false;
    m_attached = true;
    m_skew.connected(m_clock.utc(), now);
    if (m_config.role == SessionRole::Acceptor)
        m_timers.awaitLogon(now, m_config.logonTimeout);
    guarded([this] {
        m_session->logon();
        m_session->setResponder(this);
    });
    beginPeriod();
}

void FixSession::Engine::beginPeriod()
{
    m_period.reset();
    if (m_config.schedule.isAlways())
        return;
    const base::UtcTime now = m_clock.utc();
    m_period = m_config.schedule.periodAt(now);
    if (!m_period)
        return close({Errc::NotConnected, "outside the session's schedule, " + m_config.schedule.text() + " UTC"});
    if (m_config.reset != SequenceReset::EachPeriod || m_store.created() >= m_period->begin)
        return;
    m_log.event("the numbers start again at 1: a new period of the schedule, " + m_config.schedule.text());
    if (const base::Status reset = m_store.resetAt(now); !reset)
        return close(reset.error());
    m_listener.onNumbersReset();
}

void FixSession::Engine::endPeriod()
{
    if (!m_period || m_session->sentLogout() || m_leaving || m_config.schedule.periodAt(m_clock.utc()) == m_period)
        return;
    const std::string reason = "the end of the session's schedule, " + m_config.schedule.text() + " UTC";
    m_period.reset();
    logout(reason);
    m_reason = Error{Errc::NotConnected, reason};
}

base::SteadyTime FixSession::Engine::periodEnd() const
{
    if (!m_period)
        return base::SteadyTime::max();
    // Asked anew each time: the wall clock may be set.
    const auto left = std::max(std::chrono::microseconds(0), m_period->end - m_clock.utc());
    return m_clock.steady() + left;
}

void FixSession::Engine::receive(std::string_view bytes)
{
    // A machine that slept finds a socket full of what the peer said before it gave us up.
    if (m_timers.silentTooLong(m_clock.steady()))
        tick();
    m_framer.add(bytes);
    while (!m_closing && !m_leaving) {
        auto message = m_framer.next();
        if (!message)
            return close(message.error());
        if (!*message)
            return;
        take(**std::move(message));
    }
}

void FixSession::Engine::tick()
{
    if (m_closing || !m_attached)
        return;
    const base::SteadyTime now = m_clock.steady();
    if (m_config.role == SessionRole::Initiator && !m_loggedOn && !m_leaving && !m_session->sentLogon()) {
        m_timers.awaitLogon(now, m_config.logonTimeout);
        guarded([this] { m_session->next(); });
    }
    switch (m_timers.due(now)) {
    case SessionTimers::Due::Nothing:
        break;
    case SessionTimers::Due::EndForLogon:
        giveUp({Errc::Timeout,
            m_config.role == SessionRole::Initiator ? "the counterparty did not answer the Logon within "
                    + std::to_string(m_config.logonTimeout.count()) + " ms"
                                                    : "no Logon came in time"});
        break;
    case SessionTimers::Due::EndForLogout:
        m_log.event("no answer to our Logout in time");
        giveUp(m_reason.value_or(Error{Errc::Cancelled, "logged out"}));
        break;
    case SessionTimers::Due::EndForHangUp:
        m_log.event("the counterparty logged out and does not hang up");
        close(*m_leaving);
        break;
    case SessionTimers::Due::EndForSilence:
        giveUp({Errc::Timeout,
            "the counterparty is silent: nothing came for 2.4 times the heartbeat interval of "
                + std::to_string(m_interval.count()) + " s"});
        break;
    case SessionTimers::Due::EndForTest:
        giveUp({Errc::Timeout, "the counterparty does not answer a TestRequest with its TestReqID"});
        break;
    case SessionTimers::Due::TestRequest:
        askAlive(now);
        break;
    case SessionTimers::Due::Heartbeat: {
        m_timers.said(now); // even if the connection has no room: the next one is due an interval later
        FIX::Message heartbeat;
        heartbeat.getHeader().setField(FIX::MsgType(FIX::MsgType_Heartbeat));
        sendThroughEngine(heartbeat);
        break;
    }
    }
    lookAfterGap(now);
    endPeriod();
    if (m_replay && now >= m_replay->giveUpAt)
        endReplay(ReplayEnd::GivenUp);
}

void FixSession::Engine::disconnected()
{
    m_attached = false;
    guarded([this] { m_session->disconnect(); });
    m_framer.clear();
    m_timers.stop();
    m_early.clear();
    m_earlyBytes = 0;
    m_gap.clear();
    m_replay.reset();
    if (m_unaskedReset == UnaskedReset::Told)
        m_unaskedReset = UnaskedReset::None;
}

base::SteadyTime FixSession::Engine::nextTime() const
{
    if (!m_attached || m_closing)
        return base::SteadyTime::max();
    if (m_config.role == SessionRole::Initiator && !m_loggedOn && !m_leaving && !m_session->sentLogon())
        return base::SteadyTime::min();
    const base::SteadyTime replayEnd = m_replay ? m_replay->giveUpAt : base::SteadyTime::max();
    return std::min({m_timers.next(), m_gap.next(), replayEnd, periodEnd()});
}

base::Result<std::uint64_t> FixSession::Engine::send(const WireMessage& message)
{
    if (!m_loggedOn || m_closing || m_session->sentLogout())
        return Error{Errc::NotConnected, "the session is not logged on"};
    if (const base::Status status = sendable(message); !status)
        return status.error();
    m_repeating = message.possDup;
    m_handedOver = false;
    bool accepted = false;
    guarded([&] {
        OrderedMessage wire(message);
        accepted = m_session->send(wire);
    });
    m_repeating = false;
    if (m_overflow) {
        close({Errc::ConnectionLost, "the counterparty does not read what it is sent"});
        return *m_closing;
    }
    if (!accepted || !m_handedOver)
        return m_closing ? *m_closing : Error{Errc::Io, "not sent: " + m_logAdapter.lastEvent()};
    return lastSent();
}

void FixSession::Engine::logout(const std::string& reason)
{
    if (m_closing)
        return;
    if (!m_loggedOn)
        return close(m_leaving.value_or(Error{Errc::Cancelled, reason}));
    m_reason = Error{Errc::Cancelled, reason};
    m_timers.awaitLogout(m_clock.steady());
    guarded([&] {
        m_session->logout(reason);
        m_session->next();
    });
}

void FixSession::Engine::note(const std::string& text)
{
    m_log.event(text);
}

void FixSession::Engine::sendThroughEngine(FIX::Message& message)
{
    guarded([&] { m_session->send(message); });
    if (m_overflow)
        close({Errc::ConnectionLost, "the counterparty does not read what it is sent"});
}

void FixSession::Engine::emit(const std::string& message)
{
    m_log.outgoing(message);
    if (!send(message))
        close({Errc::ConnectionLost, "the counterparty does not read what it is sent"});
}

void FixSession::Engine::askAlive(base::SteadyTime now)
{
    const std::string id = "ALIVE-" + std::to_string(++m_tests) + '-' + formatUtcTimestamp(m_clock.utc());
    m_timers.tested(now, id);
    FIX::Message test;
    test.getHeader().setField(FIX::MsgType(FIX::MsgType_TestRequest));
    test.setField(FIX::TestReqID(id));
    sendThroughEngine(test);
}

void FixSession::Engine::giveUp(Error reason)
{
    m_log.event(reason.detail);
    m_reason = reason;
    guarded([this] { m_session->disconnect(); });
    close(std::move(reason));
}

void FixSession::Engine::close(Error reason)
{
    if (!m_closing)
        m_closing = std::move(reason);
}

}
