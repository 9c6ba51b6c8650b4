#include "auth/token_service.h"

#include "auth/token_driver.h"
#include "core/base/worker.h"

#include <atomic>
#include <mutex>
#include <utility>

namespace auth {

/// The token thread, what runs on it, and what other threads may see of it.
class TokenService::Thread {
public:
    Thread(TokenSettings settings, ApproverSettings approvers, base::Executor& caller);
    ~Thread();
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    void inspect(std::function<void(rfq::TokenStatus)> done);
    void unlock(base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done);
    void onLost(std::function<void(base::Error)> callback);
    void list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done);
    void candidates(const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done);
    void approve(ApprovalRequest request, base::SecretBytes pin,
        std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done);
    void signOut();
    [[nodiscard]] std::shared_ptr<const tls::Identity> identity() const;

private:
    [[nodiscard]] base::Status tryUnlock(const base::SecretBytes& pin, rfq::LastTry lastTry, rfq::TokenStatus& status);
    [[nodiscard]] base::Result<TokenThreadDoor::Bytes> sign(
        SignInNumber signIn, tls::Signer::Scheme scheme, const TokenThreadDoor::Bytes& input);
    void reportLoss();
    void setIdentity(std::shared_ptr<const tls::Identity> identity);

    base::Executor& m_caller;
    const base::SystemClock m_clock;
    std::atomic<bool> m_stopping = false;

    mutable std::mutex m_mutex;
    std::shared_ptr<const tls::Identity> m_identity; ///< under the mutex

    TokenDriver m_driver; ///< token thread
    SignInNumber m_lastSignIn = 0; ///< token thread
    std::function<void(base::Error)> m_onLost; ///< token thread

    std::shared_ptr<TokenThreadDoor> m_door; ///< set before the first work is posted, never after
    base::Worker m_worker; ///< joins before anything above dies
};

namespace {

base::Error stoppingError()
{
    return {base::Errc::Cancelled, "the program is closing; nothing was tried"};
}

}

TokenService::Thread::Thread(TokenSettings settings, ApproverSettings approvers, base::Executor& caller)
    : m_caller(caller)
    , m_driver(std::move(settings), std::move(approvers), m_clock)
{
    m_door = std::make_shared<TokenThreadDoor>(
        m_worker, [this](SignInNumber signIn, tls::Signer::Scheme scheme, const TokenThreadDoor::Bytes& input) {
            return sign(signIn, scheme, input);
        });
}

TokenService::Thread::~Thread()
{
    m_stopping = true;
    m_door->close();
    // The module is left on the thread that has used it, after everything that was asked for before.
    m_worker.post([this] {
        setIdentity(nullptr);
        m_driver.close();
    });
}

void TokenService::Thread::inspect(std::function<void(rfq::TokenStatus)> done)
{
    m_worker.post([this, done = std::move(done)] {
        rfq::TokenStatus status;
        if (m_stopping)
            status.problem = stoppingError();
        else
            status = m_driver.inspect();
        // First: who reads the answer must not still see the identity that it says is gone.
        reportLoss();
        m_caller.post([done, status] { done(status); });
    });
}

void TokenService::Thread::unlock(
    base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secret = std::make_shared<base::SecretBytes>(std::move(pin));
    m_worker.post([this, secret, lastTry, done = std::move(done)] {
        rfq::TokenStatus status;
        const base::Status result = tryUnlock(*secret, lastTry, status);
        secret->clear();
        m_caller.post([done, result, status] { done(result, status); });
    });
}

base::Status TokenService::Thread::tryUnlock(
    const base::SecretBytes& pin, rfq::LastTry lastTry, rfq::TokenStatus& status)
{
    if (m_stopping)
        return stoppingError();
    setIdentity(nullptr);
    auto unlocked = m_driver.unlock(pin, lastTry, ++m_lastSignIn, status);
    if (!unlocked)
        return unlocked.error();
    auto key = tls::delegatingKey(*unlocked->certificate, std::make_shared<TokenSigner>(m_door, m_lastSignIn));
    if (!key) {
        m_driver.signOut();
        status.signedIn = false;
        status.problem = key.error();
        return key.error();
    }
    auto identity = std::make_shared<tls::Identity>();
    identity->certificate = std::move(unlocked->certificate);
    identity->chain = std::move(unlocked->chain);
    identity->key = *std::move(key);
    setIdentity(std::move(identity));
    return base::Ok{};
}

