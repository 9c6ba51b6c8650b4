#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace siem {

/// What was written to a connection and may still be lost with it. Syslog has no acknowledgement: a record counts as
/// delivered when the connection has stood for a while since. What does not count is sent again on the next one.
class DeliveryWindow {
public:
    /// `settle`: how long that while is.
    explicit DeliveryWindow(std::chrono::milliseconds settle);

    /// Records up to this one were written.
    void written(std::uint64_t number, base::SteadyTime now);
    /// The last record that has become delivered since the last call; absent where none has.
    [[nodiscard]] std::optional<std::uint64_t> settled(base::SteadyTime now);
    /// When to ask again; absent where nothing is on its way.
    [[nodiscard]] std::optional<base::SteadyTime> nextSettling() const;
    /// The connection is gone.
    void clear() { m_marks.clear(); }
    [[nodiscard]] std::size_t size() const { return m_marks.size(); }

private:
    struct Mark {
        std::uint64_t number;
        base::SteadyTime due;
    };
    const std::chrono::milliseconds m_settle;
    std::deque<Mark> m_marks; ///< rising; close ones are one, so that a flood does not fill the memory
};

}
