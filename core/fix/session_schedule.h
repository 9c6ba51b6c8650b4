#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fix {

/// When a session may be connected: always, or in periods that come every day or every week. All times are UTC, because
/// a counterparty's local time would need its zone's rules for summer time, which this compiler's library does not
/// have; where a counterparty keeps local time, its profile is changed with the clocks. A value.
class SessionSchedule {
public:
    /// One stretch in which the session may be connected; `end` is the first moment after it.
    struct Period {
        base::UtcTime begin;
        base::UtcTime end;

        friend bool operator==(const Period&, const Period&) = default;
    };

    /// Always.
    SessionSchedule() = default;
    /// Times of day. An end that is not behind the start is the next day's: from 22:00 to 22:00 is all day long, with
    /// one period after the other.
    [[nodiscard]] static SessionSchedule daily(std::chrono::seconds start, std::chrono::seconds end);
    [[nodiscard]] static SessionSchedule weekly(std::chrono::weekday startDay, std::chrono::seconds start,
        std::chrono::weekday endDay, std::chrono::seconds end);

    /// "always", "daily 06:00-22:00", "weekly Sun 22:00 - Fri 21:30"; seconds may be given, "06:00:30". Errors:
    /// InvalidInput; its detail is what was expected.
    [[nodiscard]] static base::Result<SessionSchedule> parse(std::string_view text);
    /// As parse() reads it.
    [[nodiscard]] std::string text() const;

    [[nodiscard]] bool isAlways() const { return m_cycle == std::chrono::seconds(0); }
    /// The period this moment lies in; absent outside of all. For a schedule that is not always.
    [[nodiscard]] std::optional<Period> periodAt(base::UtcTime time) const;
    /// When the next period begins after this moment. For a schedule that is not always.
    [[nodiscard]] base::UtcTime nextStart(base::UtcTime time) const;
    [[nodiscard]] bool isOpen(base::UtcTime time) const { return isAlways() || periodAt(time).has_value(); }

    friend bool operator==(const SessionSchedule&, const SessionSchedule&) = default;

private:
    [[nodiscard]] Period latestPeriod(base::UtcTime time) const;

    std::chrono::seconds m_cycle{0}; ///< a day, a week; zero: always
    std::chrono::seconds m_start{0}; ///< into the cycle; a week begins on Sunday
    std::chrono::seconds m_length{0};
};

}
