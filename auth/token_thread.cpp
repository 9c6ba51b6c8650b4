#include "auth/token_thread.h"

#include <utility>

namespace auth {

namespace {

/// Work that is more than one call: keys are made, an authority is asked over the network.
constexpr std::chrono::minutes LentFor{10};

base::Error stoppingError()
{
    return {base::Errc::Cancelled, "the program is closing; nothing was tried"};
}

}

TokenService::Thread::Thread(
    TokenSettings settings, ApproverSettings approvers, base::Executor& caller, PcscFactory pcsc)
    : m_caller(caller)
    , m_driver(
          std::move(settings), std::move(approvers), m_clock, std::move(pcsc),
          [this](const CardEvent& event) { cardChanged(event); },
          [this](rfq::CardWork work) {
              m_caller.post([listeners = std::weak_ptr(m_work), work] {
                  if (const auto all = listeners.lock())
                      all->tell(work);
              });
          })
    , m_worker({m_driver.settings().patience,
          [this](const base::Error& error) {
              lose(current(), error);
              tellChange();
          },
          [this] {
              // An unlock that comes too late is one that nobody knows of.
              setCurrent({});
              m_driver.release();
              tellChange();
          }})
{
    m_door = std::make_shared<TokenThreadDoor>(
        m_worker, [this](SignInNumber signIn, tls::Signer::Scheme scheme, const TokenThreadDoor::Bytes& input) {
            return sign(signIn, scheme, input);
        });
}

TokenService::Thread::~Thread() = default;

void TokenService::Thread::finish(std::shared_ptr<Thread> self)
{
    m_stopping = true;
    m_door->close();
    // The module is left on the thread that has used it, after everything that was asked for before.
    m_worker.post([this] {
        setCurrent({});
        m_driver.close();
    });
    if (!m_worker.finish(std::move(self)))
        setCurrent({});
    m_caller.close();
}

void TokenService::Thread::inspect(std::function<void(rfq::TokenStatus)> done)
{
    const auto work = [this, done]() -> Told {
        rfq::TokenStatus status;
        if (m_stopping)
            status.problem = stoppingError();
        else
            status = m_driver.inspect();
        // First: who reads the answer must not still see the identity that it says is gone.
        reportLoss();
        return [done, status] { done(status); };
    };
    ask(work, [done](const base::Error& error) -> Told {
        rfq::TokenStatus status;
        status.problem = error;
        return [done, status] { done(status); };
    });
}

void TokenService::Thread::unlock(
    base::SecretBytes pin, rfq::LastTry lastTry, std::function<void(base::Status, rfq::TokenStatus)> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secret = std::make_shared<base::SecretBytes>(std::move(pin));
    const auto work = [this, secret, lastTry, done]() -> Told {
        rfq::TokenStatus status;
        const base::Status result = tryUnlock(*secret, lastTry, status);
        secret->clear();
        return [done, result, status] { done(result, status); };
    };
    ask(work, [done](const base::Error& error) -> Told {
        rfq::TokenStatus status;
        status.problem = error;
        return [done, error, status] { done(error, status); };
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

base::Subscription TokenService::Thread::onLost(std::function<void(const base::Error&)> callback)
{
    return m_lost->add(std::move(callback));
}

base::Subscription TokenService::Thread::onChanged(std::function<void()> callback)
{
    post([this] {
        if (!m_stopping)
            m_driver.watchCards();
    });
    return m_changed->add(std::move(callback));
}

base::Subscription TokenService::Thread::onWork(std::function<void(rfq::CardWork)> callback)
{
    return m_work->add(std::move(callback));
}

void TokenService::Thread::choose(rfq::TokenChoice choice)
{
    post([this, choice = std::move(choice)] { m_driver.choose(choice); });
}

void TokenService::Thread::list(std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    const auto work = [this, done]() -> Told {
        base::Result<std::vector<rfq::TokenIdentity>> identities = stoppingError();
        if (!m_stopping)
            identities = m_driver.list();
        // First: who reads the answer must not still see the identity that it says is gone.
        reportLoss();
        return [done, identities] { done(identities); };
    };
    ask(work, [done](const base::Error& error) -> Told { return [done, error] { done(error); }; });
}

void TokenService::Thread::candidates(
    const rfq::Person& first, std::function<void(base::Result<std::vector<rfq::TokenIdentity>>)> done)
{
    const auto work = [this, first, done]() -> Told {
        base::Result<std::vector<rfq::TokenIdentity>> found = stoppingError();
        if (!m_stopping)
            found = m_driver.candidates(first);
        reportLoss();
        return [done, found] { done(found); };
    };
    ask(work, [done](const base::Error& error) -> Told { return [done, error] { done(error); }; });
}

void TokenService::Thread::approve(ApprovalRequest request, base::SecretBytes pin,
    std::function<void(base::Result<rfq::Approval>, rfq::PinState)> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secret = std::make_shared<base::SecretBytes>(std::move(pin));
    const auto work = [this, request = std::move(request), secret, done]() -> Told {
        rfq::PinState pinState;
        base::Result<rfq::Approval> approval = stoppingError();
        if (!m_stopping)
            approval = m_driver.approve(request, *secret, pinState);
        secret->clear();
        reportLoss();
        return [done, approval, pinState] { done(approval, pinState); };
    };
    ask(work, [done](const base::Error& error) -> Told { return [done, error] { done(error, {}); }; });
}

void TokenService::Thread::setPin(SetPin how, TokenDriver::PinOf card, base::SecretBytes given, base::SecretBytes next,
    rfq::LastTry lastTry, std::function<void(PinChange)> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secrets =
        std::make_shared<std::pair<base::SecretBytes, base::SecretBytes>>(std::move(given), std::move(next));
    const auto work = [this, how, card = std::move(card), secrets, lastTry, done]() -> Told {
        PinChange change{stoppingError(), {}, {}};
        if (!m_stopping) {
            if (m_driver.isSignedInWith(card))
                endForWork("the PIN is being set");
            change = (m_driver.*how)(card, secrets->first, secrets->second, lastTry);
        }
        secrets->first.clear();
        secrets->second.clear();
        return [done, change] { done(change); };
    };
    ask(work, [done](const base::Error& error) -> Told {
        return [done, change = PinChange{error, {}, {}}] { done(change); };
    });
}

void TokenService::Thread::survey(std::function<void(rfq::CardsSeen)> done)
{
    const auto work = [this, done]() -> Told {
        rfq::CardsSeen seen;
        if (m_stopping)
            seen.problem = stoppingError();
        else
            seen = m_driver.survey();
        reportLoss();
        return [done, seen] { done(seen); };
    };
    ask(work, [done](const base::Error& error) -> Told {
        rfq::CardsSeen seen;
        seen.problem = error;
        return [done, seen] { done(seen); };
    });
}

void TokenService::Thread::lend(
    std::function<base::Status(const TokensLent&)> work, std::function<void(base::Status)> done)
{
    const auto lent = [this, work = std::move(work), done]() -> Told {
        base::Status result = stoppingError();
        if (!m_stopping) {
            endForWork("work on a card's key");
            m_driver.release();
            const CardAccess& cards = m_driver.cards();
            result = work({m_driver.settings(), m_driver.clock(),
                [&cards](const std::string& reader) { return cards.connect(reader); }, m_driver.timer()});
        }
        return [done, result] { done(result); };
    };
    ask(
        lent, [done](const base::Error& error) -> Told { return [done, error] { done(error); }; }, LentFor);
}

void TokenService::Thread::endForWork(const std::string& work)
{
    lose(current(), {base::Errc::Cancelled, "the sign-in was ended for " + work});
    m_driver.endSignIn();
}

void TokenService::Thread::signOut(Memory memory)
{
    setCurrent({});
    post([this, memory] {
        // An unlock that was under way may have set it again.
        setCurrent({});
        m_driver.endSignIn();
        if (memory == Memory::Forget)
            m_driver.forget();
    });
}

std::shared_ptr<const tls::Identity> TokenService::Thread::identity() const
{
    const std::lock_guard lock(m_mutex);
    return m_current.identity;
}

/// A loss that was told is not to be looked at as a sign-in by what was asked for before it was tidied up.
void TokenService::Thread::endLost()
{
    if (current() == 0)
        m_driver.endLost(m_lastSignIn);
}

void TokenService::Thread::post(std::function<void()> work)
{
    m_worker.post([this, work = std::move(work)] {
        endLost();
        work();
    });
}

void TokenService::Thread::ask(std::function<Told()> work, std::function<Told(const base::Error&)> refuse)
{
    ask(std::move(work), std::move(refuse), m_driver.settings().patience);
}

void TokenService::Thread::ask(
    std::function<Told()> work, std::function<Told(const base::Error&)> refuse, std::chrono::milliseconds patience)
{
    m_worker.ask(
        [this, work = std::move(work)]() -> TokenWorker::Answer {
            endLost();
            return [this, told = work()] { m_caller.post(told); };
        },
        [this, refuse = std::move(refuse)](const base::Error& error) { m_caller.post(refuse(error)); }, patience);
}

void TokenService::Thread::tellChange()
{
    // One message for as many changes as there are until it arrives.
    if (!m_changeUntold->exchange(true))
        m_caller.post([untold = m_changeUntold, listeners = std::weak_ptr(m_changed)] {
            *untold = false;
            if (const auto all = listeners.lock())
                all->tell();
        });
}

void TokenService::Thread::cardChanged(const CardEvent& event)
{
    tellChange();
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
    {
        const std::lock_guard lock(m_mutex);
        if (signIn == 0 || m_current.number != signIn)
            return;
        std::swap(ended, m_current);
    }
    // The caller first: the token thread may be waiting for a signature of the card that is gone.
    m_caller.post([listeners = std::weak_ptr(m_lost), error] {
        if (const auto all = listeners.lock())
            all->tell(error);
    });
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

}
