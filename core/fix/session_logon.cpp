#include "core/fix/fix_time.h"
#include "core/fix/session_guard.h"
#include "core/fix/tags.h"

/// Until the session is logged on, and what a Logon says about clocks and numbers.
namespace fix {

using base::Errc;
using base::Error;

namespace {

/// Beyond this the two clocks cannot both be right, and no time on the session means anything.
constexpr std::chrono::seconds ClockLimit{120};
constexpr std::uint64_t LongestHeartBtInt = 86'400; // s

std::string textOf(const RawMessage& parts)
{
    return std::string(parts.body.find(tag::Text).value_or(""));
}

bool saysReset(const RawMessage& logon)
{
    return logon.body.find(tag::ResetSeqNumFlag) == "Y";
}

Error refusalOf(const RawMessage& logout)
{
    const std::string text = textOf(logout);
    const std::string words = text.empty() ? "without a reason" : "\"" + text + "\"";
    if (complainsOfNumbers(text))
        return {Errc::SequenceError, "the counterparty does not agree with our sequence numbers: " + words};
    return {Errc::LogonRefused, "the counterparty refused our Logon, " + words};
}

std::optional<Error> clockProblem(const RawMessage& logon, base::UtcTime now)
{
    const auto sent = parseUtcTimestamp(logon.body.sendingTime);
    if (!sent)
        return Error{Errc::ProtocolViolation, "the Logon has no SendingTime that can be read"};
    const auto difference = std::chrono::abs(now - *sent);
    if (difference <= ClockLimit)
        return std::nullopt;
    return Error{Errc::Refused,
        "the clocks differ by " + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(difference).count())
            + " s: the counterparty's Logon says " + logon.body.sendingTime + ", this workstation says "
            + formatUtcTimestamp(now)
            + ". Correct the workstation's clock (time synchronisation), or ask the counterparty to correct theirs"};
}

}

void FixSession::Engine::takeFirst(const Incoming& incoming)
{
    if (incoming.parts.body.type != "A")
        return refuseFirst(incoming.parts);
    const auto stranger = compIdProblem(incoming.parts, m_route);
    if (stranger
        && m_config.role == SessionRole::Acceptor) // no word: it would cost a number of somebody else's session
        return close({Errc::LogonRefused, "the Logon is not of this session: " + stranger->text});
    if (m_config.role == SessionRole::Initiator && !m_session->sentLogon())
        return close({Errc::ProtocolViolation, "the counterparty's Logon came before ours"});
    if (auto problem = logonProblem(incoming.parts))
        return partFor(*std::move(problem));
    if (m_unaskedReset == UnaskedReset::AtNextLogon)
        return resetOn(incoming);
    takeLogon(incoming);
}

void FixSession::Engine::refuseFirst(const RawMessage& parts)
{
    // Not one of these is counted: who refuses a Logon may not keep our session's numbers, and a number too many would
    // keep us out for good, while one too few is asked for again.
    const bool initiates = m_config.role == SessionRole::Initiator;
    if (initiates && parts.body.type == "5")
        return close(refusalOf(parts));
    if (initiates && parts.body.type == "3")
        return close({Errc::LogonRefused, "the counterparty rejected our Logon, \"" + textOf(parts) + "\""});
    Error reason{Errc::ProtocolViolation, "first message not a Logon: it is of MsgType " + parts.body.type};
    if (initiates && m_session->sentLogon())
        return partFor(std::move(reason));
    m_log.event(reason.detail);
    close(std::move(reason));
}

std::optional<Error> FixSession::Engine::logonProblem(const RawMessage& logon) const
{
    const auto violation = [](const std::string& what) {
        return Error{Errc::ProtocolViolation, "invalid Logon: " + what};
    };
    if (logon.find(tag::BeginString) != FIX::BeginString_FIX44)
        return violation("BeginString is " + std::string(logon.find(tag::BeginString)) + ", not FIX.4.4");
    if (const auto stranger = compIdProblem(logon, m_route))
        return Error{Errc::LogonRefused,
            "the Logon is from " + std::string(logon.find(tag::SenderCompId)) + " to "
                + std::string(logon.find(tag::TargetCompId)) + ", not from " + m_route.targetCompId + " to "
                + m_route.senderCompId};
    if (logon.seqNum() == 0)
        return violation("MsgSeqNum is missing or no number");
    if (auto wrong = clockProblem(logon, m_clock.utc()))
        return wrong;
    if (logon.body.find(tag::EncryptMethod) != "0")
        return violation("EncryptMethod is not 0 (none)");
    const auto interval = numberOf(logon, tag::HeartBtInt);
    if (!interval || *interval > LongestHeartBtInt)
        return violation("HeartBtInt is missing or no number of seconds up to a day");
    return logonNumberProblem(logon);
}

