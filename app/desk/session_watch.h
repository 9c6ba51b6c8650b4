#pragma once

#include <functional>
#include <string>

namespace app {

/// What the workstation tells of the person's session on it. Called on the desk's thread.
struct SessionEvents {
    std::function<void()> locked;
    /// When it returns the machine may sleep.
    std::function<void()> goesToSleep;
    std::function<void()> woke;
    /// Some or all of this cannot be seen here; at most once. `why` is for those who look after the workstation.
    std::function<void(const std::string& why)> cannotWatch;
};

/// Watches the session that the desk runs in: its lock and the machine's sleep. One implementation for each kind of
/// workstation.
class SessionWatch {
public:
    virtual ~SessionWatch() = default;
    /// Begins, and never blocks. Once.
    virtual void start(SessionEvents events) = 0;
};

}
