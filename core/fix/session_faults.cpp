#include "core/fix/session_engine.h"
#include "core/fix/tags.h"

/// What a well-behaved session does not do of itself: the means of a venue that trains and certifies its clients.
namespace fix {

void FixSession::Engine::reject(const SessionRejection& rejection)
{
    if (!m_loggedOn || m_closing)
        return note("not rejected at session level: the session is not logged on");
    guarded([&] {
        FIX::Message message;
        message.getHeader().setField(FIX::MsgType(FIX::MsgType_Reject));
        message.setField(FIX::FieldBase(tag::RefSeqNum, std::to_string(rejection.refSeqNum)));
        message.setField(FIX::FieldBase(tag::RefMsgType, rejection.refMsgType));
        message.setField(FIX::FieldBase(tag::SessionRejectReason, rejection.reason));
        if (!rejection.text.empty())
            message.setField(FIX::FieldBase(tag::Text, rejection.text));
        m_session->send(message);
    });
}

base::Status FixSession::Engine::forgetNumbers()
{
    if (m_loggedOn)
        return base::Error{base::Errc::Refused, "the numbers of a session in use cannot be forgotten"};
    m_early.clear();
    m_earlyBytes = 0;
    return m_store.reset();
}

/// QuickFIX resets an acceptor's numbers only where the initiator asks for it: so this one is made to ask.
void FixSession::Engine::resetOn(const std::string& logon)
{
    m_unaskedReset = UnaskedReset::Told;
    m_log.incoming(logon);
    m_log.event("the numbers start again at 1, which the peer did not ask for");
    guarded([&] {
        FIX::Message message(logon, false);
        message.getHeader().setField(FIX::MsgSeqNum(1));
        message.setField(FIX::ResetSeqNumFlag(true));
        m_session->next(message, FIX::UtcTimeStamp());
    });
}

bool FixSession::Engine::keepsFromEngine(const RawMessage& parts)
{
    if (m_unaskedReset == UnaskedReset::Told) {
        m_unaskedReset = UnaskedReset::None;
        // Counted already: it is the peer's own number 1.
        if (m_loggedOn && parts.body.type == "A")
            return true;
    }
    if (parts.body.type != "2" || m_config.resendRequests == ResendRequests::Answered)
        return false;
    if (parts.seqNum() != static_cast<std::uint64_t>(m_store.nextTarget()))
        return false;
    if (const base::Status counted = m_store.setNextTarget(m_store.nextTarget() + 1); !counted)
        close(counted.error());
    m_log.event("ignored a ResendRequest");
    return true;
}

}
