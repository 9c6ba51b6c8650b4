#pragma once

#include "core/base/clock.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace venue {

/// What the people who run a venue want to read. No secrets, no message text.
class EventLog {
public:
    using Field = std::pair<std::string_view, std::string>;
    virtual ~EventLog() = default;
    virtual void record(std::string_view event, std::initializer_list<Field> fields) = 0;
    /// Writes down what it had only counted until now. Whoever drives the venue calls it no later than nextDue().
    virtual void runDue() { }
    /// Absent while there is nothing of the kind.
    [[nodiscard]] virtual std::optional<base::SteadyTime> nextDue() const { return std::nullopt; }
};

}
