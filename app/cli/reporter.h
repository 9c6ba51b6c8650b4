#pragma once

#include "app/cli/arguments.h"
#include "app/cli/events.h"

#include <ostream>
#include <string>

namespace cli {

/// Writes events as they happen: one JSON object or one sentence a line, flushed, so that a pipe sees them at once.
class Reporter {
public:
    Reporter(std::ostream& out, Format format)
        : m_out(out)
        , m_format(format)
    {
    }

    void report(const Event& event)
    {
        // What a counterparty wrote may not be UTF-8; the line must be all the same.
        if (m_format == Format::JsonLines)
            m_out << event.fields.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
        else
            m_out << printable(event.text) << std::endl;
    }

private:
    /// A counterparty's words must not command the terminal.
    static std::string printable(std::string text)
    {
        for (char& c : text) {
            if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
                c = ' ';
        }
        return text;
    }

    std::ostream& m_out;
    Format m_format;
};

}
