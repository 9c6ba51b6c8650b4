#include "core/fix/sequence_gap.h"

namespace fix {

void SequenceGap::open(std::uint64_t expected, std::uint64_t received, base::SteadyTime now)
{
    if (m_open)
        return;
    m_open = true;
    m_expected = expected;
    m_last = received - 1;
    m_requests = 1;
    m_since = now;
}

void SequenceGap::reached(std::uint64_t expected, base::SteadyTime now)
{
    if (!m_open || expected == m_expected)
        return;
    m_expected = expected;
    m_since = now;
    m_requests = 1;
    m_open = expected <= m_last;
}

void SequenceGap::askedAgain(base::SteadyTime now)
{
    ++m_requests;
    m_since = now;
}

SequenceGap::Due SequenceGap::due(base::SteadyTime now) const
{
    if (now < next())
        return Due::Nothing;
    return m_requests < MostRequests ? Due::AskAgain : Due::GiveUp;
}

base::SteadyTime SequenceGap::next() const
{
    return m_open ? m_since + Patience : base::SteadyTime::max();
}

}
