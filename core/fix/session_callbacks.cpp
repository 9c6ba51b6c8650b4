#include "core/fix/session_engine.h"
#include "core/fix/tags.h"

#include <cstdlib>

/// What QuickFIX calls: as an Application and as a Responder.
namespace fix {

using base::Errc;

namespace {

std::string idText(const FIX::Message& message, int tag)
{
    return message.isSetField(tag) ? message.getField(tag) : std::string();
}

}

void FixSession::Engine::reportRejection(const FIX::Message& reject)
{
    const std::string type = idText(reject, tag::RefMsgType);
    if (isSessionMessage(type))
        return;
    const std::string refSeqNum = idText(reject, tag::RefSeqNum);
    const Incoming* incoming = m_current ? &*m_current : nullptr;
    if (!refSeqNum.empty() && incomingOf(std::strtoull(refSeqNum.c_str(), nullptr, 10)) != nullptr)
        incoming = incomingOf(std::strtoull(refSeqNum.c_str(), nullptr, 10));
    const std::string field = idText(reject, 371);
    m_listener.onInboundRejected(type, idText(reject, tag::Text) + (field.empty() ? "" : ", field " + field),
        incoming == nullptr ? std::string() : redacted(incoming->raw));
}

void FixSession::Engine::onCreate(const FIX::SessionID& /*session*/) { }

void FixSession::Engine::onLogon(const FIX::SessionID& /*session*/)
{
    if (!std::exchange(m_loggedOn, true))
        m_listener.onLoggedOn();
}

void FixSession::Engine::onLogout(const FIX::SessionID& /*session*/)
{
    if (std::exchange(m_loggedOn, false))
        m_listener.onLoggedOff();
}

void FixSession::Engine::toAdmin(FIX::Message& message, const FIX::SessionID& /*session*/)
{
    if (message.getHeader().getField(FIX::FIELD::MsgType) == FIX::MsgType_Reject)
        reportRejection(message);
}

void FixSession::Engine::toApp(FIX::Message& message, const FIX::SessionID& /*session*/)
{
    const std::string& type = message.getHeader().getField(FIX::FIELD::MsgType);
    if (!m_loggedOn)
        throw FIX::DoNotSend();
    if (message.getHeader().isSetField(FIX::FIELD::PossDupFlag) && !m_config.resendable.contains(type)) {
        suppressResend(message);
        throw FIX::DoNotSend();
    }
    if (m_repeating) { // only now: FIX::Session::send() removes both fields
        message.getHeader().setField(FIX::PossDupFlag(true));
        message.getHeader().setField(FIX::OrigSendingTime(FIX::UtcTimeStamp(), 3));
    }
    if (!m_sending && type == FIX::MsgType_BusinessMessageReject)
        reportRejection(message);
}

void FixSession::Engine::suppressResend(const FIX::Message& message)
{
    const std::string& seqNum = message.getHeader().getField(FIX::FIELD::MsgSeqNum);
    m_listener.onResendSuppressed(
        message.getHeader().getField(FIX::FIELD::MsgType), std::strtoull(seqNum.c_str(), nullptr, 10));
}

void FixSession::Engine::fromAdmin(const FIX::Message& message, const FIX::SessionID& /*session*/)
{
    if (m_current && message.getHeader().getField(FIX::FIELD::MsgType) == FIX::MsgType_Reject)
        m_listener.onReject(m_current->parts.body);
}

void FixSession::Engine::fromApp(const FIX::Message& message, const FIX::SessionID& /*session*/)
{
    const std::string& seqNum = message.getHeader().getField(FIX::FIELD::MsgSeqNum);
    const Incoming* incoming = incomingOf(std::strtoull(seqNum.c_str(), nullptr, 10));
    std::string problem = "the message of MsgSeqNum " + seqNum + " was no longer at hand";
    // Whatever left here would keep the number from being counted: the same message would come for ever.
    try {
        if (incoming != nullptr)
            return m_listener.onMessage(incoming->parts.body);
    } catch (const std::exception& failure) {
        problem = failure.what();
    } catch (...) {
        problem = "unknown failure";
    }
    m_listener.onInboundRejected(message.getHeader().getField(FIX::FIELD::MsgType), problem,
        incoming == nullptr ? std::string() : redacted(incoming->raw));
}

bool FixSession::Engine::send(const std::string& bytes)
{
    m_handedOver = !m_overflow && m_listener.onBytes(bytes);
    m_overflow = m_overflow || !m_handedOver;
    return m_handedOver;
}

void FixSession::Engine::disconnect()
{
    if (m_overflow)
        return close({Errc::ConnectionLost, "the counterparty does not read what it is sent"});
    if (m_reason)
        return close(*m_reason);
    const std::string& why = m_logAdapter.lastEvent();
    close({why.rfind("Timed out", 0) == 0 ? Errc::Timeout : Errc::ProtocolViolation, why});
}

}
