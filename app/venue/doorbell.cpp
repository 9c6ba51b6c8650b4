#include "app/venue/doorbell.h"

#include <algorithm>
#include <chrono>

namespace venue {

namespace {

constexpr std::chrono::hours LongestWait{1};

}

void Doorbell::ring()
{
    const std::lock_guard lock(m_mutex);
    m_ringing = true;
    m_rung.notify_one();
}

void Doorbell::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_rung.notify_one();
}

bool Doorbell::isClosed() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

void Doorbell::wait(std::optional<base::SteadyTime> due)
{
    std::unique_lock lock(m_mutex);
    const base::SteadyTime latest = base::SteadyTime::clock::now() + LongestWait;
    m_rung.wait_until(lock, std::min(due.value_or(latest), latest), [this] { return m_ringing || m_closed; });
    m_ringing = false;
}

}
