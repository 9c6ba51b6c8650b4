#pragma once

#include "core/base/clock.h"

#include <functional>
#include <map>
#include <optional>

namespace venue {

/// What is to be done later, on the thread that calls runDue().
class Timers {
public:
    void at(base::SteadyTime due, std::function<void()> work) { m_tasks.emplace(due, std::move(work)); }

    [[nodiscard]] std::optional<base::SteadyTime> next() const
    {
        if (m_tasks.empty())
            return std::nullopt;
        return m_tasks.begin()->first;
    }

    /// In order of time, then of insertion. Work may add more; what is due by `now` runs too.
    void runDue(base::SteadyTime now)
    {
        while (!m_tasks.empty() && m_tasks.begin()->first <= now) {
            const auto work = std::move(m_tasks.begin()->second);
            m_tasks.erase(m_tasks.begin());
            work();
        }
    }

private:
    std::multimap<base::SteadyTime, std::function<void()>> m_tasks;
};

}
