#include "app/cli/run_loop.h"

#include <utility>

namespace cli {

void RunLoop::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
}

void RunLoop::runSome(std::chrono::milliseconds most)
{
    std::deque<std::function<void()>> batch;
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, most, [this] { return !m_queue.empty(); });
        batch.swap(m_queue);
    }
    for (const auto& work : batch)
        work();
}

}
