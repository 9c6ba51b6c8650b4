#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace siem {

/// What was written to a connection and may still be lost with it. Syslog has no acknowledgement: a record counts as
/// delivered when the collector's system has acknowledged its bytes, and the connection has stood for a while since it
/// was written. What does not count is sent again on the next one.
class DeliveryWindow {
public:
    /// `settle`: how long that while is.
    explicit DeliveryWindow(std::chrono::milliseconds settle);

    /// Records up to this one were written; their last byte is the `bytes`th of the connection.
    void written(std::uint64_t number, std::uint64_t bytes, base::SteadyTime now);
    /// The last record that has become delivered since the last call; absent where none has. `acknowledged`: so many
    /// bytes of the connection were.
    [[nodiscard]] std::optional<std::uint64_t> settled(std::uint64_t acknowledged, base::SteadyTime now);
    /// When to ask again; absent where nothing is on its way. What is due and not acknowledged is asked for a little
    /// later.
    [[nodiscard]] std::optional<base::SteadyTime> nextSettling(base::SteadyTime now) const;
    /// Something has waited long enough, and only the acknowledgement is missing.
    [[nodiscard]] bool isOverdue(base::SteadyTime now) const { return !m_marks.empty() && m_marks.front().due <= now; }
    /// The connection is gone.
    void clear() { m_marks.clear(); }
    [[nodiscard]] std::size_t size() const { return m_marks.size(); }

private:
    struct Mark {
        std::uint64_t number;
        std::uint64_t bytes;
        base::SteadyTime due;
    };
    const std::chrono::milliseconds m_settle;
    std::deque<Mark> m_marks; ///< rising; close ones are one, so that a flood does not fill the memory
};

}
