#include "core/fix/skew_meter.h"

#include <algorithm>
#include <vector>

namespace fix {

using std::chrono::microseconds;

void SkewMeter::connected(base::UtcTime utc, base::SteadyTime now)
{
    m_utcAtConnect = utc;
    m_steadyAtConnect = now;
    m_samples.clear();
    m_offset.reset();
}

void SkewMeter::sample(base::UtcTime sendingTime, base::SteadyTime now)
{
    m_samples.push_back(differenceOf(sendingTime, now));
    if (m_samples.size() > Window)
        m_samples.pop_front();
    std::vector<microseconds> sorted(m_samples.begin(), m_samples.end());
    // Of an even number the greater of the two in the middle: the message that was less held up.
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    m_offset = *middle;
}

std::optional<microseconds> SkewMeter::lateness(base::UtcTime sendingTime, base::SteadyTime now) const
{
    if (!m_offset)
        return std::nullopt;
    return std::max(microseconds(0), *m_offset - differenceOf(sendingTime, now));
}

microseconds SkewMeter::differenceOf(base::UtcTime sendingTime, base::SteadyTime now) const
{
    const base::UtcTime ours = m_utcAtConnect + std::chrono::duration_cast<microseconds>(now - m_steadyAtConnect);
    return sendingTime - ours;
}

}
