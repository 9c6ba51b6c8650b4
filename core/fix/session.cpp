#include "core/fix/session.h"

#include "core/fix/compose.h"
#include "core/fix/session_engine.h"
#include "core/fix/tags.h"

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

base::Status FixSession::requestReplay(std::uint64_t from)
{
    return m_engine->requestReplay(from);
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

const std::optional<Error>& FixSession::leaving() const
{
    return m_engine->leaving();
}

base::SteadyTime FixSession::nextTime() const
{
    return m_engine->nextTime();
}

std::optional<std::chrono::microseconds> FixSession::clockOffset() const
{
    return m_engine->clockOffset();
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
    return logoutMessage({peer.targetCompId, peer.senderCompId}, 1, text, now);
}

}
