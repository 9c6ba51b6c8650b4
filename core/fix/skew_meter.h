#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace fix {

/// How far the counterparty's clock is ahead of ours, and from that how late a message of theirs is.
///
/// Our time is the wall clock at the connect, carried on by the monotonic clock: if somebody sets the PC's clock during
/// the session, nothing here moves. What is measured of one message is SendingTime(52) minus our time at its arrival:
/// the difference of the clocks minus the way of the message. Session messages are short, frequent and come at quiet
/// moments, so the median of the last few is the difference of the clocks minus the usual way. A message that differs
/// from it by more was held up somewhere: in a full socket, or in a PC that stood still.
class SkewMeter {
public:
    /// How many samples the median is taken of.
    static constexpr std::size_t Window = 15;

    /// A new connection: nothing that was measured before holds.
    void connected(base::UtcTime utc, base::SteadyTime now);
    /// SendingTime of a session message (Logon, Heartbeat, TestRequest) that arrived now. Not for PossDupFlag(43)=Y.
    void sample(base::UtcTime sendingTime, base::SteadyTime now);

    /// The counterparty's clock minus ours; absent before the first sample.
    [[nodiscard]] std::optional<std::chrono::microseconds> offset() const { return m_offset; }
    /// How much later than the usual way this message came: zero or more; absent before the first sample.
    [[nodiscard]] std::optional<std::chrono::microseconds> lateness(
        base::UtcTime sendingTime, base::SteadyTime now) const;

private:
    [[nodiscard]] std::chrono::microseconds differenceOf(base::UtcTime sendingTime, base::SteadyTime now) const;

    base::UtcTime m_utcAtConnect;
    base::SteadyTime m_steadyAtConnect;
    std::deque<std::chrono::microseconds> m_samples;
    std::optional<std::chrono::microseconds> m_offset; ///< the median of the samples
};

}
