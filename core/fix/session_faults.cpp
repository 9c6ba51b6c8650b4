#include "core/fix/session_guard.h"
#include "core/fix/tags.h"

/// What a well-behaved session does not do of itself: the means of a venue that trains and certifies its clients.
namespace fix {

using base::Errc;
using base::Error;

void FixSession::Engine::reject(const SessionRejection& rejection)
{
    if (!m_loggedOn || m_closing || m_session->sentLogout())
        return note("not rejected at session level: the session is not logged on");
    FIX::Message message;
    message.getHeader().setField(FIX::MsgType(FIX::MsgType_Reject));
    message.setField(FIX::FieldBase(tag::RefSeqNum, std::to_string(rejection.refSeqNum)));
    message.setField(FIX::FieldBase(tag::RefMsgType, rejection.refMsgType));
    message.setField(FIX::FieldBase(tag::SessionRejectReason, rejection.reason));
    if (!rejection.text.empty())
        message.setField(FIX::FieldBase(tag::Text, rejection.text));
    sendThroughEngine(message);
}

void FixSession::Engine::resetAtNextLogon()
{
    if (m_config.role == SessionRole::Acceptor)
        m_unaskedReset = UnaskedReset::AtNextLogon;
    else
        m_session->setResetOnLogon(true); // until onLogonDone()
}

base::Status FixSession::Engine::forgetNumbers()
{
    if (m_attached)
        return Error{Errc::Refused, "the numbers of a session in use cannot be forgotten"};
    if (const base::Status reset = m_store.reset(); !reset)
        return reset;
    m_listener.onNumbersReset();
    return base::Ok{};
}

/// QuickFIX resets an acceptor's numbers only where the initiator asks for it: so this one is made to ask.
void FixSession::Engine::resetOn(const Incoming& logon)
{
    m_unaskedReset = UnaskedReset::Told;
    m_log.event("the numbers start again at 1, which the peer did not ask for");
    Incoming asking = logon;
    for (auto& [tag, value] : asking.parts.header) {
        if (tag == tag::MsgSeqNum)
            value = "1";
    }
    auto& fields = asking.parts.body.fields;
    std::erase_if(fields, [](const auto& field) { // what the peer expects is a number of before
        return field.first == tag::ResetSeqNumFlag || field.first == tag::NextExpectedMsgSeqNum;
    });
    fields.emplace_back(tag::ResetSeqNumFlag, "Y");
    asking.raw = assembled(asking.parts);
    takeLogon(asking);
}

bool FixSession::Engine::answersUnaskedReset(const RawMessage& parts)
{
    if (m_unaskedReset != UnaskedReset::Told)
        return false;
    m_unaskedReset = UnaskedReset::None;
    return parts.body.type == "A";
}

/// For toApp() only: FIX::Session::send() removes both fields before.
void FixSession::Engine::markRepeated(FIX::Message& message)
{
    message.getHeader().setField(FIX::PossDupFlag(true));
    message.getHeader().setField(
        FIX::FieldBase(tag::OrigSendingTime, message.getHeader().getField(FIX::FIELD::SendingTime)));
}

}
