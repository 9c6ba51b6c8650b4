#pragma once

#include "core/base/inbox.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace session_test {

/// Takes events out of an Inbox as they come, and waits for one that fits: with a deadline, never for a time.
template <typename Event>
class EventCollector {
public:
    EventCollector()
        : m_inbox([this] {
            const std::lock_guard lock(m_mutex);
            m_woken = true;
            m_wake.notify_all();
        })
    {
    }

    [[nodiscard]] base::Inbox<Event>& inbox() { return m_inbox; }

    /// The next event of this kind that fits and was not returned before; absent when none comes in time.
    template <typename Kind>
    std::optional<Kind> next(
        std::function<bool(const Kind&)> fits = {}, std::chrono::milliseconds patience = std::chrono::seconds(20))
    {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (true) {
            take();
            for (; m_position < m_events.size();) {
                const auto* event = std::get_if<Kind>(&m_events[m_position++]);
                if (event != nullptr && (!fits || fits(*event)))
                    return *event;
            }
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait_until(lock, deadline, [this] { return m_woken; }))
                return std::nullopt;
            m_woken = false;
        }
    }

    /// How many of this kind have come so far.
    template <typename Kind>
    std::size_t count(std::function<bool(const Kind&)> fits = {})
    {
        take();
        std::size_t number = 0;
        for (const Event& event : m_events) {
            const auto* one = std::get_if<Kind>(&event);
            if (one != nullptr && (!fits || fits(*one)))
                ++number;
        }
        return number;
    }

private:
    void take()
    {
        for (Event& event : m_inbox.drain())
            m_events.push_back(std::move(event));
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_woken = false;
    base::Inbox<Event> m_inbox;
    std::vector<Event> m_events;
    std::size_t m_position = 0;
};

}
