#include "core/siem/delivery_window.h"

namespace siem {

namespace {

constexpr int MostMarks = 64; ///< about
constexpr std::chrono::milliseconds NextLook{50};

}

DeliveryWindow::DeliveryWindow(std::chrono::milliseconds settle)
    : m_settle(settle)
{
}

void DeliveryWindow::written(std::uint64_t number, std::uint64_t bytes, base::SteadyTime now)
{
    const base::SteadyTime due = now + m_settle;
    // A mark may become due a little late, never early.
    const bool joins = m_marks.size() > 1 && due - m_marks[m_marks.size() - 2].due < m_settle / MostMarks;
    if (joins)
        m_marks.back() = {number, bytes, due};
    else
        m_marks.push_back({number, bytes, due});
}

std::optional<std::uint64_t> DeliveryWindow::settled(std::uint64_t acknowledged, base::SteadyTime now)
{
    std::optional<std::uint64_t> number;
    while (!m_marks.empty() && m_marks.front().due <= now && m_marks.front().bytes <= acknowledged) {
        number = m_marks.front().number;
        m_marks.pop_front();
    }
    return number;
}

std::optional<base::SteadyTime> DeliveryWindow::nextSettling(base::SteadyTime now) const
{
    if (m_marks.empty())
        return std::nullopt;
    const base::SteadyTime due = m_marks.front().due;
    return due > now ? due : now + NextLook;
}

}
