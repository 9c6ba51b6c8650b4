#pragma once

#include "core/base/clock.h"
#include "core/rfq/values.h"

#include <deque>
#include <map>
#include <optional>

namespace venue {

/// How many messages of one session are taken within a second.
class RateLimit {
public:
    /// Absent: any number.
    explicit RateLimit(std::optional<int> mostPerSecond)
        : m_most(mostPerSecond)
    {
    }

    /// Counts one message; false where it is one too many, which does not count.
    [[nodiscard]] bool admits(const rfq::SessionId& session, base::SteadyTime now)
    {
        if (!m_most)
            return true;
        std::deque<base::SteadyTime>& recent = m_recent[session];
        while (!recent.empty() && now - recent.front() >= std::chrono::seconds(1))
            recent.pop_front();
        if (recent.size() >= static_cast<std::size_t>(*m_most))
            return false;
        recent.push_back(now);
        return true;
    }

private:
    const std::optional<int> m_most;
    std::map<rfq::SessionId, std::deque<base::SteadyTime>> m_recent;
};

}
