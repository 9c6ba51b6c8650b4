#include "core/siem/delivery_window.h"

namespace siem {

namespace {

constexpr int MostMarks = 64; ///< about

}

DeliveryWindow::DeliveryWindow(std::chrono::milliseconds settle)
    : m_settle(settle)
{
}

void DeliveryWindow::written(std::uint64_t number, base::SteadyTime now)
{
    const base::SteadyTime due = now + m_settle;
    // A mark may become due a little late, never early.
    const bool joins = m_marks.size() > 1 && due - m_marks[m_marks.size() - 2].due < m_settle / MostMarks;
    if (joins)
        m_marks.back() = {number, due};
    else
        m_marks.push_back({number, due});
}

std::optional<std::uint64_t> DeliveryWindow::settled(base::SteadyTime now)
{
    std::optional<std::uint64_t> number;
    while (!m_marks.empty() && m_marks.front().due <= now) {
        number = m_marks.front().number;
        m_marks.pop_front();
    }
    return number;
}

std::optional<base::SteadyTime> DeliveryWindow::nextSettling() const
{
    return m_marks.empty() ? std::nullopt : std::optional(m_marks.front().due);
}

}
