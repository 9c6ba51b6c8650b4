#include "core/fix/fix_time.h"
#include "core/fix/session_guard.h"
#include "core/fix/tags.h"

/// What comes in: judged, put in order, delivered and counted.
namespace fix {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t MostEarlyMessages = 20'000;
constexpr std::size_t MostEarlyBytes = 16U << 20U;

// Heartbeats, tests, resends and their gap fills: generous for every client. Each is a line of the message log, which
// one client must not fill the disk with.
constexpr base::Allowance SessionMessages{5'000, std::chrono::milliseconds(50)};

/// The clocks are compared on what is short and frequent.
bool tellsTime(const RawMessage& parts)
{
    return !parts.body.possDup && (parts.body.type == "0" || parts.body.type == "1");
}

}

void FixSession::Engine::take(std::string raw)
{
    m_log.incoming(raw);
    auto parts = takeApart(raw);
    if (isTooMuch(parts))
        return partFor({Errc::ProtocolViolation, "too many session messages"});
    if (!parts || !startsAsItMust(raw)) {
        m_log.event("ignored: a garbled message");
        return;
    }
    m_timers.heard(m_clock.steady());
    Incoming incoming{*std::move(parts), std::move(raw)};
    if (m_loggedOn)
        takeInSession(std::move(incoming));
    else
        takeFirst(incoming);
}

bool FixSession::Engine::isTooMuch(const std::optional<RawMessage>& parts)
{
    const bool counts = m_config.role == SessionRole::Acceptor && (!parts || isSessionMessage(parts->body.type));
    return counts && !m_sessionMessages.take(SessionMessages, m_clock.steady());
}

void FixSession::Engine::takeInSession(Incoming incoming)
{
    const RawMessage& parts = incoming.parts;
    const std::uint64_t seqNum = parts.seqNum();
    if (m_session->sentLogout() && parts.body.type == "5") // whatever its header is like
        return takeLogout(incoming);
    if (parts.find(tag::BeginString) != FIX::BeginString_FIX44)
        return partFor({Errc::ProtocolViolation,
            "Incorrect BeginString " + std::string(parts.find(tag::BeginString)) + ", expecting FIX.4.4"});
    if (seqNum == 0)
        return partFor({Errc::ProtocolViolation, "MsgSeqNum is missing or no number"});
    if (const auto stranger = compIdProblem(parts, m_route)) {
        refuse(incoming, *stranger);
        if (seqNum == expected())
            count();
        return partFor({Errc::ProtocolViolation, stranger->text});
    }
    if (answersUnaskedReset(parts)) // counted already: it is the peer's own number 1
        return;
    if (m_replay && parts.body.possDup && seqNum >= m_replay->until)
        endReplay(ReplayEnd::Complete);
    if (parts.body.type == "A" && parts.body.find(tag::ResetSeqNumFlag) == "Y")
        takeLogon(incoming);
    else if (isSequenceReset(parts))
        runEngine(incoming);
    else if (seqNum == expected())
        takeInOrder(incoming);
    else if (seqNum > expected())
        takeEarly(std::move(incoming));
    else if (parts.body.possDup)
        takeOld(incoming);
    else
        return partFor({Errc::SequenceError,
            "MsgSeqNum too low, expecting " + std::to_string(expected()) + " but received " + std::to_string(seqNum)});
    takeWaiting();
}

void FixSession::Engine::takeInOrder(Incoming& incoming)
{
    const RawMessage& parts = incoming.parts;
    auto refusal = possDupProblem(parts);
    if (!refusal)
        refusal = typeProblem(parts.body.type);
    if (refusal) {
        refuse(incoming, *refusal);
        return count();
    }
    if (isSessionMessage(parts.body.type))
        return takeSessionMessage(incoming);
    deliver(incoming);
    count();
}

void FixSession::Engine::takeSessionMessage(const Incoming& incoming)
{
    const RawMessage& parts = incoming.parts;
    const std::string& type = parts.body.type;
    if (type == "A")
        return partFor({Errc::ProtocolViolation, "a second Logon without ResetSeqNumFlag"});
    if (type == "5")
        return takeLogout(incoming);
    if (type == "2") {
        answerResendRequest(incoming);
        return count();
    }
    if (const auto refusal = gapFillProblem(parts)) // not counted: it fills nothing
        return refuse(incoming, *refusal);
    const base::SteadyTime now = m_clock.steady();
    if (const auto sent = parseUtcTimestamp(parts.body.sendingTime); sent && tellsTime(parts))
        m_skew.sample(*sent, now);
    if (const auto testReqId = parts.body.find(tag::TestReqId);
        testReqId && type == "0" && !m_timers.answered(*testReqId))
        m_log.event("a Heartbeat answers a TestRequest that is not out");
    runEngine(incoming);
}

void FixSession::Engine::takeLogout(const Incoming& incoming)
{
    const bool inOrder = incoming.parts.seqNum() == expected();
    if (m_session->sentLogout()) {
        m_log.event("Received logout response");
        if (inOrder)
            count();
        return giveUp(m_reason.value_or(Error{Errc::Cancelled, "logged out"}));
    }
    const std::string text(incoming.parts.body.find(tag::Text).value_or(""));
    const std::string words = text.empty() ? "without a reason" : "\"" + text + "\"";
    m_reason = complainsOfNumbers(text)
        ? Error{Errc::SequenceError, "the counterparty does not agree with our sequence numbers: " + words}
        : Error{Errc::ConnectionLost, "the counterparty logged us out, " + words};
    m_switches.holdTarget = !inOrder; // what is missing before it is still missing at the next logon
    m_answersLogout = true;
    runEngine(incoming);
    m_answersLogout = false;
    m_switches.holdTarget = false;
}

void FixSession::Engine::takeOld(Incoming& incoming)
{
    if (const auto refusal = possDupProblem(incoming.parts))
        return refuse(incoming, *refusal);
    if (isReplayed(incoming.parts)) {
        deliver(incoming);
        return lookAfterReplay();
    }
    lookAfterReplay();
    m_log.event("ignored: MsgSeqNum " + std::to_string(incoming.parts.seqNum()) + " has come before");
}

void FixSession::Engine::takeEarly(Incoming incoming)
{
    const std::uint64_t seqNum = incoming.parts.seqNum();
    if (incoming.parts.body.type == "5")
        return takeLogout(incoming);
    // Both ends may lack something. Whoever waited for the other's answer first would wait for ever.
    if (incoming.parts.body.type == "2") {
        answerResendRequest(incoming);
        m_early[seqNum] = std::nullopt;
    } else if (!m_early.contains(seqNum)) {
        m_earlyBytes += incoming.raw.size();
        m_early[seqNum] = std::move(incoming);
    }
    if (m_early.size() > MostEarlyMessages || m_earlyBytes > MostEarlyBytes)
        partFor({Errc::ProtocolViolation, "the counterparty never fills the gap in its sequence numbers"});
}

void FixSession::Engine::takeWaiting()
{
    const base::SteadyTime now = m_clock.steady();
    while (!m_early.empty() && !m_closing && !m_leaving) {
        const auto first = m_early.begin();
        if (first->first > expected())
            break;
        auto early = m_early.extract(first);
        if (early.mapped())
            m_earlyBytes -= early.mapped()->raw.size();
        if (early.key() < expected())
            continue;
        if (early.mapped())
            takeInOrder(*early.mapped());
        else
            count();
    }
    m_gap.reached(expected(), now);
    if (m_early.empty() || m_gap.isOpen() || m_closing || m_leaving)
        return;
    m_gap.open(expected(), m_early.begin()->first, now);
    askFor(expected());
}

void FixSession::Engine::deliver(Incoming& incoming)
{
    WireMessage& message = incoming.parts.body;
    if (const auto sent = parseUtcTimestamp(message.sendingTime); sent && !message.possDup)
        message.lateness = m_skew.lateness(*sent, m_clock.steady());
    std::string problem;
    // Whatever left here would keep the number from being counted: the same message would come for ever.
    try {
        return m_listener.onMessage(message);
    } catch (const std::exception& failure) {
        problem = failure.what();
    } catch (...) {
        problem = "unknown failure";
    }
    m_listener.onInboundRejected(message.type, problem, redacted(incoming.raw));
    FIX::Message reject;
    reject.getHeader().setField(FIX::MsgType(FIX::MsgType_BusinessMessageReject));
    reject.setField(FIX::FieldBase(tag::RefSeqNum, std::to_string(incoming.parts.seqNum())));
    reject.setField(FIX::RefMsgType(message.type));
    reject.setField(FIX::BusinessRejectReason(FIX::BusinessRejectReason_APPLICATION_NOT_AVAILABLE));
    reject.setField(FIX::Text("Application not available"));
    sendThroughEngine(reject);
}

void FixSession::Engine::count()
{
    if (!m_closing)
        guarded([this] { m_session->setNextTargetMsgSeqNum(m_store.nextTarget() + 1); });
}

void FixSession::Engine::refuse(const Incoming& incoming, const Refusal& refusal)
{
    const std::string& type = incoming.parts.body.type;
    m_log.event("rejected MsgSeqNum " + std::to_string(incoming.parts.seqNum()) + ": " + refusal.text);
    if (!isSessionMessage(type))
        m_listener.onInboundRejected(
            type, refusal.text + ", field " + std::to_string(refusal.tag), redacted(incoming.raw));
    FIX::Message reject;
    reject.getHeader().setField(FIX::MsgType(FIX::MsgType_Reject));
    reject.setField(FIX::FieldBase(tag::RefSeqNum, std::to_string(incoming.parts.seqNum())));
    reject.setField(FIX::FieldBase(tag::RefTagId, std::to_string(refusal.tag)));
    reject.setField(FIX::RefMsgType(type));
    reject.setField(FIX::SessionRejectReason(static_cast<int>(refusal.reason)));
    reject.setField(FIX::Text(refusal.text));
    sendThroughEngine(reject);
}

void FixSession::Engine::runEngine(const Incoming& incoming)
{
    m_current = &incoming;
    guarded([&] { m_session->next(FIX::Message(incoming.raw, *m_dictionary), FIX::UtcTimeStamp()); });
    m_current = nullptr;
}

}