std::optional<Error> FixSession::Engine::logonNumberProblem(const RawMessage& logon) const
{
    if (startsAgain(logon))
        return std::nullopt;
    if (logon.seqNum() < expected())
        return Error{Errc::SequenceError,
            "MsgSeqNum too low, expecting " + std::to_string(expected()) + " but received "
                + std::to_string(logon.seqNum())};
    const auto wanted = numberOf(logon, tag::NextExpectedMsgSeqNum);
    const std::uint64_t next = lastSent() + 1;
    if (wanted && *wanted > next)
        return Error{Errc::SequenceError,
            "NextExpectedMsgSeqNum too high, expecting " + std::to_string(next) + " but received "
                + std::to_string(*wanted)};
    return std::nullopt;
}

bool FixSession::Engine::startsAgain(const RawMessage& logon) const
{
    const bool asAcceptor = m_config.role == SessionRole::Acceptor && m_config.reset == SequenceReset::AtLogon;
    return asAcceptor || saysReset(logon) || m_unaskedReset == UnaskedReset::AtNextLogon;
}

void FixSession::Engine::takeLogon(const Incoming& incoming)
{
    const RawMessage& logon = incoming.parts;
    const std::uint64_t expectedBefore = startsAgain(logon) ? 1 : expected();
    const bool early = !saysReset(logon) && logon.seqNum() > expectedBefore;
    if (m_config.role == SessionRole::Acceptor)
        m_interval = std::chrono::seconds(numberOf(logon, tag::HeartBtInt).value_or(0));
    m_peerTellsExpected = logon.body.find(tag::NextExpectedMsgSeqNum).has_value();
    m_logonInOrder = !early;
    // To QuickFIX every Logon comes in order: what is missing before it is asked for here, and counted when it comes.
    m_switches.holdTarget = early;
    m_current = &incoming;
    guarded([&] {
        FIX::Message message(incoming.raw, *m_dictionary);
        if (early)
            message.getHeader().setField(FIX::MsgSeqNum(static_cast<int>(expectedBefore)));
        message.setField(m_session->getHeartBtInt()); // the one QuickFIX runs no timers with
        m_session->next(message, FIX::UtcTimeStamp());
    });
    m_current = nullptr;
    m_switches.holdTarget = false;
    if (!m_closing && m_session->isLoggedOn())
        onLogonDone(logon, expectedBefore, early);
    else if (!m_closing)
        partFor({Errc::ProtocolViolation, "invalid Logon: " + m_logAdapter.lastEvent()});
}

void FixSession::Engine::onLogonDone(const RawMessage& logon, std::uint64_t expectedBefore, bool early)
{
    const base::SteadyTime now = m_clock.steady();
    const std::uint64_t ourLogon = lastSent();
    m_timers.loggedOn(now, m_interval);
    m_session->setResetOnLogon(m_config.reset == SequenceReset::AtLogon);
    if (const auto sent = parseUtcTimestamp(logon.body.sendingTime); sent && !logon.body.possDup)
        m_skew.sample(*sent, now);
    if (!std::exchange(m_loggedOn, true))
        m_listener.onLoggedOn();
    const auto wanted = numberOf(logon, tag::NextExpectedMsgSeqNum);
    if (wanted)
        m_listener.onPeerExpects(*wanted);
    if (early) {
        m_early[logon.seqNum()] = std::nullopt;
        m_gap.open(expectedBefore, logon.seqNum(), now);
        // A peer that was told what we expect sends it unasked; SequenceGap asks if it does not.
        const bool unasked = wanted && m_config.nextExpected == NextExpected::Sent;
        if (!unasked)
            askFor(expectedBefore);
    }
    // A client says what it expects before our Logon, a server after it.
    const std::uint64_t missing = m_config.role == SessionRole::Acceptor ? ourLogon - 1 : ourLogon;
    const bool answered = m_config.resendRequests == ResendRequests::Answered;
    if (answered && wanted && *wanted > 0 && *wanted <= missing && !startsAgain(logon))
        sendAgain(*wanted, ourLogon);
}

void FixSession::Engine::partFor(Error reason)
{
    m_log.event(reason.detail);
    m_reason = reason;
    if (!m_session->sentLogout()) {
        FIX::Message logout;
        logout.getHeader().setField(FIX::MsgType(FIX::MsgType_Logout));
        logout.setField(FIX::Text(reason.detail));
        sendThroughEngine(logout);
    }
    guarded([this] { m_session->disconnect(); });
    close(std::move(reason));
}

}
