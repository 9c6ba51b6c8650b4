#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace cli {

/// How often a run looks at its deadlines while nothing happens.
inline constexpr std::chrono::milliseconds Pulse{100};

/// The desk's thread where there is no window: the program's main thread runs what is posted to it.
class RunLoop final : public base::Executor {
public:
    void post(std::function<void()> work) override;
    /// Waits for work, for at most `most`, and runs all that is there.
    void runSome(std::chrono::milliseconds most);

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
};

}
