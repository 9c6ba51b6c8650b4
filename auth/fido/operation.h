#pragma once

#include "auth/fido/problem.h"
#include "auth/fido/values.h"
#include "core/base/clock.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

namespace fido {

/// One thing asked of a key: how long it may take, whether it was called off, and what it shows meanwhile. cancel() may
/// come from any thread; everything else belongs to the thread that works with the key.
class Operation {
public:
    using Progress = std::function<void(TouchNeeded)>;

    /// The time runs from now on. `progress` is called on the working thread.
    Operation(const base::Clock& clock, std::chrono::milliseconds limit, Progress progress);
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;

    void cancel();

    /// Cancelled or TimedOut; nothing while it may go on.
    [[nodiscard]] std::optional<Problem> over() const;
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

    /// What a touch is for from now on.
    void setPurpose(TouchNeeded::Purpose purpose);
    /// The key has said that it waits for a touch; called for as long as it does. A wait that is over at once is not
    /// shown, and a longer one once a second.
    void touchNeeded();
    void touchOver() { m_touchSince.reset(); }

    /// Waits for at most `most`, less when it is called off.
    void pause(std::chrono::milliseconds most);

private:
    const base::Clock& m_clock;
    const base::SteadyTime m_deadline;
    const Progress m_progress;
    std::atomic<bool> m_cancelled = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;

    TouchNeeded::Purpose m_purpose = TouchNeeded::Purpose::Consent;
    std::optional<base::SteadyTime> m_touchSince;
    std::optional<std::chrono::seconds> m_shown;
};

}
