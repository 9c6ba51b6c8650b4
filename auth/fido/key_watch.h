#pragma once

#include "core/base/executor.h"

#include <functional>
#include <memory>

namespace fido {

/// Says when a key may have been plugged in or out, on a thread of its own that costs nothing while nothing happens:
/// the system's device events, because looking again and again would open every input device each time. Without them
/// (no udev) it never calls.
class KeyWatch {
public:
    /// `changed` runs on `caller`, which must outlive the watch.
    KeyWatch(base::Executor& caller, std::function<void()> changed);
    ~KeyWatch();
    KeyWatch(const KeyWatch&) = delete;
    KeyWatch& operator=(const KeyWatch&) = delete;

private:
    class Monitor;
    std::unique_ptr<Monitor> m_monitor;
};

}
