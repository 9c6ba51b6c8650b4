#include "core/fix/session.h"

#include "core/fix/fix_time.h"
#include "core/fix/session_engine.h"
#include "core/fix/tags.h"

#include <array>
#include <cstdio>

namespace fix {

using base::Errc;
using base::Error;

FixSession::FixSession(std::unique_ptr<Engine> engine)
    : m_engine(std::move(engine))
{
}

FixSession::~FixSession() = default;

base::Result<std::unique_ptr<FixSession>> FixSession::open(
    SessionConfig config, SessionListener& listener, const base::Clock& clock)
{
    if (config.senderCompId.empty() || config.targetCompId.empty())
        return Error{Errc::Configuration, "session " + config.name + " needs both CompIDs"};
    if (config.role == SessionRole::Initiator && config.heartBtInt < std::chrono::seconds(1))
        return Error{Errc::Configuration, "session " + config.name + " needs a heartbeat interval of at least 1 s"};
    auto store = MessageStore::open(config.storeDirectory, config.name);
    if (!store)
        return store.error();
    auto log = MessageLog::open(config.logDirectory, config.name, clock);
    if (!log)
        return log.error();
    try {
        return std::unique_ptr<FixSession>(new FixSession(
            std::make_unique<Engine>(std::move(config), listener, clock, *std::move(store), *std::move(log))));
    } catch (const std::exception& failure) {
        return Error{Errc::Internal, std::string("cannot make a FIX session: ") + failure.what()};
    }
}

void FixSession::connected()
{
    m_engine->connected();
}

void FixSession::receive(std::string_view bytes)
{
    m_engine->receive(bytes);
}

void FixSession::tick()
{
    m_engine->tick();
}

void FixSession::disconnected()
{
    m_engine->disconnected();
}

base::Result<std::uint64_t> FixSession::send(const WireMessage& message)
{
    return m_engine->send(message);
}

void FixSession::logout(const std::string& reason)
{
    m_engine->logout(reason);
}

void FixSession::sendHeartbeat()
{
    m_engine->sendHeartbeat();
}

void FixSession::reject(const SessionRejection& rejection)
{
    m_engine->reject(rejection);
}

void FixSession::resetAtNextLogon()
{
    m_engine->resetAtNextLogon();
}

base::Status FixSession::forgetNumbers()
{
    return m_engine->forgetNumbers();
}

void FixSession::note(const std::string& text)
{
    m_engine->note(text);
}

bool FixSession::loggedOn() const
{
    return m_engine->loggedOn();
}

const std::optional<Error>& FixSession::closing() const
{
    return m_engine->closing();
}

std::chrono::seconds FixSession::heartBtInt() const
{
    return m_engine->heartBtInt();
}

int FixSession::nextSender() const
{
    return m_engine->store().nextSender();
}

int FixSession::nextTarget() const
{
    return m_engine->store().nextTarget();
}

base::Status FixSession::setNextSender(int number)
{
    return m_engine->store().setNextSender(number);
}

std::optional<LogonIdentity> identityOf(std::string_view message)
{
    const auto parts = takeApart(message);
    if (!parts)
        return std::nullopt;
    return LogonIdentity{
        parts->body.type, std::string(parts->find(tag::SenderCompId)), std::string(parts->find(tag::TargetCompId))};
}

std::string parting(const LogonIdentity& peer, const std::string& text, base::UtcTime now)
{
    std::string body = "35=5\x01"
                       "34=1\x01"
                       "49="
        + peer.targetCompId
        + "\x01"
          "56="
        + peer.senderCompId
        + "\x01"
          "52="
        + formatUtcTimestamp(now)
        + "\x01"
          "58="
        + text + "\x01";
    std::string message = "8=FIX.4.4\x01"
                          "9="
        + std::to_string(body.size()) + "\x01" + body;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    std::array<char, 16> trailer{};
    std::snprintf(trailer.data(), trailer.size(), "10=%03u\x01", sum % 256);
    return message + trailer.data();
}

}
