#include "auth/fido/operation.h"

#include <algorithm>
#include <utility>

namespace fido {

namespace {

/// A touch that is given within this time needs no prompt that flickers.
constexpr std::chrono::milliseconds Flicker{200};

}

Operation::Operation(const base::Clock& clock, std::chrono::milliseconds limit, Progress progress)
    : m_clock(clock)
    , m_deadline(clock.steady() + limit)
    , m_progress(std::move(progress))
{
}

void Operation::cancel()
{
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
    }
    m_changed.notify_all();
}

std::optional<Problem> Operation::over() const
{
    if (m_cancelled)
        return Problem::Cancelled;
    if (m_clock.steady() >= m_deadline)
        return Problem::TimedOut;
    return std::nullopt;
}

void Operation::setPurpose(TouchNeeded::Purpose purpose)
{
    m_purpose = purpose;
    m_touchSince.reset();
    m_shown.reset();
}

void Operation::touchNeeded()
{
    const auto now = m_clock.steady();
    if (!m_touchSince)
        m_touchSince = now;
    if (now - *m_touchSince < Flicker || !m_progress)
        return;
    const auto left = std::max(std::chrono::ceil<std::chrono::seconds>(m_deadline - now), std::chrono::seconds::zero());
    if (m_shown == left)
        return;
    m_shown = left;
    m_progress({m_purpose, left});
}

void Operation::pause(std::chrono::milliseconds most)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, most, [this] { return m_cancelled.load(); });
}

}
