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
    Thread(TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc);
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
    using SetPin = PinChange (TokenDriver::*)(const base::SecretBytes& given, const base::SecretBytes& next);
    void setPin(SetPin how, base::SecretBytes given, base::SecretBytes next, std::function<void(PinChange)> done);
    void signOut();
    [[nodiscard]] std::shared_ptr<const tls::Identity> identity() const;

private:
    /// Who is signed in, as all threads see it.
    struct Current {
        SignInNumber number = 0; ///< 0: nobody
        std::optional<CardStay> stay; ///< absent: not in a PC/SC reader
        std::shared_ptr<const tls::Identity> identity;
    };

    [[nodiscard]] base::Status tryUnlock(const base::SecretBytes& pin, rfq::LastTry lastTry, rfq::TokenStatus& status);
    [[nodiscard]] base::Result<TokenThreadDoor::Bytes> sign(
        SignInNumber signIn, tls::Signer::Scheme scheme, const TokenThreadDoor::Bytes& input);
    /// Watcher's thread.
    void cardChanged(const CardEvent& event);
    void reportLoss();
    /// Any thread. Tells the caller unless this sign-in has ended already.
    void lose(SignInNumber signIn, const base::Error& error);
    void setCurrent(Current current);
    [[nodiscard]] SignInNumber current() const;
    /// Runs on the token thread, after the end of a sign-in that is lost by then.
    void post(std::function<void()> work);

    base::Executor& m_caller;
    const base::SystemClock m_clock;
    std::atomic<bool> m_stopping = false;

    mutable std::mutex m_mutex;
    Current m_current; ///< under the mutex
    std::function<void(base::Error)> m_onLost; ///< under the mutex

    TokenDriver m_driver; ///< token thread
    SignInNumber m_lastSignIn = 0; ///< token thread

    std::shared_ptr<TokenThreadDoor> m_door; ///< set before the first work is posted, never after
    base::Worker m_worker; ///< joins before anything above dies
};

namespace {

base::Error stoppingError()
{
    return {base::Errc::Cancelled, "the program is closing; nothing was tried"};
}

}

TokenService::Thread::Thread(
    TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc)
    : m_caller(caller)
    , m_driver(std::move(settings), std::move(approvers), m_clock, std::move(pcsc),
          [this](const CardEvent& event) { cardChanged(event); })
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
        setCurrent({});
        m_driver.close();
    });
}

