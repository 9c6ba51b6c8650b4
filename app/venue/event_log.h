#pragma once

#include <initializer_list>
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
};

}
