#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fix/private_file.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace fix {

/// What went over a session and what its engine had to say, one line each: "<time> < 8=FIX.4.4|9=..". Secrets are
/// redacted before they reach the file. Failing to write never stops a session.
class MessageLog {
public:
    /// Appends to `<directory>/<name>.log`; without a directory it writes nothing. Errors: Io, naming the path.
    [[nodiscard]] static base::Result<MessageLog> open(
        const std::filesystem::path& directory, const std::string& name, const base::Clock& clock);

    void incoming(std::string_view message);
    void outgoing(std::string_view message);
    void event(std::string_view text);

private:
    explicit MessageLog(const base::Clock& clock)
        : m_clock(clock)
    {
    }
    void line(std::string_view mark, std::string_view text);

    const base::Clock& m_clock;
    PrivateFile m_file;
};

}