void TokenService::Thread::inspect(std::function<void(rfq::TokenStatus)> done)
{
    post([this, done = std::move(done)] {
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
    post([this, secret, lastTry, done = std::move(done)] {
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
    setCurrent({});
    auto unlocked = m_driver.unlock(pin, lastTry, ++m_lastSignIn, status);
    if (!unlocked)
        return unlocked.error();
    auto key = tls::delegatingKey(*unlocked->certificate, std::make_shared<TokenSigner>(m_door, m_lastSignIn));
    if (!key) {
        m_driver.endLost(m_lastSignIn);
        status.signedIn = false;
        status.problem = key.error();
        return key.error();
    }
    auto identity = std::make_shared<tls::Identity>();
    identity->certificate = std::move(unlocked->certificate);
    identity->chain = std::move(unlocked->chain);
    identity->key = *std::move(key);
    const auto stay = unlocked->stay;
    setCurrent({m_lastSignIn, stay, std::move(identity)});
    // The card that went before anybody could be told of it.
    if (!stay || m_driver.isIn(*stay))
        return base::Ok{};
    setCurrent({});
    m_driver.endLost(m_lastSignIn);
    status.signedIn = false;
    status.problem = base::Error{base::Errc::TokenAbsent, "the card was removed while it was being signed in with"};
    return *status.problem;
}

base::Result<TokenThreadDoor::Bytes> TokenService::Thread::sign(
    SignInNumber signIn, tls::Signer::Scheme scheme, const TokenThreadDoor::Bytes& input)
{
    const base::Error ended{base::Errc::TokenAbsent, "signing: the sign-in that this key belongs to has ended"};
    if (current() != signIn)
        return ended;
    auto signature = m_driver.sign(signIn, scheme, input);
    reportLoss();
    // Made just before the card went; the trader has been told that it is gone.
    if (signature && current() != signIn)
        return ended;
    return signature;
}

void TokenService::Thread::onLost(std::function<void(base::Error)> callback)
{
    const std::lock_guard lock(m_mutex);
    m_onLost.swap(callback);
}

void TokenService::Thread::list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    post([this, done = std::move(done)] {
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
    post([this, first, done = std::move(done)] {
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
    post([this, request = std::move(request), secret, done = std::move(done)] {
        rfq::PinState pinState;
        base::Result<rfq::Approval> approval = stoppingError();
        if (!m_stopping)
            approval = m_driver.approve(request, *secret, pinState);
        secret->clear();
        reportLoss();
        m_caller.post([done, approval, pinState] { done(approval, pinState); });
    });
}

void TokenService::Thread::setPin(
    SetPin how, base::SecretBytes given, base::SecretBytes next, std::function<void(PinChange)> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secrets =
        std::make_shared<std::pair<base::SecretBytes, base::SecretBytes>>(std::move(given), std::move(next));
    post([this, how, secrets, done = std::move(done)] {
        PinChange change{stoppingError(), {}, {}};
        if (!m_stopping) {
            setCurrent({});
            change = (m_driver.*how)(secrets->first, secrets->second);
        }
        secrets->first.clear();
        secrets->second.clear();
        m_caller.post([done, change] { done(change); });
    });
}

void TokenService::Thread::signOut()
{
    setCurrent({});
    post([this] {
        // An unlock that was under way may have set it again.
        setCurrent({});
        m_driver.signOut();
    });
}

std::shared_ptr<const tls::Identity> TokenService::Thread::identity() const
{
    const std::lock_guard lock(m_mutex);
    return m_current.identity;
}

void TokenService::Thread::post(std::function<void()> work)
{
    m_worker.post([this, work = std::move(work)] {
        // A loss that was told is not to be looked at as a sign-in by what was asked for before it was tidied up.
        if (current() == 0)
            m_driver.endLost(m_lastSignIn);
        work();
    });
}

void TokenService::Thread::cardChanged(const CardEvent& event)
{
    if (event.change == CardChange::Inserted)
        return;
    SignInNumber gone = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_current.stay == event.stay)
            gone = m_current.number;
    }
    if (gone != 0)
        lose(gone, {base::Errc::TokenAbsent, inWords(event)});
}

void TokenService::Thread::lose(SignInNumber signIn, const base::Error& error)
{
    Current ended; // dies after the mutex is free
    std::function<void(base::Error)> tell;
    {
        const std::lock_guard lock(m_mutex);
        if (signIn == 0 || m_current.number != signIn)
            return;
        std::swap(ended, m_current);
        tell = m_onLost;
    }
    // The caller first: the token thread may be waiting for a signature of the card that is gone.
    if (tell)
        m_caller.post([tell, error] { tell(error); });
    m_worker.post([this, signIn] { m_driver.endLost(signIn); });
}

void TokenService::Thread::reportLoss()
{
    if (const auto loss = m_driver.takeLoss())
        lose(m_lastSignIn, *loss);
}

void TokenService::Thread::setCurrent(Current current)
{
    const std::lock_guard lock(m_mutex);
    // The old one dies after the mutex is free.
    std::swap(m_current, current);
}

SignInNumber TokenService::Thread::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_current.number;
}

TokenService::TokenService(TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc)
    : m_thread(std::make_unique<Thread>(std::move(settings), std::move(approvers), caller, std::move(pcsc)))
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

void TokenService::changePin(base::SecretBytes old, base::SecretBytes next, std::function<void(PinChange)> done)
{
    m_thread->setPin(&TokenDriver::changePin, std::move(old), std::move(next), std::move(done));
}

void TokenService::unblockPin(base::SecretBytes puk, base::SecretBytes next, std::function<void(PinChange)> done)
{
    m_thread->setPin(&TokenDriver::unblockPin, std::move(puk), std::move(next), std::move(done));
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