base::Result<TokenThreadDoor::Bytes> TokenService::Thread::sign(
    SignInNumber signIn, tls::Signer::Scheme scheme, const TokenThreadDoor::Bytes& input)
{
    auto signature = m_driver.sign(signIn, scheme, input);
    reportLoss();
    return signature;
}

void TokenService::Thread::onLost(std::function<void(base::Error)> callback)
{
    m_worker.post([this, callback = std::move(callback)] { m_onLost = callback; });
}

void TokenService::Thread::list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    m_worker.post([this, done = std::move(done)] {
        base::Result<std::vector<rfq::TokenIdentity>> identities = stoppingError();
        if (!m_stopping)
            identities = m_driver.list();
        // First: who reads the answer must not still see the identity that it says is gone.
        reportLoss();
        m_caller.post([done, identities] { done(identities); });
    });
}

void TokenService::Thread::candidates(
    const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    m_worker.post([this, first, done = std::move(done)] {
        base::Result<std::vector<rfq::TokenIdentity>> found = stoppingError();
        if (!m_stopping)
            found = m_driver.candidates(first);
        reportLoss();
        m_caller.post([done, found] { done(found); });
    });
}

void TokenService::Thread::approve(ApprovalRequest request, base::SecretBytes pin,
    std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secret = std::make_shared<base::SecretBytes>(std::move(pin));
    m_worker.post([this, request = std::move(request), secret, done = std::move(done)] {
        rfq::PinState pinState;
        base::Result<rfq::Approval> approval = stoppingError();
        if (!m_stopping)
            approval = m_driver.approve(request, *secret, pinState);
        secret->clear();
        reportLoss();
        m_caller.post([done, approval, pinState] { done(approval, pinState); });
    });
}

void TokenService::Thread::signOut()
{
    setIdentity(nullptr);
    m_worker.post([this] {
        // An unlock that was under way may have set it again.
        setIdentity(nullptr);
        m_driver.signOut();
    });
}

std::shared_ptr<const tls::Identity> TokenService::Thread::identity() const
{
    const std::lock_guard lock(m_mutex);
    return m_identity;
}

void TokenService::Thread::reportLoss()
{
    const auto loss = m_driver.takeLoss();
    if (!loss)
        return;
    setIdentity(nullptr);
    if (m_onLost)
        m_caller.post([callback = m_onLost, error = *loss] { callback(error); });
}

void TokenService::Thread::setIdentity(std::shared_ptr<const tls::Identity> identity)
{
    const std::lock_guard lock(m_mutex);
    // The old one dies after the mutex is free.
    m_identity.swap(identity);
}

TokenService::TokenService(TokenSettings settings, ApproverSettings approvers, base::Executor& caller)
    : m_thread(std::make_unique<Thread>(std::move(settings), std::move(approvers), caller))
{
}

TokenService::TokenService(TokenSettings settings, base::Executor& caller)
    : TokenService(std::move(settings), ApproverSettings{}, caller)
{
}

TokenService::~TokenService() = default;

void TokenService::inspect(std::function<void(rfq::TokenStatus)> done)
{
    m_thread->inspect(std::move(done));
}

void TokenService::unlock(
    base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done)
{
    m_thread->unlock(std::move(pin), lastTry, std::move(done));
}

void TokenService::onLost(std::function<void(base::Error)> callback)
{
    m_thread->onLost(std::move(callback));
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

void TokenService::signOut()
{
    m_thread->signOut();
}

std::shared_ptr<const tls::Identity> TokenService::identity() const
{
    return m_thread->identity();
}

}
