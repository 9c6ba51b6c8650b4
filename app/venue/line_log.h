#pragma once

#include "app/venue/event_log.h"
#include "core/base/clock.h"

#include <iosfwd>
#include <mutex>
#include <string>

namespace venue {

/// One line for each event: the time in UTC, then key=value pairs. What came from outside cannot forge a line or a
/// field: it is quoted, control characters are escaped. Any thread.
class LineLog final : public EventLog {
public:
    LineLog(std::ostream& out, const base::Clock& clock);
    void record(std::string_view event, std::initializer_list<Field> fields) override;

private:
    std::mutex m_mutex; ///< a line is written whole
    std::ostream& m_out;
    const base::Clock& m_clock;
};

/// As it stands in a line: bare where it is plain, else in double quotes.
[[nodiscard]] std::string lineValue(std::string_view text);

}
