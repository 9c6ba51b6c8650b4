#include "core/fix/fix_time.h"
#include "core/fix/session_engine.h"
#include "core/fix/tags.h"

/// What QuickFIX calls: as an Application and as a Responder.
namespace fix {

using base::Errc;
using base::Error;

namespace {

/// Times on the wire are our clock's, not QuickFIX's.
void stamp(FIX::Message& message, const base::Clock& clock)
{
    message.getHeader().setField(FIX::FieldBase(tag::SendingTime, formatUtcTimestamp(clock.utc())));
}

}

void FixSession::Engine::onCreate(const FIX::SessionID& /*session*/) { }

void FixSession::Engine::onLogon(const FIX::SessionID& /*session*/)
{
    // Told when QuickFIX is done with the Logon: see onLogonDone().
}

void FixSession::Engine::onLogout(const FIX::SessionID& /*session*/)
{
    if (std::exchange(m_loggedOn, false))
        m_listener.onLoggedOff();
}

void FixSession::Engine::toAdmin(FIX::Message& message, const FIX::SessionID& /*session*/)
{
    stamp(message, m_clock);
    if (message.getHeader().getField(FIX::FIELD::MsgType) != FIX::MsgType_Logon)
        return;
    message.setField(FIX::HeartBtInt(static_cast<int>(m_interval.count())));
    // Our Logon says what we expect; an answer counts the Logon it answers, unless that one came too early.
    const bool answers = m_current != nullptr;
    const std::uint64_t next = expected() + (answers && m_logonInOrder ? 1 : 0);
    if (m_config.nextExpected == NextExpected::Sent || (answers && m_peerTellsExpected))
        message.setField(FIX::FieldBase(tag::NextExpectedMsgSeqNum, std::to_string(next)));
}

void FixSession::Engine::toApp(FIX::Message& message, const FIX::SessionID& /*session*/)
{
    // Nothing is queued, and nothing is ever sent twice by QuickFIX.
    if (!m_loggedOn || message.getHeader().isSetField(FIX::FIELD::PossDupFlag))
        throw FIX::DoNotSend();
    stamp(message, m_clock);
    if (m_repeating)
        markRepeated(message);
}

void FixSession::Engine::fromAdmin(const FIX::Message& message, const FIX::SessionID& /*session*/)
{
    if (m_current != nullptr && message.getHeader().getField(FIX::FIELD::MsgType) == FIX::MsgType_Reject)
        m_listener.onReject(m_current->parts.body);
}

void FixSession::Engine::fromApp(const FIX::Message& /*message*/, const FIX::SessionID& /*session*/)
{
    // Application messages do not pass through QuickFIX: see deliver().
}

bool FixSession::Engine::send(const std::string& bytes)
{
    m_handedOver = !m_overflow && m_listener.onBytes(bytes);
    m_overflow = m_overflow || !m_handedOver;
    if (m_handedOver)
        m_timers.said(m_clock.steady());
    return m_handedOver;
}

void FixSession::Engine::disconnect()
{
    if (m_overflow)
        return close({Errc::ConnectionLost, "the counterparty does not read what it is sent"});
    const Error reason = m_reason.value_or(Error{Errc::ProtocolViolation, m_logAdapter.lastEvent()});
    if (!m_answersLogout)
        return close(reason);
    m_leaving = reason;
    m_timers.awaitHangUp(m_clock.steady());
}

}
