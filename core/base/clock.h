#pragma once

#include <chrono>

namespace base {

/// Monotonic time: deadlines and durations. Says nothing about the time of day. Time during which the machine sleeps
/// counts: after a resume what had to happen meanwhile is overdue. Only a Clock makes one; std::chrono::steady_clock
/// stands still during sleep on Linux, so its own now() does not compare with it.
using SteadyTime = std::chrono::steady_clock::time_point;
/// UTC to the microsecond: stamps on the wire and in records. Never a deadline: a PC clock can be wrong or jump.
using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;
/// A calendar date without time zone (value date, trade date).
using Date = std::chrono::year_month_day;

/// The only source of time. Tests bring their own.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual SteadyTime steady() const = 0;
    [[nodiscard]] virtual UtcTime utc() const = 0;
};

/// The clocks of this machine.
class SystemClock final : public Clock {
public:
    [[nodiscard]] SteadyTime steady() const override;
    [[nodiscard]] UtcTime utc() const override
    {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

}
