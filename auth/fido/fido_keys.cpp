#include "auth/fido/fido_keys.h"

#include "auth/fido/key_choice.h"
#include "auth/fido/key_watch.h"
#include "core/base/worker.h"

#include <map>
#include <mutex>
#include <utility>

namespace fido {

using base::SecretBytes;

namespace {

/// A key that takes longer to say what it is does not work.
constexpr std::chrono::milliseconds DescribeLimit{3'000};
/// For what needs no touch but may need one to tell which key is meant.
constexpr std::chrono::milliseconds PinLimit{30'000};

Outcome<KeyDescription> describe(OpenKey& key)
{
    auto description = key.device->describe();
    if (auto* known = std::get_if<KeyDescription>(&description)) {
        known->path = key.place.path;
        known->manufacturer = key.place.manufacturer;
        known->product = key.place.product;
    }
    return description;
}

KeyDescription describeAt(const KeyPlace& place, Operation& operation)
{
    KeyDescription unknown;
    unknown.path = place.path;
    unknown.manufacturer = place.manufacturer;
    unknown.product = place.product;
    auto opened = openKey(place, operation);
    if (const auto* failure = failureIn(opened)) {
        unknown.problem = std::string(meaning(failure->problem)) + " (" + failure->detail + ')';
        return unknown;
    }
    auto description = describe(*std::get_if<OpenKey>(&opened));
    if (const auto* failure = failureIn(description)) {
        unknown.problem = std::string(meaning(failure->problem)) + " (" + failure->detail + ')';
        return unknown;
    }
    return std::move(*std::get_if<KeyDescription>(&description));
}

/// `work` on the key at `path`.
template <typename T, typename Work>
Outcome<T> withKey(const std::string& path, const KeySettings& settings, Operation& operation, const Work& work)
{
    auto opened = keyAt(path, settings, operation);
    if (const auto* failure = failureIn(opened))
        return *failure;
    return work(*std::get_if<OpenKey>(&opened)->device);
}

Outcome<Assertion> assertWith(
    const AssertRequest& request, const SecretBytes& pin, const KeySettings& settings, Operation& operation)
{
    auto chosen = holderOf(request, settings, operation);
    if (const auto* failure = failureIn(chosen))
        return *failure;
    auto& choice = *std::get_if<HolderChoice>(&chosen);
    if (choice.byTouch) {
        // Who touched the wrong one of several should not have to touch it twice to be told.
        const Done held = choice.key.device->holds(request, pin);
        if (const auto* failure = failureIn(held))
            return *failure;
    }
    return choice.key.device->assertion(request, pin);
}

}

/// The thread of the keys, and what other threads may see of it.
class FidoKeys::Thread {
public:
    Thread(KeySettings settings, const base::Clock& clock, base::Executor& caller)
        : m_settings(std::move(settings))
        , m_clock(clock)
        , m_caller(caller)
    {
    }

    ~Thread()
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [number, operation] : m_running)
            operation->cancel();
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    template <typename T, typename Work>
    OperationNumber submit(std::chrono::milliseconds limit, Touch touch, Then<T> done, Work work)
    {
        const auto operation =
            std::make_shared<Operation>(m_clock, limit, [this, touch = std::move(touch)](TouchNeeded needed) {
                if (touch)
                    m_caller.post([touch, needed] { touch(needed); });
            });
        OperationNumber number{};
        {
            const std::lock_guard lock(m_mutex);
            number = OperationNumber(++m_last);
            m_running.emplace(number, operation);
        }
        m_worker.post([this, number, operation, done = std::move(done), work = std::move(work)] {
            Outcome<T> outcome = Failure{Problem::Cancelled, std::nullopt, "it was over before it began"};
            if (const auto over = operation->over())
                std::get_if<Failure>(&outcome)->problem = *over;
            else
                outcome = work(m_settings, *operation);
            {
                const std::lock_guard lock(m_mutex);
                m_running.erase(number);
            }
            m_caller.post([done, outcome = std::move(outcome)] { done(outcome); });
        });
        return number;
    }

    void cancel(OperationNumber number)
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_running.find(number); found != m_running.end())
            found->second->cancel();
    }

    [[nodiscard]] base::Subscription onChanged(std::function<void()> changed)
    {
        if (!m_watch) {
            m_watch = std::make_unique<KeyWatch>(m_caller, [listeners = std::weak_ptr(m_listeners)] {
                if (const auto all = listeners.lock())
                    all->tell();
            });
        }
        return m_listeners->add(std::move(changed));
    }

    void readersChanged()
    {
        if (!m_settings.readers.empty())
            m_listeners->tell();
    }

    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

private:
    const KeySettings m_settings;
    const base::Clock& m_clock;
    base::Executor& m_caller;

