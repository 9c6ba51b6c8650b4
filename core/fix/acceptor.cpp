#include "core/fix/acceptor.h"

#include "core/fix/acceptor_thread.h"

namespace fix {

FixAcceptor::FixAcceptor(std::unique_ptr<Thread> thread)
    : m_thread(std::move(thread))
{
}

FixAcceptor::~FixAcceptor() = default;

base::Result<std::unique_ptr<FixAcceptor>> FixAcceptor::open(AcceptorSettings settings,
    std::shared_ptr<const tls::Identity> identity, base::Inbox<AcceptorEvent>& events, const base::Clock& clock)
{
    tls::ignoreBrokenPipes();
    auto context = tls::Context::forServer(settings.trust, std::move(identity), settings.stapleFile);
    if (!context)
        return context.error();
    auto listener = tls::listenOn(settings.host, settings.port);
    if (!listener)
        return listener.error();
    auto thread =
        std::make_unique<Thread>(std::move(settings), *std::move(context), *std::move(listener), events, clock);
    if (const base::Status started = thread->start(); !started)
        return started.error();
    return std::unique_ptr<FixAcceptor>(new FixAcceptor(std::move(thread)));
}

std::uint16_t FixAcceptor::port() const
{
    return m_thread->port();
}

void FixAcceptor::admit(std::uint64_t ticket)
{
    m_thread->post(Thread::Admit{ticket});
}

void FixAcceptor::turnAway(std::uint64_t ticket, std::string words)
{
    m_thread->post(Thread::TurnAway{ticket, std::move(words)});
}

void FixAcceptor::drained()
{
    m_thread->drained();
}

void FixAcceptor::send(const rfq::SessionId& session, WireMessage message, std::uint64_t receipt)
{
    m_thread->post(Thread::Send{session, std::move(message), receipt});
}

void FixAcceptor::logout(const rfq::SessionId& session, std::string reason)
{
    m_thread->post(Thread::LogOut{session, std::move(reason)});
}

void FixAcceptor::askForCertificate(const rfq::SessionId& session, std::chrono::milliseconds patience)
{
    m_thread->post(Thread::Prove{session, patience});
}

void FixAcceptor::drop(const rfq::SessionId& session)
{
    m_thread->post(Thread::Drop{session});
}

void FixAcceptor::sessionReject(const rfq::SessionId& session, SessionRejection rejection)
{
    m_thread->post(Thread::Refuse{session, std::move(rejection)});
}

void FixAcceptor::forgetNumbers(const rfq::SessionId& session)
{
    m_thread->post(Thread::Forget{session});
}

void FixAcceptor::resetAtNextLogon(const rfq::SessionId& session)
{
    m_thread->post(Thread::Reset{session});
}

base::Status FixAcceptor::useIdentity(std::shared_ptr<const tls::Identity> identity)
{
    auto context = tls::Context::forServer(m_thread->trust(), std::move(identity), m_thread->stapleFile());
    if (!context)
        return context.error();
    m_thread->post(Thread::Present{*std::move(context)});
    return base::Ok{};
}

}
