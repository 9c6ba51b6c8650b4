#pragma once

#include <functional>

namespace base {

/// Runs work on one particular thread, in order, later: the way results come back to the thread that asked.
class Executor {
public:
    virtual ~Executor() = default;
    /// Any thread. Never blocks, never runs `work` before it returns.
    virtual void post(std::function<void()> work) = 0;
};

}