    std::mutex m_mutex;
    std::uint64_t m_last = 0; ///< under the mutex
    std::map<OperationNumber, std::shared_ptr<Operation>> m_running; ///< under the mutex

    const std::shared_ptr<base::Listeners<>> m_listeners = std::make_shared<base::Listeners<>>(); ///< caller's thread
    std::unique_ptr<KeyWatch> m_watch; ///< the caller's thread
    base::Worker m_worker; ///< joins before anything above dies
};

FidoKeys::FidoKeys(KeySettings settings, const base::Clock& clock, base::Executor& caller)
    : m_thread(std::make_unique<Thread>(std::move(settings), clock, caller))
{
}

FidoKeys::~FidoKeys() = default;

OperationNumber FidoKeys::list(Then<std::vector<KeyDescription>> done)
{
    using Keys = std::vector<KeyDescription>;
    const base::Clock& clock = m_thread->clock();
    return m_thread->submit<Keys>(
        PinLimit, {}, std::move(done), [&clock](const KeySettings& settings, Operation& whole) -> Outcome<Keys> {
            Keys keys;
            for (const KeyPlace& place : findKeys(settings)) {
                // Its own limit for each: one that hangs must not hide the others.
                Operation one(clock, DescribeLimit, {});
                if (whole.over())
                    return Failure{*whole.over(), std::nullopt, "listing the keys"};
                keys.push_back(describeAt(place, one));
            }
            return keys;
        });
}

OperationNumber FidoKeys::choose(AssertRequest request, Touch touch, Then<KeyDescription> done)
{
    const auto limit = request.limit;
    return m_thread->submit<KeyDescription>(limit, std::move(touch), std::move(done),
        [request = std::move(request)](const KeySettings& settings, Operation& operation) -> Outcome<KeyDescription> {
            auto chosen = holderOf(request, settings, operation);
            if (const auto* failure = failureIn(chosen))
                return *failure;
            return describe(std::get_if<HolderChoice>(&chosen)->key);
        });
}

OperationNumber FidoKeys::enrol(EnrolRequest request, SecretBytes pin, Touch touch, Then<Registration> done)
{
    // A std::function must be copyable and a secret is not.
    const auto secret = std::make_shared<SecretBytes>(std::move(pin));
    const auto limit = request.limit;
    return m_thread->submit<Registration>(limit, std::move(touch), std::move(done),
        [request = std::move(request), secret](const KeySettings& settings, Operation& operation) {
            auto outcome = withKey<Registration>(
                request.path, settings, operation, [&](Device& device) { return device.enrol(request, *secret); });
            secret->clear();
            return outcome;
        });
}

OperationNumber FidoKeys::assertion(AssertRequest request, SecretBytes pin, Touch touch, Then<Assertion> done)
{
    const auto secret = std::make_shared<SecretBytes>(std::move(pin));
    const auto limit = request.limit;
    return m_thread->submit<Assertion>(limit, std::move(touch), std::move(done),
        [request = std::move(request), secret](const KeySettings& settings, Operation& operation) {
            auto outcome = assertWith(request, *secret, settings, operation);
            secret->clear();
            return outcome;
        });
}

OperationNumber FidoKeys::setPin(std::string path, SecretBytes pin, Touch touch, Then<base::Ok> done)
{
    const auto secret = std::make_shared<SecretBytes>(std::move(pin));
    return m_thread->submit<base::Ok>(PinLimit, std::move(touch), std::move(done),
        [path = std::move(path), secret](const KeySettings& settings, Operation& operation) {
            auto outcome =
                withKey<base::Ok>(path, settings, operation, [&](Device& device) { return device.setPin(*secret); });
            secret->clear();
            return outcome;
        });
}

OperationNumber FidoKeys::changePin(
    std::string path, SecretBytes old, SecretBytes pin, LastTry lastTry, Touch touch, Then<base::Ok> done)
{
    struct Secrets {
        SecretBytes old;
        SecretBytes pin;
    };
    const auto secrets = std::make_shared<Secrets>(Secrets{std::move(old), std::move(pin)});
    return m_thread->submit<base::Ok>(PinLimit, std::move(touch), std::move(done),
        [path = std::move(path), secrets, lastTry](const KeySettings& settings, Operation& operation) {
            auto outcome = withKey<base::Ok>(path, settings, operation,
                [&](Device& device) { return device.changePin(secrets->old, secrets->pin, lastTry); });
            secrets->old.clear();
            secrets->pin.clear();
            return outcome;
        });
}

void FidoKeys::cancel(OperationNumber operation)
{
    m_thread->cancel(operation);
}

base::Subscription FidoKeys::onChanged(std::function<void()> changed)
{
    return m_thread->onChanged(std::move(changed));
}

void FidoKeys::readersChanged()
{
    m_thread->readersChanged();
}

}
