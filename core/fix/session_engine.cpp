#include "core/fix/session_engine.h"

#include "core/fix/fix_time.h"
#include "core/fix/tags.h"

#include <algorithm>

namespace fix {

using base::Errc;
using base::Error;

namespace {

constexpr std::chrono::seconds LatencyLimit{120};
constexpr int LogoutTimeout = 2; // s
// The connection's own timer, which counts in milliseconds, fires long before.
constexpr int LogonTimeout = 3600; // s
constexpr std::size_t MostEarlyMessages = 20'000;
constexpr std::size_t MostEarlyBytes = 16U << 20U;

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

bool contains(std::string_view text, std::string_view words)
{
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    return std::search(text.begin(), text.end(), words.begin(), words.end(), same) != text.end();
}

std::string_view textOf(const RawMessage& parts)
{
    return parts.body.find(tag::Text).value_or("");
}

Error logoutOf(const RawMessage& parts, bool loggedOn)
{
    const std::string text(textOf(parts));
    const std::string words = text.empty() ? "without a reason" : "\"" + text + "\"";
    if (contains(text, "too low"))
        return {Errc::SequenceError, "the counterparty expects a higher sequence number of us: " + words};
    if (loggedOn)
        return {Errc::ConnectionLost, "the counterparty logged us out, " + words};
    return {Errc::LogonRefused, "the counterparty refused our Logon, " + words};
}

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
    , m_listener(listener)
    , m_clock(clock)
    , m_store(std::move(store))
    , m_log(std::move(log))
    , m_logAdapter(m_log)
    , m_storeFactory(m_store, m_config.resendable)
    , m_logFactory(m_logAdapter)
{
    // QuickFIX takes a session without heartbeat interval for an acceptor.
    const bool initiates = m_config.role == SessionRole::Initiator;
    const int heartBtInt = initiates ? static_cast<int>(m_config.heartBtInt.count()) : 0;
    const FIX::SessionID id(FIX::BeginString(FIX::BeginString_FIX44), FIX::SenderCompID(m_config.senderCompId),
        FIX::TargetCompID(m_config.targetCompId));
    m_session.reset(new FIX::Session(*this, m_storeFactory, id, fix44Provider(), nonStop(), heartBtInt, &m_logFactory));
    m_session->setTimestampPrecision(3); // FIX 4.4 knows no finer UTCTimestamp
    m_session->setCheckLatency(true);
    m_session->setMaxLatency(static_cast<int>(LatencyLimit.count()));
    m_session->setLogonTimeout(LogonTimeout);
    m_session->setLogoutTimeout(LogoutTimeout);
    m_session->setResetOnLogon(m_config.reset == SequenceReset::AtLogon);
}

FixSession::Engine::~Engine() = default;

void FixSession::Engine::connected()
{
    m_framer.clear();
    m_reason.reset();
    m_closing.reset();
    m_overflow = false;
    guarded([this] {
        m_session->logon();
        m_session->setResponder(this);
    });
}

void FixSession::Engine::receive(std::string_view bytes)
{
    m_framer.add(bytes);
    while (!m_closing) {
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
    if (!m_closing)
        guarded([this] { m_session->next(); });
}

void FixSession::Engine::disconnected()
{
    guarded([this] { m_session->disconnect(); });
    m_framer.clear();
    m_early.clear();
    m_earlyBytes = 0;
}

base::Result<std::uint64_t> FixSession::Engine::send(const WireMessage& message)
{
    if (!m_loggedOn || m_closing)
        return Error{Errc::NotConnected, "the session is not logged on"};
    if (const base::Status status = sendable(message); !status)
        return status.error();
    m_sending = true;
    m_repeating = message.possDup;
    m_handedOver = false;
    bool accepted = false;
    guarded([&] {
        OrderedMessage wire(message);
        accepted = m_session->send(wire);
    });
    m_sending = false;
    m_repeating = false;
    if (m_overflow) {
        close({Errc::ConnectionLost, "the counterparty does not read what it is sent"});
        return *m_closing;
    }
    if (!accepted || !m_handedOver)
        return m_closing ? *m_closing : Error{Errc::Io, "not sent: " + m_logAdapter.lastEvent()};
    return static_cast<std::uint64_t>(m_store.nextSender() - 1);
}

void FixSession::Engine::logout(const std::string& reason)
{
    if (m_closing)
        return;
    if (!m_loggedOn)
        return close({Errc::Cancelled, reason});
    m_reason = Error{Errc::Cancelled, reason};
    guarded([&] {
        m_session->logout(reason);
        m_session->next();
    });
}

void FixSession::Engine::note(const std::string& text)
{
    m_log.event(text);
}

void FixSession::Engine::sendHeartbeat()
{
    guarded([this] {
        FIX::Message heartbeat;
        heartbeat.getHeader().setField(FIX::MsgType(FIX::MsgType_Heartbeat));
        m_session->send(heartbeat);
    });
}

std::chrono::seconds FixSession::Engine::heartBtInt() const
{
    return std::chrono::seconds(m_session->getHeartBtInt().getValue());
}

void FixSession::Engine::take(std::string raw)
{
    auto parts = takeApart(raw);
    if (!parts) {
        m_log.incoming(raw);
        m_log.event("ignored: these are not fields");
        return;
    }
    if (!m_loggedOn && !mayComeNow(*parts)) {
        m_log.incoming(raw);
        return;
    }
    if (keepsFromEngine(*parts))
        return m_log.incoming(raw);
    if (m_unaskedReset == UnaskedReset::AtNextLogon && parts->body.type == "A")
        return resetOn(raw);
    passOn({*std::move(parts), std::move(raw)});
}

void FixSession::Engine::passOn(Incoming incoming)
{
    const std::optional<Error> problem = problemOf(incoming.parts);
    if (problem && !m_reason)
        m_reason = problem;
    m_current = std::move(incoming);
    guarded([this] {
        const RawMessage& parts = m_current->parts;
        if (isSessionMessage(parts.body.type))
            return m_session->next(m_current->raw, FIX::UtcTimeStamp());
        m_log.incoming(m_current->raw);
        FIX::Message message;
        for (const auto& [tag, text] : parts.header)
            message.getHeader().setField(FIX::FieldBase(tag, text), false);
        message.getTrailer().setField(FIX::FieldBase(tag::CheckSum, parts.checkSum));
        m_session->next(message, FIX::UtcTimeStamp());
    });
    const std::uint64_t seqNum = m_current->parts.seqNum();
    const bool queued = seqNum > static_cast<std::uint64_t>(m_store.nextTarget());
    if (queued && !isSessionMessage(m_current->parts.body.type)) {
        m_earlyBytes += m_current->raw.size();
        m_early.insert_or_assign(seqNum, *std::move(m_current));
    }
    m_current.reset();
    const auto delivered = m_early.lower_bound(static_cast<std::uint64_t>(m_store.nextTarget()));
    m_early.erase(m_early.begin(), delivered);
    if (m_early.empty())
        m_earlyBytes = 0;
    if (m_early.size() > MostEarlyMessages || m_earlyBytes > MostEarlyBytes)
        close({Errc::ProtocolViolation, "the counterparty never fills the gap in its sequence numbers"});
}

bool FixSession::Engine::mayComeNow(const RawMessage& parts)
{
    const bool initiates = m_config.role == SessionRole::Initiator;
    const std::string& type = parts.body.type;
    if (type == "A") {
        const std::string_view sender = parts.find(tag::SenderCompId);
        const std::string_view target = parts.find(tag::TargetCompId);
        if (sender == m_config.targetCompId && target == m_config.senderCompId)
            return true;
        close({Errc::LogonRefused,
            "the Logon is from " + std::string(sender) + " to " + std::string(target) + ", not from "
                + m_config.targetCompId + " to " + m_config.senderCompId});
        return false;
    }
    // Neither is counted: who refuses a Logon may not keep our session's numbers, and a number too many would keep us
    // out for good, while one too few is asked for again.
    if (initiates && type == "5")
        close(logoutOf(parts, m_loggedOn));
    else if (initiates && type == "3")
        close({Errc::LogonRefused, "the counterparty rejected our Logon, \"" + std::string(textOf(parts)) + "\""});
    else
        close({Errc::ProtocolViolation, "the first message is " + type + ", not a Logon"});
    return false;
}

std::optional<Error> FixSession::Engine::problemOf(const RawMessage& parts) const
{
    const std::string& type = parts.body.type;
    if (type == "5")
        return logoutOf(parts, m_loggedOn);
    const auto sent = parseUtcTimestamp(parts.body.sendingTime);
    if (sent && std::chrono::abs(m_clock.utc() - *sent) > LatencyLimit)
        return Error{Errc::ProtocolViolation,
            "the clocks differ too much: SendingTime " + parts.body.sendingTime + " at "
                + formatUtcTimestamp(m_clock.utc())};
    const bool resets = type == "4" || parts.body.find(141).value_or("") == "Y"
        || (type == "A" && m_config.reset == SequenceReset::AtLogon);
    const auto expected = static_cast<std::uint64_t>(m_store.nextTarget());
    if (!resets && !parts.body.possDup && parts.seqNum() < expected)
        return Error{Errc::SequenceError,
            "the counterparty's MsgSeqNum " + std::to_string(parts.seqNum()) + " is below the expected "
                + std::to_string(expected)};
    return std::nullopt;
}

void FixSession::Engine::guarded(const std::function<void()>& action)
{
    const auto hangUp = [this](const std::string& why) {
        m_log.event(why);
        if (!m_reason)
            m_reason = Error{Errc::ProtocolViolation, why};
        try {
            m_session->disconnect();
        } catch (const std::exception& failure) {
            m_log.event(failure.what());
        }
        close(*m_reason);
    };
    try {
        action();
    } catch (const FIX::InvalidMessage& garbled) {
        m_log.event(std::string("ignored: ") + garbled.what());
    } catch (const FIX::IOException& failure) {
        m_reason = Error{Errc::Io, failure.what()};
        hangUp(failure.what());
    } catch (const std::exception& failure) {
        hangUp(failure.what());
    } catch (...) {
        hangUp("unknown failure of the session");
    }
}

void FixSession::Engine::close(Error reason)
{
    if (!m_closing)
        m_closing = std::move(reason);
}

const FixSession::Engine::Incoming* FixSession::Engine::incomingOf(std::uint64_t seqNum) const
{
    if (m_current && m_current->parts.seqNum() == seqNum)
        return &*m_current;
    const auto early = m_early.find(seqNum);
    return early == m_early.end() ? nullptr : &early->second;
}

}
