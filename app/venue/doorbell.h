#pragma once

#include "core/base/clock.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace venue {

/// Where the main thread waits: for news from the FIX thread, for the next thing due, or for the end.
class Doorbell {
public:
    /// Any thread.
    void ring();
    /// Any thread. From now on wait() does not wait.
    void close();
    [[nodiscard]] bool isClosed() const;
    /// Until it rings or is closed, or until `due`.
    void wait(std::optional<base::SteadyTime> due);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_rung;
    bool m_ringing = false;
    bool m_closed = false;
};

}
