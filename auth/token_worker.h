#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace auth {

/// The token thread: runs what it is given, one after the other, and is watched while it does. Middleware can keep a
/// call for ever (OpenSC that waits for itself, a program that holds the card and has stopped). Whoever waits for such
/// a call hears so when the time is up, and so does whoever asks after that, until the call has returned after all.
class TokenWorker {
public:
    using Answer = std::function<void()>;
    using Refuse = std::function<void(const base::Error&)>;

    struct Watch {
        std::chrono::milliseconds patience; ///< for one piece of work
        /// Told on the watch's thread before anybody is refused.
        std::function<void(const base::Error&)> stuck;
        /// Told on the token thread when the call has returned after all: what it did is not known to anybody.
        std::function<void()> late;
    };

    explicit TokenWorker(Watch watch);
    /// After finish().
    ~TokenWorker();
    TokenWorker(const TokenWorker&) = delete;
    TokenWorker& operator=(const TokenWorker&) = delete;

    /// Any thread. Runs `work` on the token thread and then the answer that it returns; or, where that takes too long,
    /// `refuse` with TokenFailure on another thread. Exactly one of the two is called, and must not block.
    void ask(std::function<Answer()> work, Refuse refuse);
    /// As ask(), with a patience of its own.
    void ask(std::function<Answer()> work, Refuse refuse, std::chrono::milliseconds patience);
    /// Any thread. Runs `work` on the token thread, whenever that is.
    void post(std::function<void()> work);

    /// To be called once. Runs what was asked for, and ends the thread. False where a call does not return: `left`,
    /// which must own this object and all that the token thread uses, is then the token thread's, and dies with it.
    bool finish(std::shared_ptr<void> left);

private:
    struct Job {
        std::function<Answer()> work;
        Refuse refuse; ///< empty: nobody waits
        std::chrono::milliseconds patience{};
        std::atomic<bool> answered = false;
    };

    void run();
    void watch();
    void add(std::shared_ptr<Job> job);
    static void refuse(Job& job, const base::Error& error);

    const Watch m_watch;
    const base::SystemClock m_clock;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<Job>> m_queue; ///< this and what follows: under the mutex
    std::shared_ptr<Job> m_running;
    base::SteadyTime m_due{}; ///< of the running job
    bool m_stuck = false;
    bool m_stopping = false;
    bool m_ended = false;
    std::shared_ptr<void> m_left;
    std::thread m_thread;
    std::thread m_watcher;
};

}
