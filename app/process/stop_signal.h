#pragma once

#include <functional>
#include <memory>

namespace app {

/// SIGINT and SIGTERM as a call. Make it before any other thread: the signals are blocked for threads started later, so
/// that they arrive here and nowhere else.
class StopSignal {
public:
    /// `onStop` runs on a thread of its own, at most once per signal received.
    explicit StopSignal(std::function<void()> onStop);
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

private:
    struct Waiter;
    std::unique_ptr<Waiter> m_waiter;
};

}
