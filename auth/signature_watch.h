#pragma once

#include "core/base/clock.h"
#include "core/rfq/sign_in.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace auth {

/// Notices signatures that take longer than one without a touch: a card tells nobody that it waits to be touched. Has a
/// thread of its own, because the one that signs waits for the card.
class SignatureWatch {
public:
    /// Told of Slow on the watch's thread, and of Done, only after Slow, on the thread that signs. Must not block.
    using Listener = std::function<void(rfq::CardWork)>;
    /// While it lives a signature is under way.
    using Timed = std::shared_ptr<const void>;

    SignatureWatch(std::chrono::milliseconds slowAfter, Listener listener);
    ~SignatureWatch();
    SignatureWatch(const SignatureWatch&) = delete;
    SignatureWatch& operator=(const SignatureWatch&) = delete;

    /// One at a time.
    [[nodiscard]] Timed begin();

private:
    void run();
    void end();

    const std::chrono::milliseconds m_slowAfter;
    const Listener m_listener;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_begun = 0; ///< this and what follows: under the mutex
    base::SteadyTime m_slowAt{}; ///< of the one begun last
    bool m_isIdle = false; ///< the thread waits for a signature to begin
    bool m_running = false;
    bool m_told = false;
    bool m_stopping = false;
    std::thread m_thread;
};

/// Called where a card begins to use a key, to make one or to be authorised, each of which it may want a touch for;
/// what it returns lives for as long as that takes. Empty: nobody wants to know.
using CardTimer = std::function<SignatureWatch::Timed()>;
[[nodiscard]] inline SignatureWatch::Timed timing(const CardTimer& timer)
{
    return timer ? timer() : nullptr;
}

}
