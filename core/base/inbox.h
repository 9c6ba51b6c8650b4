#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace base {

/// One hop between threads: any thread posts values, one thread drains them in order and in batches. The first post of
/// a batch calls `wake` on the posting thread, so that a thousand posts cost one wake-up. Nothing is conflated: a
/// withdrawal must not vanish.
template <typename T>
class Inbox {
public:
    /// `wake` must be cheap, must not block, and must lead to a drain() on the consumer's thread.
    explicit Inbox(std::function<void()> wake)
        : m_wake(std::move(wake))
    {
    }
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    void post(T value)
    {
        bool first = false;
        {
            const std::lock_guard lock(m_mutex);
            first = m_values.empty();
            m_values.push_back(std::move(value));
        }
        if (first)
            m_wake();
    }

    [[nodiscard]] std::vector<T> drain()
    {
        std::vector<T> batch;
        const std::lock_guard lock(m_mutex);
        batch.swap(m_values);
        return batch;
    }

private:
    const std::function<void()> m_wake;
    std::mutex m_mutex;
    std::vector<T> m_values;
};

}
