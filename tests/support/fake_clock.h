#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <chrono>

namespace support {

/// Time that passes only when told. Readable from any thread.
class FakeClock final : public base::Clock {
public:
    [[nodiscard]] base::SteadyTime steady() const override
    {
        return base::SteadyTime(std::chrono::hours(1)) + offset();
    }
    [[nodiscard]] base::UtcTime utc() const override
    {
        using namespace std::chrono;
        // Tue 24 Nov 2026 08:00:07.480 UTC
        return sys_days(2026y / November / 24) + hours(8) + milliseconds(7'480) + duration_cast<microseconds>(offset())
            + microseconds(m_utcShift.load());
    }

    void advance(std::chrono::nanoseconds by) { m_offset += by.count(); }
    /// The wall clock jumps; the monotonic one does not.
    void shiftUtc(std::chrono::microseconds by) { m_utcShift += by.count(); }

private:
    [[nodiscard]] std::chrono::nanoseconds offset() const { return std::chrono::nanoseconds(m_offset.load()); }
    std::atomic<long long> m_offset{0};
    std::atomic<long long> m_utcShift{0};
};

}
