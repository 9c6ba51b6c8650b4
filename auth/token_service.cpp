#include "auth/token_service.h"

#include "auth/token_thread.h"

#include <utility>

namespace auth {

TokenService::TokenService(TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc)
    : m_thread(std::make_shared<Thread>(std::move(settings), std::move(approvers), caller, std::move(pcsc)))
{
}

TokenService::TokenService(TokenSettings settings, ApproverSettings approvers, base::Executor& caller)
    : TokenService(std::move(settings), std::move(approvers), caller, systemPcsc)
{
}

TokenService::TokenService(TokenSettings settings, base::Executor& caller)
    : TokenService(std::move(settings), ApproverSettings{}, caller)
{
}

TokenService::~TokenService()
{
    m_thread->finish(m_thread);
}

void TokenService::inspect(std::function<void(rfq::TokenStatus)> done)
{
    m_thread->inspect(std::move(done));
}

void TokenService::unlock(
    base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done)
{
    m_thread->unlock(std::move(pin), lastTry, std::move(done));
}

base::Subscription TokenService::onLost(std::function<void(const base::Error&)> callback)
{
    return m_thread->onLost(std::move(callback));
}

base::Subscription TokenService::onChanged(std::function<void()> callback)
{
    return m_thread->onChanged(std::move(callback));
}

base::Subscription TokenService::onWork(std::function<void(rfq::CardWork)> callback)
{
    return m_thread->onWork(std::move(callback));
}

void TokenService::choose(rfq::TokenChoice choice)
{
    m_thread->choose(std::move(choice));
}

void TokenService::candidates(
    const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    m_thread->candidates(first, std::move(done));
}

void TokenService::approve(std::string statement, const rfq::Person& first, const std::string& fingerprint,
    base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done)
{
    m_thread->approve({std::move(statement), first, fingerprint, lastTry}, std::move(pin), std::move(done));
}

void TokenService::list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    m_thread->list(std::move(done));
}

void TokenService::changePin(
    base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry, std::function<void(PinChange)> done)
{
    m_thread->setPin(&TokenDriver::changePin, std::nullopt, std::move(old), std::move(next), lastTry, std::move(done));
}

void TokenService::unblockPin(
    base::SecretBytes puk, base::SecretBytes next, rfq::LastTry lastTry, std::function<void(PinChange)> done)
{
    m_thread->setPin(&TokenDriver::unblockPin, std::nullopt, std::move(puk), std::move(next), lastTry, std::move(done));
}

void TokenService::changePin(rfq::PluggedCard card, base::SecretBytes old, base::SecretBytes next, rfq::LastTry lastTry,
    std::function<void(PinChange)> done)
{
    m_thread->setPin(
        &TokenDriver::changePin, std::move(card), std::move(old), std::move(next), lastTry, std::move(done));
}

void TokenService::unblockPin(rfq::PluggedCard card, base::SecretBytes puk, base::SecretBytes next,
    rfq::LastTry lastTry, std::function<void(PinChange)> done)
{
    m_thread->setPin(
        &TokenDriver::unblockPin, std::move(card), std::move(puk), std::move(next), lastTry, std::move(done));
}

void TokenService::survey(std::function<void(rfq::CardsSeen)> done)
{
    m_thread->survey(std::move(done));
}

void TokenService::lend(std::function<base::Status(const TokensLent&)> work, std::function<void(base::Status)> done)
{
    m_thread->lend(std::move(work), std::move(done));
}

void TokenService::endSignIn()
{
    m_thread->signOut(Thread::Memory::Keep);
}

void TokenService::signOut()
{
    m_thread->signOut(Thread::Memory::Forget);
}

std::shared_ptr<const tls::Identity> TokenService::identity() const
{
    return m_thread->identity();
}

}
