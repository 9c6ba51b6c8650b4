#include "core/fix/handshakes.h"

#include "core/base/clock.h"
#include "core/base/inbox.h"

#include <algorithm>
#include <list>
#include <thread>
#include <utility>

namespace fix {

using base::Errc;
using base::Error;

namespace {

constexpr std::size_t MostThreads = 8;
constexpr int MostPatiences = 3; ///< for one that is not silent

base::SteadyTime now()
{
    return base::SystemClock().steady();
}

Error lateness(std::chrono::milliseconds patience, const char* what)
{
    return {Errc::Timeout,
        "the client did not finish the TLS handshake: " + std::string(what) + " (patience "
            + std::to_string(patience.count()) + " ms)"};
}

}

/// One thread, and the handshakes it goes on with whenever their clients have said something.
class Handshakes::Worker {
public:
    explicit Worker(Handshakes& owner)
        : m_owner(owner)
        , m_newcomers([this] { m_waker.wake(); })
        , m_thread([this] { run(); })
    {
    }
    ~Worker()
    {
        m_ends = true;
        m_waker.wake();
        m_thread.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void take(tls::Stream stream, std::string address)
    {
        const base::SteadyTime begun = now();
        m_newcomers.post({std::move(stream), std::move(address), begun, begun, {}});
    }
    /// There is no room any more: it waits less long from now on.
    void hurry() { m_waker.wake(); }

private:
    struct Handshake {
        tls::Stream stream;
        std::string address;
        base::SteadyTime begun;
        base::SteadyTime lastStep;
        tls::Interest waitsFor;
    };

    void run();
    void wait(std::vector<tls::Interest>& interests) const;
    /// False once it is over.
    [[nodiscard]] bool goOn(Handshake& handshake);
    [[nodiscard]] bool isInTime(Handshake& handshake, base::SteadyTime at);
    void conclude(Handshake& handshake, base::Result<tls::Stream> result);

    Handshakes& m_owner;
    tls::Waker m_waker;
    base::Inbox<Handshake> m_newcomers;
    std::list<Handshake> m_handshakes; ///< the thread's
    std::atomic<bool> m_ends{false};
    std::thread m_thread; ///< last
};

void Handshakes::Worker::run()
{
    while (!m_ends) {
        std::vector<tls::Interest> interests{{.handle = m_waker.handle(), .read = true}};
        for (const Handshake& handshake : m_handshakes)
            interests.push_back(handshake.waitsFor);
        wait(interests);
        if (interests.front().readable)
            m_waker.clear();
        const base::SteadyTime at = now();
        auto ready = interests.begin();
        m_handshakes.remove_if([&](Handshake& handshake) {
            ++ready;
            return ready->readable || ready->writable || ready->failed ? !goOn(handshake) : !isInTime(handshake, at);
        });
        for (Handshake& newcomer : m_newcomers.drain())
            if (goOn(newcomer))
                m_handshakes.push_back(std::move(newcomer));
    }
}

void Handshakes::Worker::wait(std::vector<tls::Interest>& interests) const
{
    constexpr std::chrono::milliseconds longest{60'000};
    const Limits& limits = m_owner.m_limits;
    const bool isCrowded = m_owner.isFull();
    base::SteadyTime due = now() + longest;
    for (const Handshake& handshake : m_handshakes) {
        due = std::min({due, handshake.lastStep + limits.patience, handshake.begun + MostPatiences * limits.patience});
        if (isCrowded)
            due = std::min(due, handshake.lastStep + limits.crowdedPatience);
    }
    tls::waitFor(interests, std::chrono::ceil<std::chrono::milliseconds>(due - now()));
}

bool Handshakes::Worker::goOn(Handshake& handshake)
{
    const auto next = handshake.stream.advance();
    if (!next) {
        conclude(handshake, next.error());
        return false;
    }
    if (!*next) {
        conclude(handshake, std::move(handshake.stream));
        return false;
    }
    handshake.waitsFor = **next;
    handshake.lastStep = now();
    // Who drips its bytes has an end too.
    return isInTime(handshake, handshake.lastStep);
}

bool Handshakes::Worker::isInTime(Handshake& handshake, base::SteadyTime at)
{
    const Limits& limits = m_owner.m_limits;
    if (at >= handshake.lastStep + limits.patience || at >= handshake.begun + MostPatiences * limits.patience) {
        conclude(handshake, lateness(limits.patience, "it was silent, or too slow"));
        return false;
    }
    if (m_owner.isFull() && at >= handshake.lastStep + limits.crowdedPatience) {
        conclude(handshake, lateness(limits.crowdedPatience, "it was silent while others waited for its place"));
        return false;
    }
    return true;
}

void Handshakes::Worker::conclude(Handshake& handshake, base::Result<tls::Stream> result)
{
    // First: whoever learns of it may begin another one.
    --m_owner.m_count;
    m_owner.m_done(std::move(handshake.address), std::move(result));
}

Handshakes::Handshakes(const Limits& limits, Done done)
    : m_limits(limits)
    , m_done(std::move(done))
{
    const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, MostThreads);
    for (std::size_t i = 0; i < threads; ++i)
        m_workers.push_back(std::make_unique<Worker>(*this));
}

Handshakes::~Handshakes() = default;

void Handshakes::begin(std::shared_ptr<tls::Context> context, tls::Socket socket)
{
    std::string address = socket.peerAddress();
    ++m_count;
    m_workers[m_next]->take(tls::Stream(std::move(context), std::move(socket)), std::move(address));
    m_next = (m_next + 1) % m_workers.size();
    if (isFull())
        for (const auto& worker : m_workers)
            worker->hurry();
}

}
