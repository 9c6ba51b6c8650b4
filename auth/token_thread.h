#pragma once

#include "auth/token_driver.h"
#include "auth/token_service.h"
#include "auth/token_worker.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace auth {

/// The way to the caller's thread, until it is closed: a token thread that could not be ended outlives its caller.
class CallerDoor final : public base::Executor {
public:
    explicit CallerDoor(base::Executor& caller)
        : m_caller(&caller)
    {
    }
    void post(std::function<void()> work) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_caller)
            m_caller->post(std::move(work));
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_caller = nullptr;
    }

private:
    std::mutex m_mutex;
    base::Executor* m_caller;
};

/// The token thread, what runs on it, and what other threads may see of it.
class TokenService::Thread {
public:
    Thread(TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc);
    ~Thread();
    /// To be called once, before the end. `self` is kept for as long as a call does not return.
    void finish(std::shared_ptr<Thread> self);
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    void inspect(std::function<void(rfq::TokenStatus)> done);
    void unlock(base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done);
    base::Subscription onLost(std::function<void(const base::Error&)> callback);
    base::Subscription onChanged(std::function<void()> callback);
    base::Subscription onWork(std::function<void(rfq::CardWork)> callback);
    void choose(rfq::TokenChoice choice);
    void list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done);
    void candidates(const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done);
    void approve(ApprovalRequest request, base::SecretBytes pin,
        std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done);
    using SetPin = PinChange (TokenDriver::*)(const TokenDriver::PinOf& card, const base::SecretBytes& given,
        const base::SecretBytes& next, rfq::LastTry lastTry);
    void setPin(SetPin how, TokenDriver::PinOf card, base::SecretBytes given, base::SecretBytes next,
        rfq::LastTry lastTry, std::function<void(PinChange)> done);
    void survey(std::function<void(rfq::CardsSeen)> done);
    void lend(std::function<base::Status(const TokensLent&)> work, std::function<void(base::Status)> done);
    enum class Memory { Keep, Forget };
    void signOut(Memory memory);
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
    /// Token thread. Ends the sign-in that is because work on the card ends it, and tells so.
    void endForWork(const std::string& work);
    void setCurrent(Current current);
    [[nodiscard]] SignInNumber current() const;
    /// Runs on the token thread, after the end of a sign-in that is lost by then. What `work` returns, or `refuse`
    /// where the token does not answer, is posted to the caller.
    using Told = std::function<void()>;
    void ask(std::function<Told()> work, std::function<Told(const base::Error&)> refuse);
    void ask(
        std::function<Told()> work, std::function<Told(const base::Error&)> refuse, std::chrono::milliseconds patience);
    void post(std::function<void()> work);
    /// Token thread.
    void endLost();
    void tellChange();

    using Lost = base::Listeners<base::Error>;
    using Changed = base::Listeners<>;
    using Work = base::Listeners<rfq::CardWork>;

    CallerDoor m_caller;
    const base::SystemClock m_clock;
    const std::shared_ptr<Lost> m_lost = std::make_shared<Lost>(); ///< what is inside belongs to the caller's thread
    const std::shared_ptr<Changed> m_changed = std::make_shared<Changed>(); ///< likewise
    const std::shared_ptr<Work> m_work = std::make_shared<Work>(); ///< likewise
    const std::shared_ptr<std::atomic<bool>> m_changeUntold = std::make_shared<std::atomic<bool>>(false);
    std::atomic<bool> m_stopping = false;

    mutable std::mutex m_mutex;
    Current m_current; ///< under the mutex

    TokenDriver m_driver; ///< token thread
    SignInNumber m_lastSignIn = 0; ///< token thread

    std::shared_ptr<TokenThreadDoor> m_door; ///< set before the first work is posted, never after
    TokenWorker m_worker; ///< ends before anything above dies
};

}
